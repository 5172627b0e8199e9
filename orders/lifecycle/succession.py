"""Which order follows which, and how each ended, found anew from an order that was corrected.

An interim order ends as its full order is made, s5(6)(b), and one that had ended by itself before is
not replaced by it, s9(1)(a): both hang on moments that may have been recorded wrongly.
"""

from collections.abc import Iterator
from datetime import datetime

from accounts.models import User
from accounts.roles import Permission
from applications.models import Hearing
from casework import clock
from casework.lifecycle import Step
from documents import actions as documents
from law.duration import has_effect_at
from law.periods import end_instant, local_date, written
from orders.documents import OrderForSubject
from orders.lifecycle import clocks, ending, making
from orders.models import Order
from orders.queries import live_interims, living_service

S, K, E = Order.Status, Order.Kind, Order.EndReason
DONE_TO_IT = (E.DISCHARGED, E.DETERMINED, E.APPEAL)  # an end that a court made
CORRECT_END = Step(
    "correct_end",
    frozenset({S.ENDED}),
    None,
    Permission.MAKE_ORDER,
    "correct how an interim order ended",
)
CORRECT_REPLACED = Step(
    "correct_replaced",
    frozenset(S),
    None,
    Permission.MAKE_ORDER,
    "correct which interim order the full order replaces",
)
STEPS = (CORRECT_END, CORRECT_REPLACED)


def against(order: Order, made_at: datetime) -> Iterator[str]:
    """Why the order cannot have been made at this moment, by the order before or after it."""
    if order.kind == K.FULL:
        interim = order.replaces_interim
        if interim is not None and made_at <= interim.made_at:
            yield f"The interim order that it replaces was made on {_said(interim.made_at)}"
    else:
        for full in order.replaced_by.all():
            if full.made_at <= made_at:
                yield f"The full order that replaced it was made on {_said(full.made_at)}"


def settle(order: Order, *, was: datetime, by: User) -> None:
    """Make ends and successions equal to the corrected record. Called inside the act on the order.

    was  the moment at which it was recorded to be made
    """
    _settle_period(order, by=by)
    order.save()  # what is derived from the other orders meanwhile reads this one
    if order.kind == K.FULL:
        _settle_interims(order, was=was, by=by)
        order.replaces_interim = making.replaced(order.case, K.FULL, order.made_at, full=order)
    else:
        _settle_full(order, by=by)


def _settle_period(order: Order, *, by: User) -> None:
    """By its last day it is over, or is not over yet. An end that a court made stands."""
    if order.end_reason in DONE_TO_IT or (order.end_reason == E.REPLACED and not _run_out(order)):
        return
    if order.last_day is not None and order.last_day < clock.today():
        order.status, order.ended_at = S.ENDED, end_instant(order.last_day)
        order.end_reason = E.EXPIRED
        clocks.stop(order, by=by)
    elif order.ended_at is not None:
        order.ended_at, order.end_reason = None, ""
        order.status = S.SERVED if living_service(order) else S.MADE


def _run_out(order: Order) -> bool:
    """Was its period over when something else was recorded to end it?"""
    return bool(order.last_day and order.ended_at and end_instant(order.last_day) <= order.ended_at)


def _settle_interims(full: Order, *, was: datetime, by: User) -> None:
    """The interim orders that ended as this one was made end at its right moment, or before it."""
    interims = Order.objects.filter(case_id=full.case_id, kind=K.INTERIM)
    for interim in interims.filter(end_reason=E.REPLACED, ended_at=was):
        if _bound(interim, full.made_at):
            ending.replace(interim, by=by, at=full.made_at)
        elif interim.last_day is not None:
            with CORRECT_END.on(interim, by=by) as locked:
                locked.ended_at, locked.end_reason = end_instant(interim.last_day), E.EXPIRED
    for interim in live_interims(full.case, full.made_at):
        ending.replace(interim, by=by, at=full.made_at)


def _settle_full(interim: Order, *, by: User) -> None:
    """The full order after it replaces it, or does not, by whether it had effect at that moment."""
    fulls = Order.objects.filter(case_id=interim.case_id, kind=K.FULL)
    full = fulls.filter(made_at__gt=interim.made_at).order_by("made_at").first()
    if full is None:
        _settle_application(interim, by=by)
        return
    replaces = interim.end_reason not in DONE_TO_IT and _bound(interim, full.made_at)
    if replaces:
        interim.status, interim.ended_at = S.ENDED, full.made_at
        interim.end_reason = E.REPLACED
        clocks.stop(interim, by=by)
    held = full.replaces_interim_id == interim.pk
    if held or (replaces and full.replaces_interim_id is None):
        with CORRECT_REPLACED.on(full, by=by) as locked:
            locked.replaces_interim = interim if replaces else None
            documents.request(locked.case, OrderForSubject.of(locked), about_id=locked.pk, by=by)


def _settle_application(interim: Order, *, by: User) -> None:
    """One that seemed to have run out ended with its main application, if that is over, s5(6)(b)."""
    if interim.ended_at is not None:
        return
    over = (Hearing.Outcome.REFUSED, Hearing.Outcome.WITHDRAWN)
    heard = Hearing.objects.filter(application=interim.application, outcome__in=over).first()
    if heard is not None:
        interim.status, interim.end_reason = S.ENDED, E.DETERMINED
        interim.ended_at = ending.determined_at(heard)
        clocks.stop(interim, by=by)


def _bound(interim: Order, moment: datetime) -> bool:
    """Had it effect by its own days, whatever was recorded to end it?"""
    return has_effect_at(
        made_at=interim.made_at, last_day=interim.last_day, ended_at=None, moment=moment
    )


def _said(moment: datetime) -> str:
    return written(local_date(moment))
