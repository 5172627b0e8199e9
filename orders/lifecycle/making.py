"""A court made an order: it is recorded as made, whatever the law thinks of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange as Range
from django.db.models import Q

from accounts.models import User
from accounts.roles import Permission
from applications.courts import court_findings
from applications.lifecycle import result_hearing
from applications.models import Court, Hearing, ProposedCondition
from casework import clock
from casework.errors import Refused, WrongState
from casework.lifecycle import Opening, validate
from casework.models import Case
from documents import actions as documents
from law import conditions, made_order
from law.findings import PRACTICE, Finding, warn
from law.interim import replaced_by_full
from law.periods import end_instant, local_date, written
from orders.documents import OrderForSubject
from orders.lifecycle import clocks, ending, given_away
from orders.models import Condition, Order
from orders.queries import live_interims
from orders.terms import Term, blocked, content_of, label, stored
from people.models import Person

S = Order.Status
MAKE_ORDER = Opening("make_order", S.MADE, Permission.MAKE_ORDER, "record an order")
STEPS = (MAKE_ORDER,)
OUTCOMES = {
    Order.Kind.INTERIM: Hearing.Outcome.INTERIM_ORDER,
    Order.Kind.FULL: Hearing.Outcome.FULL_ORDER,
}


def make_order(
    hearing: Hearing,
    *,
    by: User,
    kind: str,
    made_at: datetime,
    court: Court,
    last_day: date | None,
    terms: Sequence[Term],
    court_reference: str = "",
    subject_present: bool | None = None,
    note: str = "",
) -> Order:
    """Record the order that the court made at this hearing, with its conditions as made.

    last_day  of the fixed period, inclusive; None is "until a further order"

    What the court did is a fact: what the law says against it is kept as findings and goes to
    force legal. Only what cannot have happened is refused.
    """
    with MAKE_ORDER.of(hearing.case, by=by, kind=kind) as opened:
        case = Case.objects.get(pk=hearing.case_id)
        refuse_impossible(hearing, made_at=made_at, last_day=last_day, terms=terms)
        _result(hearing, by=by, outcome=OUTCOMES[Order.Kind(kind)], note=note)
        interim = replaced(case, kind, made_at)
        order = opened.save(
            Order(
                case=case,
                force_id=case.force_id,
                subject=_subject(case),
                application=hearing.application,
                hearing=hearing,
                kind=kind,
                court=court,
                court_reference=court_reference,
                made_at=made_at,
                last_day=last_day,
                replaces_interim=interim,
                subject_present=subject_present,
                findings=stored(
                    findings(
                        case,
                        hearing,
                        kind=kind,
                        court=court,
                        made_at=made_at,
                        last_day=last_day,
                        terms=terms,
                    )
                ),
                recorded_by_id=by.pk,
            )
        )
        for number, term in enumerate(terms, start=1):
            write_condition(order, number=number, term=term, since=made_at)
        _follow(order, interim, by=by)
    return order


def write_condition(
    order: Order, *, number: int, term: Term, since: datetime, wording: int = 1
) -> Condition:
    """Write one wording of one condition, in force from a moment until its own end, if it has one."""
    until = end_instant(term.own_last_day) if term.own_last_day else None
    condition = Condition(
        order=order,
        case_id=order.case_id,
        number=number,
        wording=wording,
        kind=term.kind,
        text=term.text,
        short=term.short or _asked_as(term) or label(term.text),
        locality=term.locality,
        own_last_day=term.own_last_day,
        necessity=term.necessity,
        in_force=Range(since, until, "[)"),
        proposed_id=term.proposed_id,
    )
    validate(condition)
    condition.save(force_insert=True)
    return condition


def _asked_as(term: Term) -> str:
    """The name for lists that it had in the application."""
    if term.proposed_id is None:
        return ""
    asked = ProposedCondition.objects.filter(pk=term.proposed_id).values_list("short", flat=True)
    return asked.first() or ""


def refuse_impossible_terms(terms: Sequence[Term], *, since: date, field: str) -> None:
    """A condition without words, or one that ended before it began, was not typed right."""
    for number, term in enumerate(terms, start=1):
        if not term.text.strip():
            raise Refused(field, f"Enter the words of condition {number}")
        if term.own_last_day is not None and term.own_last_day < since:
            raise Refused(
                field, f"The last day of condition {number} must be {written(since)} or later"
            )


def require_own_terms(terms: Sequence[Term], *, application_id: UUID | None, field: str) -> None:
    """What a condition is said to come from was asked for in the very application."""
    asked = ProposedCondition.objects.filter(application=application_id)
    known = set(asked.values_list("pk", flat=True))
    for number, term in enumerate(terms, start=1):
        if term.proposed_id is not None and term.proposed_id not in known:
            raise Refused(field, f"Condition {number} was not asked for in this application")


def refuse_impossible(
    hearing: Hearing | None, *, made_at: datetime, last_day: date | None, terms: Sequence[Term]
) -> None:
    """What cannot be on an order's paper, or was not typed as it stands there."""
    made_on = local_date(made_at)
    if made_at > clock.now():
        raise Refused("made_at", "The moment at which the order was made must be in the past")
    if hearing is not None and made_on < local_date(hearing.starts_at):
        raise Refused(
            "made_at",
            "The order must be made on or after the day of its hearing, "
            f"{written(local_date(hearing.starts_at))}",
        )
    if last_day is not None and last_day < made_on:
        raise Refused(
            "last_day", f"The last day must be {written(made_on)}, when it was made, or later"
        )
    if not terms:
        raise Refused("conditions", "Enter at least one condition as the court made it")
    refuse_impossible_terms(terms, since=made_on, field="conditions")
    application_id = hearing.application_id if hearing else None
    require_own_terms(terms, application_id=application_id, field="conditions")


def _result(hearing: Hearing, *, by: User, outcome: str, note: str) -> None:
    """The hearing's result is this order; one that was resulted so before has only waited for it."""
    held = Hearing.objects.get(pk=hearing.pk)
    if held.status == Hearing.Status.RESULTED and held.outcome == outcome:
        if held.orders.exists():
            raise WrongState("You cannot record an order now. One is recorded from this hearing.")
        return
    result_hearing(held, by=by, outcome=outcome, note=note)


def findings(
    case: Case,
    hearing: Hearing | None,
    *,
    kind: str,
    court: Court,
    made_at: datetime,
    last_day: date | None,
    terms: Sequence[Term],
) -> list[Finding]:
    """All that the law says to the order as the court made it, and what its words give away."""
    interim = kind == Order.Kind.INTERIM
    content = content_of(kind=kind, made_on=local_date(made_at), last_day=last_day, terms=terms)
    found = made_order.findings(content)
    for index, condition in enumerate(content.conditions):
        for finding in conditions.necessity_findings(condition, interim=interim):
            found.append(replace(finding, field=f"conditions.{index}.{finding.field}"))
    if hearing is not None and made_at < hearing.starts_at:
        message = "Made before the time at which the hearing was listed: check the court's paper"
        found.append(warn(PRACTICE, "made_at", message))
    found += _court_findings(hearing, court) if hearing else []
    return [*found, *given_away.made_findings(case, terms)]


def _court_findings(hearing: Hearing, court: Court) -> list[Finding]:
    """s14(1), by the age at the application: he may have come of age since."""
    application = hearing.application
    if application is None or application.lodged_on is None:
        return []
    return court_findings(application, court, applied_on=application.lodged_on)


def _subject(case: Case) -> Person:
    if case.subject is None:
        raise WrongState("You cannot record an order yet. The case has no subject.")
    return case.subject


def replaced(
    case: Case, kind: str, made_at: datetime, *, full: Order | None = None
) -> Order | None:
    """s9(1)(a): the interim order that this full order replaces, if one has effect as it is made.

    full  the order itself, where it is recorded already
    """
    if kind != Order.Kind.FULL:
        return None
    free = Q(replaced_by=None) | Q(replaced_by=full) if full else Q(replaced_by=None)
    interims = Order.objects.filter(free, case=case, kind=Order.Kind.INTERIM)
    for interim in interims.order_by("-made_at"):
        if replaced_by_full(
            made_at=interim.made_at,
            last_day=interim.last_day,
            ended_at=interim.ended_at,
            full_made_at=made_at,
        ):
            return interim
    return None


def _follow(order: Order, interim: Order | None, *, by: User) -> None:
    if order.kind == Order.Kind.FULL:
        for live in live_interims(order.case, order.made_at):
            ending.replace(live, by=by, at=order.made_at)
    clocks.start(order)
    documents.request(order.case, OrderForSubject.of(order), about_id=order.pk, by=by)
    if blocked(order.findings):
        clocks.ask_legal(order)
    given_away.raise_alarm(order, by=by)
