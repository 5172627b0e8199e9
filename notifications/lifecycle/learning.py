"""What he notified, or is said to use, reaches the people's room: an order check must find him by it.

Names as they are. An address with its source, but never one where a protected person is: that stays
in the attendance alone, and those who may know it are asked to look.
"""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from accounts.models import Actor, Force
from alerts.actions import raise_alert
from casework.models import PROTECTED_ROLES, Case, Party
from documents.leaks import same_place
from documents.scan import Vault
from law.periods import local_date, written
from notifications.models import Attendance, Duty
from people import actions as people
from people.models import Name, Person
from people.queries import confidential_texts

THOSE_WHO_MAY_KNOW = ("officer", "role:stalking_lead")


def from_attendance(duty: Duty, attendance: Attendance, names: Iterable[str], *, by: Actor) -> None:
    """He said it aloud: every name and the address are notified, s9(2)."""
    names = list(names)
    if Vault(duty.case).given_away_by([*names, attendance.excuse]):
        _ask_to_look(duty, of=attendance, by=by)
    for name in names:
        people.learn_name(duty.order.subject, by=by, kind=Name.Kind.NOTIFIED, text=name)
    _address(
        duty,
        attendance.address_given,
        of=attendance,
        by=by,
        told_by=f"Notified under s9 on {written(local_date(attendance.attended_at))}",
        police_force=attendance.home_force,
        lived_from=duty.starts_on if duty.kind == Duty.Kind.ADDRESS else None,
    )


def from_change(duty: Duty, *, by: Actor) -> None:
    """We heard of it before he notified it: he is looked for by it all the same."""
    if duty.kind == Duty.Kind.NAME:
        people.learn_name(duty.order.subject, by=by, kind=Name.Kind.ALIAS, text=duty.told)
        return
    _address(
        duty,
        duty.told,
        of=duty,
        by=by,
        told_by=duty.told_by or "Heard of, not notified yet",
        police_force=duty.home_force,
        lived_from=duty.starts_on,
    )


def _address(
    duty: Duty,
    text: str,
    *,
    of: Attendance | Duty,
    by: Actor,
    told_by: str,
    police_force: Force | None,
    lived_from: date | None,
) -> None:
    subject = duty.order.subject
    if is_protected(subject, text, case=duty.case):
        _ask_to_look(duty, of=of, by=by)
        return
    people.learn_address(
        subject,
        by=by,
        text=text,
        told_by=told_by,
        police_force=police_force,
        lived_from=lived_from,
    )


def _ask_to_look(duty: Duty, *, of: Attendance | Duty, by: Actor) -> None:
    """To those who may know it, and only to them: once for each attendance, or change heard of."""
    raise_alert(
        "protected_address",
        case=duty.case,
        key=f"protected_address:{of.pk}",
        path=f"/notifications/duties/{duty.pk}/",
        text="Look at what he told us, his address before all",
        by=by,
        recipients=THOSE_WHO_MAY_KNOW,
    )


def is_protected(subject: Person, address: str, *, case: Case) -> bool:
    """Is it where somebody in this or another of his cases is, or where he is protected himself?"""
    if Party.objects.filter(person=subject, role__in=PROTECTED_ROLES).exists():
        return True
    others = Party.objects.filter(Q(case=case) | Q(case__subject=subject)).values_list(
        "person_id", flat=True
    )
    return same_place(address, confidential_texts([*others]))
