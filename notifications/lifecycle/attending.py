"""He attended a police station and notified, s10. In time it stops the clock; late it is not missing."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Self

from django.db import transaction

from accounts.models import Actor, Force, User
from accounts.roles import Permission
from casework import clock
from casework.actions import stop_clock
from casework.errors import Refused, WrongState
from casework.lifecycle import Step, lock, validate
from documents.actions import request
from law import attendance as law
from law import failure as failures
from law.findings import Finding, warn
from law.offences import REFUSED_IDENTITY_CHECK
from law.periods import local_date
from notifications.areas import court_area
from notifications.documents import AcknowledgementForSubject
from notifications.lifecycle import deriving, doubting, failing, handing, learning
from notifications.models import Attendance, Duty, Station
from notifications.queries import CLOCKS, OFFENCES, doubted, findings_of_the_day, in_time
from notifications.where import home_areas
from orders.terms import stored

K, S, A = Duty.Kind, Duty.Status, Attendance.Status
NEEDS, WORDS = Permission.RECORD_ATTENDANCE, "record his attendance"
NOTIFY = Step("notify", frozenset({S.OPEN}), S.MET, NEEDS, WORDS)
NOTIFY_LATE = Step("notify_late", frozenset({S.OPEN}), S.LATE, NEEDS, WORDS)
# He came, but said nothing aloud, or nothing was owed (yet): the duty stands as it is. Once he is
# served, or the facts are corrected, what he said aloud before is judged by the deadline that runs.
NOT_DUE = frozenset({S.WAITING, S.NOT_OWED})
# He notified, but whether that counts is in doubt: he may come again, to be on the safe side.
DONE = frozenset({S.MET, S.LATE})
RECORD_ATTENDANCE = Step("record_attendance", NOT_DUE | DONE | {S.OPEN}, None, NEEDS, WORDS)
LONGEST_NAME = 200  # as the people's room keeps it
STEPS = (NOTIFY, NOTIFY_LATE, RECORD_ATTENDANCE)


@dataclass(frozen=True)
class Given:
    """What he gave, where, and to whom: what s9(2) and s10 ask for, and nothing else.

    home_force  the police area of the address given; None: it is not in England or Wales
    """

    attended_at: datetime
    station: Station
    received_by_name: str
    heard_by_constable: bool
    names_given: str
    address_limb: str
    address_given: str
    home_force: Force | None
    fingerprints: str
    photograph: str
    oral_statement: bool
    authorised_by_name: str = ""
    identity_check: str = ""
    excuse: str = ""
    picked: str = ""
    also_taken: str = ""

    @classmethod
    def of(cls, attendance: Attendance) -> Self:
        """As it was recorded: what a correction begins with."""
        return cls(**{field.name: getattr(attendance, field.name) for field in fields(cls)})


def record_attendance(
    duty: Duty, *, by: User, given: Given, version: int | None = None
) -> Attendance:
    """Record that he came. Said aloud it is a notification, in time or late (s9, s10(1)).

    A station in the wrong area, or a person nobody authorised, is recorded with the law's remark.
    """
    kept = kept_of(duty, given)
    with transaction.atomic():
        lock(duty.case_id)
        return _record(_step(duty, given), duty, given, kept, by=by, version=version)


def kept_of(duty: Duty, given: Given) -> learning.Kept:
    """What of it is confidential. Asked before the case is locked."""
    names, address = _names(given.names_given), given.address_given
    return learning.kept_of(duty, names=names, said=given.excuse, address=address)


def _step(duty: Duty, given: Given) -> Step:
    """Which it is by the deadline as it stands under the lock of the case."""
    if not given.oral_statement:
        return RECORD_ATTENDANCE
    held = Duty.objects.get(pk=duty.pk)
    if held.status in NOT_DUE | DONE:
        return RECORD_ATTENDANCE
    return NOTIFY if in_time(held, local_date(given.attended_at)) else NOTIFY_LATE


def _record(
    step: Step,
    duty: Duty,
    given: Given,
    kept: learning.Kept,
    *,
    by: User,
    version: int | None,
) -> Attendance:
    with step.on(duty, by=by, version=version) as locked:
        require_asked(locked)
        attendance = receive(locked, given, kept, by=by)
        if locked.status in DONE:
            deriving.judge(locked, by=by)
        elif given.oral_statement:
            _notified(locked, attendance, by=by)
    return attendance


def require_asked(duty: Duty) -> None:
    """Raise WrongState where he has notified, and nobody doubts it."""
    if duty.status in DONE and not doubted(duty):
        raise WrongState(f"You cannot {WORDS} now. It is {duty.get_status_display().lower()}.")


def receive(duty: Duty, given: Given, kept: learning.Kept, *, by: User) -> Attendance:
    """Write what he gave, print the paper, open what he refused. Called inside an act on the duty."""
    _refuse_impossible(duty, given)
    attended_on = local_date(given.attended_at)
    attendance = Attendance(
        duty=duty,
        case_id=duty.case_id,
        in_time=in_time(duty, attended_on),
        findings=stored(_findings(duty, given)),
        recorded_by_id=by.pk,
        status=A.TO_HAND if given.oral_statement else A.NOTHING,
        **{field.name: getattr(given, field.name) for field in fields(Given)},
    )
    attendance.names_given = "\n".join(_names(given.names_given))
    validate(attendance)
    attendance.save(force_insert=True)
    if given.oral_statement:
        names = _names(attendance.names_given)
        learning.from_attendance(duty, attendance, names, kept=kept, by=by)
        request(duty.case, AcknowledgementForSubject.of(attendance), about_id=attendance.pk, by=by)
        handing.wait_for_it(attendance)
    if Attendance.Answer.REFUSED in (given.fingerprints, given.photograph):
        failing.suspect(
            duty,
            REFUSED_IDENTITY_CHECK,
            from_day=attended_on,
            until_day=attended_on,
            by=by,
            attendance=attendance,
        )
    return attendance


def _notified(duty: Duty, attendance: Attendance, *, by: Actor) -> None:
    """The duty is done, in time or late: stop its clock and date its failure."""
    stop_clock(duty.case, CLOCKS[K(duty.kind)], about=duty.pk, by=by)
    late = failures.failure(
        due=duty.due_on or local_date(attendance.attended_at),
        notified_on=local_date(attendance.attended_at),
    )
    if late is not None:
        code = OFFENCES[K(duty.kind)]
        failing.suspect(duty, code, from_day=late.first_day, until_day=late.last_day, by=by)
    doubting.settle(duty, by=by)
    for later in duty.order.replaced_by.all():
        deriving.derive_duty(later, by=by)


def _refuse_impossible(duty: Duty, given: Given) -> None:
    if given.attended_at > clock.now():
        raise Refused("attended_at", "The attendance must be in the past")
    if given.attended_at < duty.order.made_at:
        raise Refused("attended_at", "The attendance must be after the order was made")
    if not _names(given.names_given):
        raise Refused("names_given", "Enter every name he uses")
    if any(len(name) > LONGEST_NAME for name in _names(given.names_given)):
        raise Refused("names_given", f"Each name must be {LONGEST_NAME} characters or fewer")
    if not given.address_given.strip():
        raise Refused(
            "address_given", "Enter his home address, or a place where he can regularly be found"
        )


def _names(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _findings(duty: Duty, given: Given) -> list[Finding]:
    attendance = law.Attendance(
        manner=law.Manner.IN_PERSON,
        station_area=given.station.force_id,
        heard_by_constable=given.heard_by_constable,
        authorised_by=given.authorised_by_name,
        acknowledged_in_writing=True,  # the paper follows: `handing` has its clock and its remark
    )
    found = law.findings(attendance, areas=_areas(duty, given))
    found += _of_identity(given)
    if given.picked == Attendance.Picked.NOT_HE:
        message = (
            "He did not choose among the places where he can regularly be found: ask him which"
        )
        found.append(warn("s14(1)", "picked", message))
    found += findings_of_the_day(duty, local_date(given.attended_at))
    if not given.oral_statement:
        message = "Nothing was said aloud, so nothing is notified: the deadline stands"
        found.append(warn("s10(1)(b)", "oral_statement", message))
    return found


def _of_identity(given: Given) -> list[Finding]:
    """s10(5), (6): what else was taken is a fact, and recorded with the remark that the law makes of it."""
    taken = {given.also_taken.strip()} - {""}
    return [
        warn(found.provision, "also_taken", f"{found.message}: ask force legal")
        for found in law.identity_findings(taken)
    ]


def _areas(duty: Duty, given: Given) -> frozenset[str]:
    """s10(1) to (3): where he has to attend. Empty: that is not known."""
    court = court_area(duty)
    homes = home_areas(given.address_limb, given.home_force)
    home = next(iter(homes), None)
    if duty.kind == K.ADDRESS and duty.starts_on is not None:
        return law.areas_for_move(
            moved_on=duty.starts_on,
            told_on=local_date(given.attended_at),
            old_area=duty.left_force_id,
            new_area=duty.home_force_id or home,
            court_area=court,
        )
    area = law.area_to_attend(home_area=home, court_area=court)
    return frozenset({area} if area else ())
