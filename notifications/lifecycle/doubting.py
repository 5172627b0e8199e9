"""Whether an attendance counts that s10(1) may not accept: force legal decides, and says why.

Until then it stands as what he did: it stops the clock, and every page says that it is in doubt. If
it does not count the duty runs again, to the last day that it always had: the law's day never moves.
"""

from datetime import date

from accounts.models import Actor, User
from accounts.roles import Permission, Role
from alerts import ladders
from alerts.actions import raise_alert
from casework import clock
from casework.actions import start_clock, stop_clock, waits
from casework.errors import Refused, WrongState
from casework.lifecycle import Step
from documents.actions import supersede
from law.bank_holidays import ENGLAND_AND_WALES
from law.periods import LONDON, end_instant, working_day_after, written
from notifications.lifecycle import handing
from notifications.models import Attendance, Duty
from notifications.queries import doubted, in_doubt

A, D = Attendance.Status, Attendance.Decision
CLOCK = "decide_attendance"
PROVISION = "s10(1)"
SAID, NEEDS = frozenset({A.TO_HAND, A.HANDED, A.NOT_HANDED}), Permission.DECIDE_ATTENDANCE
WORDS = "decide whether his attendance counts"
ACCEPT = Step("accept_attendance", SAID, None, NEEDS, WORDS)
ATTEND_AGAIN = Step("attend_again", SAID, None, NEEDS, WORDS)
DECISIONS = {str(D.ACCEPTED): ACCEPT, str(D.AGAIN): ATTEND_AGAIN}
STEPS = (ACCEPT, ATTEND_AGAIN)


def decide_attendance(
    attendance: Attendance, *, by: User, outcome: str, reason: str, version: int | None = None
) -> Attendance:
    """It counts; or it does not, and he must attend again. Once: a wrong record is corrected instead."""
    step = DECISIONS.get(outcome)
    if step is None:
        raise Refused("outcome", "Select whether his attendance counts")
    with step.on(attendance, by=by, version=version) as held:
        require_doubt(held)
        if not reason.strip():
            raise Refused("reason", "Enter the reasons for the decision")
        held.decision, held.decision_reason = outcome, reason.strip()
        held.decided_at, held.decided_by_id = clock.now(), by.pk
        ask_no_more(held, by=by)
        if step is ATTEND_AGAIN:
            _does_not_count(held, by=by)
    return attendance


def require_doubt(attendance: Attendance) -> None:
    """Raise WrongState where there is nothing to decide (any more)."""
    if attendance.superseded_at:
        raise WrongState(
            "The record of this attendance was corrected. Look at the one that stands."
        )
    if attendance.decision:
        local = (attendance.decided_at or clock.now()).astimezone(LONDON)
        when = f"{written(local.date())} at {local:%H:%M}"
        said = f"It is decided: {attendance.get_decision_display()}."
        raise WrongState(f"{said} {attendance.decided_by} decided it on {when}.")
    if not in_doubt(attendance):
        raise WrongState("Nothing about where he attended, or who heard him, is in doubt.")


def settle(duty: Duty, *, by: Actor) -> None:
    """Force legal is asked while the duty hangs on it, and no longer."""
    hangs = doubted(duty)
    for attendance in duty.attendances.filter(superseded_at=None):
        if hangs and in_doubt(attendance):
            _ask(duty, attendance)
        else:
            ask_no_more(attendance, by=by)


def ask_no_more(attendance: Attendance, *, by: Actor) -> None:
    """It is decided, or it was recorded wrongly, or he came again in time."""
    stop_clock(attendance.case, CLOCK, about=attendance.pk, by=by)


def _does_not_count(attendance: Attendance, *, by: Actor) -> None:
    """He holds no acknowledgement that is worth anything, and must be told to come again."""
    handing.wait_no_more(attendance, by=by)
    supersede(attendance.pk, by=by)
    raise_alert(
        "attend_again",
        case=attendance.case,
        key=f"attend_again:{attendance.pk}",
        path=f"/notifications/duties/{attendance.duty_id}/",
        text="Tell him to attend again: force legal decided that he has not notified",
        by=by,
        recipients=(ladders.OFFICER, ladders.MANAGERS),
    )


def _ask(duty: Duty, attendance: Attendance) -> None:
    if waits(attendance.case, CLOCK, about=attendance.pk):
        return
    last_day, why = _by(duty.due_on or clock.today())
    start_clock(
        attendance.case,
        CLOCK,
        about=attendance.pk,
        title="Decide whether his attendance counts",
        owner_role=Role.LEGAL,
        due_at=end_instant(last_day),
        provision=PROVISION,
        reason=f"Where he notified, or to whom, may not be accepted. {why}",
        path=f"/notifications/attendances/{attendance.pk}/decide-attendance/",
    )


def _by(due_on: date) -> tuple[date, str]:
    """While he can still come again in time; else the next working day. The Act names no time."""
    today = clock.today()
    soon = working_day_after(today, 1, bank_holidays=ENGLAND_AND_WALES)
    if today <= due_on <= soon:
        return due_on, f"He can come again until the end of {written(due_on)}"
    return soon, "By when it is decided is force policy: the next working day"
