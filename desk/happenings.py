"""What happened in a case, and what is to come: the one list behind the drawing, the table and history.

Read from the facts of every room, never stored: a corrected record corrects the timeline.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Exists, OuterRef

from applications.models import Application, Authority, Hearing, Request
from breaches.models import Breach
from casework import clock
from casework.models import Case
from law.offences import APPLY
from law.periods import end_instant, noon
from notifications.models import Attendance, Duty
from notifications.queries import in_doubt
from orders.models import Correction, Order, Service, ServiceAttempt, Variation


class Lane(StrEnum):
    """A row of the drawing, from the top."""

    APPLICATION = "Application"
    ORDER = "Order"
    SERVICE = "Service"
    NOTIFICATION = "Notification"
    HEARINGS = "Hearings"
    BREACHES = "Breaches"


class Shape(StrEnum):
    """How a happening is drawn. The shape says its kind; colour only repeats it."""

    DOT = "dot"
    INTERIM = "interim"
    FULL = "full"
    TRY = "try"
    SERVED = "served"
    DUTY = "duty"
    MET = "met"
    HEARING = "hearing"
    VACATED = "vacated"
    BREACH = "breach"


DAYS_IN_COURT = {
    Hearing.Purpose.INTERIM: "interim hearing",
    Hearing.Purpose.FULL: "full hearing",
    Hearing.Purpose.MENTION: "mention",
    Hearing.Purpose.VARIATION: "hearing to change the order",
}

IN_FEW_WORDS = {Hearing.Outcome.INTERIM_REFUSED: "interim refused"}  # beside the mark

V = Variation.Kind
CHANGES = {V.VARY: "change", V.RENEW: "renewal", V.DISCHARGE: "discharge"}
TO_CHANGE = {V.VARY: "change", V.RENEW: "renew", V.DISCHARGE: "discharge"}
CHANGED = {V.VARY: "changed", V.RENEW: "renewed", V.DISCHARGE: "discharged"}


@dataclass(frozen=True)
class Happening:
    """One fact of the case. `until` (exclusive) makes it a bar; None with `open_ended` has no end."""

    at: datetime
    lane: Lane
    shape: Shape
    short: str  # beside the mark
    text: str  # in the table
    by: str = ""
    until: datetime | None = None
    open_ended: bool = False


def of_case(case: Case) -> list[Happening]:
    """Every happening of a case, oldest first. Eleven queries, however long the case, and one
    for each order whose record was corrected."""
    found = [
        *_asked(case),
        *_applied(case),
        *_heard(case),
        *_made(case),
        *_changed(case),
        *_served(case),
        *_notified(case),
        *_breached(case),
    ]
    return sorted(found, key=lambda h: (h.at, h.lane))


def _asked(case: Case) -> Iterator[Happening]:
    for request in Request.objects.filter(case=case).select_related("organisation", "asked_by"):
        who = request.organisation or request.asked_by or request.asker_name
        yield Happening(
            request.asked_at, Lane.APPLICATION, Shape.DOT, "asked", "First ask", str(who)
        )


def _applied(case: Case) -> Iterator[Happening]:
    authorities = Authority.objects.filter(case=case).select_related("decided_by")
    for authority in authorities:
        voided = ", voided by a later edit" if authority.voided_at else ""
        yield Happening(
            authority.decided_at,
            Lane.APPLICATION,
            Shape.DOT,
            authority_said(authority),
            f"{authority.get_decision_display()}{voided}",
            str(authority.decided_by),
        )
    lodged = Application.objects.filter(case=case).exclude(lodged_on=None)
    for application in lodged.select_related("court"):
        if application.lodged_on:
            yield Happening(
                noon(application.lodged_on),
                Lane.APPLICATION,
                Shape.DOT,
                "lodged",
                f"Application lodged ({APPLY})",
                str(application.court or ""),
            )


def _heard(case: Case) -> Iterator[Happening]:
    for hearing in Hearing.objects.filter(case=case).select_related("court"):
        said = hearing_said(hearing)
        vacated = hearing.status == Hearing.Status.VACATED
        yield Happening(
            hearing.starts_at,
            Lane.HEARINGS,
            Shape.VACATED if vacated else Shape.HEARING,
            IN_FEW_WORDS.get(Hearing.Outcome(hearing.outcome), said) if hearing.outcome else said,
            f"Hearing: {said}" if hearing.outcome else said.capitalize(),
            str(hearing.court),
        )


def _made(case: Case) -> Iterator[Happening]:
    corrected = Exists(Correction.objects.filter(order=OuterRef("pk")))
    orders = Order.objects.filter(case=case).select_related("court").annotate(corrected=corrected)
    for order in orders:
        if order.corrected:
            yield from _corrected(order)
        last = end_instant(order.last_day) if order.last_day else None
        ends = [moment for moment in (order.ended_at, last) if moment]
        yield Happening(
            order.made_at,
            Lane.ORDER,
            Shape.INTERIM if order.kind == Order.Kind.INTERIM else Shape.FULL,
            order.get_kind_display(),
            f"{order.get_kind_display()} made",
            str(order.court),
            until=min(ends) if ends else None,
            open_ended=not ends,
        )


def _changed(case: Case) -> Iterator[Happening]:
    """What was asked about an order, and what the court decided: not a new bar, but a mark."""
    asked = Variation.objects.filter(case=case).select_related(
        "order", "applicant_force", "decided_by"
    )
    for variation in asked:
        kind, order = V(variation.kind), variation.order.get_kind_display().lower()
        noon_of_day = noon(variation.applied_on)
        yield Happening(
            min(noon_of_day, variation.decided_at or noon_of_day),
            Lane.APPLICATION,
            Shape.DOT,
            f"{CHANGES[kind]} asked for",
            f"The court was asked to {TO_CHANGE[kind]} the {order} ({variation.code})",
            str(variation.applicant_force or variation.get_applicant_display()),
        )
        if variation.decided_at:
            granted = variation.status == Variation.Status.GRANTED
            end = variation.get_status_display().lower()
            yield Happening(
                variation.decided_at,
                Lane.APPLICATION,
                Shape.DOT,
                CHANGED[kind] if granted else f"{CHANGES[kind]} {end}",
                f"The court {CHANGED[kind]} the {order}"
                if granted
                else f"The application to {TO_CHANGE[kind]} the {order} was {end}",
                str(variation.decided_by),
            )


def _corrected(order: Order) -> Iterator[Happening]:
    for correction in order.corrections.select_related("recorded_by"):
        yield Happening(
            correction.recorded_at,
            Lane.ORDER,
            Shape.DOT,
            "record corrected",
            f"The record of the {order.get_kind_display().lower()} was corrected: "
            f"{correction.reason}",
            str(correction.recorded_by),
        )


def _served(case: Case) -> Iterator[Happening]:
    for attempt in ServiceAttempt.objects.filter(case=case).select_related("tried_by"):
        yield Happening(
            attempt.tried_at,
            Lane.SERVICE,
            Shape.TRY,
            "attempt",
            "Service was tried",
            str(attempt.tried_by),
        )
    services = Service.objects.filter(case=case, superseded_at=None)
    for service in services.select_related("variation"):
        how = service.get_method_display().lower()
        words = ", in its changed words" if service.variation else ""
        words = ", in its corrected words" if service.correction_id else words
        yield Happening(
            service.served_at,
            Lane.SERVICE,
            Shape.SERVED,
            f"served {how}",
            f"Served {how}{words}, {'explained' if service.explained else 'not explained'}",
            service.served_by_name,
        )


def _notified(case: Case) -> Iterator[Happening]:
    for duty in Duty.objects.filter(case=case).exclude(due_on=None):
        if duty.due_on:
            met = duty.status == Duty.Status.MET
            by = f"{duty.due_on.day} {duty.due_on:%b}"
            yield Happening(
                end_instant(duty.due_on) - timedelta(minutes=1),
                Lane.NOTIFICATION,
                Shape.MET if met else Shape.DUTY,
                f"in time for {by}" if met else f"due by end of {by}",
                f"Last day to notify: {duty.get_kind_display().lower()}",
                duty.provision,
            )
    standing = Attendance.objects.filter(case=case, superseded_at=None)
    for attendance in standing.select_related("station", "duty"):
        late = "" if attendance.in_time else ", late"
        doubt = ", which may not count" if in_doubt(attendance) else ""
        said = attendance.oral_statement  # without it nothing is notified, s10(1)
        silent = f"Came to {attendance.station}, said nothing aloud"
        if attendance.decision == Attendance.Decision.AGAIN:
            doubt = ", which does not count"
        yield Happening(
            attendance.attended_at,
            Lane.NOTIFICATION,
            Shape.DOT,
            f"notified{late}" if said else "came, said nothing aloud",
            f"Notified at {attendance.station}{late}{doubt}" if said else silent,
            attendance.received_by_name,
        )


def _breached(case: Case) -> Iterator[Happening]:
    for breach in Breach.objects.filter(case=case).select_related("condition", "reported_by"):
        what = f"condition {breach.condition.number}" if breach.condition else "the order"
        end = breach.get_outcome_display().lower() or ("arrested" if breach.arrested_at else "")
        yield Happening(
            breach.happened_at,
            Lane.BREACHES,
            Shape.BREACH,
            end or "open",
            f"Suspected breach of {what}{': ' + end if end else ', open'}",
            str(breach.reported_by),
        )


def hearing_said(hearing: Hearing) -> str:
    """What the court decided; else that the day is to come, was taken from the list, or has no result."""
    day = DAYS_IN_COURT[Hearing.Purpose(hearing.purpose)]
    if hearing.status == Hearing.Status.VACATED:
        return f"{day} vacated"
    if hearing.outcome:
        return hearing.get_outcome_display().lower()
    return f"{day} listed" if hearing.starts_at > clock.now() else f"{day}, no result yet"


def authority_said(authority: Authority) -> str:
    """What became of the asking, in the two words that a mark of the drawing has room for."""
    if authority.voided_at:
        return "authority void"
    said = {Authority.Decision.GIVEN: "authority", Authority.Decision.RETURNED: "returned"}
    return said.get(Authority.Decision(authority.decision), "no authority")
