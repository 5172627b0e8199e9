"""The written acknowledgement that a person gets for what he notified, s10."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Self

from documents.audiences import ForSubject
from documents.layout import lines, moment
from documents.words import police_name
from law.periods import local_date
from notifications.models import Attendance, Duty

OWED = {
    Duty.Kind.INITIAL: "Every name that you use, and your home address (section 9(1))",
    Duty.Kind.NAME: "A name that you use and had not told us (section 9(3))",
    Duty.Kind.ADDRESS: "Your new home address (section 9(4))",
}
TO_HIM = {
    Attendance.AddressLimb.HOME: "Your only or main home in the UK",
    Attendance.AddressLimb.FOUND: "A place in the UK where you can regularly be found",
}


@dataclass(frozen=True, kw_only=True)
class AcknowledgementForSubject(ForSubject):
    """Every fact of ss9 and 10 as it was received, and nothing that the Act does not ask for.

    s10(4)(a): he gets it whatever he said. Where his words are a protected person's, those who may
    know that are told (`learning`), and nobody else can see it from the paper.
    """

    kind: ClassVar[str] = "acknowledgement"
    name: ClassVar[str] = "Acknowledgement of notification"
    about: ClassVar[str] = "notifications.Attendance"
    readers_own: ClassVar[tuple[str, ...]] = ("names", "address", "excuse")

    force: str
    court: str
    court_reference: str
    order_title: str
    order_made_on: date
    duty: str  # in words, with its provision
    starts_on: date | None
    due_on: date | None
    attended_at: datetime
    station: str
    received_by: str
    authorised_by: str  # empty: a constable received it
    names: tuple[str, ...]
    address_limb: str
    address: str
    identity_check: str
    fingerprints: str
    photograph: str
    oral: bool
    in_time: bool
    excuse: str

    @classmethod
    def exists_for(cls, record: Attendance) -> bool:
        """Only where he notified: not where he said nothing, or where it does not count."""
        return record.counts

    @classmethod
    def called(cls, record: Attendance) -> str:
        """By its London time: he may have come twice in a day."""
        return f"{cls.name} (attended {moment(record.attended_at)})"

    @classmethod
    def of(cls, record: Attendance) -> Self:
        """The acknowledgement of one attendance."""
        duty, order = record.duty, record.duty.order
        interim = "Interim " if order.kind == "interim" else ""
        return cls(
            title="Acknowledgement of notification",
            reference=record.case.reference,
            force=police_name(record.station.force),
            court=order.court.name,
            court_reference=order.court_reference,
            order_title=f"{interim}Stalking Protection Order",
            order_made_on=local_date(order.made_at),
            duty=OWED[Duty.Kind(duty.kind)],
            starts_on=duty.starts_on,
            due_on=duty.due_on,
            attended_at=record.attended_at,
            station=record.station.name,
            received_by=record.received_by_name,
            authorised_by=record.authorised_by_name,
            names=lines(record.names_given),
            address_limb=TO_HIM[Attendance.AddressLimb(record.address_limb)],
            address=record.address_given,
            identity_check=record.identity_check,
            fingerprints=str(record.get_fingerprints_display()),
            photograph=str(record.get_photograph_display()),
            oral=record.oral_statement,
            in_time=record.in_time,
            excuse=record.excuse,
        )
