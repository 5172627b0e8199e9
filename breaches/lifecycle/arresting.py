"""Somebody was arrested for it: the breach stays open, and by when it is decided counts from there."""

from datetime import datetime

from accounts.models import Actor
from accounts.roles import Permission
from breaches.lifecycle import reporting
from breaches.lifecycle.answering import give_clocks
from breaches.models import Breach
from casework import clock
from casework.errors import Refused
from casework.lifecycle import Step
from contact.lifecycle import ask
from contact.models import Matter
from contact.words import at_time

S = Breach.Status


def _recorded(breach: Breach) -> str:
    """There is one arrest of a breach, if any."""
    at = breach.arrested_at
    return f"You cannot record an arrest now. One is recorded, of {at_time(at)}." if at else ""


RECORD_ARREST = Step(
    "record_arrest",
    frozenset({S.ACKNOWLEDGED, S.ASSIGNED}),
    None,
    Permission.ANSWER_BREACH,
    "record an arrest",
    bars=_recorded,
)
STEPS = (RECORD_ARREST,)


def record_arrest(
    breach: Breach,
    *,
    by: Actor,
    arrested_at: datetime,
    arrested_by_name: str,
    custody_reference: str = "",
    version: int | None = None,
) -> Breach:
    """One arrest, by whoever made it. It may be earlier than the report, never than the breach.

    The clock to arrest or decide goes on to 24 hours after the arrest, and the protected persons are
    to be told of it.
    """
    with RECORD_ARREST.on(breach, by=by, version=version) as locked:
        _refuse_impossible(locked, arrested_at, arrested_by_name)
        locked.arrested_at, locked.arrested_by_name = arrested_at, arrested_by_name.strip()
        locked.custody_reference = custody_reference.strip()
        reporting.run(locked, reporting.AFTER_ARREST, since=arrested_at)
        kind = Matter.Kind.ARRESTED
        ask(locked.case, kind, about=locked.pk, happened_at=arrested_at, by=by)
        give_clocks(locked, by=by)
    return breach


def _refuse_impossible(breach: Breach, arrested_at: datetime, by_name: str) -> None:
    if arrested_at > clock.now():
        raise Refused("arrested_at", "The moment of the arrest must be in the past")
    if arrested_at < breach.happened_at:
        earlier = f"The breach happened later than that, on {at_time(breach.happened_at)}"
        raise Refused("arrested_at", f"{earlier}. Check the day and the time of the arrest")
    if not by_name.strip():
        raise Refused("arrested_by_name", "Enter who made the arrest")
