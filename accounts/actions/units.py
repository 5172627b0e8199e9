"""How a unit is called and reached, written by its force's administrator."""

import re

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import policy
from accounts.actions.writing import once
from accounts.models import Actor, Unit
from accounts.roles import Permission
from audit import events
from audit.actor import acting_as

TELEPHONE = re.compile(r"\+?[\d ()]{3,29}")


def edit_unit(unit: Unit, *, by: Actor, name: str, phone: str = "", hours: str = "") -> Unit:
    """What a unit of the own force is called, its number, and when that is answered.

    Raises ValidationError for another unit's name, letters in the number, or a number without hours.
    """
    policy.check_own_force(by, Permission.MANAGE_ACCOUNTS, unit.force_id, what="unit")
    with once(), transaction.atomic(), acting_as(by.username):
        held = Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
        others = Unit.objects.filter(force_id=held.force_id).exclude(pk=held.pk)
        if others.filter(name__iexact=name).exists():
            raise ValidationError({"name": ["Your force has a unit of this name"]})
        if phone and not TELEPHONE.fullmatch(phone):
            raise ValidationError({"phone": ["Enter the number in digits, like 01632 960 001"]})
        if bool(phone) != bool(hours):
            missing = "Enter the unit’s number" if hours else "Enter when the number is answered"
            raise ValidationError({"phone" if hours else "hours": [missing]})
        held.name, held.phone, held.hours = name, phone, hours
        held.full_clean()
        held.save()
        events.record("edit_unit", held, by=by.username, case_id=None)
    return held
