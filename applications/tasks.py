"""The clock of the hearings: one that has begun is attended no more, its result is awaited."""

from collections.abc import Iterable

from celery import shared_task

from accounts.models import CLOCK
from alerts import rooms
from applications import queries
from applications.lifecycle import begin
from applications.models import Hearing
from casework import clock

BATCH = 500


def due() -> Iterable[Hearing]:
    """Hearings that have begun while their clock runs as if they had not."""
    return queries.begun(clock.now())[:BATCH]


TURN = rooms.Turn("applications", due, lambda hearing: begin(hearing, by=CLOCK))


@shared_task(ignore_result=True)
def run_clock() -> int:
    """Stop the clocks of hearings that have begun. Safe at any time, any number of times."""
    return rooms.take(TURN)
