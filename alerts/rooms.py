"""The clocks of the rooms above: what time itself does to their records, row by row.

    rooms.keep(Turn("orders", due, act))        in the room's `AppConfig.ready`

The schedule takes each room's turn every minute, and `manage.py watch` does where a turn stays away. A
row that cannot be done is logged, without a word of it, and keeps no other row waiting; but then the
turn leaves no sign of life, so that the silence is noticed (`/health/deep`).
"""

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import Error, InterfaceError, OperationalError, connection
from django.db.models import Model

from alerts import heartbeat
from casework.errors import Refused, WrongState

logger = logging.getLogger(__name__)
QUIET = timedelta(seconds=90)  # the schedule asks every 60 seconds: so long may a turn stay away
AGAIN = 60.0  # seconds after which the watch tries a turn again that leaves no sign of life
_kept: dict[str, "Turn"] = {}
_tried: dict[str, float] = {}


@dataclass(frozen=True)
class Turn:
    """One room's clock: which rows are due, and the act that is done to each, safe to do again."""

    name: str
    due: Callable[[], Iterable[Model]]
    act: Callable[[Any], object]


def keep(turn: Turn) -> None:
    """From now on this turn must be taken, and its silence is an alarm. Once is enough."""
    _kept[turn.name] = turn
    heartbeat.expect(turn.name)


def take(turn: Turn) -> int:
    """Do what is due in one room. How many rows were done; a database that is gone is the caller's."""
    done, failed = 0, 0
    for row in turn.due():
        try:
            turn.act(row)
        except (Refused, WrongState):
            continue  # the facts changed meanwhile, or another clock was quicker
        except Exception as error:
            _require_database(error)
            failed += 1
            row_of = {"room": turn.name, "row": str(row.pk)}
            logger.exception("A row of a room's clock failed", extra={"facts": row_of})
        else:
            done += 1
    if not failed:
        heartbeat.beat(turn.name)
    return done


def take_silent() -> None:
    """Take the turns that stayed away: the schedule, its broker or its worker is gone."""
    ages = heartbeat.ages()
    for name, turn in _kept.items():
        tried = _tried.get(name, -AGAIN)
        if ages.get(name, timedelta.max) <= QUIET or time.monotonic() - tried < AGAIN:
            continue
        _tried[name] = time.monotonic()
        try:
            take(turn)
        except Error:
            raise
        except Exception:
            logger.exception("The clock of a room failed", extra={"facts": {"room": name}})


def _require_database(error: Exception) -> None:
    """Raise the error where it means that the connection is gone, and no row can be done."""
    if isinstance(error, OperationalError | InterfaceError) and not connection.is_usable():
        raise error
