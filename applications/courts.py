"""Which court an application goes to: one that the force uses, for the subject's age."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from applications.models import Application, ClosedCourt, Court
from law import application as law
from law.findings import Finding


def courts_used_by(force_id: str | None, *, beside: UUID | None = None) -> QuerySet[Court]:
    """The courts at which a force lodges and lists, and one `beside` them that is named already."""
    closed = ClosedCourt.objects.filter(court=OuterRef("pk"), force=force_id)
    return Court.objects.filter(~Exists(closed) | Q(pk=beside))


def court_findings(application: Application, court: Court, *, applied_on: date) -> list[Finding]:
    """s14(1): is it the court for the subject's age at the application? Nobody can say without it."""
    subject = application.case.subject
    if subject is None or subject.born_on is None or subject.born_on > applied_on:
        return []
    return law.court_findings(
        born_on=subject.born_on, applied_on=applied_on, court=law.Court(court.kind)
    )
