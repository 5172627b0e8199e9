"""The way in: news that cannot wait for a clock, and the answer to it."""

from collections.abc import Sequence

from django.db import transaction

from accounts import policy
from accounts.models import Actor, User
from accounts.roles import Permission
from alerts import bell, ladders, queries
from alerts.models import Alert
from audit import events
from audit.actor import acting_as
from casework import clock
from casework.announce import announce
from casework.lifecycle import case_id_of, lock
from casework.models import Case


def raise_alert(
    kind: str,
    *,
    case: Case,
    key: str,
    path: str,
    text: str,
    by: Actor,
    recipients: Sequence[str] = (),
    needs_acknowledgement: bool | None = None,
) -> Alert:
    """Tell people at once, in the act's own transaction; the same key is the same alert.

    `text` says what to do, verb first, and names nobody: only signed-in pages show it. Without
    `recipients` the kind's ladder in `alerts.ladders` says who; its later rungs climb by themselves.
    """
    first = ladders.of_news(kind)[0]
    answer = first.acknowledge if needs_acknowledgement is None else needs_acknowledgement
    row = Alert(
        force_id=case.force_id,
        case=case,
        kind=kind,
        recipients=",".join(recipients or first.to),
        title=text,
        path=path,
        needs_acknowledgement=answer,
    )
    return _raise(row, key=key, by=by)


def tell_of_account(
    *,
    force_id: str,
    key: str,
    path: str,
    text: str,
    by: Actor,
    recipients: Sequence[str],
    kind: str = ladders.ACCOUNT,
) -> Alert:
    """News of an account, of no case, to the people of one force whom `recipients` names.

    path  a page that asks for itself who may see it
    kind  OWN_ACCOUNT for the person whose account it is
    """
    row = Alert(
        force_id=force_id,
        kind=kind,
        recipients=",".join(recipients),
        title=text,
        path=path,
    )
    return _raise(row, key=key, by=by)


def _raise(row: Alert, *, key: str, by: Actor) -> Alert:
    """Write it, once, and ring when it is committed."""
    first = ladders.of_news(row.kind)[0]
    row.key, row.thread = f"{key}:{first.name}", key
    row.created_at = row.due_at = clock.database_now()
    with transaction.atomic(), acting_as(by.username):
        Alert.objects.bulk_create([row], ignore_conflicts=True)
        alert = Alert.objects.get(key=row.key)
        bell.on_commit(str(alert.pk))
    return alert


def require_taker(alert: Alert, by: User) -> None:
    """Raises Denied, saying what to do, for whoever may not take it."""
    policy.check(by, Permission.ACKNOWLEDGE_ALERT, alert)
    if reason := queries.why_not_take(by, alert):
        raise policy.Denied(reason)


def acknowledge(alert: Alert, *, by: User) -> Alert:
    """Somebody takes it: every rung that told this news is answered, and the ladder stops climbing.

    The first answer stands; a second one changes nothing and is not an error.
    """
    with transaction.atomic(), acting_as(by.username):
        require_taker(alert, by)
        lock(case_id_of(alert))  # before its alerts, as the acts that answer them do
        if answer(alert.thread, by=by):
            events.record("acknowledge", alert, by=by.username, case_id=alert.case_id)
            announce("alerts.acknowledge", alert, by=by)
    alert.refresh_from_db()
    return alert


def answer(thread: str, *, by: User) -> int:
    """The thing itself was taken up, so its alerts are answered. How many rungs had waited.

    For the rooms' own acts: `answer(f"breach_reported:{breach.pk}", by=by)`.
    """
    with transaction.atomic(), acting_as(by.username):
        rungs = Alert.objects.select_for_update(no_key=True).filter(thread=thread).order_by("pk")
        if any(rung.acknowledged_at for rung in rungs):
            return 0
        return rungs.order_by().update(acknowledged_at=clock.now(), acknowledged_by=by)
