"""What the pages ask of the alerts: the inbox, what nobody has answered, who was told what when."""

import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.db import connection
from django.db.models import Case as Choice
from django.db.models import Exists, F, OuterRef, Q, QuerySet, When

from accounts import policy
from accounts.models import User
from accounts.roles import Permission, Role
from alerts import heartbeat, ladders, places, settling
from alerts.models import UNSENT, Alert, Heartbeat, Message
from casework.frame import Line
from casework.models import Deadline
from law.periods import LONDON

C, S = Message.Channel, Message.State
TAKE = Permission.ACKNOWLEDGE_ALERT
NOW = timedelta()
MOST_WAITING = 100
LOOKED_THROUGH = 60  # of the newest alerts, for those that are not over
HELD_FOR = 5.0  # seconds that a process keeps the footer's sentence
OLDEST_UNSENT = """
    SELECT clock_timestamp() - least(
        (SELECT min(created_at) FROM alerts_alert WHERE addressed_at IS NULL),
        (SELECT min(created_at) FROM alerts_message WHERE state IN ('queued', 'sending', 'ambiguous'))
    )
"""


@dataclass(frozen=True)
class Told:
    """One person (or a rung with nobody on it) in the story of an alert."""

    at: datetime
    who: str
    how: str
    outcome: str
    mark: str  # good, bad, next or ""


def why_not_take(user: User, alert: Alert) -> str | None:
    """Why this person may not answer for it, and what to do then; None for who may."""
    mine = Q(user=user) | Q(user=None) if policy.reads_inbox(user) else Q(user=user)
    told = Message.objects.filter(mine, alert__thread=alert.thread)
    return policy.why_not_take(user, alert, told=told.exists)


def inbox(user: User) -> QuerySet[Alert]:
    """What this person was told, newest first, as far as the cases are still open to them; of whoever
    reads the force's duty inbox, what that was sent too.

    News of an account, which has no case, is on the account's own page.
    """
    mine = Message.objects.filter(_read_by(user), alert=OuterRef("pk"))
    rows = policy.visible(user, Alert.objects.filter(Exists(mine), case__isnull=False), TAKE)
    return rows.select_related("case", "deadline").order_by("-created_at", "-pk")


def _read_by(user: User) -> Q:
    """Of messages: those that this person reads here."""
    own = Q(user=user, channel=C.IN_APP)
    return own | Q(user=None) if policy.reads_inbox(user) else own


def unacknowledged(user: User) -> QuerySet[Alert]:
    """What somebody must answer and nobody has, of what this person was told; a lead's is the force's.

    The first rung of each thread: a live report before older lateness, then the longest first. The
    clock on a report's answer is not a second alert beside the report's own.
    """
    waiting = Alert.objects.filter(needs_acknowledgement=True, acknowledged_at=None)
    answered = Alert.objects.filter(thread=OuterRef("thread"), acknowledged_at__isnull=False)
    earlier = waiting.filter(thread=OuterRef("thread"), due_at__lt=OuterRef("due_at"))
    reported = waiting.filter(
        case=OuterRef("case"), path=OuterRef("path"), kind__in=ladders.REPORTED
    )
    rows = (
        policy.visible(user, waiting, TAKE if policy.reads_inbox(user) else Permission.VIEW_CASE)
        .exclude(Exists(answered))
        .exclude(Exists(earlier))
        .exclude(Q(kind=ladders.WATCHED) & Exists(reported))
        .filter(Q(deadline=None) | Q(deadline__done_at=None, clock_at=F("deadline__due_at")))
    )
    if user.role != Role.STALKING_LEAD:
        told = Message.objects.filter(_read_by(user), alert__thread=OuterRef("thread"))
        rows = rows.filter(Exists(told))
    live = When(kind__in=(*ladders.REPORTED, ladders.WATCHED), then=0)
    return (
        rows.select_related("case__subject", "deadline")
        .annotate(rank=Choice(live, default=1))
        .order_by("rank", "due_at", "pk")
    )


@dataclass(frozen=True)
class Urgent:
    """The one alert that a first page shows in red: who was told so far, who is next, and how many
    more wait (at most MOST_WAITING). `since` is when a report was made, which may be long before
    it was typed."""

    alert: Alert
    since: datetime
    told: list[Told]
    following: Told | None
    waiting: list[Alert]

    @property
    def more(self) -> int:
        return len(self.waiting) - 1


def clocks_of(waiting: Collection[Alert]) -> list[UUID]:
    """The open clocks that these alerts are about; of a report, the one on its answer."""
    held = [alert.deadline_id for alert in waiting if alert.deadline_id]
    reported = {alert.path for alert in waiting if alert.kind in ladders.REPORTED}
    if not reported:
        return held
    answers = Deadline.objects.filter(kind=ladders.WATCHED, path__in=reported, done_at=None)
    return [*held, *answers.values_list("pk", flat=True)]


def needing(user: User, *, most: int) -> list[Alert]:
    """What this person was told and is not over: of each thing the newest, whatever rung told it.

    Neither what somebody took, nor what has happened since; its story is on the alert's page.
    """
    told = list(inbox(user).filter(acknowledged_at=None)[:LOOKED_THROUGH])
    over = settling.settled(told)
    reported = {alert.path for alert in told if alert.kind in ladders.REPORTED}
    newest: dict[object, Alert] = {}
    for alert in told:
        beside = (
            alert.kind == ladders.WATCHED and alert.path in reported
        )  # the clock on a report's answer
        if alert.pk not in over and not beside:
            newest.setdefault(alert.deadline_id or alert.thread, alert)
    return list(newest.values())[:most]


def urgent(user: User) -> Urgent | None:
    """The most urgent alert that waits for this person, or for somebody instead of them."""
    waiting = list(unacknowledged(user)[: MOST_WAITING + 1])
    over = settling.settled(waiting)
    waiting = [alert for alert in waiting if alert.pk not in over]
    if not waiting:
        return None
    lines = story(waiting[0])
    latest = {line.who: line for line in lines if line.mark != "next"}
    following = next((line for line in lines if line.mark == "next"), None)
    since = reported_at(waiting[0])
    return Urgent(waiting[0], since, list(latest.values()), following, waiting)


def reported_at(alert: Alert) -> datetime:
    """From when the clock on the answer to a report runs; when it was raised, of all other news."""
    if alert.kind not in ladders.REPORTED:
        return alert.due_at
    clocks = Deadline.objects.filter(
        case=alert.case_id, kind=ladders.WATCHED, path=alert.path, done_at=None
    )
    return clocks.order_by("set_at").values_list("set_at", flat=True).first() or alert.due_at


def thread_of(alert: Alert) -> QuerySet[Alert]:
    """Every rung that told the same news about the same thing, as it climbed."""
    return (
        Alert.objects.filter(thread=alert.thread)
        .select_related("acknowledged_by", "force")
        .prefetch_related("messages__user")
        .order_by("due_at", "created_at", "pk")
    )


def story(alert: Alert) -> list[Told]:
    """Who was told, when, by which channel and with what outcome; then who is next."""
    rungs = list(thread_of(alert))
    taken = next((rung for rung in rungs if rung.acknowledged_at), None)
    lines = [line for rung in rungs for line in _of_rung(rung, taken)]
    if taken and taken.acknowledged_at:
        lines.append(Told(taken.acknowledged_at, str(taken.acknowledged_by), "", "took it", "good"))
    elif following := next_rung(rungs):
        at, rung = following
        who = ", ".join(places.foretold(word, rungs[0]) for word in rung.to)
        lines.append(Told(at, who, "", "next", "next"))
    return sorted(lines, key=lambda line: line.at)


def next_rung(rungs: list[Alert]) -> tuple[datetime, ladders.Rung] | None:
    """Who is told next of immediate news that nobody answers, and when."""
    first = next((rung for rung in rungs if rung.rung == 0), None)
    if first is None or first.deadline_id or not first.needs_acknowledgement:
        return None
    following = 1 + max(rung.rung for rung in rungs if rung.kind == first.kind)
    ladder = ladders.until_answered(first.kind)
    rung = ladder[min(following, len(ladder) - 1)]
    repeats = max(following - len(ladder) + 1, 0)
    return first.due_at + rung.after + repeats * (rung.every or NOW), rung


def _of_rung(rung: Alert, taken: Alert | None) -> Iterator[Told]:
    ordered = sorted(rung.messages.all(), key=lambda m: (m.user is None, str(m.user), m.channel))
    for user, messages in groupby(ordered, key=lambda message: message.user):
        yield _told(str(user or places.WORDS[ladders.INBOX]), list(messages), rung, taken)
    for word in filter(None, rung.missing.split(",")):
        at = rung.addressed_at or rung.created_at
        yield Told(at, places.said(word), "", "nobody on this rung", "bad")


def _told(who: str, messages: list[Message], rung: Alert, taken: Alert | None) -> Told:
    at = min(message.sent_at or message.created_at for message in messages)
    how = ", ".join(_how(message) for message in messages)
    if all(m.channel == C.IN_APP or m.state == S.FAILED for m in messages):
        return Told(at, who, how, "not reached", "bad")
    unanswered = rung.needs_acknowledgement and not (taken and _answered(messages, at, taken))
    return Told(at, who, how, "no answer" if unanswered else "", "bad" if unanswered else "")


def _answered(messages: list[Message], at: datetime, taken: Alert) -> bool:
    """Whoever took it, also by the inbox that he reads, and whoever was told only after that."""
    by = taken.acknowledged_by
    own = by is not None and any(
        policy.reads_inbox(by) if m.user_id is None else m.user_id == by.pk for m in messages
    )
    return own or (taken.acknowledged_at is not None and at > taken.acknowledged_at)


def _how(message: Message) -> str:
    """email sent, inbox"""
    if message.channel == C.IN_APP:
        return message.get_channel_display()
    return f"{message.get_channel_display()} {message.get_state_display().lower()}"


def oldest_unsent() -> timedelta:
    """How long the oldest alert has waited to leave; nothing where none waits."""
    with connection.cursor() as cursor:
        cursor.execute(OLDEST_UNSENT)
        (age,) = cursor.fetchone()
    return age or NOW


def unreached() -> int:
    """How many alarms wait for an answer and have reached nobody: the service itself must say so."""
    alarms = Alert.objects.filter(kind__in=ladders.ALARMS, addressed_at__isnull=False)
    reached = alarms.filter(thread=OuterRef("thread"), nobody=False)
    waiting = alarms.filter(needs_acknowledgement=True, acknowledged_at=None, nobody=True)
    live = Q(deadline=None) | Q(deadline__done_at=None, clock_at=F("deadline__due_at"))
    return waiting.filter(live).exclude(Exists(reached)).values("thread").distinct().count()


def unsent() -> int:
    """How many messages wait."""
    return Message.objects.filter(state__in=UNSENT).count()


_held: list[tuple[float, Line]] = []


def line() -> Line:
    """For every page's footer: are alerts being sent? Asked of the database every few seconds."""
    if not _held or time.monotonic() - _held[0][0] > HELD_FOR:
        _held[:] = [(time.monotonic(), _line(heartbeat.last(heartbeat.TURN)))]
    return _held[0][1]


def forget() -> None:
    """Ask again at the next page."""
    _held.clear()


def _line(turn: Heartbeat | None) -> Line:
    if turn is None:
        return Line("Alerts are not being sent: nothing has checked them yet. Telephone.", True)
    moment = turn.at.astimezone(LONDON)
    if heartbeat.silent_for(heartbeat.TURN) > heartbeat.SILENT:
        text = f"Alerts have not been checked since {moment:%H:%M on} {moment.day} {moment:%B}."
        return Line(f"{text} Telephone whoever must know.", True)
    return Line(f"Alerts are being sent: last checked {moment:%H:%M:%S}.")
