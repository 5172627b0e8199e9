"""What happened in a client's case, in words that give nothing else away."""

from collections.abc import Iterator
from datetime import date, datetime

from accounts.models import User
from advocates.words import Told
from applications.models import Application, Hearing, Request
from breaches.models import Breach
from casework.models import Case
from contact.words import NO_INTERIM
from law.periods import local_date, noon
from notifications.models import Attendance
from notifications.queries import in_doubt
from orders import queries as orders
from orders.models import Correction, Order, Variation
from people.pronouns import pronoun_of, say

HEARD = {
    Hearing.Outcome.ADJOURNED: "The court put the hearing off to another day.",
    Hearing.Outcome.INTERIM_REFUSED: NO_INTERIM,
    Hearing.Outcome.REFUSED: "The court did not make an order.",
}

ENDED = {
    Order.EndReason.EXPIRED: "The order came to its end.",
    Order.EndReason.DISCHARGED: "The court ended the order.",
    Order.EndReason.DETERMINED: "The temporary order came to its end.",
    Order.EndReason.REPLACED: "The full order took the place of the temporary one.",
    Order.EndReason.APPEAL: "A higher court ended the order.",
}
CHANGED = {
    Variation.Kind.VARY: "The court changed the order.",
    Variation.Kind.RENEW: "The court made the order last longer.",
}

TAKEN_BACK = "We took back the request to the court."
GIVEN_UP = "We stopped asking for an order before the court was asked."
CORRECTED = "We had written down something about the order wrongly, and put it right."


def happened(case: Case, user: User) -> list[Told]:
    """Newest first. Sentences stand for "him", "her" or "them" as the subject is known."""
    found = [
        *_asked(case, user),
        *_lodged(case),
        *_withdrawn(case),
        *_heard(case),
        *_made(case),
        *_changed(case),
        *_notified(case),
        *_breached(case),
    ]
    # What stands at one moment is in the order of a case's life.
    oldest_first = sorted(found, key=lambda told: told.at)
    said = [Told(told.at, say(pronoun_of(case.subject), told.text)) for told in oldest_first]
    return said[::-1]


def _asked(case: Case, user: User) -> Iterator[Told]:
    for request in Request.objects.filter(case=case):
        yours = user.organisation_id is not None and request.organisation_id == user.organisation_id
        who = "You" if yours or request.asked_by_id == user.pk else "Somebody"
        yield Told(request.asked_at, f"{who} asked us for an order.")


def _lodged(case: Case) -> Iterator[Told]:
    for application in Application.objects.filter(case=case, lodged_on__isnull=False):
        if application.lodged_on:
            at = _moment_of(application.lodged_on, case)
            yield Told(at, "We asked the court for an order.")


def _withdrawn(case: Case) -> Iterator[Told]:
    """Of a withdrawal, too, only the day is known: after all that came of the application that day."""
    given_up = Application.objects.filter(case=case, status=Application.Status.WITHDRAWN)
    for application in given_up:
        if application.determined_on is None:
            continue
        at = noon(application.determined_on)
        if application.lodged_on:
            at = max(at, _moment_of(application.lodged_on, case))
        yield Told(at, TAKEN_BACK if application.lodged_on else GIVEN_UP)


def _moment_of(day: date, case: Case) -> datetime:
    """Of the lodging only the day is known: after what was asked of us, before what the court did."""
    asked = Request.objects.filter(case=case).values_list("asked_at", flat=True)
    heard = Hearing.objects.filter(case=case).values_list("starts_at", flat=True)
    made = Order.objects.filter(case=case).values_list("made_at", flat=True)
    after = max([noon(day), *(at for at in asked if local_date(at) == day)])
    return min([after, *(at for at in (*heard, *made) if local_date(at) == day)])


def _heard(case: Case) -> Iterator[Told]:
    for hearing in Hearing.objects.filter(case=case, outcome__in=HEARD):
        yield Told(hearing.starts_at, HEARD[Hearing.Outcome(hearing.outcome)])


def _made(case: Case) -> Iterator[Told]:
    for order in Order.objects.filter(case=case):
        kind = "temporary" if order.kind == Order.Kind.INTERIM else "full"
        yield Told(order.made_at, f"The court made a {kind} order.")
        if service := orders.living_service(order):
            told = " It was explained to {him}." if service.explained else ""
            yield Told(service.served_at, "{He} {was} given the order." + told)
        if order.ended_at:
            yield Told(order.ended_at, ENDED[Order.EndReason(order.end_reason)])


def _changed(case: Case) -> Iterator[Told]:
    granted = Variation.objects.filter(
        case=case, status=Variation.Status.GRANTED, kind__in=CHANGED, decided_at__isnull=False
    )
    for correction in Correction.objects.filter(case=case):
        yield Told(correction.recorded_at, CORRECTED)
    for variation in granted:
        if variation.decided_at:
            yield Told(variation.decided_at, CHANGED[Variation.Kind(variation.kind)])


def _notified(case: Case) -> Iterator[Told]:
    notified = Attendance.objects.filter(
        case=case, oral_statement=True, superseded_at=None, duty__kind="initial"
    )
    for attendance in notified:
        time = "{He} {was} in time." if attendance.in_time else "{He} {was} late."
        if not attendance.counts:
            time = "It did not count: {he} had to come again."
        time += " Whether it counts is not settled." if in_doubt(attendance) else ""
        text = "{He} told the police {his} name and where {he} {lives}, as {he} must. "
        yield Told(attendance.attended_at, text + time)


def _breached(case: Case) -> Iterator[Told]:
    for breach in Breach.objects.filter(case=case):
        yield Told(breach.reported_at, "Something that may break the order was reported.")
        if breach.decided_at and breach.outcome == Breach.Outcome.CHARGED:
            yield Told(breach.decided_at, "{He} {was} charged with breaking the order.")
