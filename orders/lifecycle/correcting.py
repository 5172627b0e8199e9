"""The record of an order as made is put right: a typing error of ours, or the court's own slip.

The order keeps its identity, and so do its conditions: what was reported of them points to the same
ones. What was recorded before is kept with the reason. What follows from the record is found anew.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange as Range
from django.db.models import Max

from accounts.models import User
from accounts.roles import Permission
from alerts.actions import raise_alert
from alerts.ladders import LEADS, MANAGERS, OFFICER
from applications.models import Court
from casework import clock
from casework.errors import Refused
from casework.lifecycle import Step, validate
from documents import actions as documents
from law.periods import end_instant, local_date, written
from orders.documents import OrderForSubject
from orders.lifecycle import clocks, given_away, guarding, making, succession
from orders.models import Condition, Correction, Order, Service, Variation
from orders.queries import as_made, carried_out, living_services, recorded
from orders.terms import Act, Change, Term, stored

S, K = Order.Status, Correction.Kind
CORRECT_ORDER = Step(
    "correct_order",
    frozenset(S),
    None,
    Permission.MAKE_ORDER,
    "correct the record of the order as made",
)
STEPS = (CORRECT_ORDER, *succession.STEPS)


@dataclass(frozen=True)
class Right:
    """The order as the court's paper has it.

    last_day    inclusive, as it stands now; None is "until a further order"
    conditions  what differs in the conditions as made: changed, not in the order, or left out by us
    """

    made_at: datetime
    court: Court
    last_day: date | None
    conditions: tuple[Change, ...] = ()
    court_reference: str = ""
    subject_present: bool | None = None


def correct_order(
    order: Order,
    *,
    by: User,
    right: Right,
    reason: str,
    kind: str = K.RECORD,
    corrected_on: date | None = None,
    had_right_paper: bool | None = None,
    version: int | None = None,
) -> Order:
    """Put the record of the order as made right. What it said before is kept, with the reason.

    corrected_on     the day on which the court corrected its own order, where it did
    had_right_paper  of an order that was served: did his paper say what the order says? Where it did
                     not, or nobody knows, he is to be given the right one
    """
    with CORRECT_ORDER.on(order, by=by, version=version, kind=kind) as locked:
        correction = _opened(locked, by=by, reason=reason, kind=kind, corrected_on=corrected_on)
        was, had = locked.made_at, locked.findings
        _refuse_impossible(locked, right)
        _write_facts(locked, right)
        _write_conditions(locked, right, was=was)
        correction.after = recorded(locked)
        if correction.after == correction.before:
            raise Refused(None, "Nothing differs from what is recorded")
        correction.give_again = _give_again(locked, had_right_paper)
        validate(correction)
        correction.save(force_insert=True)
        _follow(locked, correction, was=was, by=by)
        clocks.settle_legal(locked, before=had, by=by)
        if locked.findings != had:
            given_away.raise_alarm(locked, since=correction, by=by)
    return order


def _opened(
    order: Order, *, by: User, reason: str, kind: str, corrected_on: date | None
) -> Correction:
    if kind not in K.values:
        raise Refused("kind", "Select whose mistake it was")
    if not reason.strip():
        raise Refused("reason", "Say what was wrong with the record")
    if kind == K.COURT and corrected_on is None:
        raise Refused("corrected_on", "Enter the day on which the court corrected its order")
    if kind == K.COURT and corrected_on and corrected_on > clock.today():
        raise Refused("corrected_on", "The day of the correction must be today or in the past")
    return Correction(
        order=order,
        case_id=order.case_id,
        kind=kind,
        corrected_on=corrected_on if kind == K.COURT else None,
        reason=reason.strip(),
        before=recorded(order),
        recorded_by_id=by.pk,
        recorded_at=clock.now(),
    )


def _refuse_impossible(order: Order, right: Right) -> None:
    making.refuse_impossible(
        order.hearing,
        made_at=right.made_at,
        last_day=right.last_day,
        terms=_terms(order, right.conditions),
    )
    if right.made_at != order.made_at:
        for message in _against(order, right.made_at):
            raise Refused("made_at", message)


def _against(order: Order, made_at: datetime) -> Iterator[str]:
    """Why the order cannot have been made at this moment, by what else is recorded."""
    for service in living_services([order.pk]).values():
        if service.served_at < made_at:
            yield f"He was served on {_said(service.served_at)}. Correct the record of service first"
    for variation in order.variations.all():
        if variation.decided_at and variation.decided_at <= made_at:
            yield f"A court decided on the order on {_said(variation.decided_at)}, after it was made"
        if variation.applied_on < local_date(made_at):
            yield f"A court was asked about the order on {written(variation.applied_on)}"
    if order.ended_at and order.ended_at < made_at and order.end_reason in succession.DONE_TO_IT:
        yield f"The order ended on {_said(order.ended_at)}, after it was made"
    yield from succession.against(order, made_at)


def _write_facts(order: Order, right: Right) -> None:
    renewals = [v for v in carried_out(order) if v.kind == Variation.Kind.RENEW]
    if renewals and right.last_day != order.last_day:  # then it is the renewal that says it
        renewals[-1].decided_until = right.last_day
        renewals[-1].version += 1
        validate(renewals[-1])
        renewals[-1].save()
    if right.last_day != order.last_day:  # whoever let it end decided on another day
        order.not_renewed_at, order.not_renewed_by, order.not_renewed_reason = None, None, ""
    order.made_at, order.last_day = right.made_at, right.last_day
    order.court, order.court_reference = right.court, right.court_reference
    order.subject_present = right.subject_present


def _write_conditions(order: Order, right: Right, *, was: datetime) -> None:
    """Write each condition as made in its right words; it is the same condition as before."""
    changes = {change.number: change for change in right.conditions if change.act is not Act.ADD}
    held = list(order.conditions.filter(wording=1, in_force__startswith=was).order_by("number"))
    for number in changes:
        if number not in {condition.number for condition in held}:
            raise Refused("conditions", f"Condition {number} was not made with the order")
    for condition in held:
        _put_right(condition, changes.get(condition.number), made_at=order.made_at)
    for change in right.conditions:
        if change.act is Act.ADD and change.term:
            _add(order, change.term)
    terms = [_term(condition) for condition in as_made(order)]
    if not terms:
        raise Refused("conditions", "Enter at least one condition as the court made it")
    order.findings = stored(
        making.findings(
            order.case,
            order.hearing,
            kind=order.kind,
            court=order.court,
            made_at=order.made_at,
            last_day=order.last_day,
            terms=terms,
        )
    )


def _put_right(condition: Condition, change: Change | None, *, made_at: datetime) -> None:
    until = condition.in_force.upper
    own = end_instant(condition.own_last_day) if condition.own_last_day else None
    closed = until if until is not None and until != own else None  # by a court
    if change is not None and change.act is Act.REMOVE:
        if closed:
            raise Refused(
                "conditions",
                f"A court has changed condition {condition.number} since, so that it was in the "
                "order. Put its words right instead",
            )
        condition.in_force = Range(empty=True)
    else:
        if change is not None and change.term:
            _say(condition, change.term)
        own = end_instant(condition.own_last_day) if condition.own_last_day else None
        ends = [moment for moment in (closed, own) if moment]
        if ends and min(ends) <= made_at:
            raise Refused(
                "conditions", f"Condition {condition.number} would have ended before it was made"
            )
        condition.in_force = Range(made_at, min(ends) if ends else None, "[)")
    validate(condition)
    condition.save()


def _say(condition: Condition, term: Term) -> None:
    condition.kind, condition.text = term.kind, term.text
    condition.short = term.short or condition.short
    condition.locality, condition.own_last_day = term.locality, term.own_last_day
    condition.necessity = term.necessity


def _add(order: Order, term: Term) -> None:
    """One that we had left out, with the next number. One that was taken back there steps aside: what
    was reported of it stays reported of its own words."""
    standing = order.conditions.exclude(in_force__isempty=True)
    number = (standing.aggregate(Max("number"))["number__max"] or 0) + 1
    there = order.conditions.filter(number=number)
    aside = there.filter(wording__gte=Condition.TAKEN_BACK).count()
    there.filter(wording=1).update(wording=Condition.TAKEN_BACK + aside)
    making.write_condition(order, number=number, term=term, since=order.made_at)


def _terms(order: Order, changes: tuple[Change, ...]) -> list[Term]:
    """The conditions as they will stand, for what can be refused of them."""
    by_number = {change.number: change for change in changes if change.act is not Act.ADD}
    terms = []
    for condition in as_made(order):
        change = by_number.get(condition.number)
        if change is None:
            terms.append(_term(condition))
        elif change.term:
            terms.append(change.term)
    return [*terms, *(c.term for c in changes if c.act is Act.ADD and c.term)]


def _term(condition: Condition) -> Term:
    facts = ("kind", "text", "short", "locality", "own_last_day", "necessity", "proposed_id")
    return Term(**{name: getattr(condition, name) for name in facts})


def _give_again(order: Order, had_right_paper: bool | None) -> bool:
    """Is he to be given another paper? Only who was served one has one."""
    return not had_right_paper and Service.objects.filter(order=order, superseded_at=None).exists()


def _follow(order: Order, correction: Correction, *, was: datetime, by: User) -> None:
    """What follows from the record: its end, the interim order, clocks, paper, and who is told."""
    succession.settle(order, was=was, by=by)
    if order.status != S.ENDED:
        if correction.before["last_day"] != correction.after["last_day"]:
            guarding.stop_guard(order, by=by)
            guarding.start_guard(order, since=clock.today())
        clocks.settle_service(order, by=by)
    documents.request(order.case, OrderForSubject.of(order), about_id=order.pk, by=by)
    raise_alert(
        "order_corrected",
        case=order.case,
        key=f"order_corrected:{correction.pk}",
        path=f"/orders/cases/{order.case_id}/",
        text="Look at the order again: what was recorded of it was corrected",
        by=by,
        recipients=(OFFICER, MANAGERS, LEADS),
    )


def _said(moment: datetime) -> str:
    return written(local_date(moment))
