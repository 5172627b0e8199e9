"""The written acknowledgement of what he notified: handed over, or the reason why it was not, s10(4)(a).

His attendance is recorded first, then the paper is made, and then he is given it: three facts, each at
its time. The Act names no time for the third, so that its clock is the force's own.
"""

from datetime import datetime

from accounts.models import Actor, User
from accounts.roles import Permission, Role
from audit import events
from casework import clock
from casework.actions import start_clock, stop_clock
from casework.errors import Refused, WrongState
from casework.lifecycle import Step, validate
from documents.actions import request
from documents.layout import moment
from documents.models import Document
from documents.queries import standing_about
from law.findings import PRACTICE, warn
from law.periods import end_instant
from notifications.documents import AcknowledgementForSubject
from notifications.models import Attendance
from notifications.queries import counting
from orders.models import Order
from orders.terms import stored

S = Attendance.Status
NEEDS = Permission.RECORD_ATTENDANCE
CLOCK = "hand_acknowledgement"
PROVISION = "s10(4)(a)"
WRITTEN = "A notification must be acknowledged in writing: give it to him, or say why you could not"
UNMADE = "The acknowledgement was not made here: keep a copy of the paper that he was given"
HAND_OVER = Step(
    "hand_over",
    frozenset({S.TO_HAND, S.NOT_HANDED}),
    S.HANDED,
    NEEDS,
    "record that the acknowledgement was handed over",
)
LEAVE_UNHANDED = Step(
    "leave_unhanded",
    frozenset({S.TO_HAND}),
    S.NOT_HANDED,
    NEEDS,
    "say why the acknowledgement was not handed over",
)
STEPS = (HAND_OVER, LEAVE_UNHANDED)


def wait_for_it(attendance: Attendance) -> None:
    """He must leave with it: to the end of the day on which his attendance is recorded."""
    start_clock(
        attendance.case,
        CLOCK,
        about=attendance.pk,
        title="Hand over the written acknowledgement",
        owner_role=Role.OFFENDER_MANAGER,
        due_at=end_instant(clock.today()),
        provision=PROVISION,
        reason="What he notified is acknowledged in writing. By when is force policy: the same day",
        path=f"/notifications/attendances/{attendance.pk}/hand-over/",
    )


def wait_no_more(attendance: Attendance, *, by: Actor) -> None:
    """It was handed over, or cannot be, or was recorded wrongly: then another paper takes its place."""
    stop_clock(attendance.case, CLOCK, about=attendance.pk, by=by)


def on_order_corrected(order: Order, *, by: Actor) -> None:
    """His acknowledgement names the order: where that was recorded wrongly, he is given another one."""
    came = Attendance.objects.filter(counting(), duty__order=order)
    for attendance in came.select_related("case", "duty__order", "station").order_by("pk"):
        had = standing_about(attendance).first()
        paper = AcknowledgementForSubject.of(attendance)
        if had == request(attendance.case, paper, about_id=attendance.pk, by=by):
            continue
        if attendance.status == S.HANDED and attendance.handed_at:
            message = (
                f"He was handed one {moment(attendance.handed_at)}, before the order was corrected"
            )
            attendance.findings = [
                *attendance.findings,
                *stored([warn(PRACTICE, "handed_at", message)]),
            ]
            attendance.status, attendance.handed_at, attendance.handed_by_name = S.TO_HAND, None, ""
            attendance.version += 1
            validate(attendance)
            attendance.save()
            events.record("hand_again", attendance, by=by.username, case_id=attendance.case_id)
            wait_for_it(attendance)


def hand_over(
    attendance: Attendance, *, by: User, handed_at: datetime, handed_by_name: str
) -> Attendance:
    """He was given the paper. A paper that could not be made here is remarked, and stops nothing."""
    with HAND_OVER.on(attendance, by=by) as held:
        if handed_at > clock.now():
            raise Refused("handed_at", "The time at which he was given it must be in the past")
        if handed_at < held.attended_at:
            raise Refused("handed_at", "He cannot have been given it before he attended")
        held.handed_at, held.handed_by_name, held.not_handed_reason = handed_at, handed_by_name, ""
        unmade = (Document.Status.BLOCKED, Document.Status.FAILED)
        _remark(held, UNMADE if standing_about(held).filter(status__in=unmade).exists() else "")
        _written_down(held, by=by)
    return attendance


def leave_unhanded(attendance: Attendance, *, by: User, reason: str) -> Attendance:
    """He left without it. The reason is kept, with what the law says; he can be given it later."""
    if not reason.strip():
        raise Refused("reason", "Enter why he was not given it")
    with LEAVE_UNHANDED.on(attendance, by=by) as held:
        held.not_handed_reason = reason.strip()
        _remark(held, WRITTEN)
        _written_down(held, by=by)
    return attendance


def _remark(attendance: Attendance, message: str) -> None:
    """The one remark on the acknowledgement, in the place of the one before."""
    others = [found for found in attendance.findings if found["provision"] != PROVISION]
    remarks = [warn(PROVISION, "acknowledgement", message)] if message else []
    attendance.findings = [*others, *stored(remarks)]


def _written_down(attendance: Attendance, *, by: Actor) -> None:
    if attendance.superseded_at:
        raise WrongState(
            "The record of this attendance was corrected. Look at the one that stands."
        )
    if attendance.decision == Attendance.Decision.AGAIN:
        raise WrongState("It does not count: there is nothing to acknowledge until he comes again.")
    attendance.handing_recorded_at, attendance.handing_recorded_by_id = clock.now(), by.pk
    wait_no_more(attendance, by=by)
