"""Writes to documents: asked for, made, blocked, failed, superseded. A made one never changes."""

from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import Actor
from audit import events
from audit.actor import acting_as
from casework import clock
from casework.announce import announce
from casework.models import Case
from documents.audiences import Paper
from documents.layout import template_version
from documents.models import Document
from documents.snapshots import to_snapshot

LIVING = (Document.Status.WAITING, Document.Status.MADE)


def request(case: Case, data: Paper, *, about_id: UUID, by: Actor) -> Document:
    """Ask for a document of a record as its facts are now; the worker makes it after the commit.

    It supersedes every earlier one of its kind and audience about the same record. The same facts
    asked for twice are one document.
    """
    snapshot, version = to_snapshot(data), template_version(data.template())
    with transaction.atomic(), acting_as(by.username):
        earlier = _living(about_id, data)
        same = earlier.filter(snapshot=snapshot, template_version=version, status__in=LIVING)
        if found := same.first():
            return found
        now = clock.now()
        earlier.update(superseded_at=now)
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
        _record("request_document", document, by=by.username)
        announce("documents.request", document, by=by)
    return document


def _living(about_id: UUID, data: Paper) -> Any:
    """Documents of this kind and audience about this record that nothing has superseded, locked."""
    return Document.objects.select_for_update(no_key=True).filter(
        about_id=about_id, kind=data.kind, audience=data.audience, superseded_at=None
    )


def _record(verb: str, document: Document, *, by: str, **details: Any) -> None:
    events.record(
        verb,
        document,
        by=by,
        case_id=document.case_id,
        kind=document.kind,
        audience=document.audience,
        **details,
    )
