"""What changes after the first notification: a new name, a new address, the sexual offences duty."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import transaction

from accounts.models import Actor, Force
from accounts.roles import Permission
from audit import events
from casework.errors import Refused, WrongState
from casework.lifecycle import Opening, Step, lock, validate
from law import duration
from law.periods import local_date
from notifications.lifecycle import deriving, failing, learning
from notifications.lifecycle.attending import LONGEST_NAME
from notifications.models import Duty
from notifications.queries import K, of_person, soa_facts
from orders.models import Order
from orders.queries import last_effective_day

S = Duty.Status
CHANGES = (K.NAME, K.ADDRESS)
LIVING = frozenset(S) - {S.TAKEN_BACK}
RECORD_CHANGE = Opening(
    "record_change",
    S.OPEN,
    Permission.RECORD_ATTENDANCE,
    "record a change of name or address",
)
RECORD_SOA_DUTY = Step(
    "record_soa_duty",
    LIVING,
    None,
    Permission.RECORD_ATTENDANCE,
    "record the sexual offences duty",
)
TAKE_BACK_SOA_DUTY = Step(
    "take_back_soa_duty",
    LIVING,
    None,
    Permission.RECORD_ATTENDANCE,
    "take back the sexual offences duty",
)
STEPS = (RECORD_CHANGE, RECORD_SOA_DUTY, TAKE_BACK_SOA_DUTY)


def record_change(
    order: Order,
    *,
    by: Actor,
    kind: str,
    happened_on: date,
    told: str,
    told_by: str = "",
    left_force: Force | None = None,
    home_force: Force | None = None,
    kept: learning.Kept | None = None,
) -> Duty:
    """He uses a new name, or moves: the end of the third day from then is the deadline, s9(3), (4).

    happened_on  may be to come: notice may be given in advance
    told         the new name or address, as we heard of it, and `told_by` from whom
    kept         what of it is confidential, where the case is locked already
    """
    kept = kept or learning.kept_of_change(order, kind, told)
    with RECORD_CHANGE.of(order.case, by=by, kind=kind) as opened:
        _refuse_impossible(order, kind, happened_on, told)
        soa_from, soa_until = soa_facts(order)
        duty = Duty(
            case_id=order.case_id,
            force_id=order.force_id,
            order=order,
            kind=kind,
            starts_on=happened_on,
            told=told.strip(),
            told_by=told_by,
            left_force=left_force,
            home_force=home_force,
            soa_from=soa_from,
            soa_until=soa_until,
        )
        deriving.settle(duty, by=by)
        opened.save(duty)
        deriving.set_clock(duty, by=by)
        learning.from_change(duty, kept=kept, by=by)
    return duty


def record_soa_duty(
    duty: Duty,
    *,
    by: Actor,
    soa_from: date,
    soa_until: date | None = None,
    version: int | None = None,
) -> Duty:
    """He is under Part 2 of the Sexual Offences Act 2003, from a day to its final day, s9(5) to (7).

    soa_until  None: it continues. Every duty of the person in this force is judged by it.
    """
    with _his_cases(duty), RECORD_SOA_DUTY.on(duty, by=by, version=version) as locked:
        if soa_until is not None and soa_until < soa_from:
            raise Refused("soa_until", "The final day must be on or after the first day")
        _judge_all(locked, soa_from, soa_until, note="", by=by)
    return duty


def take_back_soa_duty(duty: Duty, *, by: Actor, reason: str, version: int | None = None) -> Duty:
    """He was never under it: every duty of his in this force is judged as if it had not been recorded."""
    with _his_cases(duty), TAKE_BACK_SOA_DUTY.on(duty, by=by, version=version) as locked:
        if not reason.strip():
            raise Refused("reason", "Say what was wrong with the record")
        if locked.soa_from is None:
            raise WrongState("You cannot take it back now. No sexual offences duty is recorded.")
        _judge_all(locked, None, None, note=reason.strip(), by=by)
    return duty


@contextmanager
def _his_cases(duty: Duty) -> Iterator[None]:
    """All of them locked, always in the same order: an act on one and an act on all never deadlock."""
    with transaction.atomic():
        cases = of_person(duty.order).values_list("case_id", flat=True)
        for case in sorted({duty.case_id, *cases}):
            lock(case)
        yield


def _judge_all(
    duty: Duty, soa_from: date | None, soa_until: date | None, *, note: str, by: Actor
) -> None:
    duty.soa_from, duty.soa_until, duty.soa_note = soa_from, soa_until, note
    deriving.settle(duty, by=by)
    deriving.set_clock(duty, by=by)
    failing.review(duty, by=by)
    _judge_the_others(duty, by=by)


def _judge_the_others(duty: Duty, *, by: Actor) -> None:
    rows = of_person(duty.order).select_for_update(no_key=True, of=("self",))
    others = rows.filter(status__in=LIVING).select_related("order", "case").order_by("pk")
    for other in others.exclude(pk=duty.pk):
        other.soa_from, other.soa_until = duty.soa_from, duty.soa_until
        other.soa_note = duty.soa_note
        deriving.settle(other, by=by)
        other.version += 1
        validate(other)
        other.save()
        deriving.set_clock(other, by=by)
        failing.review(other, by=by)
        events.record("derive_duty", other, by=by.username, case_id=other.case_id)


def _refuse_impossible(order: Order, kind: str, happened_on: date, told: str) -> None:
    if kind not in CHANGES:
        raise Refused("kind", "Select a new name or a new address")
    if not told.strip():
        raise Refused("told", "Enter the new name or the new address")
    if kind == K.NAME and len(told.strip()) > LONGEST_NAME:
        raise Refused("told", f"The name must be {LONGEST_NAME} characters or fewer")
    if happened_on < local_date(order.made_at):
        raise Refused("happened_on", "The day of the change must be after the order was made")
    if not duration.has_effect(
        made_on=local_date(order.made_at),
        last_day=last_effective_day(order),
        ended_on=None,
        on=happened_on,
    ):
        raise Refused(
            "happened_on", "The order had no effect on that day: nothing had to be notified, s9(3)"
        )
