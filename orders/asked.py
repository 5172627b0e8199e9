"""What he is told of notification when he is given an order: said by the room that knows the duties.

That room stands above this one, so it says in its `AppConfig.ready` whom to ask:

    asked.told_by(at_service)       at_service(order) -> law.notification.AtService
"""

from casework.tellers import Tellers
from law.notification import AtService
from orders.models import Order

_tellers = Tellers[[Order], AtService]()
told_by = _tellers.add


def at_service(order: Order) -> AtService:
    """What the sheet says of s9(1); where nobody knows, that it is not clear."""
    return next(_tellers.ask(order), AtService.UNCLEAR)
