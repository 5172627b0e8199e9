"""How an order ends: its period runs out, it is replaced, discharged, or its application is over.

Each is a step of its own, so that a room above hears which; all of them are in `ENDINGS`.
"""

from datetime import datetime

from accounts.models import Actor
from accounts.roles import Permission
from applications.models import Application, Hearing
from casework import clock
from casework.errors import Refused
from casework.lifecycle import Step
from law.periods import end_instant, local_date
from orders.lifecycle import clocks, guarding
from orders.models import Order
from orders.queries import live_interims, living_service

S = Order.Status
LIVE = frozenset({S.MADE, S.SERVED})
TYPED_LATE = LIVE | {S.ENDED}  # the clock may have ended it before the court's paper arrived
EXPIRE = Step("expire", LIVE, S.ENDED, Permission.RUN_CLOCK, "end an order whose period ran out")
REPLACE = Step("replace", TYPED_LATE, S.ENDED, Permission.MAKE_ORDER, "replace an interim order")
DETERMINE = Step(
    "determine", TYPED_LATE, S.ENDED, Permission.RESULT_HEARING, "end an interim order"
)
DISCHARGE = Step("discharge", TYPED_LATE, S.ENDED, Permission.RESULT_HEARING, "discharge an order")
REVIVE = Step(
    "revive",
    frozenset({S.ENDED}),
    None,
    Permission.RESULT_HEARING,
    "take back the end of an interim order",
)
ENDING = (EXPIRE, REPLACE, DETERMINE, DISCHARGE)
STEPS = (*ENDING, REVIVE)
ENDINGS = tuple(f"orders.{step.name}" for step in ENDING)


def expire(order: Order, *, by: Actor) -> Order:
    """The period ran out: write down what has been true since its last midnight, s3(1), s5(6)(a)."""
    with EXPIRE.on(order, by=by) as locked:
        if locked.last_day is None or clock.today() <= locked.last_day:
            raise Refused("last_day", "The order still has effect")
        _end(locked, at=end_instant(locked.last_day), reason=Order.EndReason.EXPIRED, by=by)
    return order


def replace(interim: Order, *, by: Actor, at: datetime) -> Order:
    """A full order is made: the main application is determined and the interim ends, s5(6)(b)."""
    with REPLACE.on(interim, by=by) as locked:
        _end(locked, at=at, reason=Order.EndReason.REPLACED, by=by)
    return interim


def determine(interim: Order, *, by: Actor, at: datetime) -> Order:
    """The main application is refused or withdrawn: its interim order ends, s5(6)(b)."""
    with DETERMINE.on(interim, by=by) as locked:
        _end(locked, at=at, reason=Order.EndReason.DETERMINED, by=by)
    return interim


def discharge(order: Order, *, by: Actor, at: datetime) -> Order:
    """The court ends the order, s4(3) or s5(7). Called by the decision on the application."""
    with DISCHARGE.on(order, by=by) as locked:
        if locked.ended_at is not None and locked.ended_at <= at:
            raise Refused("decided_at", "The order had ended before the court decided")
        _end(locked, at=at, reason=Order.EndReason.DISCHARGED, by=by)
    return order


def _end(order: Order, *, at: datetime, reason: str, by: Actor) -> None:
    order.ended_at, order.end_reason = at, reason
    clocks.stop(order, by=by)


def end_interims_of(hearing: Hearing, *, by: Actor) -> None:
    """s5(6)(b): an application that is refused or withdrawn takes its interim order with it.

    A full order ends it too, but as replaced: its own making says so.
    """
    if hearing.outcome not in (Hearing.Outcome.REFUSED, Hearing.Outcome.WITHDRAWN):
        return
    at = determined_at(hearing)
    for interim in live_interims(hearing.case, at):
        determine(interim, by=by, at=at)


def revive_interims_of(hearing: Hearing, *, by: Actor) -> None:
    """The result that ended them was recorded wrongly: they never ended by it.

    What the right result means for them is asked afterwards, by `end_interims_of`.
    """
    wrong = hearing.wrong_results.last()
    if wrong is None or wrong.outcome not in (Hearing.Outcome.REFUSED, Hearing.Outcome.WITHDRAWN):
        return
    ended = Order.objects.filter(
        application=hearing.application_id,
        kind=Order.Kind.INTERIM,
        end_reason=Order.EndReason.DETERMINED,
    )
    for interim in ended:
        revive(interim, by=by)


def revive(interim: Order, *, by: Actor) -> Order:
    """It has effect as if it had not been ended; a period that has run out meanwhile is the clock's."""
    with REVIVE.on(interim, by=by) as locked:
        locked.ended_at, locked.end_reason = None, ""
        locked.status = S.SERVED if living_service(locked) else S.MADE
        clocks.settle_service(locked, by=by)
        guarding.start_guard(locked, since=clock.today())
    return interim


def determined_at(hearing: Hearing) -> datetime:
    """When the court determined the application. Its moment is not known, so it is when the result
    was typed, and not later than the end of the hearing's day."""
    day_over = end_instant(local_date(hearing.starts_at))
    return min(hearing.resulted_at, day_over) if hearing.resulted_at else day_over


def end_interims_with(application: Application, *, by: Actor) -> None:
    """s5(6)(b), for an application that is withdrawn outside a hearing."""
    now = clock.now()
    for interim in live_interims(application.case, now):
        determine(interim, by=by, at=now)
