from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand

from alerts import heartbeat, looking, rooms, turn

LOOK = 2.0  # seconds between two looks
QUIET = timedelta(seconds=15)  # so long may the schedule be silent


class Command(BaseCommand):
    help = "Keeps alerts and clocks going with PostgreSQL alone, whenever the schedule is silent."

    def handle(self, *args: Any, **options: Any) -> None:
        looking.until_stopped(look, every=LOOK, actor="command:watch")


def look() -> None:
    """One look, and the turns of which the schedule is silent."""
    looking.once(_take_turns)


def _take_turns() -> None:
    heartbeat.beat(heartbeat.WATCH)
    if heartbeat.silent_for(heartbeat.SWEEP) > QUIET:
        turn.take()
    rooms.take_silent()
