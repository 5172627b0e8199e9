"""What he did about a duty, whether it counts and was in time; and what is known of the person."""

from datetime import date

from django.db.models import Q, QuerySet

from law import attendance, notification
from law.findings import Finding
from law.offences import FAILED_DUTY
from law.periods import local_date
from notifications.models import Attendance, Duty
from orders.models import Order
from orders.queries import living_service
from people.folding import fold

K, S = Duty.Kind, Duty.Status
LAW_NAMES = {
    K.INITIAL: notification.Duty.INITIAL,
    K.NAME: notification.Duty.NEW_NAME,
    K.ADDRESS: notification.Duty.NEW_ADDRESS,
}
OFFENCES = {kind: FAILED_DUTY[name] for kind, name in LAW_NAMES.items()}
WHERE_AND_TO_WHOM = frozenset({"s10(1)(a)", "s10(1)(b)", "s10(2)"})
CLOCKS = {K.INITIAL: "notify_initial", K.NAME: "notify_name", K.ADDRESS: "notify_address"}


def counting() -> Q:
    """Of attendances: those at which he notified. `Attendance.counts` is the same of one."""
    said = Q(oral_statement=True, superseded_at=None)
    return said & ~Q(decision=Attendance.Decision.AGAIN)


def notified_on(duty: Duty | None) -> date | None:
    """The first day on which he attended and said it aloud, and it counts."""
    if duty is None:
        return None
    first = duty.attendances.filter(counting()).order_by("attended_at").first()
    return local_date(first.attended_at) if first else None


def in_doubt(attendance: Attendance) -> bool:
    """Said aloud, but at a station or to somebody that s10(1) and (2) may not accept: undecided."""
    return attendance.counts and not attendance.decision and bool(doubts(attendance))


def remarks(attendance: Attendance) -> list[dict[str, str]]:
    """What the law says to it now: what was decided is in doubt no more."""
    found: list[dict[str, str]] = attendance.findings
    return [one for one in found if not attendance.decision or one not in doubts(attendance)]


def doubts(attendance: Attendance) -> list[dict[str, str]]:
    """Why it may not count, s10(1), (2), whatever was decided since."""
    return [one for one in attendance.findings if one["provision"] in WHERE_AND_TO_WHOM]


def doubted(duty: Duty) -> bool:
    """He notified, but whether in time, or at all, depends on what nobody has decided yet."""
    came = [one for one in duty.attendances.all() if one.counts]
    if duty.due_on is None or not came:
        return False
    first = min(local_date(one.attended_at) for one in came)
    sure = [local_date(one.attended_at) for one in came if not in_doubt(one)]
    return not sure or first < min(sure) > duty.due_on


def told_before(duty: Duty) -> date | None:
    """The day on which he notified, about something else, what this change is said to be.

    A name at any time. An address only where it is the last one that he notified: who moves back to
    an earlier home has changed his home again.
    """
    his = Attendance.objects.filter(counting(), duty__order__subject=duty.order.subject_id)
    came = [*his.exclude(duty=duty).order_by("attended_at")]
    if duty.kind == K.ADDRESS:
        came = came[-1:]
    for one in came:
        said = one.names_given.splitlines() if duty.kind == K.NAME else [one.address_given]
        if fold(duty.told) in map(fold, said):
            return local_date(one.attended_at)
    return None


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
