"""The duties as pages and clocks ask for them: of one case, of a whole force, those that failed."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from alerts import ladders
from alerts.places import said as word_said
from alerts.queries import Told
from casework.models import Case, Deadline
from law.offences import FALSE_NOTIFICATION, REFUSED_IDENTITY_CHECK
from notifications.models import Duty, SuspectedFailure
from notifications.queries.standing import CLOCKS, K, S
from orders.queries import living_service
from people.pronouns import pronoun_of, say

OF_AN_ATTENDANCE = (REFUSED_IDENTITY_CHECK, FALSE_NOTIFICATION)  # he came: none is missing


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
    he = pronoun_of(duty.case.subject)
    service = living_service(duty.order) if duty.kind == K.INITIAL else None
    if service is not None and service.notification_explained:
        yield Told(
            service.served_at, say(he, "{He} {was} told, and it was explained"), "", "", "good"
        )
    if deadline is None:
        return
    alerts = (one for one in deadline.alerts.all() if one.clock_at == deadline.due_at)
    fired = {alert.rung: alert.created_at for alert in alerts}
    for number, rung in enumerate(ladders.of_clock(deadline.kind)):
        who = ", ".join(word_said(word) for word in rung.to)
        how = "overdue" if rung.after >= timedelta() else "reminder"
        mark = "good" if number in fired else "next"
        at = fired.get(number, deadline.due_at + rung.after)
        yield Told(at, f"{who}: {how}", "", "", mark)


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
        "case__subject",
        "order__application__case__force",
        "left_force",
        "home_force",
        "superseded_by",
    ).prefetch_related(
        "attendances__station__force",
        "attendances__home_force",
        "attendances__superseded_by",
        "attendances__decided_by",
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
