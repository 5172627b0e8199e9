"""What a person is bound by now, as the applications' room asks it (`applications.earlier`)."""

from collections.abc import Iterator

from applications.earlier import Earlier
from casework import clock
from law.conditions import OtherOrder
from law.periods import local_date
from orders.models import Order
from orders.queries.standing import in_force
from people.models import Person

KIND = {Order.Kind.FULL: OtherOrder.SPO, Order.Kind.INTERIM: OtherOrder.INTERIM_SPO}


def binding(subject: Person) -> Iterator[Earlier]:
    """The orders, of whichever case, that have effect on this person at this moment, s2(7)."""
    for order in in_force(Order.objects.filter(subject=subject), clock.now()).order_by("made_at"):
        yield Earlier(
            kind=KIND[Order.Kind(order.kind)],
            made_on=local_date(order.made_at),
            last_day=order.last_day,
            application_id=order.application_id,
        )
