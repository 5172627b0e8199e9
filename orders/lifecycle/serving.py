"""The order is put into his hands, or was tried to be, with the proof taken at the time."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from accounts.roles import Permission
from casework import clock
from casework.actions import stop_clock
from casework.errors import Refused, WrongState
from casework.lifecycle import Step, validate
from orders.models import Order, Service, ServiceAttempt
from orders.queries import living_service

S = Order.Status
SERVE = Step("serve", frozenset({S.MADE}), S.SERVED, Permission.SERVE_ORDER, "record service")
SERVE_LATE = Step(
    "serve_late",
    frozenset({S.ENDED}),
    None,
    Permission.SERVE_ORDER,
    "record service of an order that has ended since",
)
CORRECT = Step(
    "correct_service",
    frozenset({S.SERVED, S.ENDED}),
    None,
    Permission.SERVE_ORDER,
    "correct the record of service",
)
ATTEMPT = Step(
    "record_attempt",
    frozenset({S.MADE, S.SERVED}),  # an attempt may be written down after the one that succeeded
    None,
    Permission.SERVE_ORDER,
    "record an attempt to serve",
)
STEPS = (SERVE, SERVE_LATE, CORRECT, ATTEMPT)


@dataclass(frozen=True)
class Proof:
    """How he was served: each answer is one that a court may ask for."""

    served_at: datetime
    method: str
    place: str
    served_by_name: str
    pages_served: int
    explained: bool
    notification_explained: bool
    acknowledgement: str
    collar_number: str = ""
    understood: bool | None = None
    interpreter: str = ""
    reaction: str = ""
    footage_reference: str = ""


def serve(order: Order, *, by: User, proof: Proof, version: int | None = None) -> Order:
    """Record service. It starts the 3 days in which he must notify the police, s9(1).

    An order that ended before its service was typed is served all the same: s9 asks when.
    """
    with step_for(order).on(order, by=by, version=version, method=proof.method) as locked:
        if living_service(locked) is not None:
            raise WrongState("You cannot record service now. It is served already.")
        _write(locked, proof, by=by)
        stop_clock(locked.case, "serve_order", about=locked.pk, by=by)
    return order


def step_for(order: Order) -> Step:
    """Service of an order that binds, or of one that has ended since."""
    return SERVE_LATE if order.status == S.ENDED else SERVE


def correct_service(
    order: Order, *, by: User, proof: Proof, reason: str, version: int | None = None
) -> Order:
    """Put a right record of service in the place of a wrong one. The wrong one is kept."""
    with CORRECT.on(order, by=by, version=version, reason=reason) as locked:
        if not reason.strip():
            raise Refused("reason", "Say what was wrong with the record")
        wrong = living_service(locked)
        if wrong is None:
            raise WrongState("You cannot correct the service now. None is recorded.")
        wrong.superseded_at, wrong.superseded_by_id = clock.now(), by.pk
        wrong.superseded_reason = reason
        validate(wrong)
        wrong.save()
        _write(locked, proof, by=by)
    return order


def record_attempt(
    order: Order,
    *,
    by: User,
    tried_at: datetime,
    place: str,
    what_happened: str,
    footage_reference: str = "",
) -> ServiceAttempt:
    """Keep the proof that he was looked for. It stops no clock: he is still not served."""
    with ATTEMPT.on(order, by=by) as locked:
        _refuse_impossible(locked, "tried_at", tried_at, "The attempt")
        attempt = ServiceAttempt(
            order=locked,
            case_id=locked.case_id,
            tried_at=tried_at,
            place=place,
            what_happened=what_happened,
            footage_reference=footage_reference,
            tried_by_id=by.pk,
        )
        validate(attempt)
        attempt.save(force_insert=True)
    return attempt


def _write(order: Order, proof: Proof, *, by: User) -> None:
    _refuse_impossible(order, "served_at", proof.served_at, "Service")
    if order.ended_at is not None and proof.served_at >= order.ended_at:
        raise Refused("served_at", "The order had ended before this moment")
    if proof.pages_served < 1:
        raise Refused("pages_served", "Enter how many pages he was given")
    service = Service(
        order=order,
        case_id=order.case_id,
        recorded_by_id=by.pk,
        **{name: getattr(proof, name) for name in Proof.__dataclass_fields__},
    )
    validate(service)
    service.save(force_insert=True)


def _refuse_impossible(order: Order, field: str, moment: datetime, what: str) -> None:
    if moment > clock.now():
        raise Refused(field, f"{what} must be in the past")
    if moment < order.made_at:
        raise Refused(field, f"{what} must be after the order was made")
