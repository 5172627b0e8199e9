"""What an advocate may see: facts of consented cases, never a record of the investigation."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from advocates import news, words
from advocates.models import Consent
from advocates.standing import coming, consents_of, facts_of, known_of, living_consents
from advocates.words import Told
from applications.models import Hearing
from breaches.models import Breach
from casework.models import Case, Deadline
from contact.models import Matter
from contact.words import at_time, day
from law.periods import local_date, start_instant
from orders import queries as orders
from orders.models import Condition
from people.folding import fold
from people.pronouns import pronoun_of, say


@dataclass(frozen=True)
class Client:
    """A client in the list: who, why she stands where she does, until when she agreed."""

    case: Case
    consent: Consent
    name: str
    line: words.Line


def consent_of(user: User, case_id: UUID) -> Consent | None:
    """The living consent that opens a case to this advocate."""
    return consents_of(user, [case_id]).get(case_id)


def clients(user: User, cases: Sequence[Case], now: datetime) -> list[Client]:
    """One line for each of these rows of `urgency.by_urgency`, in ten queries for any number."""
    ids = [case.pk for case in cases]
    consents, known, newest = consents_of(user, ids), known_of(cases, now), news.newest(ids, user)
    found = []
    for case in cases:
        if consent := consents.get(case.pk):
            facts = facts_of(case, consent, known[case.pk], now)
            new = _new(case, newest.get(case.pk))
            found.append(Client(case, consent, facts.client, words.line(facts, new)))
    return found


def _new(case: Case, newest: Told | None) -> words.New | None:
    """What she has not seen of the case; None where she has seen all."""
    seen_at, news_at = case.seen_at, case.news_at  # type: ignore[attr-defined]
    if seen_at is not None and (news_at is None or news_at <= seen_at):
        return None
    if seen_at is None or newest is None:
        return words.New(None)
    return words.New(Told(newest.at, say(pronoun_of(case.subject), newest.text)))


def named(user: User, text: str) -> list[UUID]:
    """The cases of those clients whom a text may mean: their name or its beginning, initials, reference."""
    rows = living_consents(user).values_list(
        "case_id", "case__reference", "person__given_names", "person__family_name"
    )
    return [
        case
        for case, reference, given, family in rows
        if _means(text, reference) or _is_called(fold(text).split(), fold(f"{given} {family}"))
    ]


def _means(text: str, reference: str) -> bool:
    asked, known = (re.sub(r"[\W_]", "", part).upper() for part in (text, reference))
    return len(asked) >= SHORTEST_REFERENCE and known.endswith(asked)


def _is_called(asked: list[str], name: str) -> bool:
    """Every word begins a word of the name, or they are its initials without a space."""
    held = name.split()
    initials = "".join(word[0] for word in held)
    begun = bool(asked) and all(any(word.startswith(part) for word in held) for part in asked)
    return begun or "".join(asked) == initials


SHORTEST_REFERENCE = 3


def facts(case: Case, consent: Consent, now: datetime) -> words.Facts:
    """The few facts of one case."""
    return facts_of(case, consent, known_of([case], now)[case.pk], now)


NEXT = {
    "decide_request": "The police decide whether to ask the court for an order",
    "look_again": "A second person looks at the decision again",
    "authorise": "A senior officer decides whether to ask the court",
    "serve_order": "The police give {him} the order",
    "notify_initial": "{He} must tell the police {his} name and where {he} {lives}",
}

UNDECIDED = "The court has not yet decided on a longer order. No day is fixed yet."


def to_come(case: Case, consent: Consent, facts: words.Facts, now: datetime) -> list[Told]:
    """What happens next: who does what by when."""
    found = []
    for deadline in Deadline.objects.filter(case=case, done_at=None, kind__in=NEXT):
        text = say(facts.pronoun, NEXT[deadline.kind], client=facts.client)
        by = _by(deadline.due_at, deadline.whole_day)
        late = deadline.due_at <= now
        text = f"{text}. This is late; we are chasing it." if late else f"{text} by {by}."
        found.append(Told(deadline.due_at, text))
    found += _still_to_tell(consent, facts, now)
    if facts.renewal_asked_on:
        kind = "temporary order" if facts.temporary else "order"
        why = ", because the hearing is after it ends" if facts.gap_from else ""
        on = day(facts.renewal_asked_on)
        asked = f"The court was asked on {on} to make the {kind} longer{why}."
        found.append(Told(now, f"{asked} The court has not decided that yet."))
    if hearing := coming(now).filter(case=case).first():
        what = (
            "The court decides" if hearing.purpose != Hearing.Purpose.MENTION else "The court meets"
        )
        come = f"{facts.client} need not come unless the officer asks."
        text = f"{what} on {at_time(hearing.starts_at)}. {come}"
        found.append(Told(hearing.starts_at, text))
    soonest = sorted(found, key=lambda told: told.at)
    if facts.undecided and hearing is None:
        soonest.append(Told(now, UNDECIDED))
    return soonest


def _by(due_at: datetime, whole_day: bool) -> str:
    """Tuesday 1 December 2026; midnight is the end of the day before, never 00:00 of the next."""
    last_day = day(due_at - timedelta(seconds=1))
    if whole_day:
        return last_day
    if due_at == start_instant(local_date(due_at)):
        return f"the end of {last_day}"
    return at_time(due_at)


def _still_to_tell(consent: Consent, facts: words.Facts, now: datetime) -> Iterator[Told]:
    """What the officer has still to tell this client. Never what somebody else waits for."""
    for matter in _matters(consent).filter(status=Matter.Status.WAITING):
        text = f"the officer tells {facts.client} {_what(matter, facts)}."
        by = _by(matter.due_at, matter.whole_day)
        late = matter.due_at <= now
        # The day stands first: behind "that the order is about to end" it would be the order's own
        said = f"T{text[1:]} This is late; we are chasing it." if late else f"By {by} {text}"
        yield Told(matter.due_at, said)


def told_to(consent: Consent, facts: words.Facts) -> list[Told]:
    """What the police have told this client, the latest first: when, and of what; not what she said."""
    told = _matters(consent).filter(status=Matter.Status.TOLD).select_related("telling")
    found = [
        Told(
            one.telling.told_at,
            f"{one.telling.told_by_name} told {facts.client} {_what(one, facts)}.",
        )
        for one in told
        if one.telling is not None
    ]
    return sorted(found, key=lambda each: each.at, reverse=True)


TAKEN = "The police have your report, and somebody of the police has taken it."
UNTAKEN = "The police have your report, and nobody has taken it yet. In danger now: ring 999."


def reported(case: Case, user: User) -> list[Told]:
    """What this advocate reported, the latest first, and whether somebody took it: never who."""
    own = Breach.objects.filter(case=case, reported_by=user).order_by("-reported_at")
    rows = own.values_list("reported_at", "status")
    return [Told(at, UNTAKEN if status == Breach.Status.REPORTED else TAKEN) for at, status in rows]


def _matters(consent: Consent) -> QuerySet[Matter]:
    return Matter.objects.filter(case=consent.case_id, person=consent.person_id)


WHAT = {
    Matter.Kind.SERVED: "that {he} {was} given the order",
    Matter.Kind.SERVICE_PUT_RIGHT: "when {he} {was} given the order in truth",
    Matter.Kind.RENEWED: "that the order lasts longer",
    Matter.Kind.BREACH: "about what was reported",
    Matter.Kind.ARRESTED: "more about what was reported",  # of the arrest the officer tells her first
    Matter.Kind.BREACH_DECIDED: "what was decided about the report",
}


def _what(matter: Matter, facts: words.Facts) -> str:
    """that the court made an order"""
    kind = Matter.Kind(matter.kind)
    return say(facts.pronoun, WHAT.get(kind, str(kind.label)))


def conditions(case: Case, now: datetime) -> list[Condition]:
    """What the order says now, as the court worded it: she may hold a copy of it."""
    order = orders.current_order(case, now)
    return list(orders.as_at(order, now)) if order else []
