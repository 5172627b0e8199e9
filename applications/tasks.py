"""The clock of the hearings: one that has begun is attended no more, its result is awaited."""

from celery import shared_task

from accounts.models import CLOCK
from applications import queries
from applications.lifecycle import begin
from casework import clock

BATCH = 500


@shared_task(ignore_result=True)
def run_clock() -> int:
    """Stop the clocks of hearings that have begun. Safe at any time, any number of times."""
    begun = list(queries.begun(clock.now())[:BATCH])
    for hearing in begun:
        begin(hearing, by=CLOCK)
    return len(begun)
