"""How a document comes about: facts as they were asked for, words, pages, the search, the shelf.

No step holds a transaction. It is safe to run twice, late, or in two places at once: `actions.claim`
gives a document to one of them, and gives it again when that one is not heard of any more.
"""

import logging
from collections.abc import Iterable
from uuid import UUID

from casework import clock
from documents import actions, shelf
from documents.inspection import Unfit
from documents.layout import lay_out
from documents.models import Document
from documents.press import PRESS, Press, RenderRefused
from documents.scan import Leak, require_silent
from documents.snapshots import from_snapshot

logger = logging.getLogger(__name__)
AT_ONCE = 20  # in one sweep


def due() -> Iterable[UUID]:
    """Documents that wait and that nobody is making, oldest first."""
    waiting = Document.objects.filter(
        status=Document.Status.WAITING, due_at__lte=clock.database_now()
    )
    return waiting.order_by("due_at").values_list("pk", flat=True)[:AT_ONCE]


def make(pk: UUID, *, press: Press = PRESS) -> None:
    """Make one document, if it waits for it. Whatever happens is written on it."""
    document = actions.claim(pk)
    if document is None:
        return
    if document.attempts > actions.MOST_ATTEMPTS:
        actions.fail(document, "The worker stopped each time that it was made")
        return
    try:
        _make(document, press)
    except Leak as leak:
        actions.stop(document, str(leak))
    except (RenderRefused, Unfit) as no:
        actions.fail(document, f"{no}. Nothing was kept.")
    except Exception as error:  # whatever it was, the next attempt may not meet it
        # its name alone: the message may hold what the document says
        logger.warning("Document %s was not made: %s", pk, type(error).__name__)
        actions.try_again(document, f"It was not made at the last attempt ({type(error).__name__})")


def _make(document: Document, press: Press) -> None:
    data = from_snapshot(document.snapshot)
    html = lay_out(data)
    rendered = press.render(html)
    require_silent(data, document.case, html, rendered.pdf)
    actions.keep(document, rendered, shelf.put(rendered.pdf), html=html)
