"""The facts of clients' cases that the words are made of: as many queries for fifty clients as for one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, QuerySet, Subquery

from accounts.models import User
from advocates import words
from advocates.models import Consent
from applications.models import Application, Hearing, Request, ThresholdDecision
from casework import clock
from casework.models import PROTECTED_ROLES, Case, Party
from law.periods import local_date
from orders import queries as orders
from orders.models import Order, Service, Variation
from people.pronouns import pronoun_of

A, R = Application.Status, Request.Status
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Known:
    """What the rooms know of a case; each the one that counts now, or the last there was."""

    binding: Order | None
    service: Service | None
    change_unserved: bool  # its words have changed, and he was not given the new ones
    renewal_asked_on: date | None  # for the order that binds; the court has not decided
    last: Order | None
    application: Application | None
    decision: ThresholdDecision | None
    hearing: Hearing | None


def living_consents(user: User) -> QuerySet[Consent]:
    """The consents that open cases to this advocate."""
    return living(Consent.objects.filter(advocate=user))


def living(consents: QuerySet[Consent]) -> QuerySet[Consent]:
    """Those that open their cases today: given, not run out, by people who are protected in them."""
    still_protected = Party.objects.filter(
        case_id=OuterRef("case_id"), person=OuterRef("person"), role__in=PROTECTED_ROLES
    )
    return consents.filter(
        Exists(still_protected),
        status=Consent.Status.GIVEN,
        valid_until__gte=clock.today(),
    )


def consents_of(user: User, cases: Iterable[UUID]) -> dict[UUID, Consent]:
    """The living consent that opens each case to this advocate."""
    rows = living_consents(user).filter(case__in=list(cases))
    return _first_of_each(rows.select_related("person", "advocate"), "-valid_until")


def known_of(cases: Iterable[Case], now: datetime) -> dict[UUID, Known]:
    """What is known of each case. Six queries."""
    ids = [case.pk for case in cases]
    held = Order.objects.filter(case__in=ids)
    changed = Exists(orders.unserved_changes(now).filter(pk=OuterRef("pk")))
    renewal = Variation.objects.filter(
        order=OuterRef("pk"), kind=Variation.Kind.RENEW, status=Variation.Status.APPLIED
    )
    renewing = Subquery(renewal.order_by("-applied_on").values("applied_on")[:1])
    in_force = orders.in_force(held, now).annotate(
        change_unserved=changed, renewal_asked_on=renewing
    )
    binding = _first_of_each(in_force, "kind", "-made_at")
    services = orders.living_services([order.pk for order in binding.values()])
    last = _first_of_each(held, "-made_at")
    refused = Hearing.objects.filter(
        application=OuterRef("pk"), outcome=Hearing.Outcome.INTERIM_REFUSED
    )
    asked = Application.objects.filter(case__in=ids).annotate(interim_refused=Exists(refused))
    applications = _first_of_each(asked, "-saved_at")
    decided = ThresholdDecision.objects.filter(case__in=ids).select_related("request")
    decisions = _first_of_each(decided, "-decided_at")
    hearings = _first_of_each(coming(now).filter(case__in=ids), "starts_at")
    return {
        pk: Known(
            order := binding.get(pk),
            services.get(order.pk) if order else None,
            getattr(order, "change_unserved", False),
            getattr(order, "renewal_asked_on", None),
            last.get(pk),
            applications.get(pk),
            decisions.get(pk),
            hearings.get(pk),
        )
        for pk in ids
    }


def coming(now: datetime) -> QuerySet[Hearing]:
    """Hearings that are listed and have not begun, the soonest first."""
    listed = Hearing.objects.filter(status=Hearing.Status.LISTED, starts_at__gt=now)
    return listed.order_by("starts_at")


def _first_of_each(rows: QuerySet[M], *order: str) -> dict[UUID, M]:
    """The first row of each case in this order."""
    found = rows.order_by("case_id", *order).distinct("case_id")
    return {row.case_id: row for row in found}  # type: ignore[attr-defined]


def facts_of(case: Case, consent: Consent, known: Known, now: datetime) -> words.Facts:
    """The few facts that the words are made of."""
    order, application, decision = known.binding, known.application, known.decision
    asked = decision.request.status if decision else ""
    declined = asked in (R.DECLINED, R.CONFIRMED)
    status = application.status if application else ""
    return words.Facts(
        pronoun=pronoun_of(case.subject),
        client=client_of(consent),
        asked_at=case.asked_at,
        declined=_told(decision, consent.advocate) if decision and declined else "",
        second_look=asked == R.CONFIRMED,
        accepted=asked == R.ACCEPTED and application is None,
        drafting=status in (A.DRAFT, A.SUBMITTED, A.AUTHORISED),
        lodged_on=application.lodged_on if application and status == A.LODGED else None,
        outcome=_outcome(application) if application else "",
        no_interim=status == A.LODGED and getattr(application, "interim_refused", False),
        hearing_at=known.hearing.starts_at if known.hearing else None,
        temporary=order.kind == Order.Kind.INTERIM if order else None,
        last_day=order.last_day if order else None,
        until_further_order=bool(order and order.last_day is None),
        undecided=bool(order and order.kind == Order.Kind.INTERIM) and status == A.LODGED,
        made_on=local_date(order.made_at) if order else None,
        served_at=known.service.served_at if known.service else None,
        change_unserved=known.change_unserved,
        renewal_asked_on=known.renewal_asked_on,
        explained=bool(known.service and known.service.explained),
        ended_on=_ended_on(known.last, now) if known.last and not order else None,
    )


def _outcome(application: Application) -> str:
    """How the application ended where no order came of it; one never lodged was no court's matter."""
    if application.status == A.WITHDRAWN and application.lodged_on is None:
        return "given_up"
    return application.status if application.status in (A.REFUSED, A.WITHDRAWN) else ""


def _ended_on(order: Order, now: datetime) -> date:
    ends = [order.last_day, local_date(order.ended_at) if order.ended_at else None]
    known = [end for end in ends if end]
    return min(known) if known else local_date(now)


def _told(decision: ThresholdDecision, advocate: User) -> str:
    """What the requester was told is for the requester; others are told where to ask."""
    request = decision.request
    theirs = request.organisation_id and request.organisation_id == advocate.organisation_id
    mine = theirs or request.asked_by_id == advocate.pk
    return decision.told_requester if mine else "The officer can tell you why."


def client_of(consent: Consent) -> str:
    """Initials: all of a client's name that a page shows."""
    return words.initials([consent.person.given_names, consent.person.family_name])
