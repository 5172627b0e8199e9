"""How a document comes about: facts as they were asked for, words, pages, the search, the shelf.

Two workers make it. One prints: it knows the snapshot, and its role in the database cannot read the
vault. The other searches the print against the vault, keeps or stops it, and tells people; it prints
nothing. No step holds a transaction. Each is safe to run twice, late, or in two places at once:
`actions.claim` gives a document to one of them, and again when that one is not heard of any more.
"""

import logging
from collections.abc import Iterable
from uuid import UUID

from django.apps import apps

from casework import clock
from documents import actions, shelf
from documents.audiences import PAPERS
from documents.inspection import Unfit
from documents.layout import lay_out
from documents.models import Document
from documents.press import PRESS, Press, RenderRefused
from documents.scan import Leak, require_silent
from documents.snapshots import from_snapshot, is_readable

Stage = Document.Stage
SEARCHED = (Stage.PRINTED, Stage.SPOILT)
TOO_OLD = (
    "It was asked for before the service was brought up to date, and what it was to say cannot be read "
    "any more. Nothing was kept. Make it again from what the case says now"
)
logger = logging.getLogger(__name__)
AT_ONCE = 20  # in one sweep


def due(*stages: str) -> Iterable[UUID]:
    """Documents that wait at this stage (else to be printed) and that nobody holds, oldest first."""
    waiting = Document.objects.filter(
        status=Document.Status.WAITING,
        stage__in=stages or (Stage.ASKED,),
        due_at__lte=clock.database_now(),
    )
    return waiting.order_by("due_at").values_list("pk", flat=True)[:AT_ONCE]


def make(pk: UUID, *, press: Press = PRESS) -> None:
    """Both steps in turn, by whoever may do both; once more where its facts were read again."""
    lay(pk, press=press)
    if search(pk):
        lay(pk, press=press)
        search(pk)


def lay(pk: UUID, *, press: Press = PRESS) -> bool:
    """Print one document, if it waits for it; whether it is to be searched now."""
    document = actions.claim(pk)
    if document is None:
        return False
    if document.attempts > actions.MOST_ATTEMPTS:
        actions.spoil(document, "The worker stopped each time that it was made")
        return True
    if not is_readable(document.snapshot):
        actions.spoil(document, TOO_OLD)
        return True
    try:
        html = lay_out(from_snapshot(document.snapshot))
        actions.lay_by(document, press.render(html), html=html)
    except RenderRefused as no:
        actions.spoil(document, f"{no}. Nothing was kept.")
    except Exception as error:  # whatever it was, the next attempt may not meet it
        _try_again(document, error)
        return document.attempts >= actions.MOST_ATTEMPTS
    return True


def search(pk: UUID) -> bool:
    """Search one print and keep it, or stop it; whether it is to be printed again.

    Whatever happens is written on the document.
    """
    document = actions.claim(pk, *SEARCHED)
    if document is None:
        return False
    if not is_readable(document.snapshot):
        return _ask_again(document)
    if document.stage == Stage.SPOILT:
        actions.fail(document, document.problem)
        return False
    if document.attempts > actions.MOST_ATTEMPTS:
        actions.fail(document, "The worker stopped each time that it was searched")
        return False
    try:
        pdf = bytes(document.proof or b"")
        require_silent(from_snapshot(document.snapshot), document.case, document.html, pdf)
        actions.keep(document, shelf.put(pdf))
    except Leak as leak:
        actions.stop(document, str(leak))
    except Unfit as no:
        actions.fail(document, f"{no}. Nothing was kept.")
    except Exception as error:
        _try_again(document, error)
    return False


def _try_again(document: Document, error: Exception) -> None:
    # its name alone: the message may hold what the document says
    name = type(error).__name__
    logger.warning("Document %s was not made: %s", document.pk, name)
    actions.try_again(document, f"It was not made at the last attempt ({name})")


def _ask_again(document: Document) -> bool:
    """What an older version wrote down cannot be read: its facts are read from the records, as they are
    now. People are told where that cannot be: its kind or its record is no more, or a newer document
    has taken its place."""
    paper = PAPERS.get(document.snapshot["type"])
    record = None
    if paper is not None and paper.about and not document.superseded_at:
        record = apps.get_model(paper.about)._default_manager.filter(pk=document.about_id).first()
    if paper is None or record is None or not paper.exists_for(record):
        actions.fail(document, TOO_OLD)
        return False
    actions.take_again(document, paper.of(record))
    return True
