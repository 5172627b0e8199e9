"""What this room gives to those it may not import: a ringer to the bell, a sentence to every page, and its
own answer to whether an alarm is over."""

from alerts import addressing, bell, ladders, queries, settling, tasks
from casework import frame

STALE = 30  # seconds: a ring that was not answered by then has been made up for by the sweep


def ring(alert_id: str) -> None:
    """Tell a worker that this alert waits."""
    tasks.deliver.apply_async((alert_id,), expires=STALE)


bell.ringer(ring)
frame.say_alerts(queries.line)
settling.found_by(ladders.EMPTY, addressing.filled)
