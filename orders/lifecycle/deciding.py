"""What the court decided on an application to vary, renew or discharge. It is a fact: recorded."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange as Range
from django.db.models import Max

from accounts.models import User
from accounts.roles import Permission
from casework import clock
from casework.actions import stop_clock
from casework.errors import Refused
from casework.lifecycle import Step, validate
from documents import actions as documents
from law import duration, interim
from law import variation as law
from law.findings import Finding, block, warn
from law.periods import local_date, written
from orders.documents import OrderForSubject
from orders.lifecycle import clocks, ending, given_away, guarding, making, varying
from orders.models import Condition, Order, Variation
from orders.queries import living_service
from orders.terms import Act, Change, Term, blocked, stored

V, S = Variation.Status, Order.Status
NEEDS = Permission.RESULT_HEARING
PENDING = frozenset({V.APPLIED})
GRANT = Step("grant_variation", PENDING, V.GRANTED, NEEDS, "record what the court decided")
REFUSE = Step("refuse_variation", PENDING, V.REFUSED, NEEDS, "record what the court decided")
WITHDRAW = Step("withdraw_variation", PENDING, V.WITHDRAWN, NEEDS, "record what the court decided")
# Also of an order that the clock has ended since: the court's paper came later than midnight.
ANY = frozenset(S)
VARY = Step("vary", ANY, None, NEEDS, "vary the order")
RENEW = Step("renew", ANY, None, NEEDS, "renew the order")
STEPS = (GRANT, REFUSE, WITHDRAW, VARY, RENEW)
OUTCOMES = {V.GRANTED: GRANT, V.REFUSED: REFUSE, V.WITHDRAWN: WITHDRAW}


@dataclass(frozen=True)
class Decision:
    """What the court did. `heard` and `consents` hold "subject" and codes of forces.

    last_day  of a renewed order, inclusive; None is "until a further order"
    """

    outcome: str
    decided_at: datetime
    heard: tuple[str, ...] = ()
    consents: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    last_day: date | None = None
    note: str = ""


def decide_variation(
    variation: Variation, *, by: User, decision: Decision, version: int | None = None
) -> Variation:
    """Record the court's decision, and let the order say from that moment what it decided."""
    step = OUTCOMES.get(V(decision.outcome)) if decision.outcome in V.values else None
    if step is None:
        raise Refused("outcome", "Select what the court decided")
    with step.on(variation, by=by, version=version) as locked:
        _refuse_impossible(locked, decision)
        locked.consents = sorted({*locked.consents, *decision.consents})
        locked.heard = sorted(decision.heard)
        locked.decided_at, locked.decided_by_id = decision.decided_at, by.pk
        locked.decided_changes = [change.stored() for change in decision.changes]
        locked.decided_until = decision.last_day
        locked.decision_note = decision.note
        locked.findings = stored(_findings(locked, decision))
        if step is GRANT:
            _carry_out(locked, decision, by=by)
        elif locked.kind == Variation.Kind.RENEW and locked.order.status != S.ENDED:
            since = local_date(decision.decided_at)
            guarding.start_guard(locked.order, since=since, but=locked)
        if blocked(locked.findings):
            clocks.ask_legal(locked)
        given_away.raise_alarm(locked, by=by)
        stop_clock(locked.case, "decide_variation", about=locked.pk, by=by)
        clocks.stop_day(locked, by=by)
    return variation


def _carry_out(variation: Variation, decision: Decision, *, by: User) -> None:
    order = variation.order
    if not _had_effect(order, decision.decided_at):
        return  # nothing was left to change; the finding says so and force legal looks
    if variation.kind == Variation.Kind.DISCHARGE:
        ending.discharge(order, by=by, at=decision.decided_at)
        return
    step = RENEW if variation.kind == Variation.Kind.RENEW else VARY
    with step.on(order, by=by) as locked:
        _change_conditions(locked, decision.changes, at=decision.decided_at)
        if step is RENEW:
            _prolong(locked, variation, decision, by=by)
    if order.status != S.ENDED and (step is RENEW or decision.changes):
        clocks.ask_service(order, variation, since=decision.decided_at)
    documents.request(order.case, OrderForSubject.of(order), about_id=order.pk, by=by)


def _prolong(order: Order, variation: Variation, decision: Decision, *, by: User) -> None:
    """Give the order its new last day; undo an end that the clock wrote before the paper came."""
    guarding.stop_guard(order, by=by)
    guarding.think_again(order)
    order.last_day = decision.last_day
    if order.end_reason == Order.EndReason.EXPIRED:
        order.ended_at, order.end_reason = None, ""
        order.status = S.SERVED if living_service(order) else S.MADE
        if order.status == S.MADE:
            clocks.start(order)
    guarding.start_guard(order, since=local_date(decision.decided_at), but=variation)


def _change_conditions(order: Order, changes: tuple[Change, ...], *, at: datetime) -> None:
    last = order.conditions.aggregate(Max("number"))["number__max"] or 0
    for change in changes:
        if change.act is Act.ADD and change.term:
            last += 1
            making.write_condition(order, number=last, term=change.term, since=at)
        elif change.number is not None:
            old = _close(order, change.number, at=at)
            if change.act is Act.AMEND and change.term:
                making.write_condition(
                    order,
                    number=change.number,
                    term=replace(change.term, short=change.term.short or old.short),
                    since=at,
                    wording=old.wording + 1,
                )


def _close(order: Order, number: int, *, at: datetime) -> Condition:
    """End the wording that is in force at the moment, and give it. One that follows forbids."""
    wordings = order.conditions.filter(number=number)
    if wordings.filter(in_force__startswith__gte=at).exists():
        raise Refused("decided_at", f"Condition {number} was changed at this moment or after it")
    old: Condition | None = wordings.filter(in_force__contains=at).first()
    if old is None:
        raise Refused("changes", f"Condition {number} was not in force at this moment")
    old.in_force = Range(old.in_force.lower, at, "[)")
    validate(old)
    old.save()
    return old


def _had_effect(order: Order, moment: datetime) -> bool:
    return duration.has_effect_at(
        made_at=order.made_at, last_day=order.last_day, ended_at=order.ended_at, moment=moment
    )


def _refuse_impossible(variation: Variation, decision: Decision) -> None:
    order, decided_on = variation.order, local_date(decision.decided_at)
    if decision.decided_at > clock.now():
        raise Refused("decided_at", "The moment of the decision must be in the past")
    if decided_on < variation.applied_on or decision.decided_at <= order.made_at:
        raise Refused("decided_at", "The decision must be after the order and the application")
    if decision.last_day is not None and decision.last_day < decided_on:
        raise Refused("last_day", f"The last day must be {written(decided_on)} or later")
    varying.require_terms(decision.changes)
    terms: list[Term] = [change.term for change in decision.changes if change.term]
    making.refuse_impossible_terms(terms, since=decided_on, field="changes")
    making.require_own_terms(terms, application_id=order.application_id, field="changes")
    _refuse_empty(variation, decision)


def _refuse_empty(variation: Variation, decision: Decision) -> None:
    """Varied is changed: without the new words he would be bound, and served, by the old ones."""
    varied = variation.kind == Variation.Kind.VARY and decision.outcome == V.GRANTED
    if varied and not decision.changes and _had_effect(variation.order, decision.decided_at):
        raise Refused("changes", "Say what the court added, changed or removed")


def _findings(variation: Variation, decision: Decision) -> list[Finding]:
    """What the law says to what the court did. A withdrawal is not the court's doing."""
    order = variation.order
    found: list[Finding] = []
    if decision.outcome == V.WITHDRAWN:
        return found
    if order.kind == Order.Kind.FULL:
        found += law.hearing_findings(
            subject_heard="subject" in decision.heard, wishing_to_be_heard=(), heard=decision.heard
        )
    if decision.outcome == V.GRANTED:
        found += _granted_findings(variation, decision)
    return found


def _granted_findings(variation: Variation, decision: Decision) -> Iterator[Finding]:
    order, decided_on = variation.order, local_date(decision.decided_at)
    if not _had_effect(order, decision.decided_at):
        message = "The order had ended before the court decided: nothing was left to change"
        yield block("s4(1)", "decided_at", message)
    if order.kind == Order.Kind.FULL:
        yield from varying.added_findings(decision.changes)
        if variation.kind == Variation.Kind.DISCHARGE:
            yield from varying.discharge_findings(order, variation, on=decided_on)
    elif variation.kind == Variation.Kind.RENEW:
        yield from interim.period_findings(made_on=decided_on, last_day=decision.last_day)
    yield from _shorter(variation, decision)
    yield from given_away.changed_findings(variation.case, decision.changes)


def _shorter(variation: Variation, decision: Decision) -> Iterator[Finding]:
    if variation.kind != Variation.Kind.RENEW or decision.last_day is None:
        return
    before = variation.order.last_day
    if before is None or decision.last_day < before:
        message = "The renewed order ends earlier than it did before: check the court's paper"
        yield warn("s4(1)", "last_day", message)
