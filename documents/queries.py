"""Which documents there are of a case, and which there could be."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Q, QuerySet

from accounts import policy
from accounts.models import Actor
from accounts.roles import Permission
from casework.models import Case
from documents.audiences import PAPERS, Paper
from documents.models import Document


@dataclass(frozen=True)
class Possible:
    """A document that could be made now: its kind, and the record that it would be of."""

    paper: type[Paper]
    record: Any

    @property
    def key(self) -> str:
        """As a form names it: court/application:<id>."""
        return f"{self.paper.type_name()}:{self.record.pk}"

    @property
    def label(self) -> str:
        audience = Document.Audience(self.paper.audience).label
        return f"{self.paper.called(self.record)}: for {audience[0].lower()}{audience[1:]}"


def readable(user: Actor) -> QuerySet[Document]:
    """Every document that this reader may open: the one rule of pages, copies and interface.

    One that may say where a protected person is needs leave to read that, on its own case.
    """
    told = policy.visible(user, Case.objects.all(), Permission.VIEW_CONFIDENTIAL)
    silent = ~Q(audience__in=confidential_audiences())
    rows = policy.visible(user, Document.objects.select_related("case"))
    return rows.filter(silent | Q(case__in=told.values("pk")))


def readable_of(user: Actor, case: Case) -> QuerySet[Document]:
    """The case's documents that this reader may open, newest first."""
    return readable(user).filter(case=case).order_by("-asked_at", "pk")


def standing_about(record: Any) -> QuerySet[Document]:
    """What was asked for of this record and nothing newer replaced, made or not."""
    return Document.objects.filter(about_id=record.pk, superseded_at=None)


def papers_of(records: Iterable[Any]) -> dict[UUID, Document]:
    """The newest paper of each of these records that has one. One query."""
    keys = [record.pk for record in records]
    return {
        paper.about_id: paper
        for paper in Document.objects.filter(about_id__in=keys, superseded_at=None)
    }


def confidential_audiences() -> tuple[str, ...]:
    """Audiences whose documents may say where a protected person is."""
    return (Document.Audience.POLICE, Document.Audience.COURT_CONFIDENTIAL)


def possible(case: Case) -> Iterator[Possible]:
    """Every document that can be made of the records that the case has."""
    for _, paper in sorted(PAPERS.items()):
        if not paper.about:
            continue
        records = apps.get_model(paper.about)._default_manager.filter(case=case)
        for record in records.order_by("pk"):
            if paper.exists_for(record):
                yield Possible(paper, record)


def find_possible(case: Case, key: str) -> Possible | None:
    """The one that a form named, if it is one of them."""
    return next((one for one in possible(case) if one.key == key), None)
