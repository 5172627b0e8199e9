"""The clock of the contact with protected persons: an order's last weeks have begun."""

from collections.abc import Iterable

from celery import shared_task

from accounts.models import CLOCK
from alerts import rooms
from casework import clock
from contact import queries
from contact.lifecycle.deriving import tell_of_end
from orders.models import Order

BATCH = 500


def due() -> Iterable[Order]:
    """Orders that end soon, of which nobody is asked to tell yet."""
    return queries.ending(clock.now())[:BATCH]


TURN = rooms.Turn("contact", due, lambda order: tell_of_end(order, by=CLOCK))


@shared_task(ignore_result=True)
def run_clock() -> int:
    """Ask for the end of orders to be told. Safe at any time, any number of times, in two places at once."""
    return rooms.take(TURN)
