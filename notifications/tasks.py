"""The clock of the notification duties: what nobody notified in time becomes a suspected failure."""

from celery import shared_task

from accounts.models import CLOCK
from casework import clock
from casework.errors import Refused, WrongState
from notifications import queries
from notifications.lifecycle import open_failure

BATCH = 500


@shared_task
def run_clock() -> int:
    """Open the failures of today. Safe at any time, any number of times, in two places at once."""
    opened, today = 0, clock.today()
    for duty in queries.overdue(today)[:BATCH]:
        try:
            open_failure(duty, by=CLOCK, today=today)
        except (Refused, WrongState):
            continue  # he notified, or another clock was quicker
        opened += 1
    return opened
