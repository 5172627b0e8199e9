"""What the queues ask for: "documents" prints, "searches" searches, each with a role of its own.

A ring that nobody hears is made up for by the sweep.
"""

from uuid import UUID

from celery import shared_task

from alerts import bell, heartbeat
from documents import making

PRINTING, SEARCHING = "documents", "searches"


@shared_task
def render(document_id: str) -> None:
    """The doorbell: this document was asked for."""
    _lay(UUID(document_id))
    heartbeat.beat(PRINTING)


@shared_task
def render_waiting() -> None:
    """Beat asks for this every few seconds."""
    for pk in making.due():
        _lay(pk)
        heartbeat.beat(PRINTING)
    heartbeat.beat(PRINTING)


def _lay(pk: UUID) -> None:
    if making.lay(pk):
        bell.ring_on_commit(search.delay, str(pk))


@shared_task
def search(document_id: str) -> None:
    """The doorbell: this document was printed."""
    making.search(UUID(document_id))
    heartbeat.beat(SEARCHING)


@shared_task
def search_waiting() -> None:
    """Beat asks for this every few seconds."""
    for pk in making.due(*making.SEARCHED):
        making.search(pk)
        heartbeat.beat(SEARCHING)
    heartbeat.beat(SEARCHING)
