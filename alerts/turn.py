"""One turn of whoever keeps the alerts going: raise, address, send, and leave a sign of life.

The schedule's worker and `manage.py watch` take the same turns, alone or at the same time.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime

from django.db import InterfaceError, OperationalError

from alerts import addressing, delivery, heartbeat, sweep

logger = logging.getLogger(__name__)
SECONDS = 4.0  # for addressing and again for sending; the rest is for the next turn


def take(loop: str | None = None, *, at: datetime | None = None) -> dict[str, int | None]:
    """Do what is due and say how much it was, None for a stage that failed.

    Such a stage does not keep the next one from its work; but then there is no sign of life, so that
    the silence is noticed. A database that is gone is for the caller.
    """
    done = {
        "raised": _stage(lambda: sweep.run(at), "raising"),
        "addressed": _stage(address, "addressing"),
        "sent": _stage(delivery.deliver_due, "sending"),
    }
    if None not in done.values():
        heartbeat.beat(heartbeat.TURN)
        if loop:
            heartbeat.beat(loop)
    return done


def attend() -> None:
    """Somebody rang: tell the people at once, without looking at the clocks."""
    address()
    delivery.deliver_due(seconds=SECONDS)


def address() -> int:
    """Address what was raised and the alarms that this raises, batch by batch."""
    until = time.monotonic() + SECONDS
    total = 0
    while (addressed := addressing.run()) and time.monotonic() < until:
        total += addressed
    return total + addressed


def _stage(work: Callable[[], int], name: str) -> int | None:
    try:
        return work()
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("The stage of %s failed", name)
        return None
