"""Writes about courts, which have no status: one table for every force, and each force's own use."""

from django.db import transaction

from accounts import policy
from accounts.models import Actor, Force
from accounts.roles import Permission
from applications.models import ClosedCourt, Court
from audit import events
from audit.actor import acting_as
from casework.errors import Refused
from casework.lifecycle import refusing, validate

NO_AREA = "This force has no police area of its own. Select the one that the court lies in"


def add_court(
    *, by: Actor, name: str, kind: str = Court.Kind.MAGISTRATES, area: Force | None = None
) -> Court:
    """A court that is not in the list. A youth court is another one than that of the adults, s14(1).

    area  the police area that it lies in, s10(2); None: nobody can say yet
    """
    policy.check_role(by, Permission.MAINTAIN_PLACES)
    with refusing(), transaction.atomic(), acting_as(by.username):
        _require_area(area)
        court = Court(name=name, kind=kind, area=area)
        validate(court)
        if Court.objects.filter(name__iexact=name).exists():
            raise Refused("name", "This court is in the list")
        court.save(force_insert=True)
        events.record("add_court", court, by=by.username, case_id=None, kind=kind)
    return court


def say_area(court: Court, *, by: Actor, area: Force) -> Court:
    """Where the court lies: said by anybody once, and changed by the force that was named.

    Raises Refused where the force has no area, or another force's administrator would have to say so.
    """
    policy.check_role(by, Permission.MAINTAIN_PLACES)
    with refusing(), transaction.atomic(), acting_as(by.username):
        held = Court.objects.select_for_update(no_key=True).get(pk=court.pk)
        if held.area is not None and held.area_id != by.force_id:
            raise Refused("area", f"It lies in {held.area}. Ask that force’s administrator")
        _require_area(area)
        before, held.area = held.area_id or "", area
        held.save(update_fields=["area"])
        events.record("say_area", held, by=by.username, case_id=None, before=before, after=area.pk)
    return held


def _require_area(area: Force | None) -> None:
    if area is not None and area.kind != Force.Kind.TERRITORIAL:
        raise Refused("area", NO_AREA)


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
