"""Consent: the client's, dated, and ended by one word from her. It is all that lets an advocate in."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Max, QuerySet

from accounts.models import CLOCK, Actor, Grant, User
from accounts.roles import Permission
from advocates.models import Consent
from applications.models import Application
from breaches import lifecycle as breaches
from breaches.models import Breach
from casework import actions, clock
from casework.errors import Refused
from casework.lifecycle import Opening, Step
from casework.models import PROTECTED_ROLES, Case, Party
from law.periods import end_instant
from orders.queries import current_order
from people.models import Person

S = Consent.Status
RECORD_CONSENT = Opening("record_consent", S.GIVEN, Permission.RECORD_CONSENT, "record a consent")
WITHDRAW_CONSENT = Step(
    "withdraw_consent",
    frozenset({S.GIVEN}),
    S.WITHDRAWN,
    Permission.RECORD_CONSENT,
    "record that consent is withdrawn",
)
END_CONSENT = Step(
    "end_consent",
    frozenset({S.GIVEN}),
    S.WITHDRAWN,
    Permission.DRAFT_APPLICATION,
    "end the consent of somebody who is protected no more",
)
RUN_OUT_CONSENT = Step(
    "run_out_consent",
    frozenset({S.GIVEN}),
    S.RUN_OUT,
    Permission.RUN_CLOCK,
    "end a consent run out",
)
STEPS = (RECORD_CONSENT, WITHDRAW_CONSENT, END_CONSENT, RUN_OUT_CONSENT)


def record_consent(
    case: Case,
    *,
    by: User,
    person: Person,
    advocate: User,
    given_on: date,
    valid_until: date,
    how: str,
) -> Consent:
    """A protected person agrees that one advocate sees this case's status, to the end of a day.

    Raises Refused where she is not protected in this case, the days do not fit, or the account is no
    advocate's. The advocate is let in by a grant that ends with the consent.
    """
    if not advocate.is_advocate or not advocate.is_active:
        raise Refused("advocate", "Select an advocate with an open account")
    if given_on > clock.today():
        raise Refused("given_on", "The day of the consent must be today or in the past")
    if valid_until < clock.today() or valid_until < given_on:
        raise Refused("valid_until", "The last day of the consent must be today or in the future")
    with RECORD_CONSENT.of(case, by=by) as opened:
        if not _protected_in(case.pk).filter(person=person).exists():
            raise Refused("person", "Select a protected person of this case")
        earlier = _given(case.pk, advocate).filter(person=person)
        for old in earlier.filter(valid_until__lt=clock.today()):
            with RUN_OUT_CONSENT.on(old, by=CLOCK):
                pass
        if earlier.exists():
            raise Refused(
                "advocate", "This person has agreed to this already. Withdraw that consent first"
            )
        consent = opened.save(
            Consent(
                case=case,
                person=person,
                advocate=advocate,
                given_on=given_on,
                valid_until=valid_until,
                how=how,
                recorded_by=by,
            )
        )
        _open_door(case.pk, advocate, by=by)
    return consent


def withdraw_consent(consent: Consent, *, by: Actor) -> Consent:
    """She no longer agrees: from the next request on the advocate sees nothing of the case."""
    with WITHDRAW_CONSENT.on(consent, by=by) as held:
        held.withdrawn_at, held.withdrawn_by_id = clock.now(), by.pk
        _open_door(held.case_id, held.advocate, by=by, ended=held)
    return consent


def end_consents_of_others(application: Application, *, by: Actor) -> None:
    """Who is protected in the case no more takes every consent along, whoever removed or changed her.

    Called after each change of an application, in its transaction.
    """
    protected = _protected_in(application.case_id).values("person")
    living = Consent.objects.filter(
        case_id=application.case_id, status=S.GIVEN, valid_until__gte=clock.today()
    )
    for consent in living.exclude(person__in=protected).select_related("advocate"):
        with END_CONSENT.on(consent, by=by, reason="Protected in the case no more") as held:
            held.withdrawn_at, held.withdrawn_by_id = clock.now(), by.pk
            _open_door(held.case_id, held.advocate, by=by, ended=held)


def _protected_in(case_id: UUID) -> QuerySet[Party]:
    return Party.objects.filter(case_id=case_id, role__in=PROTECTED_ROLES)


def _given(case_id: UUID, advocate: User) -> QuerySet[Consent]:
    return Consent.objects.filter(case_id=case_id, advocate=advocate, status=S.GIVEN)


def _open_door(case_id: UUID, advocate: User, *, by: Actor, ended: Consent | None = None) -> None:
    """Let the advocate in as long as any consent of this case lasts, and not a moment longer."""
    given = _given(case_id, advocate)
    if ended is not None:
        given = given.exclude(pk=ended.pk)
    last = given.aggregate(last=Max("valid_until"))["last"]
    actions.put_out(case_id, advocate, basis=Grant.Basis.CONSENT, by=by)
    if last is not None and last >= clock.today():
        actions.let_in(
            case_id,
            advocate,
            basis=Grant.Basis.CONSENT,
            by=by,
            valid_until=end_instant(last),
        )


def report_incident(
    case: Case, *, by: User, happened_at: datetime, what_happened: str, place: str = ""
) -> Breach:
    """An advocate tells of something that may break the order in force, or the last one there was.

    Raises Refused where the case has no order: then 999, or the officer, is the way.
    """
    order = current_order(case, happened_at) or case.orders.order_by("-made_at").first()
    if order is None:
        raise Refused(None, "There is no order yet. In danger, ring 999; else ring the officer")
    told = breaches.Report(happened_at=happened_at, what_happened=what_happened, place=place)
    return breaches.report(order, by=by, told=told)
