"""What was recorded wrongly is taken back, with the reason, and kept; the right record takes its place.

A record that was superseded counts for nothing: the duty is judged again without it, its clock runs
again where nothing else was notified, and its paper stands no more. What somebody decided on a
failure stays as it was decided (s11(5)). What the record alone told us of a name or an address is taken
out of what an order check finds where the officer says that it is not his; the record keeps the words.
"""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import Actor, Force, User
from accounts.roles import Permission
from casework import clock
from casework.errors import Refused, WrongState
from casework.lifecycle import Step, lock, validate
from documents.actions import supersede
from law.offences import FALSE_NOTIFICATION
from notifications.lifecycle import deriving, doubting, failing, handing, learning
from notifications.lifecycle.attending import Given, kept_of, receive
from notifications.lifecycle.changing import CHANGES, LIVING, record_change
from notifications.models import Attendance, Duty, SuspectedFailure
from notifications.queries import notified_on
from people.models import Address, Name

S, NEEDS = Duty.Status, Permission.RECORD_ATTENDANCE
CORRECT_ATTENDANCE = Step(
    "correct_attendance", LIVING, None, NEEDS, "correct the record of his attendance"
)
TAKE_BACK_ATTENDANCE = Step(
    "take_back_attendance", LIVING, None, NEEDS, "take back the record of his attendance"
)
CORRECT_CHANGE = Step(
    "correct_change", LIVING, S.TAKEN_BACK, NEEDS, "correct the record of this change"
)
TAKE_BACK_CHANGE = Step(
    "take_back_change", LIVING, S.TAKEN_BACK, NEEDS, "take back the record of this change"
)
STEPS = (CORRECT_ATTENDANCE, TAKE_BACK_ATTENDANCE, CORRECT_CHANGE, TAKE_BACK_CHANGE)
TAKEN_BACK = "The record that it was opened on was taken back."


def correct_attendance(
    duty: Duty,
    *,
    by: User,
    given: Given,
    reason: str,
    wrong: Attendance | None = None,
    right: Duty | None = None,
    names_out: Iterable[Name] = (),
    addresses_out: Iterable[Address] = (),
    version: int | None = None,
) -> Attendance:
    """Put a right record of his attendance in the place of a wrong one. The wrong one is kept.

    wrong  which record; None where there is only one
    right  the duty that he came about in truth; None: this one
    """
    kept = kept_of(duty, given)
    with transaction.atomic():
        lock(duty.case_id)
        with CORRECT_ATTENDANCE.on(duty, by=by, version=version) as locked:
            old = _wrong(locked, wrong)
            _supersede(old, reason, by=by)
            here = right is None or right.pk == locked.pk
            made = receive(locked, given, kept, by=by) if here else None
            _settle(locked, by=by)
        made = made or _receive_at(duty, right or duty, given, kept, by=by)
        learning.unlearn(old, names=names_out, addresses=addresses_out, by=by)
    return made


def _receive_at(
    duty: Duty, right: Duty, given: Given, kept: learning.Kept, *, by: User
) -> Attendance:
    """The record at the duty that it belongs to, which is judged by it."""
    if right.case_id != duty.case_id:
        raise Refused("right", "Select a notification requirement of this case")
    with CORRECT_ATTENDANCE.on(right, by=by) as locked:
        made = receive(locked, given, kept, by=by)
        _settle(locked, by=by)
    return made


def take_back_attendance(
    duty: Duty,
    *,
    by: User,
    reason: str,
    wrong: Attendance | None = None,
    names_out: Iterable[Name] = (),
    addresses_out: Iterable[Address] = (),
    version: int | None = None,
) -> Duty:
    """He did not come, or it belongs to another case: nothing takes the record's place."""
    with TAKE_BACK_ATTENDANCE.on(duty, by=by, version=version) as locked:
        old = _wrong(locked, wrong)
        _supersede(old, reason, by=by)
        _settle(locked, by=by)
        learning.unlearn(old, names=names_out, addresses=addresses_out, by=by)
    return duty


def correct_change(
    duty: Duty,
    *,
    by: User,
    reason: str,
    kind: str,
    happened_on: date,
    told: str,
    told_by: str = "",
    left_force: Force | None = None,
    home_force: Force | None = None,
    names_out: Iterable[Name] = (),
    addresses_out: Iterable[Address] = (),
    version: int | None = None,
) -> Duty:
    """The change as it was in truth, with its own 3 days; what he did about it goes with it."""
    moved = learning.kept_of_change(duty.order, kind, told)
    kept = {a.pk: kept_of(duty, Given.of(a)) for a in _standing(duty)}
    with transaction.atomic():
        lock(duty.case_id)
        with CORRECT_CHANGE.on(duty, by=by, version=version) as locked:
            came = [*_standing(locked).order_by("attended_at")]
            _close(locked, reason, by=by)
        right = record_change(
            duty.order,
            by=by,
            kind=kind,
            happened_on=happened_on,
            told=told,
            told_by=told_by,
            left_force=left_force,
            home_force=home_force,
            kept=moved,
        )
        for attendance in came:
            given = Given.of(attendance)
            known = kept.get(attendance.pk) or kept_of(duty, given)  # who came just now
            _receive_at(duty, right, given, known, by=by)
        learning.unlearn(duty, names=names_out, addresses=addresses_out, by=by)
    return right


def take_back_change(
    duty: Duty,
    *,
    by: User,
    reason: str,
    names_out: Iterable[Name] = (),
    addresses_out: Iterable[Address] = (),
    version: int | None = None,
) -> Duty:
    """There was no such change. Refused while it is recorded that he came about it."""
    with TAKE_BACK_CHANGE.on(duty, by=by, version=version) as locked:
        if _standing(locked).exists():
            raise Refused(None, "He came about this change. Correct the record of that first")
        _close(locked, reason, by=by)
        learning.unlearn(locked, names=names_out, addresses=addresses_out, by=by)
    return duty


def _close(duty: Duty, reason: str, *, by: User) -> None:
    """Nothing is owed for a change that was not: its clock stops, what waits for a decision ends."""
    if duty.kind not in CHANGES:
        raise WrongState("This follows from the order. Correct the record of its service instead.")
    for attendance in _standing(duty):
        _supersede(attendance, reason, by=by)
    duty.superseded_at, duty.superseded_by_id = clock.now(), by.pk
    duty.superseded_reason = _said(reason)
    duty.due_on, duty.findings = None, []
    deriving.set_clock(duty, by=by)
    for failure in duty.failures.filter(status=SuspectedFailure.Status.OPEN):
        failing.clear(failure, why=TAKEN_BACK, by=by)


def _supersede(attendance: Attendance, reason: str, *, by: User) -> None:
    attendance.superseded_at, attendance.superseded_by_id = clock.now(), by.pk
    attendance.superseded_reason = _said(reason)
    validate(attendance)
    attendance.save()
    supersede(attendance.pk, by=by)
    handing.wait_no_more(attendance, by=by)
    doubting.ask_no_more(attendance, by=by)
    for refusal in attendance.refusals.filter(status=SuspectedFailure.Status.OPEN):
        failing.clear(refusal, why=TAKEN_BACK, by=by)


def _settle(duty: Duty, *, by: Actor) -> None:
    """Judge the duty by the attendances that stand; what was false about those that do not, ends."""
    deriving.judge(duty, by=by)
    if notified_on(duty) is None:
        false = duty.failures.filter(offence_code=FALSE_NOTIFICATION)
        for failure in false.filter(status=SuspectedFailure.Status.OPEN):
            failing.clear(failure, why=TAKEN_BACK, by=by)


def _standing(duty: Duty) -> QuerySet[Attendance]:
    return duty.attendances.filter(superseded_at=None)


def _wrong(duty: Duty, wrong: Attendance | None) -> Attendance:
    """The record that is corrected, if it is one that counts."""
    standing = _standing(duty)
    found = list(standing.filter(pk=wrong.pk) if wrong else standing)
    if not found:
        raise WrongState("You cannot correct the attendance now. None is recorded.")
    if len(found) > 1:
        raise Refused("wrong", "Select the record that is wrong")
    return found[0]


def _said(reason: str) -> str:
    if not reason.strip():
        raise Refused("reason", "Say what was wrong with the record")
    return reason.strip()
