"""What he notified, or is said to use, reaches the people's room: an order check must find him by it.

Names as they are. An address with its source, but never one where a protected person is: that stays
in the attendance alone, and those who may know it are asked to look.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from accounts.models import Actor, Force
from alerts.actions import raise_alert
from audit import events
from casework.errors import Refused
from casework.models import PROTECTED_ROLES, Case, Party
from documents.leaks import same_place
from documents.scan import Vault
from law.periods import local_date, written
from notifications.models import Attendance, Duty
from orders.models import Order
from people import actions as people
from people.folding import fold
from people.models import Address, Name, Person
from people.queries import confidential_texts

THOSE_WHO_MAY_KNOW = ("officer", "role:stalking_lead")


@dataclass(frozen=True)
class Kept:
    """What of it the force keeps confidential. The vault is read for it before a case is locked: it is
    the whole force's, and while it is read no other act on the case should wait."""

    words: bool = False  # in a name, or in what he said
    place: bool = False  # where a protected person is


def kept_of(duty: Duty, *, names: Iterable[str], said: str, address: str) -> Kept:
    """Of what he told us at a station."""
    return Kept(
        words=Vault(duty.case).given_away_by([*names, said]),
        place=is_protected(duty.order.subject, address, case=duty.case),
    )


def kept_of_change(order: Order, kind: str, told: str) -> Kept:
    """Of what we heard of a change."""
    moved = kind == Duty.Kind.ADDRESS
    return Kept(place=moved and is_protected(order.subject, told, case=order.case))


def from_attendance(
    duty: Duty, attendance: Attendance, names: Iterable[str], *, kept: Kept, by: Actor
) -> None:
    """He said it aloud: every name and the address are notified, s9(2)."""
    names = list(names)
    if kept.words:
        _ask_to_look(duty, of=attendance, by=by)
    for name in names:
        people.learn_name(duty.order.subject, by=by, kind=Name.Kind.NOTIFIED, text=name)
    _address(
        duty,
        attendance.address_given,
        of=attendance,
        kept=kept,
        by=by,
        told_by=f"Notified under s9 on {written(local_date(attendance.attended_at))}",
        police_force=attendance.home_force,
        lived_from=duty.starts_on if duty.kind == Duty.Kind.ADDRESS else None,
    )


def from_change(duty: Duty, *, kept: Kept, by: Actor) -> None:
    """We heard of it before he notified it: he is looked for by it all the same."""
    if duty.kind == Duty.Kind.NAME:
        people.learn_name(duty.order.subject, by=by, kind=Name.Kind.ALIAS, text=duty.told)
        return
    _address(
        duty,
        duty.told,
        of=duty,
        kept=kept,
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
    kept: Kept,
    by: Actor,
    told_by: str,
    police_force: Force | None,
    lived_from: date | None,
) -> None:
    subject = duty.order.subject
    if kept.place:
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


@dataclass(frozen=True)
class Learnt:
    """What an order check finds him by because one record says so, and no other that stands."""

    names: QuerySet[Name]
    addresses: QuerySet[Address]


def learnt_only_from(*records: Attendance | Duty) -> Learnt:
    """What nothing says any more once these records of one person are taken back."""
    subject = (records[0] if isinstance(records[0], Duty) else records[0].duty).order.subject
    names, addresses = _said_by(records)
    still_names, still_addresses = _said_by(_standing(subject, but=records))
    wanted = {(kind, text) for kind, text in names if fold(text) not in _folded(still_names)}
    places = {fold(text) for _, text in addresses} - _folded(still_addresses)
    held = Address.objects.filter(person=subject)
    return Learnt(
        Name.objects.filter(
            pk__in=[n.pk for n in subject.names.all() if (n.kind, n.text) in wanted]
        ),
        held.filter(pk__in=[a.pk for a in held if fold(str(a)) in places]),
    )


def unlearn(
    record: Attendance | Duty,
    *,
    names: Iterable[Name],
    addresses: Iterable[Address],
    by: Actor,
) -> None:
    """Take out what was not his, of what this record told us alone. Called inside the act that took
    the record back; what is not named here stays, and he is found by it."""
    only = learnt_only_from(record)
    for field, rows, held in (
        ("names_out", [*names], {*only.names}),
        ("addresses_out", [*addresses], {*only.addresses}),
    ):
        if not held.issuperset(rows):
            raise Refused(field, "Select only what this record told us, and no other that stands")
        for row in rows:
            people.unlearn(row, by=by)
        if rows:
            events.record("take_out", record, by=by.username, case_id=record.case_id)


Said = set[tuple[str, str]]


def _said_by(records: Iterable[Attendance | Duty]) -> tuple[Said, Said]:
    """Names with their kind, and addresses, of these records."""
    names: Said = set()
    addresses: Said = set()
    for record in records:
        if isinstance(record, Attendance):
            lines = record.names_given.splitlines() if record.oral_statement else []
            names |= {(Name.Kind.NOTIFIED, line.strip()) for line in lines}
            addresses |= {("", record.address_given)} if record.oral_statement else set()
        elif record.kind == Duty.Kind.NAME:
            names.add((Name.Kind.ALIAS, record.told))
        elif record.kind == Duty.Kind.ADDRESS:
            addresses.add(("", record.told))
    return names, addresses


def _folded(said: Said) -> set[str]:
    return {fold(text) for _, text in said}


def _standing(subject: Person, *, but: Iterable[Attendance | Duty]) -> Iterator[Attendance | Duty]:
    """What else he told us, or was heard of him, in any of his cases, and was not taken back."""
    gone = [record.pk for record in but]
    told = Attendance.objects.filter(duty__order__subject=subject, superseded_at=None)
    yield from told.exclude(pk__in=gone)
    heard = Duty.objects.filter(order__subject=subject, superseded_at=None)
    yield from heard.exclude(kind=Duty.Kind.INITIAL).exclude(pk__in=gone)
