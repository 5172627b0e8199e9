"""How a case stands before there is an order, and who may be named in one."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts import policy
from accounts.models import Actor, Force, User
from applications.models import Application, Authority, Hearing, Request
from casework.frame import Mark
from casework.models import Case, Deadline, Party
from documents.models import Document
from documents.queries import standing_about
from people.models import Person

S = Application.Status
MOST = 200


def asked_by(user: User) -> QuerySet[Request]:
    """What this user asked for, in every force, newest first: the answer reaches the one who asked."""
    rows = Request.objects.filter(asked_by=user).select_related("case__force")
    rows = rows.prefetch_related("decisions", "same_as__request__decisions")
    return rows.order_by("-asked_at")


MARKS = {
    S.DRAFT: Mark("Drafting"),
    S.SUBMITTED: Mark("Waits for authority", "yellow"),
    S.AUTHORISED: Mark("Authorised, to lodge", "yellow"),
    S.LODGED: Mark("Before the court"),
}
UNDECIDED = {
    Request.Status.RECEIVED: Mark("Waits for a decision", "yellow"),
    Request.Status.DECLINED: Mark("Declined, to look at again", "yellow"),
    Request.Status.CONFIRMED: Mark("Declined", "grey"),
    Request.Status.ACCEPTED: Mark("Taken forward"),
    Request.Status.TWICE: Mark("Recorded twice", "grey"),
}


def marks_of(case: Case) -> list[Mark]:
    """The application under way; before there is one, the request. Nothing once it is decided."""
    statuses = set(case.applications.values_list("status", flat=True))
    if under_way := [mark for status, mark in MARKS.items() if status in statuses]:
        return under_way
    request = None if statuses else Request.objects.filter(case=case).first()
    return [UNDECIDED[Request.Status(request.status)]] if request else []


UNDER_WAY = {
    S.DRAFT: Case.Status.DRAFTING,
    S.SUBMITTED: Case.Status.DRAFTING,
    S.AUTHORISED: Case.Status.DRAFTING,
    S.LODGED: Case.Status.COURT,
}


def stands(case: Case) -> Iterator[str]:
    """What request and applications say of where their case stands."""
    statuses = set(Application.objects.filter(case=case).values_list("status", flat=True))
    yield from (where for status, where in UNDER_WAY.items() if status in statuses)
    for status in Request.objects.filter(case=case).values_list("status", flat=True):
        if status in (Request.Status.DECLINED, Request.Status.CONFIRMED):
            yield Case.Status.DECLINED
        elif status == Request.Status.TWICE:
            continue  # it goes on in another case
        elif status == Request.Status.RECEIVED or not statuses:
            yield Case.Status.REQUEST


def living_authority(application: Application) -> Authority | None:
    """The authority that stands now, if any: given, and voided by no later change."""
    given = application.authorities.filter(decision=Authority.Decision.GIVEN, voided_at=None)
    return given.first()


def has_order(case: Case) -> bool:
    """Whether a court has made an order in this case, also one that is not recorded yet."""
    made = (Hearing.Outcome.INTERIM_ORDER, Hearing.Outcome.FULL_ORDER)
    return Hearing.objects.filter(case=case, outcome__in=made).exists()


def papers(application: Application) -> QuerySet[Document]:
    """What was made of the application as it stands, superseded copies left out."""
    return standing_about(application)


def stopped_papers(application: Application) -> QuerySet[Document]:
    """Those that may say where a protected person is, and were not kept."""
    return papers(application).filter(status=Document.Status.BLOCKED)


def begun(now: datetime) -> QuerySet[Hearing]:
    """Hearings whose moment has come while their clock runs as if it had not."""
    late = Deadline.objects.filter(kind="hearing", done_at=None, due_at__lte=now)
    return Hearing.objects.filter(pk__in=late.values("about_id")).select_related("case")


def people_open_to(user: Actor, force: Force) -> QuerySet[Person]:
    """Whom this user may find again: people of the user's own open cases, or of no case at all.

    Somebody who is only in a case that is closed to the user does not exist here, nor do her details.
    """
    people, cases = Person.objects.filter(force=force), Case.objects.filter(force=force)
    return policy.known_to(user, people, cases, _in)


def _in(cases: QuerySet[Case]) -> Q:
    as_party = Party.objects.filter(person=OuterRef("pk"), case__in=cases)
    return Q(Exists(as_party)) | Q(Exists(cases.filter(subject=OuterRef("pk"))))
