"""What this room gives to those it may not import: a ringer to the bell, a sentence to every page."""

from alerts import bell, queries, tasks
from casework import frame

STALE = 30  # seconds: a ring that was not answered by then has been made up for by the sweep


def ring(alert_id: str) -> None:
    """Tell a worker that this alert waits."""
    tasks.deliver.apply_async((alert_id,), expires=STALE)


bell.ringer(ring)
frame.say_alerts(queries.line)
