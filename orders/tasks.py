"""The clock of the orders: an order whose period ran out is written down as ended."""

from collections.abc import Iterable

from celery import shared_task

from accounts.models import CLOCK
from alerts import rooms
from casework import clock
from orders import queries
from orders.lifecycle import expire
from orders.models import Order

BATCH = 500


def due() -> Iterable[Order]:
    """Orders that are over and not yet written down as ended."""
    return queries.run_out(clock.today())[:BATCH]


TURN = rooms.Turn("orders", due, lambda order: expire(order, by=CLOCK))


@shared_task(ignore_result=True)
def run_clock() -> int:
    """End the orders that are over. Safe at any time, any number of times, in two places at once.

    No page waits for it: whether an order has effect is computed, never read from this.
    """
    return rooms.take(TURN)
