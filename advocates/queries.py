"""What an advocate may see: facts of consented cases, never a record of the investigation."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from accounts import policy
from accounts.models import User
from accounts.roles import Permission
from advocates import words
from advocates.models import Consent
from advocates.standing import coming, consents_of, facts_of, known_of
from advocates.words import Told
from applications.models import Hearing
from casework.models import Case, Deadline
from orders import queries as orders
from orders.models import Condition

MOST = 200  # clients in a list


@dataclass(frozen=True)
class Client:
    """A client in the list: who, where things stand, until when she agreed."""

    case: Case
    consent: Consent
    name: str
    status: words.Status


def cases(user: User) -> QuerySet[Case]:
    """The cases whose clients consented, now."""
    return policy.visible(user, Case.objects.all(), Permission.VIEW_STATUS)


def consent_of(user: User, case_id: UUID) -> Consent | None:
    """The living consent that opens a case to this advocate."""
    return consents_of(user, [case_id]).get(case_id)


def clients(user: User, now: datetime) -> list[Client]:
    """Every client of this advocate, by name."""
    opened = list(cases(user).select_related("subject", "officer")[:MOST])
    consents, known = consents_of(user, [case.pk for case in opened]), known_of(opened, now)
    found = []
    for case in opened:
        if consent := consents.get(case.pk):
            facts = facts_of(case, consent, known[case.pk], now)
            found.append(Client(case, consent, facts.client, words.status(facts)))
    return sorted(found, key=lambda client: client.name)


def facts(case: Case, consent: Consent, now: datetime) -> words.Facts:
    """The few facts of one case."""
    return facts_of(case, consent, known_of([case], now)[case.pk], now)


NEXT = {
    "decide_request": "The police decide whether to ask the court for an order",
    "look_again": "A second person looks at the decision again",
    "authorise": "A senior officer decides whether to ask the court",
    "serve_order": "The police give {him} the order",
    "tell_protected_person": "The officer contacts {client} about what was reported",
    "notify_initial": "{He} must tell the police {his} name and where {he} {lives}",
}


def to_come(case: Case, facts: words.Facts, now: datetime) -> list[Told]:
    """What happens next: who does what by when."""
    found = []
    for deadline in Deadline.objects.filter(case=case, done_at=None, kind__in=NEXT):
        text = words.say(facts.pronoun, NEXT[deadline.kind], client=facts.client)
        last = deadline.due_at - timedelta(seconds=1) if deadline.whole_day else deadline.due_at
        by = words.day(last) if deadline.whole_day else words.at_time(last)
        late = deadline.due_at <= now
        text = f"{text}. This is late; we are chasing it." if late else f"{text} by {by}."
        found.append(Told(deadline.due_at, text))
    if hearing := coming([case.pk], now).order_by("starts_at").first():
        what = (
            "The court decides" if hearing.purpose != Hearing.Purpose.MENTION else "The court meets"
        )
        come = f"{facts.client} need not come unless the officer asks."
        text = f"{what} on {words.at_time(hearing.starts_at)}. {come}"
        found.append(Told(hearing.starts_at, text))
    return sorted(found, key=lambda told: told.at)


def conditions(case: Case, now: datetime) -> list[Condition]:
    """What the order says now, as the court worded it: she may hold a copy of it."""
    order = orders.current_order(case, now)
    return list(orders.as_at(order, now)) if order else []
