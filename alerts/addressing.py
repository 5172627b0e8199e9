"""Who is told, decided when the rung fires: from the case and the force as they are now.

The words of a rung: `officer`, `line_manager`, `inbox`, `role:stalking_lead`, `user:<id>`; `a|b` is
the first that anybody answers to. Nobody is told whom the policy does not let take the alert, but
whoever asked for an order of the answer. A rung on which nobody can be reached is an alarm
of its own, and says so on the pages: what lies unread in somebody's inbox here tells nobody. So is
one place of a rung that is nobody's, though others on it were told.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from accounts import policy
from accounts.models import Grant, User
from accounts.roles import Permission, Role
from alerts import alarms, ladders, settling
from alerts.models import Alert, Message
from casework import clock

BATCH = 200
C, S = Message.Channel, Message.State


@dataclass(frozen=True)
class Recipient:
    """One person, or the duty inbox of a force (`user` None)."""

    user: User | None
    email: str

    @property
    def name(self) -> str:
        return str(self.user.pk) if self.user else "inbox"

    def ways(self, alert: Alert) -> list[tuple[str, str]]:
        """Channels and addresses by which this alert leaves the building; none: not reachable."""
        phone = self.user.phone if self.user and settings.NOTIFY_API_KEY else ""
        found = [(str(C.EMAIL), self.email)]
        if alert.needs_acknowledgement:
            found.append((str(C.NOTIFY), phone))
        return [(channel, address) for channel, address in found if address]


@dataclass
class People:
    """Everybody whom a batch of alerts could reach, fetched once."""

    by_word: dict[tuple[str, str], list[User]] = field(default_factory=lambda: defaultdict(list))
    grants: dict[tuple[UUID, UUID], set[str]] = field(default_factory=lambda: defaultdict(set))

    def may_take(self, user: User, alert: Alert) -> bool:
        """The policy's own rule, on facts fetched for the whole batch; a requester's own answer.

        What is of no case is told to whoever it names: its page asks for itself who may see it.
        """
        if alert.case is None or alert.case_id is None:
            return True
        asked = Grant.Basis.REQUESTER in self.grants[alert.case_id, user.pk]
        if user.is_advocate:
            return asked and alert.kind == ladders.ANSWER
        if asked and alert.kind == ladders.OWN_ANSWER:
            return True
        facts = policy.Facts(
            case_id=alert.case_id,
            force_id=alert.force_id,
            unit_id=alert.case.unit_id,
            restricted=alert.case.restricted,
            grants=frozenset(self.grants[alert.case_id, user.pk]),
        )
        return policy.objection(user, Permission.ACKNOWLEDGE_ALERT, facts) is None


def run(*, limit: int = BATCH) -> int:
    """Address the alerts that wait for it, oldest first. How many were addressed."""
    with transaction.atomic():
        waiting = list(
            Alert.objects.filter(addressed_at=None)
            .select_related(
                "case__officer__line_manager", "deadline__officer__line_manager", "force"
            )
            .select_for_update(skip_locked=True, of=("self",), no_key=True)
            .order_by("created_at")[:limit]
        )
        if waiting:
            _address(waiting, clock.database_now())
    return len(waiting)


def _address(alerts: list[Alert], now: datetime) -> None:
    over = {*_no_longer_news(alerts), *settling.settled(alerts)}
    people = _people(alerts)
    messages: list[Message] = []
    told: set[tuple[str, str]] = set()
    for alert in sorted(alerts, key=lambda alert: alert.due_at, reverse=True):
        alert.addressed_at = now
        if alert.pk in over:
            continue
        recipients, alert.missing = _recipients(alert, people)
        alert.nobody = not any(recipient.ways(alert) for recipient in recipients)
        for recipient in recipients:
            if (_subject(alert), recipient.name) not in told:  # rungs that were missed come as one
                told.add((_subject(alert), recipient.name))
                messages.extend(_messages(alert, recipient, now))
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    Alert.objects.bulk_update(alerts, ["addressed_at", "nobody", "missing"])
    _alarm([alert for alert in alerts if alert.missing], now)


def _subject(alert: Alert) -> str:
    return str(alert.deadline_id or alert.thread)


def _no_longer_news(alerts: list[Alert]) -> Iterable[UUID]:
    """What was answered or done between the raising and now: nobody is told of it any more."""
    answered = Alert.objects.filter(thread=OuterRef("thread"), acknowledged_at__isnull=False)
    return (
        Alert.objects.filter(pk__in=[alert.pk for alert in alerts])
        .filter(
            Q(deadline__done_at__isnull=False)
            | Q(deadline__isnull=False) & ~Q(clock_at=F("deadline__due_at"))
            | Q(needs_acknowledgement=True) & Exists(answered)
        )
        .values_list("pk", flat=True)
    )


def _people(alerts: list[Alert]) -> People:
    people = People()
    roles, named = _said(alerts, "role:"), _said(alerts, ladders.USER)
    meant = User.objects.filter(Q(role__in=roles) | Q(pk__in=named), is_active=True)
    for user in meant.filter(force__in={a.force_id for a in alerts}):
        people.by_word[user.force_id or "", f"role:{user.role}"].append(user)
        people.by_word[user.force_id or "", f"{ladders.USER}{user.pk}"].append(user)
    for advocate in User.objects.filter(is_active=True, role=Role.ADVOCATE, pk__in=_named(alerts)):
        people.by_word["", f"{ladders.USER}{advocate.pk}"].append(advocate)
    now = clock.now()
    live = Grant.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=now),
        case_id__in={alert.case_id for alert in alerts if alert.case_id},
        revoked_at=None,
        valid_from__lte=now,
    )
    for grant in live:
        people.grants[grant.case_id, grant.user_id].add(grant.basis)
    return people


def _named(alerts: list[Alert]) -> set[str]:
    """The ids of those who are told the answer to what they asked: advocates too."""
    return _said([alert for alert in alerts if alert.kind == ladders.ANSWER], ladders.USER)


def _said(alerts: list[Alert], kind: str) -> set[str]:
    """What stands behind the words of this kind, "role:" or "user:"."""
    words = {word for a in alerts for many in a.recipients.split(",") for word in many.split("|")}
    return {word.removeprefix(kind) for word in words if word.startswith(kind)}


def _recipients(alert: Alert, people: People) -> tuple[list[Recipient], str]:
    """Who is told, each once, and the words to which nobody who can be reached answered."""
    found: dict[Recipient, None] = {}
    missing = []
    for word in alert.recipients.split(","):
        choices = [list(_called(choice, alert, people)) for choice in word.split("|")]
        reached = next((c for c in choices if any(to.ways(alert) for to in c)), None)
        found.update(dict.fromkeys(reached or next(filter(None, choices), [])))
        if reached is None:
            missing.append(word)
    return list(found), ",".join(missing)


def unreached(alerts: Sequence[Alert]) -> dict[UUID, list[str]]:
    """Of each, the words on it to which nobody who can be reached answers now. Tells nobody."""
    people = _people(list(alerts))
    found = {alert.pk: _recipients(alert, people)[1] for alert in alerts}
    return {pk: list(filter(None, missing.split(","))) for pk, missing in found.items()}


def filled(alarms: Collection[Alert]) -> set[UUID]:
    """Those alarms about a place that was nobody's, to which somebody who can be reached answers now."""
    places = []
    for alarm in alarms:
        place = copy(alarm)
        place.recipients = alarm.thread.rpartition(f":{ladders.EMPTY}:")[2]
        places.append(place)
    return {pk for pk, missing in unreached(places).items() if not missing}


def _called(word: str, alert: Alert, people: People) -> Iterator[Recipient]:
    """Everybody a word means who may see the case. An unknown word means nobody."""
    if word == ladders.INBOX:
        # a whole room reads the inbox: of a restricted case not even the reference goes there
        if alert.force.duty_inbox and alert.case and not alert.case.restricted:
            yield Recipient(None, alert.force.duty_inbox)
        return
    officer = _officer_of(alert, people)
    everybody = people.by_word
    candidates: list[User | None] = [*everybody[alert.force_id, word], *everybody["", word]]
    if word == ladders.OFFICER:
        candidates = [officer]
    elif word == ladders.LINE_MANAGER:
        candidates = [officer.line_manager if officer else None]
    for user in candidates:
        if user and user.is_active and people.may_take(user, alert):
            yield Recipient(user, user.email)


def _officer_of(alert: Alert, people: People) -> User | None:
    """Whose the clock is, else whoever has the case; nothing is any more of who is closed or put out."""
    own = alert.deadline.officer if alert.deadline else None
    if own is not None and own.is_active and people.may_take(own, alert):
        return own
    return alert.case.officer if alert.case else None


def _messages(alert: Alert, to: Recipient, now: datetime) -> Iterator[Message]:
    """The inbox keeps it, email carries it, and a text message too where it needs an answer."""
    inbox = [(str(C.IN_APP), "")] if to.user and alert.case else []
    for channel, address in [*to.ways(alert), *inbox]:
        yield Message(
            key=f"{alert.key}:{to.name}:{channel}",
            alert=alert,
            user=to.user,
            channel=channel,
            address=address,
            state=S.SENT if channel == C.IN_APP else S.QUEUED,
            sent_at=now if channel == C.IN_APP else None,
            created_at=now,
            due_at=now,
        )


def _alarm(empty: list[Alert], now: datetime) -> None:
    """Nobody could be reached on these rungs, or in some place on them: say so to who must fill them."""
    raised = [alarm for alert in empty for alarm in alarms.about(alert, now)]
    Alert.objects.bulk_create(raised, ignore_conflicts=True)
