"""The initial duty follows from the facts of an order: derived, and derived again when they change.

Nothing here is decided by anybody. A corrected date of service moves the deadline; a variation or a
renewal starts nothing (R4.7); a full order that replaces an interim one leaves the interim's duty
as it was (W33).
"""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import Actor
from accounts.roles import Role
from audit import events
from audit.actor import acting_as
from casework.actions import start_clock, stop_clock
from casework.lifecycle import lock, validate
from documents import actions as documents
from law.periods import end_instant, local_date
from notifications.lifecycle import doubting, failing
from notifications.models import Attendance, Duty, SuspectedFailure
from notifications.queries import (
    CLOCKS,
    OFFENCES,
    Answer,
    asked_of,
    findings_of_the_day,
    in_time,
    notified_on,
    soa_facts,
)
from orders.documents import OrderForSubject
from orders.models import Order
from orders.terms import stored

K, S = Duty.Kind, Duty.Status
OF_THE_DAY = frozenset({"attended_on", "duty"})  # fields of findings that follow the facts
TITLES = {
    K.INITIAL: "Take his notification of name and home address",
    K.NAME: "Take his notification of a new name",
    K.ADDRESS: "Take his notification of a new home address",
}


def on_order(record: Any, *, by: Actor) -> None:
    """An order was made, served, corrected, renewed or ended: derive its duty again."""
    derive_duty(record, by=by)


def on_decision(record: Attendance, *, by: Actor) -> None:
    """Force legal decided whether an attendance counts: the duty, and what hangs on it, follow."""
    derive_duty(record.duty.order, by=by)
    doubting.settle(record.duty, by=by)


def derive_duty(order: Order, *, by: Actor) -> Duty:
    """Make the order's initial duty, its clock and its suspected failure equal to the facts.

    And those of every change of the case: on a day on which no order has effect, none is owed.
    Idempotent: the same facts again write nothing.
    """
    with transaction.atomic(), acting_as(by.username):
        lock(order.case_id)
        duty = _held(order)
        _derive(duty, by=by)
        for change in _changes(order):
            _derive(change, by=by)
        for later in order.replaced_by.all():
            derive_duty(later, by=by)
    return duty


def _derive(duty: Duty, *, by: Actor) -> None:
    before = _facts(duty)
    settle(duty, by=by)
    if duty._state.adding or _facts(duty) != before:
        duty.version += 0 if duty._state.adding else 1
        validate(duty)
        duty.save()
        events.record("derive_duty", duty, by=by.username, case_id=duty.case_id)
        set_clock(duty, by=by)
        if duty.kind == K.INITIAL:
            renew_sheets(duty, by=by)
    elif _left(duty):
        set_clock(duty, by=by)
    failing.review(duty, by=by)


def _changes(order: Order) -> QuerySet[Duty]:
    """The changes of the order's case that are owed or were, under their locks."""
    rows = Duty.objects.select_for_update(no_key=True, of=("self",)).select_related("order", "case")
    changes = rows.filter(case_id=order.case_id).exclude(kind=K.INITIAL)
    return changes.exclude(status=S.TAKEN_BACK).order_by("pk")


def renew_sheets(duty: Duty, *, by: Actor) -> None:
    """What he will be told of s9 when he is served may have changed: print it again, until he is."""
    _renew(Order.objects.filter(case_id=duty.case_id), by=by)


def renew_sheets_of_person(duty: Duty, *, by: Actor) -> None:
    """The same in every case of his, where the fact is one about the person."""
    his = Order.objects.filter(subject_id=duty.order.subject_id, force_id=duty.force_id)
    _renew(his, by=by)


def _renew(orders: QuerySet[Order], *, by: Actor) -> None:
    for order in orders.filter(status=Order.Status.MADE).select_related("case"):
        documents.request(order.case, OrderForSubject.of(order), about_id=order.pk, by=by)


def settle(duty: Duty, *, by: Actor) -> None:
    """Write the law's answer on the duty (not saved), and judge its attendances by it."""
    answer = asked_of(duty)
    duty.starts_on, duty.due_on = answer.starts_on, answer.due_on
    duty.provision, duty.reason = answer.provision, answer.reason
    duty.findings = stored(answer.findings)
    duty.status = _status(duty, answer)
    _judge_attendances(duty)


def judge(duty: Duty, *, by: Actor) -> None:
    """The duty by the attendances that count (not saved), its clocks and its failure, and the orders
    whose findings read it. Called inside an act on it."""
    settle(duty, by=by)
    set_clock(duty, by=by)
    failing.review(duty, by=by)
    for later in duty.order.replaced_by.all():
        derive_duty(later, by=by)


def set_clock(duty: Duty, *, by: Actor) -> None:
    """Run the duty's clock while there is something to notify, else stop it; and force legal's."""
    kind = K(duty.kind)
    if not duty._state.adding:
        doubting.settle(duty, by=by)
    if duty.status != S.OPEN or duty.due_on is None or _left(duty):
        stop_clock(duty.case, CLOCKS[kind], about=duty.pk, by=by)
        return
    start_clock(
        duty.case,
        CLOCKS[kind],
        about=duty.pk,
        title=TITLES[kind],
        owner_role=Role.OFFENDER_MANAGER,
        due_at=end_instant(duty.due_on),
        provision=duty.provision,
        reason=duty.reason[:200],
        path=f"/notifications/duties/{duty.pk}/",
    )


def _held(order: Order) -> Duty:
    """The order's initial duty under its lock, or a new one that knows what the case knows."""
    found = Duty.objects.select_for_update(no_key=True).filter(order=order, kind=K.INITIAL).first()
    if found is not None:
        found.order = order
        return found
    soa_from, soa_until = soa_facts(order)
    return Duty(
        case_id=order.case_id,
        force_id=order.force_id,
        order=order,
        kind=K.INITIAL,
        soa_from=soa_from,
        soa_until=soa_until,
    )


def _facts(duty: Duty) -> tuple[Any, ...]:
    names = ("status", "starts_on", "due_on", "provision", "reason", "findings")
    return tuple(getattr(duty, name) for name in names)


def _status(duty: Duty, answer: Answer) -> str:
    if answer.due_on is None:
        return S.WAITING if answer.waits_for_service else S.NOT_OWED
    told = None if duty._state.adding else notified_on(duty)
    if told is None:
        return S.OPEN
    return S.MET if told <= answer.due_on else S.LATE


def _judge_attendances(duty: Duty) -> None:
    """In time or not, by the deadline as it is now; early or not owed, with what the law says."""
    if duty._state.adding:
        return
    for attendance in duty.attendances.filter(superseded_at=None):
        day = local_date(attendance.attended_at)
        right = in_time(duty, day)
        kept = [found for found in attendance.findings if found["field"] not in OF_THE_DAY]
        findings = [*kept, *stored(findings_of_the_day(duty, day))]
        if right != attendance.in_time or findings != attendance.findings:
            attendance.in_time, attendance.findings = right, findings
            attendance.save(update_fields=["in_time", "findings"])


def _left(duty: Duty) -> bool:
    """The order is over and the failure was decided: nothing is left to wait for."""
    return (
        duty.order.ended_at is not None
        and duty.failures.filter(
            offence_code=OFFENCES[K(duty.kind)],
            status__in=(
                SuspectedFailure.Status.INVESTIGATED,
                SuspectedFailure.Status.EXCUSED,
                SuspectedFailure.Status.NO_ACTION,
            ),
        ).exists()
    )
