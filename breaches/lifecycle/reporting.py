"""A suspected breach is reported: nothing stops the report, and somebody is told at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max

from accounts.models import User
from accounts.roles import Permission, Role
from alerts.actions import raise_alert
from breaches.models import Breach, Point
from breaches.queries import DECIDED_WITHIN, evidence_from_facts, near, same_again, thread_of
from casework import clock
from casework.actions import start_clock
from casework.errors import Refused
from casework.lifecycle import Opening
from contact.lifecycle import ask
from contact.models import Matter
from law import breach as law
from law.findings import Finding
from law.periods import LONDON, local_date, written
from orders.models import Condition, Order
from orders.queries import as_at, living_service, service_of_words
from orders.terms import stored

S = Breach.Status
REPORT = Opening("report", S.REPORTED, Permission.REPORT_BREACH, "report a breach")
REPORT_INCIDENT = Opening(
    "report_incident", S.REPORTED, Permission.REPORT_INCIDENT, "report what happened"
)
STEPS = (REPORT, REPORT_INCIDENT)
SOURCES = {
    Role.ADVOCATE: Breach.Source.ADVOCATE,
    Role.CONTROL_ROOM: Breach.Source.CONTROL_ROOM,
}  # who reports for themselves; everybody else says where it came from


@dataclass(frozen=True)
class Clock:
    """One limit of the response, by force policy: from the report, or from the arrest on."""

    kind: str
    title: str
    within: timedelta
    owner: Role
    reason: str


CLOCKS = (
    Clock(
        "acknowledge_breach",
        "Acknowledge the breach report",
        timedelta(minutes=15),
        Role.STALKING_LEAD,
        "A breach report is acknowledged within 15 minutes",
    ),
    Clock(
        "decide_breach",
        "Arrest, or decide with reasons",
        DECIDED_WITHIN,
        Role.OFFICER,
        "An arrest or a reasoned decision follows within 24 hours",
    ),
)
AFTER_ARREST = Clock(  # takes the place of the clock to arrest or decide
    "decide_breach",
    "Charge or release, or decide with reasons",
    DECIDED_WITHIN,
    Role.OFFICER,
    "A person arrested is charged or released within 24 hours",
)


@dataclass(frozen=True)
class Report:
    """What is said to have happened. `condition` is the order's own number; None: not sure which."""

    happened_at: datetime
    what_happened: str
    condition: int | None = None
    place: str = ""
    source: str = ""
    log_reference: str = ""


def report(order: Order, *, by: User, told: Report) -> Breach:
    """Take a report that the order was breached, s8, and tell the officer, the inbox and the lead.

    An order that had no effect at that moment is a warning and no refusal. A condition that was
    not in force then cannot be chosen. What somebody else reported of the same hour is linked. The
    same report sent again minutes later is the one that is there (`repeated`): no second clock runs.
    """
    try:
        return _reported(order, by=by, told=told)
    except SentAgain as again:
        again.breach.repeated = True
        return again.breach


class SentAgain(Exception):
    """The same person has just sent the same report."""

    def __init__(self, breach: Breach) -> None:
        super().__init__("sent again")
        self.breach = breach


def _reported(order: Order, *, by: User, told: Report) -> Breach:
    step = REPORT_INCIDENT if by.role == Role.ADVOCATE else REPORT
    with step.of(order.case, by=by) as opened:
        held = Order.objects.select_related("case").get(pk=order.pk)
        condition = _condition(held, told)
        _refuse_impossible(told)
        moment, words = told.happened_at, told.what_happened
        if found := same_again(held, condition, by=by, happened_at=moment, words=words):
            raise SentAgain(found)
        breach = opened.save(_breach(held, condition, by=by, told=told))
        _write_points(breach)
        _raise_alarm(breach, by=by)
    return breach


def _breach(order: Order, condition: Condition | None, *, by: User, told: Report) -> Breach:
    return Breach(
        case=order.case,
        force_id=order.force_id,
        order=order,
        condition=condition,
        number=_next_number(order),
        happened_at=told.happened_at,
        place=told.place,
        what_happened=told.what_happened,
        source=_source(by, told),
        log_reference=told.log_reference,
        reported_at=clock.now(),
        reported_by=by,
        same_as=near(order, told.happened_at),
        findings=stored(findings_of(order, condition, told.happened_at)),
    )


def _condition(order: Order, told: Report) -> Condition | None:
    """The wording that was in force at that moment of the condition that was named."""
    if told.condition is None:
        return None
    wording = as_at(order, told.happened_at).filter(number=told.condition).first()
    if wording is None and told.happened_at < order.made_at:
        made = f"{written(local_date(order.made_at))} at {order.made_at.astimezone(LONDON):%H:%M}"
        raise Refused(
            "happened_at",
            f"The order was made later than that, on {made}. Check the time. "
            "If it is right, select that you are not sure which condition",
        )
    if wording is None:
        raise Refused(
            "condition",
            f"Condition {told.condition} was not in force at that moment. "
            "Select another one, or that you are not sure which",
        )
    return wording


def _refuse_impossible(told: Report) -> None:
    if told.happened_at > clock.now():
        raise Refused("happened_at", "The moment of the breach must be in the past")
    if not told.what_happened.strip():
        raise Refused("what_happened", "Enter what happened")


def _source(by: User, told: Report) -> str:
    if fixed := SOURCES.get(Role(by.role)):
        return fixed
    if told.source not in Breach.Source.values:
        raise Refused("source", "Select who reported it")
    return told.source


def _next_number(order: Order) -> int:
    """The case is locked: two reports at once get two numbers."""
    highest = Breach.objects.filter(case_id=order.case_id).aggregate(Max("number"))["number__max"]
    return (highest or 0) + 1


def findings_of(order: Order, condition: Condition | None, happened_at: datetime) -> list[Finding]:
    """What the law says to a report of this moment, by the order as it is recorded now."""
    words, first = service_of_words(order, condition, before=happened_at), living_service(order)
    return law.report_findings(
        made_at=order.made_at,
        last_day=order.last_day,
        ended_at=order.ended_at,
        happened_at=happened_at,
        served_at=words.served_at if words else None,
        first_served_at=first.served_at if first else None,
    )


def _write_points(breach: Breach) -> None:
    """Every point to prove, with what our own records prove already."""
    known = evidence_from_facts(breach)
    Point.objects.bulk_create(
        Point(
            breach=breach,
            case_id=breach.case_id,
            key=point.value,
            held=point in known,
            evidence=known.get(point, "")[:300],
        )
        for point in law.Point
    )


def _raise_alarm(breach: Breach, *, by: User) -> None:
    raise_alert(
        "breach_reported",
        case=breach.case,
        key=thread_of(breach),
        path=_page(breach),
        text="Acknowledge the breach report",
        by=by,
    )
    ask(breach.case, Matter.Kind.BREACH, about=breach.pk, happened_at=breach.reported_at, by=by)
    for limit in CLOCKS:
        run(breach, limit, since=breach.reported_at)


def run(breach: Breach, limit: Clock, *, since: datetime) -> None:
    """Start a clock of the response, or move the one of its kind that runs."""
    start_clock(
        breach.case,
        limit.kind,
        about=breach.pk,
        title=limit.title,
        owner_role=limit.owner,
        due_at=since + limit.within,
        provision="force policy",
        reason=limit.reason,
        path=_page(breach),
        at_moment="yes",
    )


def _page(breach: Breach) -> str:
    return f"/breaches/{breach.pk}/"
