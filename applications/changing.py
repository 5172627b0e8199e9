"""What a court was asked about an order of a case: told by the room that keeps orders.

That room stands above this one, so it says in its `AppConfig.ready` whom to ask:

    changing.told_by(changes)       changes(case) -> each change that a court was asked for;
                                    None where there is no order that could be changed
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casework.models import Case
from casework.tellers import Tellers

NO_ORDER = (
    "There is no order in this case that a court could vary, renew or discharge. Once the court made "
    "one, record it from the court’s paper first"
)
NOT_ASKED = (
    "The court is asked nothing about the order. Record the application to vary, renew or discharge it "
    "first, on the page of the order"
)


@dataclass(frozen=True)
class Change:
    """An application to change an order. `decided_on` None: the court has still to decide on it."""

    applied_on: date
    decided_on: date | None


_tellers = Tellers[[Case], Iterable[Change] | None]()
told_by = _tellers.add


def against(case: Case, heard_on: date) -> str:
    """Why a hearing on this day cannot be about an order of the case, and the way; "" if it can."""
    told = [found for found in _tellers.ask(case) if found is not None]
    if not told:
        return NO_ORDER
    asked = [change for found in told for change in found]
    return "" if any(_waited(change, heard_on) for change in asked) else NOT_ASKED


def _waited(change: Change, heard_on: date) -> bool:
    """Had the court this to decide? A hearing that was may be written down after its decision."""
    return change.decided_on is None or change.applied_on <= heard_on <= change.decided_on
