"""What this room connects once the models are there: a request rings the worker."""

from typing import Any

from alerts import bell, heartbeat
from casework.announce import subscribe
from documents import standing_in, tasks
from documents.models import Document


def ring(document: Document, *, by: Any) -> None:
    """Tell a worker, after the commit, that a document waits."""
    bell.ring_on_commit(tasks.render.delay, str(document.pk))


subscribe("documents.request", ring)
for one in standing_in.EVERYBODY:
    heartbeat.expect(one.worker, heartbeat.SILENT)
    heartbeat.expect(one.name, heartbeat.SILENT)
