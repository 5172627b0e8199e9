"""What the notification duties are, from the facts: of one order, of one case, of a whole force."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from alerts import ladders
from alerts.places import said as word_said
from alerts.queries import Told
from casework.models import Case, Deadline
from law import attendance, notification, reasons
from law.duration import has_effect
from law.findings import Finding
from law.initial_duty import InitialDuty
from law.notification import EarlierInterim
from law.offences import FAILED_DUTY, FALSE_NOTIFICATION, REFUSED_IDENTITY_CHECK
from law.periods import local_date
from notifications.models import Attendance, Duty, SuspectedFailure
from orders.models import Order
from orders.queries import last_effective_day, living_service

K, S = Duty.Kind, Duty.Status
LAW_NAMES = {
    K.INITIAL: notification.Duty.INITIAL,
    K.NAME: notification.Duty.NEW_NAME,
    K.ADDRESS: notification.Duty.NEW_ADDRESS,
}
OFFENCES = {kind: FAILED_DUTY[name] for kind, name in LAW_NAMES.items()}
OF_AN_ATTENDANCE = (REFUSED_IDENTITY_CHECK, FALSE_NOTIFICATION)  # he came: none is missing
WHERE_AND_TO_WHOM = frozenset({"s10(1)(a)", "s10(1)(b)", "s10(2)"})
CLOCKS = {K.INITIAL: "notify_initial", K.NAME: "notify_name", K.ADDRESS: "notify_address"}


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
    began = "he began to use the name" if duty.kind == K.NAME else "he moved"
    return Answer(
        due_on=due,
        starts_on=duty.starts_on,
        provision=provision,
        reason=f"3 days beginning with the day {began}, or told in advance",
        findings=tuple(notification.change_findings(provision, bound_when_due=bound_then)),
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


def notified_on(duty: Duty | None) -> date | None:
    """The first day on which he attended and said it aloud."""
    if duty is None:
        return None
    said = duty.attendances.filter(oral_statement=True, superseded_at=None)
    first = said.order_by("attended_at").first()
    return local_date(first.attended_at) if first else None


def in_doubt(attendance: Attendance) -> bool:
    """Said aloud, but at a station or to somebody that s10(1) and (2) may not accept."""
    said = {found["provision"] for found in attendance.findings}
    return attendance.oral_statement and not said.isdisjoint(WHERE_AND_TO_WHOM)


def doubted(duty: Duty) -> bool:
    """He notified, and each time that he did is in doubt: whether the duty is met is not settled."""
    came = duty.attendances.all()
    said = [one for one in came if one.oral_statement and one.superseded_at is None]
    return duty.status in (S.MET, S.LATE) and bool(said) and all(map(in_doubt, said))


def in_time(duty: Duty, day: date) -> bool:
    """Whether who came on this day came in time: where no deadline runs, nobody is late."""
    return duty.due_on is None or day <= duty.due_on


def findings_of_the_day(duty: Duty, attended_on: date) -> list[Finding]:
    """s9: he came when nothing was owed or, to the initial notification, before he was served."""
    if duty.status == S.NOT_OWED:
        return attendance.not_owed_findings()
    if duty.kind != K.INITIAL:
        return []
    service = living_service(duty.order)
    served_on = local_date(service.served_at) if service else None
    return attendance.early_findings(served_on=served_on, attended_on=attended_on)


def of_person(order: Order) -> QuerySet[Duty]:
    """The duties of the order's subject in its force, in whichever of its cases."""
    return Duty.objects.filter(order__subject_id=order.subject_id, force_id=order.force_id)


def soa_facts(order: Order) -> tuple[date | None, date | None]:
    """The sexual offences duty of this subject: every duty of the person in the force holds the same."""
    known = of_person(order).filter(kind=K.INITIAL, soa_from__isnull=False)
    found = known.order_by("-soa_from").first()
    return (found.soa_from, found.soa_until) if found else (None, None)


def why(duty: Duty) -> list[reasons.Reason]:
    """Each step to the answer, also the exceptions that do not apply: what a page shows."""
    if duty.kind != K.INITIAL:
        return [reasons.Reason(duty.provision, duty.reason)]
    facts = facts_of(duty.order, soa_from=duty.soa_from, soa_until=duty.soa_until)
    said = reasons.why(facts)
    if facts.day_one is None:
        return said
    return [*said, *_not_excepted(facts)]


def _not_excepted(facts: InitialDuty) -> Iterator[reasons.Reason]:
    if not facts.replaces_interim:
        yield reasons.Reason("s9(1)(a)", "It does not replace an interim order")
    if facts.soa_from is None:
        yield reasons.Reason("s9(5)", "He is not under the sexual offences duty, as far as we know")


def running(case: Case) -> QuerySet[Duty]:
    """What he must still notify in this case, of whichever of its orders: its clock runs."""
    clocks = Deadline.objects.filter(case=case, kind__in=CLOCKS.values(), done_at=None)
    open_ones = Duty.objects.filter(case=case, status=S.OPEN, due_on__isnull=False)
    return (
        open_ones.filter(pk__in=clocks.values("about_id"))
        .select_related("order")
        .order_by("due_on", "pk")
    )


def clocks_on(duties: Iterable[Duty]) -> dict[UUID, Deadline]:
    """The clock that runs on each of these duties, by the duty, with what was sent of it."""
    cases = {duty.pk: duty.case_id for duty in duties}
    rows = Deadline.objects.filter(
        case__in=set(cases.values()), about_id__in=cases, kind__in=CLOCKS.values(), done_at=None
    )
    return {row.about_id: row for row in rows.prefetch_related("alerts")}


def who_is_told(duty: Duty, deadline: Deadline | None) -> Iterator[Told]:
    """He was told at service; then the rungs of the duty's clock, fired or still to come."""
    service = living_service(duty.order) if duty.kind == K.INITIAL else None
    if service is not None and service.notification_explained:
        yield Told(service.served_at, "He was told, and it was explained", "", "", "good")
    if deadline is None:
        return
    fired = {alert.rung for alert in deadline.alerts.all() if alert.clock_at == deadline.due_at}
    for number, rung in enumerate(ladders.of_clock(deadline.kind)):
        who = ", ".join(word_said(word) for word in rung.to)
        how = "overdue" if rung.after >= timedelta() else "reminder"
        mark = "good" if number in fired else "next"
        yield Told(deadline.due_at + rung.after, f"{who}: {how}", "", "", mark)


def overdue(today: date) -> QuerySet[Duty]:
    """Duties not done in time whose failure nobody has opened. Level-triggered: ask it any time."""
    opened = SuspectedFailure.objects.filter(duty=OuterRef("pk")).exclude(
        Q(status=SuspectedFailure.Status.CLEARED) | Q(offence_code__in=OF_AN_ATTENDANCE)
    )
    return Duty.objects.filter(~Exists(opened), status=S.OPEN, due_on__lt=today).order_by(
        "due_on", "pk"
    )


def of_case(case: Case) -> QuerySet[Duty]:
    """The duties of a case, the open ones first, by their end."""
    return whole().filter(case=case).order_by("due_on", "pk")


def whole() -> QuerySet[Duty]:
    """Duties with everything that a page shows of each."""
    return Duty.objects.select_related(
        "case__subject", "order", "left_force", "home_force", "superseded_by"
    ).prefetch_related(
        "attendances__station__force",
        "attendances__home_force",
        "attendances__superseded_by",
        "failures__decided_by",
    )


def listed(*, state: str, today: date, unit: str = "") -> QuerySet[Duty]:
    """The offender managers' list: what must be notified, with its order, person and what was done."""
    rows = Duty.objects.select_related("case__subject", "case__officer", "order").prefetch_related(
        "attendances", "failures"
    )
    if unit:
        rows = rows.filter(case__unit_id=unit)
    return rows.filter(_state(state, today))


STATES = {
    "open": "Must notify",
    "late": "Overdue",
    "done": "Notified",
    "waiting": "Not served yet",
}


def _state(state: str, today: date) -> Q:
    return {
        "late": Q(status=S.OPEN, due_on__lt=today),
        "done": Q(status__in=(S.MET, S.LATE)),
        "waiting": Q(status=S.WAITING),
    }.get(state, Q(status=S.OPEN))
