"""The loop of a process that needs PostgreSQL alone: it looks, and looks again, until it is stopped."""

import logging
import signal
import threading
from collections.abc import Callable

from django.db import Error, connection

from audit.actor import acting_as

logger = logging.getLogger(__name__)


def until_stopped(look: Callable[[], None], *, every: float, actor: str) -> None:
    """Look every so many seconds, as this actor. SIGTERM ends it after the look that it finds."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    with acting_as(actor):
        while not stop.is_set():
            look()
            stop.wait(every)


def once(work: Callable[[], None]) -> None:
    """One look, which nothing ends. A database that is gone is waited for."""
    try:
        work()
    except Error as error:
        logger.warning("The database does not answer: %s", error)
        connection.close()
    except Exception:
        logger.exception("A turn failed")
