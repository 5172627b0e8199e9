"""Cases with clocks and people around them, made by the real acts."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction

from accounts.models import User
from accounts.roles import Role
from accounts.tests import factories as accounts
from alerts import actions, addressing, sweep
from alerts.models import Alert, Message
from casework import clock
from casework.actions import start_clock
from casework.models import Case, Deadline
from casework.tests import factories as casework

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def officer(**fields: Any) -> User:
    return accounts.user(Role.OFFICER, username="dc.mockley", title="DC", **fields)


def lead(**fields: Any) -> User:
    return accounts.user(Role.STALKING_LEAD, username="di.sampleford", title="DI", **fields)


def case(**fields: Any) -> Case:
    return casework.case(officer=fields.pop("officer", None) or officer(), **fields)


def deadline(
    of: Case,
    kind: str = "serve_order",
    *,
    due_at: datetime,
    owner: str = Role.OFFICER,
    path: str = "",
) -> Deadline:
    """An open clock of the case; the same kind again is the same clock, moved."""
    with transaction.atomic():
        return start_clock(
            of,
            kind,
            about=of.pk,
            title="Get the order served",
            owner_role=owner,
            due_at=due_at,
            provision="force policy",
            reason="Made yesterday",
            path=path or f"/orders/{of.pk}/",
        )


def breach(of: Case, *, by: User | None = None) -> Alert:
    """Somebody reports a breach: the alert that climbs until it is acknowledged."""
    return actions.raise_alert(
        "breach_reported",
        case=of,
        key=f"breach_reported:{uuid4()}",
        path=f"/breaches/{of.pk}/",
        text="Acknowledge the breach report",
        by=by or officer(),
    )


def message(of: Case, *, channel: str = "email") -> Message:
    """The one message that waits: of a new alert of this case, by this channel, to one person."""
    alert = breach(of)
    addressing.run()
    kept = alert.messages.filter(channel=channel).order_by("key").first()
    if kept is None:
        raise AssertionError(f"Nobody was told by {channel}")
    with transaction.atomic():
        Message.objects.exclude(pk=kept.pk).filter(state="queued").delete()
    return kept


def raised(at: datetime | None = None) -> list[tuple[str, int]]:
    """Sweep, and name what stands raised: kind and rung."""
    sweep.run(at)
    return sorted(Alert.objects.values_list("kind", "rung"))


def later(**much: float) -> datetime:
    return clock.database_now() + timedelta(**much)
