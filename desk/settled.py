"""Whether what an alert asks for has happened, by the facts of every room (see `alerts.settling`)."""

from collections.abc import Callable, Collection, Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from alerts import settling
from alerts.models import Alert
from applications.models import Application, Authority, Request, ThresholdDecision
from breaches.models import Breach
from casework.models import OVER, Case, Deadline
from documents.models import Document

A, C = Application.Status, Case.Status
Rows = Callable[[], QuerySet]  # type: ignore[type-arg]


def by_record(rows: Rows) -> settling.Finder:
    """Over are those whose thread names a record among these rows."""

    def find(alerts: Collection[Alert]) -> Iterable[UUID]:
        named = {alert.pk: settling.about(alert) for alert in alerts}
        over = set(rows().filter(pk__in=set(named.values())).values_list("pk", flat=True))
        return [pk for pk, record in named.items() if record in over]

    return find


def _reported() -> QuerySet[Breach]:
    return Breach.objects.filter(Q(acknowledged_at__isnull=False) | Q(decided_at__isnull=False))


def _decided_breaches() -> QuerySet[Breach]:
    return Breach.objects.filter(decided_at__isnull=False)


def _with_officer() -> QuerySet[Breach]:
    """Its officer has its clocks: they go back where that account is closed, or the case to it."""
    own = Deadline.objects.filter(
        case=OuterRef("case"), about_id=OuterRef("pk"), officer=OuterRef("officer"), done_at=None
    )
    answered = Q(Exists(own), officer__is_active=True)
    return Breach.objects.filter(Q(decided_at__isnull=False) | answered)


def _decided_requests() -> QuerySet[Request]:
    return Request.objects.exclude(status=Request.Status.RECEIVED)


def _joined_by_none() -> QuerySet[Request]:
    """Nothing of another case is to be read here: it was taken apart again, or the case is over."""
    return Request.objects.filter(Q(case__recorded_twice=None) | Q(case__status__in=OVER))


def _closed_no_more() -> QuerySet[Request]:
    return Request.objects.exclude(status=Request.Status.TWICE)


def _after_the_request() -> QuerySet[ThresholdDecision]:
    """Decisions that the case has left behind: there is nothing in them that is still to be read."""
    before = (C.REQUEST, C.DECLINED, C.DRAFTING)
    return ThresholdDecision.objects.exclude(case__status__in=before)


def _not_before_the_superintendent() -> QuerySet[Application]:
    return Application.objects.exclude(status=A.SUBMITTED)


def _followed() -> QuerySet[Authority]:
    """What was decided was acted on, or stands no more: lodged, sent again, voided."""
    given = Q(decision=Authority.Decision.GIVEN)
    stands = Q(application__status=A.AUTHORISED, voided_at=None)
    return Authority.objects.exclude(given & stands | ~given & Q(application__status=A.DRAFT))


def _not_a_draft() -> QuerySet[Authority]:
    return Authority.objects.exclude(application__status=A.DRAFT)


def _over() -> QuerySet[Case]:
    return Case.objects.filter(status__in=OVER)


def _made_since() -> QuerySet[Document]:
    """The same document was made after all, of this or a later text."""
    later = Document.objects.filter(
        case=OuterRef("case"),
        kind=OuterRef("kind"),
        about_id=OuterRef("about_id"),
        audience=OuterRef("audience"),
        status=Document.Status.MADE,
        asked_at__gt=OuterRef("asked_at"),
    )
    return Document.objects.filter(Exists(later))


OVER_WHERE: dict[str, Rows] = {
    "order_asked": _decided_requests,
    "request_joined": _joined_by_none,
    "closed_as_duplicate": _closed_no_more,
    "request_decided": _after_the_request,
    "authority_asked": _not_before_the_superintendent,
    "authority_decided": _followed,
    "authority_voided": _not_a_draft,
    "case_assigned": _over,
    "breach_reported": _reported,
    "breach_assigned": _decided_breaches,
    "breach_without_officer": _with_officer,
    "document_failed": _made_since,
}


def wire() -> None:
    """Answer for each of these news."""
    for news, rows in OVER_WHERE.items():
        settling.found_by(news, by_record(rows))
