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
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from alerts import ladders, wording
from alerts.alarms import NOBODY_WAS_TOLD, alarm_about
from alerts.models import UNSENT, Alert, Message
from alerts.transports import TIMEOUT, Letter, NotSent, Rejected, Transport, mail, notify
from casework import clock

logger = logging.getLogger(__name__)
C, S = Message.Channel, Message.State
LEASE = timedelta(seconds=15)  # longer than a provider may take to answer
SLOTS = 8  # messages on their way at once, for each channel: a provider that hangs stops no other
PAUSE = 0.2  # seconds
EAGER, PATIENT = timedelta(minutes=15), timedelta(hours=4)
STEP, SOON, LATER = timedelta(seconds=10), timedelta(seconds=30), timedelta(minutes=5)
CLOCK_FELL_BACK = LATER + timedelta(minutes=1)  # no row waits that long: its clock has jumped
TOO_MANY = "429"


@dataclass(frozen=True)
class Claimed:
    """A message that this process may send until its lease ends, and nobody else."""

    id: UUID
    key: str
    channel: str
    address: str
    attempts: int
    created_at: datetime
    doubtful: bool  # an earlier attempt had no outcome
    alert: Alert

    @classmethod
    def of(cls, was: Message) -> "Claimed":
        """The claim on a message, from the row as it was before."""
        return cls(
            id=was.pk,
            key=was.key,
            channel=was.channel,
            address=was.address,
            attempts=was.attempts + 1,
            created_at=was.created_at,
            doubtful=was.state != S.QUEUED,
            alert=was.alert,
        )

    def letter(self, *, again: bool) -> Letter:
        first_line = wording.subject(self.alert)
        text = wording.body(first_line, self.alert, again=again)
        return Letter(self.key, self.address, first_line, text)


@dataclass(frozen=True)
class Taken:
    """The provider has it."""

    provider_ref: str
    possibly_twice: bool = False


def deliver_due(*, seconds: float = 4) -> int:
    """Send what is due for about so long; what is still on its way is waited for. How many left."""
    with ThreadPoolExecutor(SLOTS * 2, thread_name_prefix="deliver") as pool:
        return Stretch(pool, until=time.monotonic() + seconds).run()


class Stretch:
    """One stretch of sending, with so many slots for each channel."""

    def __init__(self, pool: ThreadPoolExecutor, *, until: float) -> None:
        self.pool = pool
        self.until = until
        self.running: dict[Future[Taken], Claimed] = {}
        self.ask_at: dict[str, float] = {C.EMAIL: 0, C.NOTIFY: 0}
        self.woken: set[str] = set()
        self.sent = 0

    def run(self) -> int:
        while self.fill() or self.running:
            done, _ = wait(self.running, timeout=PAUSE, return_when=FIRST_COMPLETED)
            self.settle({self.running.pop(future): future for future in done})
        return self.sent

    def settle(self, done: dict[Claimed, Future[Taken]]) -> None:
        """Write the outcomes, those that were sent in one transaction."""
        failed = {message for message, future in done.items() if future.exception()}
        sent = {
            message: future.result() for message, future in done.items() if message not in failed
        }
        record_sent(sent)
        self.sent += len(sent)
        for message in failed:
            record_failure(message, done[message].exception())
        for channel in {message.channel for message in sent if message.attempts > 1} - self.woken:
            self.woken.add(channel)
            wake(channel)

    def fill(self) -> int:
        """Claim as many more as have a slot free, so that every lease begins with its sending."""
        busy = [message.channel for message in self.running.values()]
        return sum(self.take(channel, SLOTS - busy.count(channel)) for channel in self.ask_at)

    def end(self, channel: str) -> float:
        """When this channel's sending ends: later while another channel's provider is waited for."""
        others = any(message.channel != channel for message in self.running.values())
        return self.until + TIMEOUT if others else self.until

    def take(self, channel: str, free: int) -> int:
        """Ask for one channel's due messages; one that had no more is left in peace for a moment."""
        now = time.monotonic()
        if not free or now > self.end(channel) or (self.running and now < self.ask_at[channel]):
            return 0
        claimed = claim(channel, limit=free)
        if len(claimed) < free:
            self.ask_at[channel] = now + PAUSE
        for message in claimed:
            self.running[self.pool.submit(send, message)] = message
        return len(claimed)


def claim(channel: str, *, limit: int) -> list[Claimed]:
    """Take due messages: no other process can have them until the lease is over."""
    with transaction.atomic():
        due = list(
            Message.objects.filter(channel=channel, state__in=UNSENT)
            .filter(Q(due_at__lte=Now()) | Q(due_at__gt=Now() + CLOCK_FELL_BACK))
            .select_related("alert__case")
            .select_for_update(skip_locked=True, of=("self",))
            .order_by("due_at")[:limit]
        )
        Message.objects.filter(pk__in=[message.pk for message in due]).update(
            state=S.SENDING, attempts=F("attempts") + 1, due_at=Now() + LEASE
        )
    return [Claimed.of(message) for message in due]


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


def _mine(message: Claimed) -> QuerySet[Message]:
    """The row, unless the lease ran out and somebody else has it: then its outcome is theirs."""
    return Message.objects.filter(pk=message.id, state=S.SENDING, attempts=message.attempts)


def record_sent(sent: dict[Claimed, Taken]) -> None:
    """The providers have these."""
    with transaction.atomic():
        for message, taken in sent.items():
            _mine(message).update(
                state=S.SENT, sent_at=Now(), due_at=Now(), error="", **vars(taken)
            )


def record_failure(message: Claimed, error: BaseException | None) -> None:
    """Not sent, or nobody knows: when to try again, or that a person must act."""
    logger.warning("Message %s was not sent by %s: %r", message.id, message.channel, error)
    with transaction.atomic():
        now = clock.database_now()
        age = now - message.created_at
        words = (str(error) or type(error).__name__)[:300]
        if isinstance(error, Rejected) or age >= PATIENT:
            if _mine(message).update(state=S.FAILED, error=words):
                _alarm(message, now)
        else:
            certain = isinstance(error, NotSent) and not message.doubtful
            _mine(message).update(
                state=S.QUEUED if certain else S.AMBIGUOUS,
                due_at=now + delay(message.attempts, age, error),
                error=words,
            )


def delay(attempts: int, age: timedelta, error: BaseException | None) -> timedelta:
    """10, 20, 30 seconds, then every 30; after a quarter of an hour every 5 minutes."""
    longest = SOON if age < EAGER else LATER
    asked = timedelta(seconds=error.wait) if isinstance(error, NotSent) else timedelta()
    usual = attempts * STEP if age < EAGER else LATER
    return min(max(usual, asked), longest)


def wake(channel: str) -> None:
    """The provider is back: what waited for it is due at once, but not what it found too many."""
    with transaction.atomic():
        now = clock.database_now()
        waiting = (
            Message.objects.filter(channel=channel, state__in=(S.QUEUED, S.AMBIGUOUS))
            .filter(due_at__gt=now)
            .exclude(error__startswith=TOO_MANY)
            .select_for_update(skip_locked=True)  # two that wake at once would wait in a circle
        )
        Message.objects.filter(pk__in=waiting.values("pk")).update(due_at=now)


def _alarm(message: Claimed, now: datetime) -> None:
    """It will never arrive: somebody must tell the person in another way.

    Where no other message of its rung can arrive either, nobody was told at all.
    """
    alert, text = message.alert, "A message could not be sent: tell the person in another way"
    others = Message.objects.filter(alert=alert).exclude(channel=C.IN_APP).exclude(state=S.FAILED)
    if not others.exists():
        Alert.objects.filter(pk=alert.pk).update(nobody=True)
        text = NOBODY_WAS_TOLD
    if alert.kind in (*ladders.ALARMS, *ladders.ACCOUNTS):
        return  # it fires again by itself, and the health check names it; an account's page says it
    alarm = alarm_about(alert, ladders.FAILED, text, now, suffix=f":{message.id}")
    Alert.objects.bulk_create([alarm], ignore_conflicts=True)
