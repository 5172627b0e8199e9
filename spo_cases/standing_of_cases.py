"""Where cases stand, and who has to move them, by what their records say: all of them in one statement.

`casework.standing` answers the same of one case by its rooms' finders; a test holds the two together.
"""

from django.db.models import Case as Choice
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value, When

from accounts.roles import GRANTS, Permission, Role
from applications.models import Application, Hearing, Request
from casework.models import OVER, Case, Deadline
from orders.models import Order, Variation

S, A, R = Case.Status, Application.Status, Request.Status
WORKING = [role for role in Role if Permission.DRAFT_APPLICATION in GRANTS[role]]


def _has(rows: QuerySet[Application] | QuerySet[Request] | QuerySet[Order]) -> Exists:
    return Exists(rows.filter(case=OuterRef("pk")))


def with_standing(cases: QuerySet[Case]) -> QuerySet[Case]:
    """The cases, each with `stands`: the foremost of what their records say."""
    applications, requests = Application.objects.all(), Request.objects.all()
    declined = (R.DECLINED, R.CONFIRMED)
    under_way = (A.DRAFT, A.SUBMITTED, A.AUTHORISED)
    live = _has(Order.objects.filter(ended_at=None))
    granted = _has(applications.filter(status=A.GRANTED, orders=None))
    open_request = _has(requests.exclude(status__in=(*declined, R.TWICE))) & ~_has(applications)
    return cases.annotate(
        stands=Choice(
            When(live | granted, then=Value(S.ORDER)),
            When(_has(applications.filter(status=A.LODGED)), then=Value(S.COURT)),
            When(_has(applications.filter(status__in=under_way)), then=Value(S.DRAFTING)),
            When(
                _has(requests.filter(status=R.RECEIVED)) | open_request,
                then=Value(S.REQUEST),
            ),
            When(_has(requests.filter(status__in=declined)), then=Value(S.DECLINED)),
            default=Value(S.ENDED),
        )
    )


def elsewhere() -> QuerySet[Case]:
    """Cases whose status is another than their records say."""
    return with_standing(Case.objects.all()).exclude(status=F("stands"))


def misassigned() -> QuerySet[Case]:
    """Cases that nobody has and nobody is asked to assign; or that are asked for and have somebody.

    Whoever has a closed account, or a role that works on no cases, has none.
    """
    asked = Exists(_open("assign_case").filter(about_id=OuterRef("pk")))
    works = Q(officer__is_active=True, officer__role__in=WORKING)
    nobody = (Q(officer=None) | ~works) & ~Q(status__in=OVER)
    return Case.objects.filter((nobody & ~asked) | (~nobody & asked))


def mislisted() -> QuerySet[Case]:
    """Cases that wait for a hearing and ask for no day; or that ask for one and have it, or need none."""
    listed = Exists(
        Hearing.objects.filter(application=OuterRef("pk"), status=Hearing.Status.LISTED)
    )
    asked = Exists(_open("list_hearing").filter(about_id=OuterRef("pk")))
    needs = Q(status=A.LODGED) & ~listed
    applications = Application.objects.filter((needs & ~asked) | (~needs & asked))
    waiting = Variation.objects.filter(case=OuterRef("pk"), status=Variation.Status.APPLIED)
    for_nothing = Exists(_open("list_hearing").filter(about_id=OuterRef("pk"))) & ~Exists(waiting)
    return Case.objects.filter(Q(pk__in=applications.values("case_id")) | for_nothing)


def unwatched() -> QuerySet[Variation]:
    """Applications to vary, renew or discharge that wait, and of which no clock asks anything."""
    deciding = Exists(_open("decide_variation").filter(about_id=OuterRef("pk")))
    listing = Exists(_open("list_hearing").filter(about_id=OuterRef("case_id")))
    hearings = Hearing.objects.filter(case=OuterRef("case_id"), application=None)
    listed = Exists(hearings.filter(status=Hearing.Status.LISTED))
    waiting = Variation.objects.filter(status=Variation.Status.APPLIED)
    return waiting.filter(~deciding, ~listing, ~listed)


def _open(kind: str) -> QuerySet[Deadline]:
    return Deadline.objects.filter(kind=kind, done_at=None)
