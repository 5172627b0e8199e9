"""Which breaches of an order are reported, and who answers each: said by the room that keeps the reports.

That room stands above this one, so it says in its `AppConfig.ready` whom to ask:

    answering.told_by(open_of)      open_of(order, user) -> what was reported and is not decided
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from casework.tellers import Tellers
from orders.models import Order


@dataclass(frozen=True)
class Answered:
    """A report that is not decided.

    path  where this reader may look at it; empty: nowhere
    who   has it, as this reader may read; empty: nobody has taken it
    """

    reported_at: datetime
    path: str
    who: str


_tellers = Tellers[[Order, User], Iterable[Answered]]()
told_by = _tellers.add


def of(order: Order, user: User) -> list[Answered]:
    """The reports of this order that wait for their end, the newest first."""
    return [found for told in _tellers.ask(order, user) for found in told]
