"""What the queue asks for. A ring that nobody hears is made up for by the sweep."""

from uuid import UUID

from celery import shared_task

from alerts import heartbeat
from documents import making

LOOP = "documents"


@shared_task
def render(document_id: str) -> None:
    """The doorbell: this document was asked for."""
    making.make(UUID(document_id))


@shared_task
def render_waiting() -> None:
    """Beat asks for this every few seconds."""
    for pk in making.due():
        making.make(pk)
        heartbeat.beat(LOOP)
    heartbeat.beat(LOOP)
