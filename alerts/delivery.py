"""The way out: claim, send, record. Safe to run twice, late, or in many places at once.

A claim marks the message as being sent and moves its `due_at` to the end of a short lease, before
anything leaves. Who dies after that leaves the row to fall due again; nobody can know whether the
message left, so the provider is asked by reference before it is sent again, or it says itself that
it may be the second. Nothing is sent inside a transaction, and the senders hold no connection.
"""

import logging
import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from alerts import ladders, wording
from alerts.addressing import alarm_about
from alerts.models import UNSENT, Alert, Message
from alerts.transports import Letter, NotSent, Rejected, Transport, mail, notify
from casework import clock

logger = logging.getLogger(__name__)
C, S = Message.Channel, Message.State
LEASE = timedelta(seconds=15)  # longer than a provider may take to answer
SLOTS = 8  # messages on their way at once, for each channel: a provider that hangs stops no other
EAGER, PATIENT = timedelta(minutes=15), timedelta(hours=4)
STEP, SOON, LATER = timedelta(seconds=10), timedelta(seconds=30), timedelta(minutes=5)
CLOCK_FELL_BACK = LATER + timedelta(minutes=1)  # no row waits that long: its clock has jumped
TOO_MANY = "429"

CLAIM = """
    UPDATE alerts_message m
    SET state = 'sending', attempts = m.attempts + 1, due_at = clock_timestamp() + %(lease)s
    FROM (
        SELECT id, alert_id, state AS was FROM alerts_message
        WHERE channel = %(channel)s AND state IN ('queued', 'sending', 'ambiguous')
        AND (due_at <= clock_timestamp() OR due_at > clock_timestamp() + %(jump)s)
        ORDER BY due_at LIMIT %(limit)s FOR UPDATE SKIP LOCKED
    ) due
    JOIN alerts_alert a ON a.id = due.alert_id
    JOIN casework_case c ON c.id = a.case_id
    WHERE m.id = due.id
    RETURNING m.id, m.key, m.alert_id, m.channel, m.address, m.attempts, m.created_at,
        due.was <> 'queued', a.due_at - coalesce(a.clock_at, a.due_at), a.needs_acknowledgement,
        c.reference
"""


@dataclass(frozen=True)
class Claimed:
    """A message that this process may send until its lease ends, and nobody else."""

    id: UUID
    key: str
    alert_id: UUID
    channel: str
    address: str
    attempts: int
    created_at: datetime
    doubtful: bool  # an earlier attempt had no outcome
    after: timedelta
    urgent: bool
    reference: str

    def letter(self, *, again: bool) -> Letter:
        first_line = wording.subject(self.reference, urgent=self.urgent, after=self.after)
        text = wording.body(first_line, self.alert_id, again=again)
        return Letter(self.key, self.address, first_line, text)


@dataclass(frozen=True)
class Taken:
    """The provider has it."""

    provider_ref: str
    possibly_twice: bool = False


def deliver_due(*, seconds: float = 4) -> int:
    """Send what is due for about so long; what is still on its way is waited for. How many left."""
    until = time.monotonic() + seconds
    woken: set[str] = set()
    sent = 0
    with ThreadPoolExecutor(SLOTS * 2, thread_name_prefix="deliver") as pool:
        running: dict[Future[Taken], Claimed] = {}
        while True:
            if time.monotonic() < until:
                for message in _claim_free(running):
                    running[pool.submit(send, message)] = message
            if not running:
                return sent
            for done in wait(running, timeout=1, return_when=FIRST_COMPLETED).done:
                sent += record(running.pop(done), done, woken)


def _claim_free(running: dict[Future[Taken], Claimed]) -> list[Claimed]:
    """As many more as each channel has slots for, so that every lease begins with its sending."""
    busy = [message.channel for message in running.values()]
    return [
        message
        for channel in (C.EMAIL, C.NOTIFY)
        if (free := SLOTS - busy.count(channel))
        for message in claim(channel, limit=free)
    ]


def claim(channel: str, *, limit: int) -> list[Claimed]:
    """Take due messages: no other process can have them until the lease is over."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            CLAIM,
            {"channel": channel, "limit": limit, "lease": LEASE, "jump": CLOCK_FELL_BACK},
        )
        return [Claimed(*row) for row in cursor.fetchall()]


def transport_for(channel: str) -> Transport:
    """The provider behind a channel, by the settings."""
    if channel == C.NOTIFY:
        return notify.transport()
    return mail.transport(settings.EMAIL_URL, settings.EMAIL_FROM)


def send(message: Claimed) -> Taken:
    """In a thread, without a database: hand it over, or raise what became of it."""
    transport = transport_for(message.channel)
    again = False
    if message.doubtful and transport.remembers:
        if (known := transport.found(message.key)) is not None:
            return Taken(known)
    elif message.doubtful:
        again = True
    return Taken(transport.send(message.letter(again=again)), possibly_twice=again)


def record(message: Claimed, done: Future[Taken], woken: set[str]) -> bool:
    """Write what became of it, unless the lease ran out and somebody else has it. Was it sent?"""
    error = done.exception()
    mine = Message.objects.filter(pk=message.id, state=S.SENDING, attempts=message.attempts)
    with transaction.atomic():
        now = clock.database_now()
        if error is None:
            mine.update(state=S.SENT, sent_at=now, due_at=now, error="", **vars(done.result()))
            if message.attempts > 1 and message.channel not in woken:
                woken.add(message.channel)
                _wake(message.channel, now)
        elif isinstance(error, Rejected) or now - message.created_at >= PATIENT:
            if mine.update(state=S.FAILED, error=_words(error)):
                _alarm(message, now)
        else:
            state = S.QUEUED if isinstance(error, NotSent) and not message.doubtful else S.AMBIGUOUS
            again = now + delay(message.attempts, now - message.created_at, error)
            mine.update(state=state, due_at=again, error=_words(error))
    if error is not None:
        logger.warning("Message %s was not sent by %s: %r", message.id, message.channel, error)
    return error is None


def delay(attempts: int, age: timedelta, error: BaseException) -> timedelta:
    """10, 20, 30 seconds, then every 30; after a quarter of an hour every 5 minutes."""
    longest = SOON if age < EAGER else LATER
    asked = timedelta(seconds=error.wait) if isinstance(error, NotSent) else timedelta()
    usual = attempts * STEP if age < EAGER else LATER
    return min(max(usual, asked), longest)


def _words(error: BaseException) -> str:
    return (str(error) or type(error).__name__)[:300]


def _wake(channel: str, now: datetime) -> None:
    """The provider is back: what waited for it is due at once, but not what it found too many."""
    waiting = Message.objects.filter(channel=channel, state__in=UNSENT, due_at__gt=now)
    waiting.exclude(Q(state=S.SENDING) | Q(error__startswith=TOO_MANY)).update(due_at=now)


def _alarm(message: Claimed, now: datetime) -> None:
    """It will never arrive: somebody must tell the person in another way."""
    alert = Alert.objects.get(pk=message.alert_id)
    if alert.kind == ladders.FAILED:
        return
    text = "A message could not be sent: tell the person in another way"
    alarm = alarm_about(alert, ladders.FAILED, text, now, suffix=f":{message.id}")
    Alert.objects.bulk_create([alarm], ignore_conflicts=True)
