"""Writes about court houses, which have no status: one table for every force."""

from django.db import transaction

from accounts import policy
from accounts.models import Actor
from accounts.roles import Permission
from applications.models import Court
from audit import events
from audit.actor import acting_as
from casework.errors import Refused
from casework.lifecycle import validate


def add_court(*, by: Actor, name: str) -> Court:
    """A court house that is not in the list."""
    policy.check_role(by, Permission.MAINTAIN_PLACES)
    with transaction.atomic(), acting_as(by.username):
        court = Court(name=name)
        validate(court)
        if Court.objects.filter(name__iexact=name).exists():
            raise Refused("name", "This court is in the list")
        court.save(force_insert=True)
        events.record("add_court", court, by=by.username, case_id=None)
    return court


def close_court(court: Court, *, by: Actor) -> Court:
    """No new hearing is listed there, by any force. What was heard there stays."""
    return _use(court, "close_court", by=by, is_active=False)


def reopen_court(court: Court, *, by: Actor) -> Court:
    """Hearings may be listed there again."""
    return _use(court, "reopen_court", by=by, is_active=True)


def _use(court: Court, verb: str, *, by: Actor, is_active: bool) -> Court:
    policy.check_role(by, Permission.MAINTAIN_PLACES)
    with transaction.atomic(), acting_as(by.username):
        held = Court.objects.select_for_update(no_key=True).get(pk=court.pk)
        held.is_active = is_active
        held.save(update_fields=["is_active"])
        events.record(verb, held, by=by.username, case_id=None)
    return held
