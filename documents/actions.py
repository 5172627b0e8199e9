"""Writes to documents: asked for, made, stopped, failed. What was made is evidence and never changes."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.urls import reverse

from accounts.models import CLOCK, Actor
from alerts.actions import raise_alert
from audit import events
from audit.actor import acting_as
from casework import clock
from casework.announce import announce
from casework.models import Case
from documents.audiences import Paper
from documents.layout import template_version
from documents.models import Document
from documents.press import Rendered
from documents.shelf import Kept
from documents.snapshots import to_snapshot

S, Stage = Document.Status, Document.Stage
NOTHING: dict[str, Any] = {"html": "", "pages": None}  # is kept of what was stopped
LEASE = timedelta(seconds=90)  # longer than a rendering may take
MOST_ATTEMPTS = 5
PROBLEM_LENGTH = 300


def request(case: Case, data: Paper, *, about_id: UUID, by: Actor) -> Document:
    """Ask for a document of a record as its facts are now; the worker makes it after the commit.

    It supersedes the earlier one of its kind and audience about the same record. The same facts
    asked for twice are one document. Acts call it inside their own transaction.
    """
    snapshot, version = to_snapshot(data), template_version(data.template())
    with transaction.atomic(), acting_as(by.username):
        earlier = _living(about_id, data)
        same = earlier.filter(
            snapshot=snapshot, template_version=version, status__in=(S.WAITING, S.MADE)
        )
        if found := same.first():
            return found
        earlier.update(superseded_at=clock.now())
        document = Document.objects.create(
            case=case,
            force_id=case.force_id,
            about_id=about_id,
            kind=data.kind,
            audience=data.audience,
            title=data.title,
            snapshot=snapshot,
            template_version=version,
            asked_by=by.username,
        )
        _record("request_document", document, by=by)
        announce("documents.request", document, by=by)
    return document


def supersede(about_id: UUID, *, by: Actor) -> None:
    """What was made of this record stands no more: the record was taken back. Called inside its act."""
    with transaction.atomic(), acting_as(by.username):
        standing = Document.objects.select_for_update(no_key=True, of=("self",))
        for document in standing.filter(about_id=about_id, superseded_at=None):
            document.superseded_at = clock.now()
            document.save(update_fields=["superseded_at"])
            _record("supersede_document", document, by=by)


def _living(about_id: UUID, data: Paper) -> QuerySet[Document]:
    """The document of this kind and audience about this record that nothing superseded, locked."""
    return Document.objects.select_for_update(no_key=True).filter(
        about_id=about_id, kind=data.kind, audience=data.audience, superseded_at=None
    )


def claim(pk: UUID, *stages: str) -> Document | None:
    """Take a waiting document for a while: if we die, it falls due again. None: not ours to take."""
    now = clock.database_now()
    with transaction.atomic(), acting_as(CLOCK.username):
        mine = Document.objects.filter(
            pk=pk, status=S.WAITING, stage__in=stages or (Stage.ASKED,), due_at__lte=now
        )
        if not mine.update(due_at=now + LEASE, attempts=F("attempts") + 1):
            return None
        return Document.objects.get(pk=pk)


def lay_by(document: Document, rendered: Rendered, *, html: str) -> None:
    """It is printed: the proof waits for whoever may search it. Nobody can open it until then."""
    _move_on(document, Stage.PRINTED, html=html, proof=rendered.pdf, pages=rendered.pages)


def spoil(document: Document, problem: str) -> None:
    """It cannot be printed, and trying again does not help: whoever searches tells people."""
    _move_on(document, Stage.SPOILT, problem=problem[:PROBLEM_LENGTH])


def _move_on(document: Document, stage: str, **values: Any) -> None:
    """To the other worker, at once, with all its attempts. It is the same document to people."""
    with transaction.atomic(), acting_as(CLOCK.username):
        Document.objects.filter(pk=document.pk, status=S.WAITING, stage=Stage.ASKED).update(
            stage=stage, due_at=clock.database_now(), attempts=0, **values
        )


def take_again(document: Document, data: Paper) -> None:
    """An older version wrote its facts down: they are read again, as they are now, and it is noted."""
    with transaction.atomic(), acting_as(CLOCK.username):
        taken = Document.objects.filter(pk=document.pk, status=S.WAITING).update(
            snapshot=to_snapshot(data),
            title=data.title,
            template_version=template_version(data.template()),
            stage=Stage.ASKED,
            due_at=clock.database_now(),
            attempts=0,
            problem="",
            html="",
            proof=None,
        )
        if taken:
            _record("take_document_again", document, by=CLOCK)


def keep(document: Document, kept: Kept) -> None:
    """It is made: the file is stored, and the row says which bytes they were."""
    _settle(
        document,
        "make_document",
        status=S.MADE,
        file=kept.key,
        sha256=kept.sha256,
        made_at=clock.now(),
        problem="",
    )


def stop(document: Document, problem: str) -> None:
    """It would tell where a protected person is, so there is no file; a lead must look at it."""
    with transaction.atomic():
        if _settle(document, "stop_document", status=S.BLOCKED, problem=problem, **NOTHING):
            _alert(document, "document_blocked", "Look at a document that was stopped")


def fail(document: Document, problem: str) -> None:
    """It cannot be made, and trying again does not help."""
    with transaction.atomic():
        if _settle(document, "fail_document", status=S.FAILED, problem=problem, **NOTHING):
            _alert(document, "document_failed", "Look at a document that could not be made")


def try_again(document: Document, problem: str) -> None:
    """Something went wrong that may go right: later, and later each time; then it is given up."""
    if document.attempts >= MOST_ATTEMPTS:
        give_up(document, problem)
        return
    wait = timedelta(seconds=min(5 * 4**document.attempts, 300))
    with transaction.atomic(), acting_as(CLOCK.username):
        Document.objects.filter(pk=document.pk, status=S.WAITING).update(
            due_at=clock.database_now() + wait, problem=problem[:PROBLEM_LENGTH]
        )


def give_up(document: Document, problem: str) -> None:
    """No attempt is left. Only whoever searches may end a document; the printer leaves it to him."""
    if document.stage == Stage.ASKED:
        spoil(document, problem)
    else:
        fail(document, problem)


def _settle(document: Document, verb: str, **values: Any) -> int:
    """The one end of a waiting document. Nothing happens where it has one already."""
    values["problem"] = values["problem"][:PROBLEM_LENGTH]
    with transaction.atomic(), acting_as(CLOCK.username):
        settled = Document.objects.filter(pk=document.pk, status=S.WAITING).update(
            proof=None, **values
        )
        if settled:
            _record(verb, document, by=CLOCK)
            document.refresh_from_db()
    return settled


def _alert(document: Document, kind: str, text: str) -> None:
    raise_alert(
        kind,
        case=document.case,
        key=f"{kind}:{document.pk}",
        path=reverse("documents:detail", kwargs={"pk": document.pk}),
        text=f"{text}: {document.title}"[:120],
        by=CLOCK,
        recipients=("officer", "line_manager", "role:stalking_lead"),
        needs_acknowledgement=kind == "document_blocked",
    )


def _record(verb: str, document: Document, *, by: Actor) -> None:
    events.record(
        verb,
        document,
        by=by.username,
        case_id=document.case_id,
        kind=document.kind,
        audience=document.audience,
    )
