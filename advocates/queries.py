"""What an advocate may see: facts of consented cases, never a record of the investigation."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts import policy
from accounts.models import User
from accounts.roles import Permission
from advocates import words
from advocates.models import Consent
from advocates.words import Told
from applications.models import Application, Hearing, Request, ThresholdDecision
from casework import clock
from casework.models import PROTECTED_ROLES, Case, Deadline, Party
from law.periods import local_date
from orders import queries as orders
from orders.models import Condition, Order

PRONOUNS = {"male": "he", "man": "he", "female": "she", "woman": "she"}
A = Application.Status


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
    still_protected = Party.objects.filter(
        case_id=case_id, person=OuterRef("person"), role__in=PROTECTED_ROLES
    )
    rows = Consent.objects.filter(
        Exists(still_protected),
        case_id=case_id,
        advocate=user,
        status=Consent.Status.GIVEN,
        valid_until__gte=clock.today(),
    )
    return rows.select_related("person").order_by("-valid_until").first()


def clients(user: User, now: datetime) -> list[Client]:
    """Every client of this advocate, by name."""
    found = []
    for case in cases(user).select_related("subject", "officer")[:200]:
        if consent := consent_of(user, case.pk):
            facts = facts_of(case, consent, now)
            found.append(Client(case, consent, facts.client, words.status(facts)))
    return sorted(found, key=lambda client: client.name)


def facts_of(case: Case, consent: Consent, now: datetime) -> words.Facts:
    """The few facts that the words are made of."""
    order = orders.current_order(case, now)
    service = orders.living_service(order) if order else None
    last = Order.objects.filter(case=case).order_by("-made_at").first()
    application = Application.objects.filter(case=case).order_by("-saved_at").first()
    decision = ThresholdDecision.objects.filter(case=case).order_by("-decided_at").first()
    declined = bool(decision and decision.outcome == ThresholdDecision.Outcome.DECLINE)
    hearing = next_hearing(case, now)
    return words.Facts(
        pronoun=pronoun_of(case),
        client=words.initials([consent.person.given_names, consent.person.family_name]),
        asked_at=case.asked_at,
        declined=_told(decision, consent.advocate) if decision and declined else "",
        second_look=bool(decision and declined and decision.is_second_look),
        drafting=bool(application and application.status in (A.DRAFT, A.SUBMITTED, A.AUTHORISED)),
        lodged_on=application.lodged_on if application and application.status == A.LODGED else None,
        outcome=(
            application.status
            if application and application.status in (A.REFUSED, A.WITHDRAWN)
            else ""
        ),
        hearing_at=hearing.starts_at if hearing else None,
        temporary=order.kind == Order.Kind.INTERIM if order else None,
        last_day=order.last_day if order else None,
        until_further_order=bool(order and order.last_day is None),
        made_on=local_date(order.made_at) if order else None,
        served_at=service.served_at if service else None,
        explained=bool(service and service.explained),
        ended_on=_ended_on(last, now) if last and not order else None,
    )


def pronoun_of(case: Case) -> str:
    """ "he" or "she" once it is known, "they" before that."""
    return PRONOUNS.get(case.subject.gender.lower() if case.subject else "", "they")


def _ended_on(order: Order, now: datetime) -> date:
    ends = [order.last_day, local_date(order.ended_at) if order.ended_at else None]
    known = [end for end in ends if end]
    return min(known) if known else local_date(now)


def _told(decision: ThresholdDecision, advocate: User) -> str:
    """What the requester was told is for the requester; others are told where to ask."""
    asked = Q(asked_by=advocate) | Q(organisation=advocate.organisation)
    mine = Request.objects.filter(asked, pk=decision.request_id).exists()
    return decision.told_requester if mine else "The officer can tell you why."


def next_hearing(case: Case, now: datetime) -> Hearing | None:
    rows = Hearing.objects.filter(case=case, status=Hearing.Status.LISTED, starts_at__gt=now)
    return rows.order_by("starts_at").first()


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
    if hearing := next_hearing(case, now):
        what = (
            "The court decides" if hearing.purpose != Hearing.Purpose.MENTION else "The court meets"
        )
        come = f"{facts.client} need not come unless the officer asks."
        text = f"{what} on {words.at_time(hearing.starts_at)}. {come}"
        found.append(Told(hearing.starts_at, text))
    return sorted(found, key=lambda told: told.at)


def requests_of(user: User) -> QuerySet[Request]:
    """What this advocate asked for, in every force: the answer reaches the one who asked."""
    rows = Request.objects.filter(asked_by=user).select_related("case__force")
    return rows.prefetch_related("decisions").order_by("-asked_at")


def conditions(case: Case, now: datetime) -> list[Condition]:
    """What the order says now, as the court worded it: she may hold a copy of it."""
    order = orders.current_order(case, now)
    return list(orders.as_at(order, now)) if order else []
