"""The clock of the notification duties: what nobody notified in time becomes a suspected failure."""

from collections.abc import Iterable

from celery import shared_task

from accounts.models import CLOCK
from alerts import rooms
from casework import clock
from notifications import queries
from notifications.lifecycle import open_failure
from notifications.models import Duty

BATCH = 500


def due() -> Iterable[Duty]:
    """Duties that were not done in time."""
    return queries.overdue(clock.today())[:BATCH]


def fail(duty: Duty) -> Duty:
    """Open the failure of one of them, by the London day that it is now."""
    return open_failure(duty, by=CLOCK, today=clock.today())


TURN = rooms.Turn("notifications", due, fail)


@shared_task
def run_clock() -> int:
    """Open the failures of today. Safe at any time, any number of times, in two places at once."""
    return rooms.take(TURN)
