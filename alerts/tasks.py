"""What the queue asks for. The promise does not hang on it: see `manage.py watch`."""

from celery import shared_task

from alerts import heartbeat, turn


@shared_task
def sweep() -> None:
    """Beat asks for this every few seconds."""
    turn.take(heartbeat.SWEEP)


@shared_task
def deliver(alert_id: str) -> None:
    """The doorbell: this alert, and whatever else waits, is sent now."""
    turn.attend()
