"""Where a case stands: said in one place, from what every room has found in it.

A room says in its `AppConfig.ready` what it finds, and after which of its acts to ask again:

    standing.found_by(stands)                        stands(case) -> statuses that its records give
    announce.subscribe("orders.make_order", standing.settle)

The foremost of all that is found counts: a case with a live order stays one whatever else begins or
ends in it. A case in which nothing is under way is ended.
"""

from collections.abc import Iterable
from typing import Any

from accounts.models import Actor
from casework.actions import move_to
from casework.models import Case
from casework.tellers import Tellers

S = Case.Status
FOREMOST = (S.ORDER, S.COURT, S.DRAFTING, S.REQUEST, S.DECLINED)
_finders = Tellers[[Case], Iterable[str]]()
found_by = _finders.add


def status_of(case: Case) -> str:
    """What the records of every room say, now."""
    found = {status for told in _finders.ask(case) for status in told}
    return next((status for status in FOREMOST if status in found), S.ENDED)


def settle(record: Any, *, by: Actor) -> None:
    """Write where the record's case stands. Called after an act, in its transaction."""
    case: Case = getattr(record, "case", record)
    move_to(case, status_of(case))
