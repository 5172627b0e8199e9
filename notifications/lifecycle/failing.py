"""A duty was not met: a suspected offence under s11, opened by the clock, decided by a person."""

from datetime import date, timedelta

from accounts.models import Actor
from accounts.roles import Permission, Role
from audit import events
from casework import clock
from casework.actions import start_clock, stop_clock
from casework.errors import Refused, WrongState
from casework.lifecycle import Step, validate
from law import failure as law
from law.offences import FALSE_NOTIFICATION, REFUSED_IDENTITY_CHECK
from law.offences import OFFENCES as OFFENCE_BY_CODE
from law.periods import written
from notifications.models import Attendance, Duty, SuspectedFailure
from notifications.queries import CLOCKS, OFFENCES, notified_on

D, F = Duty.Status, SuspectedFailure.Status
KINDS = {REFUSED_IDENTITY_CHECK: "refusal", FALSE_NOTIFICATION: "false notification"}
TIME_TO_DECIDE = timedelta(hours=24)
OPEN_FAILURE = Step(
    "open_failure", frozenset({D.OPEN}), None, Permission.RUN_CLOCK, "open a suspected failure"
)
SUSPECT_FALSE = Step(
    "suspect_false",
    frozenset({D.MET, D.LATE}),
    None,
    Permission.RECORD_ATTENDANCE,
    "record that what he notified was false",
)
WAITS, NEEDS = frozenset({F.OPEN}), Permission.DECIDE_FAILURE
INVESTIGATE = Step("investigate_failure", WAITS, F.INVESTIGATED, NEEDS, "decide on the failure")
EXCUSE = Step("excuse_failure", WAITS, F.EXCUSED, NEEDS, "decide on the failure")
LEAVE = Step("leave_failure", WAITS, F.NO_ACTION, NEEDS, "decide on the failure")
DECISIONS = {str(step.target): step for step in (INVESTIGATE, EXCUSE, LEAVE)}
STEPS = (OPEN_FAILURE, SUSPECT_FALSE, INVESTIGATE, EXCUSE, LEAVE)


def open_failure(duty: Duty, *, by: Actor, today: date) -> Duty:
    """The last day has passed without notification: a person must decide what it was, s11(1)(a).

    today  the London day by which it is judged
    """
    with OPEN_FAILURE.on(duty, by=by) as locked:
        if locked.due_on is None or today <= locked.due_on:
            raise Refused("due_on", "The time to notify has not ended")
        code = OFFENCES[Duty.Kind(locked.kind)]
        if locked.failures.filter(offence_code=code).exclude(status=F.CLEARED).exists():
            raise WrongState("The failure is open already.")
        found = law.failure(due=locked.due_on, notified_on=None)
        if found is None:
            raise Refused("due_on", "Nothing has failed")
        suspect(locked, code, from_day=found.first_day, until_day=None, by=by)
    return duty


def suspect_false(
    duty: Duty, *, by: Actor, suspicion: str, version: int | None = None
) -> SuspectedFailure:
    """He notified something that he knew to be false, as it seems: ST19006, for a person to decide.

    suspicion  what was false, and how we know; whether he knew it is what must be found out
    """
    with SUSPECT_FALSE.on(duty, by=by, version=version) as locked:
        if not suspicion.strip():
            raise Refused("suspicion", "Say what was false, and how we know")
        day = notified_on(locked)
        if day is None:
            raise WrongState("He has notified nothing that could be false.")
        found = locked.failures.filter(offence_code=FALSE_NOTIFICATION)
        if found.exclude(status=F.CLEARED).exists():
            raise WrongState("The suspicion is recorded already.")
        return suspect(
            locked,
            FALSE_NOTIFICATION,
            from_day=day,
            until_day=day,
            by=by,
            suspicion=suspicion.strip(),
        )


def decide_failure(
    failure: SuspectedFailure,
    *,
    by: Actor,
    outcome: str,
    reason: str,
    version: int | None = None,
) -> SuspectedFailure:
    """Investigated as an offence, excused, or left: with reasons, and once (s11(5))."""
    step = DECISIONS.get(outcome)
    if step is None:
        raise Refused("outcome", "Select what was decided")
    with step.on(failure, by=by, version=version, offence=failure.offence_code) as locked:
        if not reason.strip():
            raise Refused("reason", "Enter the reasons for the decision")
        if step is EXCUSE and not OFFENCE_BY_CODE[locked.offence_code].excuse:
            raise Refused("outcome", "There is no excuse for this offence in s11(1)(b)")
        locked.reason = reason
        locked.decided_at, locked.decided_by_id = clock.now(), by.pk
        stop_clock(locked.case, "decide_failure", about=locked.pk, by=by)
        if locked.duty.order.ended_at is not None:
            stop_clock(
                locked.case, CLOCKS[Duty.Kind(locked.duty.kind)], about=locked.duty_id, by=by
            )
    return failure


def suspect(
    duty: Duty,
    code: str,
    *,
    from_day: date,
    until_day: date | None,
    by: Actor,
    suspicion: str = "",
    attendance: Attendance | None = None,
) -> SuspectedFailure:
    """Write the suspected offence, once for each duty and code, and start the clock on its decision.

    attendance  where he refused to be identified: each time is an offence of its own, s10(5)

    Called inside an act on the duty. One that waits for a decision is brought up to date. Of one that
    was decided the decision stays, because there is one prosecution for one failure (s11(5)); its days
    are facts, and go with them.
    """
    found = duty.failures.filter(offence_code=code, attendance=attendance).first()
    failure = found or SuspectedFailure(
        duty=duty,
        case_id=duty.case_id,
        attendance=attendance,
        offence_code=code,
        failed_from=from_day,
    )
    is_new = failure._state.adding or failure.status == F.CLEARED
    if not is_new and failure.status != F.OPEN:
        _say_days(failure, from_day, until_day, by)
        return failure
    failure.status, failure.reason = F.OPEN, ""
    failure.failed_from, failure.failed_until = from_day, until_day
    failure.suspicion = suspicion
    failure.version += 0 if failure._state.adding else 1
    validate(failure)
    failure.save()
    if is_new:
        _start_clock(failure)
        events.record("suspect", failure, by=by.username, case_id=duty.case_id, offence=code)
    return failure


def _say_days(failure: SuspectedFailure, first: date, last: date | None, by: Actor) -> None:
    if (failure.failed_from, failure.failed_until) == (first, last):
        return
    failure.failed_from, failure.failed_until = first, last
    failure.version += 1
    validate(failure)
    failure.save()
    events.record("failure_days", failure, by=by.username, case_id=failure.case_id)


def review(duty: Duty, *, by: Actor) -> None:
    """Hold the suspected failures of a duty against its facts, which may have been corrected."""
    code = OFFENCES[Duty.Kind(duty.kind)]
    known = duty.failures.filter(offence_code=code).exclude(status=F.CLEARED).first()
    happened = _failure(duty)
    if happened is None:
        if known is not None and known.status == F.OPEN:
            due = f"the deadline is {written(duty.due_on)}" if duty.due_on else "no deadline runs"
            clear(known, why=f"The facts were corrected: {due}.", by=by)
    elif known is not None or happened.last_day is not None:
        suspect(duty, code, from_day=happened.first_day, until_day=happened.last_day, by=by)


def _failure(duty: Duty) -> law.Failure | None:
    """The failure as the facts have it now; None where there is none (yet)."""
    if duty.due_on is None:
        return None
    happened = law.failure(due=duty.due_on, notified_on=notified_on(duty))
    if happened is None or happened.first_day > clock.today():
        return None
    return happened


def clear(failure: SuspectedFailure, *, why: str, by: Actor) -> None:
    """Nothing failed: it was opened on a wrong fact. What somebody decided is never cleared."""
    failure.status, failure.reason = F.CLEARED, why
    failure.version += 1
    validate(failure)
    failure.save()
    stop_clock(failure.case, "decide_failure", about=failure.pk, by=by)
    events.record("clear_failure", failure, by=by.username, case_id=failure.case_id)


def _start_clock(failure: SuspectedFailure) -> None:
    offence = OFFENCE_BY_CODE[failure.offence_code]
    what = KINDS.get(failure.offence_code, "failure to notify")
    start_clock(
        failure.case,
        "decide_failure",
        about=failure.pk,
        title=f"Decide on the suspected {what}",
        owner_role=Role.OFFENDER_MANAGER,
        due_at=clock.now() + TIME_TO_DECIDE,
        provision="force policy",
        reason=f"{failure.offence_code}, {offence.provision}: decide within 24 hours",
        path=f"/notifications/failures/{failure.pk}/decide-failure/",
        at_moment="yes",
    )
