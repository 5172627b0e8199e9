"""What time takes away from the cases' own tables."""

from celery import shared_task

from casework import once


@shared_task
def forget_submissions() -> int:
    """One-time tokens and Idempotency-Keys are kept for a day. Safe at any time."""
    return once.purge()
