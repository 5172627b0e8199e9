"""The order as the court made it, for the person who is subject to it, with a sheet in plain words."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Self

from django.conf import settings

from applications import earlier, library
from casework import clock
from documents.audiences import ForSubject
from documents.words import chief_officer_of, police_name
from law.periods import local_date
from orders.asked import at_service
from orders.models import Condition, Order, Variation
from orders.queries import carried_out, last_moment
from orders.queries.correcting import conditions_corrected
from orders.terms import Act


@dataclass(frozen=True, kw_only=True)
class OrderedCondition:
    """One condition in the wording that is in force."""

    number: int
    wording: int = 1  # of this condition
    heading: str
    kind: str  # prohibition or requirement
    text: str
    locality: str  # empty: the whole of the United Kingdom
    own_last_day: date | None
    plain: str  # what it means; the condition itself where the library has no words for it
    varied_at: datetime | None = None  # these words bind from then; None: as made
    corrected_on: date | None = None  # they were recorded wrongly until then

    @property
    def added(self) -> bool:
        """Was the whole condition put in later?"""
        return self.varied_at is not None and self.wording == 1


@dataclass(frozen=True, kw_only=True)
class LaterChange:
    """A variation or a renewal that the court granted, and that this paper has in it."""

    at: datetime
    renewed: bool
    until: date | None  # the last day that a renewal gave; None: it named none
    removed: tuple[int, ...]  # the numbers of conditions that ended with it


@dataclass(frozen=True, kw_only=True)
class OrderForSubject(ForSubject):
    """What s6 says an order must state, the warning, the conditions, and what to do in 3 days."""

    kind: ClassVar[str] = "order"
    name: ClassVar[str] = "The order as made"
    about: ClassVar[str] = "orders.Order"

    court: str
    court_reference: str
    applicant: str  # empty: the court made it of its own motion
    force: str
    subject: str
    subject_born_on: date | None
    interim: bool
    made_under: str
    made_at: datetime
    last_day: date | None  # inclusive; None: until further order
    replaces_interim_made_on: date | None
    subject_present: bool | None
    wording: int  # 1 as made, 2 as varied ...
    corrected_on: date | None = None  # what tells it from a copy of the same wording with a mistake
    changes: tuple[LaterChange, ...] = ()  # the first first
    conditions: tuple[OrderedCondition, ...]
    protected: tuple[str, ...]
    notifying: str  # law.notification.AtService: s9(1), s9(1)(a), s9(5)
    help_phone: str

    @classmethod
    def of(cls, record: Order) -> Self:
        """The order with the wording that is in force now (or was at its end)."""
        conditions, varied = _in_force(record), carried_out(record)
        corrected = _corrected_conditions(record)
        interim = record.kind == Order.Kind.INTERIM
        replaced = record.replaces_interim
        applied_for = record.origin == Order.Origin.APPLICATION
        return cls(
            title=f"{'Interim ' if interim else ''}Stalking Protection Order",
            reference=record.case.reference,
            court=record.court.name,
            court_reference=record.court_reference,
            applicant=chief_officer_of(record.force) if applied_for else "",
            force=police_name(record.force),
            subject=record.subject.full_name,
            subject_born_on=record.subject.born_on,
            interim=interim,
            made_under=_made_under(record),
            made_at=record.made_at,
            last_day=record.last_day,
            replaces_interim_made_on=local_date(replaced.made_at) if replaced else None,
            subject_present=record.subject_present,
            wording=max((c.wording for c in conditions), default=1),
            corrected_on=_corrected_on(record),
            changes=tuple(_later(variation) for variation in varied),
            conditions=tuple(
                _condition(c, varied={v.decided_at for v in varied}, corrected=corrected)
                for c in conditions
            ),
            protected=earlier.protected_by(record.case, record.application),
            notifying=at_service(record).value,
            help_phone=settings.HELP_PHONE,
        )


def _corrected_on(order: Order) -> date | None:
    last = order.corrections.order_by("-recorded_at").values_list("recorded_at", flat=True).first()
    return local_date(last) if last else None


def _corrected_conditions(order: Order) -> dict[str, date]:
    """When the record of each condition was last put right, by its identity."""
    oldest_first = order.corrections.order_by("recorded_at")
    return {
        changed.key: local_date(correction.recorded_at)
        for correction in oldest_first
        for changed in conditions_corrected(correction)
    }


def _later(variation: Variation) -> LaterChange:
    removed = [row["number"] for row in variation.decided_changes if row["act"] == Act.REMOVE]
    return LaterChange(
        at=variation.decided_at or variation.order.made_at,
        renewed=variation.kind == Variation.Kind.RENEW,
        until=variation.decided_until,
        removed=tuple(sorted(number for number in removed if number)),
    )


def _made_under(order: Order) -> str:
    if order.kind == Order.Kind.INTERIM:
        return "section 5"
    return "section 2" if order.origin == Order.Origin.APPLICATION else "on the court’s own motion"


def _in_force(order: Order) -> list[Condition]:
    """The conditions at this moment; of an order that has ended, at the last moment that it had."""
    return list(order.conditions.filter(in_force__contains=last_moment(order, clock.now())))


def _condition(
    condition: Condition, *, varied: Collection[datetime | None], corrected: Mapping[str, date]
) -> OrderedCondition:
    since = condition.in_force.lower
    return OrderedCondition(
        number=condition.number,
        wording=condition.wording,
        varied_at=since if since in varied else None,
        corrected_on=corrected.get(str(condition.pk)),
        heading=condition.said,
        kind=condition.kind,
        text=condition.text,
        locality=condition.locality,
        own_last_day=condition.own_last_day,
        plain=_plain(condition),
    )


def _plain(condition: Condition) -> str:
    """The library's plain words, as they were filled; the court's own where it wrote otherwise."""
    asked = condition.proposed
    if asked is None or asked.library_code not in library.ENTRIES or asked.text != condition.text:
        return condition.text
    entry = library.entry(asked.library_code, asked.library_version)
    return library.plain(entry, asked.slots)
