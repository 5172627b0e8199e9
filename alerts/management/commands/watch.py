import logging
import signal
import threading
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.db import Error, connection

from alerts import heartbeat, rooms, turn
from audit.actor import acting_as

logger = logging.getLogger(__name__)
LOOK = 2.0  # seconds between two looks
QUIET = timedelta(seconds=15)  # so long may the schedule be silent


class Command(BaseCommand):
    help = "Keeps alerts and clocks going with PostgreSQL alone, whenever the schedule is silent."

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        with acting_as("command:watch"):
            while not stop.is_set():
                look()
                stop.wait(LOOK)


def look() -> None:
    """One look, and the turns of which the schedule is silent. A database that is gone is waited for."""
    try:
        heartbeat.beat(heartbeat.WATCH)
        if heartbeat.silent_for(heartbeat.SWEEP) > QUIET:
            turn.take()
        rooms.take_silent()
    except Error as error:
        logger.warning("The database does not answer: %s", error)
        connection.close()
    except Exception:
        logger.exception("A turn failed")
