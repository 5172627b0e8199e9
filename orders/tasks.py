"""The clock of the orders: an order whose period ran out is written down as ended."""

from celery import shared_task

from accounts.models import CLOCK
from casework import clock
from casework.errors import Refused, WrongState
from orders import queries
from orders.lifecycle import expire

BATCH = 500


@shared_task(ignore_result=True)
def run_clock() -> int:
    """End the orders that are over. Safe at any time, any number of times, in two places at once.

    No page waits for it: whether an order has effect is computed, never read from this.
    """
    ended = 0
    for order in queries.run_out(clock.today())[:BATCH]:
        try:
            expire(order, by=CLOCK)
        except (Refused, WrongState):
            continue  # it was renewed, or another clock was quicker
        ended += 1
    return ended
