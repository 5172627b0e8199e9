"""Force legal answers what a court's order leaves open: once for each time that it is asked."""

from accounts.models import User
from accounts.roles import Permission
from casework import clock, masks
from casework.actions import stop_clock
from casework.errors import Refused, WrongState
from casework.lifecycle import Step
from law.periods import LONDON, local_date, written
from orders.models import Order
from orders.queries import asks_legal

ANSWER_QUERY = Step(
    "answer_legal_query",
    frozenset(Order.Status),
    None,
    Permission.MAKE_ORDER,
    "answer the question to force legal",
)
STEPS = (ANSWER_QUERY,)


def answer_legal_query(order: Order, *, by: User, answer: str, version: int | None = None) -> Order:
    """Force legal has looked at what the court did, and says what is to be done about it.

    What was answered stands. Where something new is found force legal is asked again, and what it said
    before is kept beside the new answer.
    """
    with ANSWER_QUERY.on(order, by=by, version=version) as locked:
        require_question(locked, by)
        if not answer.strip():
            raise Refused("answer", "Say what force legal advises")
        _keep_answer(locked)
        locked.legal_answer = answer
        locked.legal_answered_at, locked.legal_answered_by_id = clock.now(), by.pk
        stop_clock(locked.case, "legal_query", about=locked.pk, by=by)
    return order


def require_question(order: Order, by: User) -> None:
    """Raise WrongState where it is answered, and nothing was asked since."""
    if order.legal_answered_at is None or asks_legal(order):
        return
    local = order.legal_answered_at.astimezone(LONDON)
    when = f"{written(local_date(local))} at {local:%H:%M}"
    said = masks.words_for(by, [order.case_id])(order.legal_answer)
    raise WrongState(f"You cannot answer now. {order.legal_answered_by} answered on {when}: {said}")


def _keep_answer(order: Order) -> None:
    if order.legal_answered_at is None:
        return
    said = {
        "answer": order.legal_answer,
        "by": str(order.legal_answered_by),
        "at": order.legal_answered_at.isoformat(),
    }
    order.earlier_legal_answers = [*order.earlier_legal_answers, said]
