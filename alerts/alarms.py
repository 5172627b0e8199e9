"""Alarms about alerts that did not get through: nobody could be told, or a place is nobody's. Unsaved."""

from collections.abc import Iterator
from datetime import datetime

from alerts import ladders
from alerts.models import Alert
from alerts.places import said

NOBODY_WAS_TOLD = "Nobody could be told: find somebody to act"


def about(alert: Alert, now: datetime) -> list[Alert]:
    """What is to be raised of a rung on which somebody is missing.

    An alarm raises no alarm: it fires again by itself, and the health check names it. Nor does news of
    an account: whoever asked sees on the page who can answer.
    """
    if alert.kind in ladders.WITHOUT_ALARM:
        return []
    if alert.nobody:
        return [alarm_about(alert, ladders.NOBODY, NOBODY_WAS_TOLD, now)]
    return list(_empty_places(alert, now))


def _empty_places(alert: Alert, now: datetime) -> Iterator[Alert]:
    """The places of a pressing rung that are nobody's, and of any rung the role that holds its clock: once
    for each thread, or each clock, to those who fill them.

    Of a thread of its own, that taking it never answers what the rung was about.
    """
    holder = holder_of(alert)
    for word in filter(None, alert.missing.split(",")):
        if not alert.needs_acknowledgement and word != holder:
            continue
        if word == ladders.INBOX and alert.case and alert.case.restricted:
            continue
        place = said(word)
        alarm = alarm_about(
            alert,
            ladders.EMPTY,
            f"No {place[0].lower()}{place[1:]} could be told of an alert: name one"[:160],
            now,
        )
        of = alert.deadline_id if word == holder else alert.thread
        alarm.key = alarm.thread = f"{of}:{ladders.EMPTY}:{word}"[:120]
        alarm.deadline_id = alarm.clock_at = None
        yield alarm


def holder_of(alert: Alert) -> str:
    """The word for the role that holds the alert's clock."""
    return f"role:{alert.deadline.owner_role}" if alert.deadline else ""


def alarm_about(alert: Alert, kind: str, title: str, now: datetime, suffix: str = "") -> Alert:
    """An unsaved alert that an alert did not get through. Of one thread: one answer answers both."""
    rung = ladders.of_news(kind)[0]
    return Alert(
        key=f"{alert.key}:{kind}{suffix}",
        thread=alert.thread,
        force_id=alert.force_id,
        case_id=alert.case_id,
        deadline_id=alert.deadline_id,
        clock_at=alert.clock_at,
        kind=kind,
        recipients=",".join(rung.to),
        title=title,
        path=alert.path,
        needs_acknowledgement=rung.acknowledge,
        created_at=now,
        due_at=now,
    )
