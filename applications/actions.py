"""Writes about courts, which have no status: one table for every force, and each force's own use."""

from django.db import transaction

from accounts import policy
from accounts.models import Actor
from accounts.roles import Permission
from applications.models import ClosedCourt, Court
from audit import events
from audit.actor import acting_as
from casework.errors import Refused
from casework.lifecycle import refusing, validate


def add_court(*, by: Actor, name: str, kind: str = Court.Kind.MAGISTRATES) -> Court:
    """A court that is not in the list. A youth court is another one than that of the adults, s14(1)."""
    policy.check_role(by, Permission.MAINTAIN_PLACES)
    with refusing(), transaction.atomic(), acting_as(by.username):
        court = Court(name=name, kind=kind)
        validate(court)
        if Court.objects.filter(name__iexact=name).exists():
            raise Refused("name", "This court is in the list")
        court.save(force_insert=True)
        events.record("add_court", court, by=by.username, case_id=None, kind=kind)
    return court


def close_court(court: Court, *, by: Actor) -> Court:
    """The own force lodges and lists nothing there any more. What was heard there stays."""
    policy.check_role(by, Permission.MAINTAIN_PLACES)
    with transaction.atomic(), acting_as(by.username):
        ClosedCourt.objects.get_or_create(court=court, force_id=str(by.force_id))
        events.record("close_court", court, by=by.username, case_id=None)
    return court


def reopen_court(court: Court, *, by: Actor) -> Court:
    """The own force may lodge and list there again."""
    policy.check_role(by, Permission.MAINTAIN_PLACES)
    with transaction.atomic(), acting_as(by.username):
        ClosedCourt.objects.filter(court=court, force_id=by.force_id).delete()
        events.record("reopen_court", court, by=by.username, case_id=None)
    return court
