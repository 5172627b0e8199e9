"""What the law asks for on the facts as they are now, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from law import notification, reasons
from law.duration import has_effect
from law.findings import Finding
from law.initial_duty import InitialDuty
from law.notification import EarlierInterim
from law.periods import local_date
from notifications.models import Duty
from notifications.queries.standing import LAW_NAMES, K, notified_on, soa_facts, told_before
from orders.models import Order
from orders.queries import last_effective_day, living_service
from people.models import Person
from people.pronouns import said_of


@dataclass(frozen=True)
class Answer:
    """What the law asks for on the facts as they are now. Days are None where no clock runs."""

    due_on: date | None
    starts_on: date | None
    provision: str
    reason: str
    findings: tuple[Finding, ...] = ()
    waits_for_service: bool = False


def facts_of(order: Order, *, soa_from: date | None, soa_until: date | None) -> InitialDuty:
    """The order as s9(1) reads it."""
    service = living_service(order)
    return InitialDuty(
        made_on=local_date(order.made_at),
        served_on=local_date(service.served_at) if service else None,
        replaces_interim=order.replaces_interim_id is not None,
        soa_from=soa_from,
        soa_until=soa_until,
        order_last_day=last_effective_day(order),
    )


def asked_of(duty: Duty) -> Answer:
    """The answer of the law for this duty, from its order's facts and its own."""
    return initial_answer(duty) if duty.kind == K.INITIAL else change_answer(duty)


def initial_answer(duty: Duty) -> Answer:
    """s9(1): the initial notification of the duty's order."""
    order = duty.order
    facts = facts_of(order, soa_from=duty.soa_from, soa_until=duty.soa_until)
    why = reasons.why(facts)[0]
    findings = notification.findings(**vars(facts), earlier_interim=earlier_interim(order))
    return Answer(
        due_on=notification.initial_due(**vars(facts)),
        starts_on=facts.day_one,
        provision=why.provision,
        reason=why.words,
        findings=tuple(findings),
        waits_for_service=facts.served_on is None
        and not facts.replaces_interim
        and order.ended_at is None,
    )


def change_answer(duty: Duty) -> Answer:
    """s9(3), s9(4): a change; nothing is asked on a day under the sexual offences duty, s9(5)."""
    if duty.starts_on is None:
        raise ValueError("starts_on is missing: a change happened on a day")
    if notification.exempt_on(duty.starts_on, soa_from=duty.soa_from, soa_until=duty.soa_until):
        words = "Under the notification duty of the Sexual Offences Act 2003 on that day"
        return Answer(None, duty.starts_on, "s9(5)", words)
    provision, due = LAW_NAMES[K(duty.kind)].provision, notification.change_due(duty.starts_on)
    orders = [*Order.objects.filter(case_id=duty.case_id)]
    bound = [order for order in orders if _bound_on(duty.starts_on, order)]
    if not bound:
        words = "No order had effect on that day: nothing had to be notified"
        return Answer(None, duty.starts_on, provision, words)
    bound_then = any(_bound_on(due, order) for order in orders)
    began = "{he} began to use the name" if duty.kind == K.NAME else "{he} moved"
    return Answer(
        due_on=due,
        starts_on=duty.starts_on,
        provision=provision,
        reason=said_of(
            f"3 days beginning with the day {began}, or told in advance", duty.order.subject
        ),
        findings=(
            *notification.change_findings(provision, bound_when_due=bound_then),
            *notification.told_before_findings(
                provision, happened_on=duty.starts_on, told_on=told_before(duty)
            ),
        ),
    )


def _bound_on(day: date, order: Order) -> bool:
    return has_effect(
        made_on=local_date(order.made_at),
        last_day=last_effective_day(order),
        ended_on=None,
        on=day,
    )


def at_service(order: Order) -> notification.AtService:
    """What the sheet beside the order says of it (`orders.asked`)."""
    soa_from, soa_until = soa_facts(order)
    facts = facts_of(order, soa_from=soa_from, soa_until=soa_until)
    return notification.at_service(facts, earlier_interim=earlier_interim(order))


def earlier_interim(order: Order) -> EarlierInterim | None:
    """The interim order that a full one replaces or, where none had effect, the last before it."""
    if order.kind != Order.Kind.FULL:
        return None
    interim = (
        order.replaces_interim
        or Order.objects.filter(
            case_id=order.case_id, kind=Order.Kind.INTERIM, made_at__lt=order.made_at
        )
        .order_by("-made_at")
        .first()
    )
    if interim is None:
        return None
    service = living_service(interim)
    last = last_effective_day(interim) or local_date(order.made_at)
    return EarlierInterim(
        served_on=local_date(service.served_at) if service else None,
        last_day=last,
        notified_on=notified_on(Duty.objects.filter(order=interim, kind=K.INITIAL).first()),
    )


def why(duty: Duty) -> list[reasons.Reason]:
    """Each step to the answer, also the exceptions that do not apply: what a page shows."""
    if duty.kind != K.INITIAL:
        return [reasons.Reason(duty.provision, duty.reason)]
    facts = facts_of(duty.order, soa_from=duty.soa_from, soa_until=duty.soa_until)
    said = reasons.why(facts)
    if facts.day_one is None:
        return said
    return [*said, *_not_excepted(facts, duty.order.subject)]


def _not_excepted(facts: InitialDuty, subject: Person) -> Iterator[reasons.Reason]:
    if not facts.replaces_interim:
        yield reasons.Reason("s9(1)(a)", "It does not replace an interim order")
    if facts.soa_from is None:
        words = "{He} {is} not under the sexual offences duty, as far as we know"
        yield reasons.Reason("s9(5)", said_of(words, subject))
