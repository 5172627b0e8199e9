"""The end of an order's period: guarded while there is time to go to court, or let come by a decision."""

from datetime import date, timedelta

from accounts.models import Actor, User
from accounts.roles import Permission, Role
from applications.models import Hearing
from casework import clock
from casework.actions import start_clock, stop_clock
from casework.errors import Refused, WrongState
from casework.lifecycle import Step
from casework.models import Deadline
from law.periods import end_instant, local_date, written
from orders.models import Order, Variation
from orders.queries import live_interims, may_be_left_to_end

S = Order.Status
LEAVE_TO_END = Step(
    "leave_to_end",
    frozenset({S.MADE, S.SERVED}),
    None,
    Permission.DECIDE_RENEWAL,
    "decide not to renew the order",
)
STEPS = (LEAVE_TO_END,)
NOTICE = {Order.Kind.INTERIM: timedelta(days=14), Order.Kind.FULL: timedelta(days=56)}
PROVISIONS = {
    Order.Kind.INTERIM: "s5(6)(a), force policy",
    Order.Kind.FULL: "s4(1), force policy",
}
KINDS = {Order.Kind.INTERIM: "interim_ends", Order.Kind.FULL: "order_ends"}


def leave_to_end(order: Order, *, by: User, reason: str, version: int | None = None) -> Order:
    """The court is not asked to renew a full order: its clock stops, until somebody asks after all."""
    with LEAVE_TO_END.on(order, by=by, version=version) as locked:
        if not reason.strip():
            raise Refused("reason", "Say why the order need not be renewed")
        if not may_be_left_to_end(locked):
            raise WrongState(
                "You cannot decide not to renew now. It is decided in the last 6 months of a full "
                "order, while no application to renew it waits."
            )
        locked.not_renewed_reason = reason
        locked.not_renewed_at, locked.not_renewed_by_id = clock.now(), by.pk
        stop_guard(locked, by=by)
    return order


def think_again(order: Order) -> None:
    """Whoever decided that the order need not be renewed: the court is asked, or has renewed it."""
    order.not_renewed_at, order.not_renewed_by, order.not_renewed_reason = None, None, ""


def start_guard(order: Order, *, since: date, but: Variation | None = None) -> None:
    """Guard the end of the order's period, where it has one, while there is time to go to court.

    Where the court is asked to renew it, or hears the main application before it ends, the clock runs
    to that end: nothing keeps it alive until the court decides.

    since  the clock does not end before this day, so that who sets it has not missed it
    but    a renewal that no longer waits
    """
    if order.last_day is None or order.not_renewed_at:
        return
    title, reason = _words(order)
    act_by = guarded_by(order.kind, order.last_day, since=since)
    if _asked_to_renew(order, but):
        title, act_by = "See that the court renews the order in time", order.last_day
    elif hearing := heard_in_time(order):
        day = written(local_date(hearing.starts_at))
        title, act_by = "See that the court decides before the interim order ends", order.last_day
        reason = f"The full hearing is listed for {day}. {reason}"
    start_clock(
        order.case,
        KINDS[Order.Kind(order.kind)],
        about=order.pk,
        title=title,
        owner_role=Role.OFFICER,
        due_at=end_instant(act_by),
        provision=PROVISIONS[Order.Kind(order.kind)],
        reason=reason,
        path=f"/orders/{order.pk}/renew/",
    )


def guarded_by(kind: str, last_day: date, *, since: date) -> date:
    """The day by which to ask: so long before the last day, but not before there was an end."""
    return min(last_day, max(last_day - NOTICE[Order.Kind(kind)], since))


def heard_in_time(order: Order) -> Hearing | None:
    """The listed hearing at which the court may make the full order before this interim one ends."""
    if order.kind != Order.Kind.INTERIM or order.last_day is None:
        return None
    listed = Hearing.objects.filter(
        application=order.application_id,
        status=Hearing.Status.LISTED,
        purpose=Hearing.Purpose.FULL,
        starts_at__lt=end_instant(order.last_day),
    )
    return listed.order_by("starts_at").first()


def guard_interims(hearing: Hearing, *, by: Actor) -> None:
    """A hearing was listed, vacated or resulted: the interim order's clock follows the list.

    A clock that ran to the order's last day for a hearing that is no more comes back, not before
    today: nobody was late while it was listed.
    """
    if hearing.application_id is None:
        return
    for order in live_interims(hearing.case, clock.now()):
        if heard_in_time(order) or _runs_to_the_end(order):
            start_guard(order, since=clock.today())


def stop_guard(order: Order, *, by: Actor) -> None:
    """The end of the order's period has moved, or is no more."""
    for kind in KINDS.values():
        stop_clock(order.case, kind, about=order.pk, by=by)


def _asked_to_renew(order: Order, but: Variation | None) -> bool:
    asked = order.variations.filter(kind=Variation.Kind.RENEW, status=Variation.Status.APPLIED)
    return (asked.exclude(pk=but.pk) if but else asked).exists()


def _runs_to_the_end(order: Order) -> bool:
    running = Deadline.objects.filter(
        case=order.case_id, kind="interim_ends", about_id=order.pk, done_at=None
    )
    return bool(order.last_day and running.filter(due_at=end_instant(order.last_day)).exists())


def _words(order: Order) -> tuple[str, str]:
    ends = f"The order ends with {written(order.last_day)}" if order.last_day else ""
    if order.kind == Order.Kind.INTERIM:
        return (
            "Get the full order, or ask the court to renew the interim order",
            f"{ends}, or earlier when the main application is determined. Nothing prolongs it.",
        )
    return (
        "Decide whether to ask the court to renew the order",
        f"{ends}. The court must renew it before then: nothing keeps it alive meanwhile.",
    )
