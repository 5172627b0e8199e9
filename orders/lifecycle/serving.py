"""The order is put into his hands, or was tried to be, with the proof taken at the time."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from accounts.roles import Permission
from casework import clock
from casework.errors import Refused, WrongState
from casework.lifecycle import Step, validate
from law.notification import service_findings
from law.periods import LONDON, local_date, written
from orders.lifecycle import clocks
from orders.models import Correction, Order, Service, ServiceAttempt, Variation
from orders.queries import Wording, last_effective_day, wordings
from orders.terms import stored

S = Order.Status
SERVE = Step("serve", frozenset({S.MADE}), S.SERVED, Permission.SERVE_ORDER, "record service")
SERVE_LATE = Step(
    "serve_late",
    frozenset({S.ENDED}),
    None,
    Permission.SERVE_ORDER,
    "record service of an order that has ended since",
)
SERVE_WORDING = Step(
    "serve_wording",
    frozenset({S.SERVED}),
    None,
    Permission.SERVE_ORDER,
    "record service of the order in other words",
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
STEPS = (SERVE, SERVE_LATE, SERVE_WORDING, CORRECT, ATTEMPT)
STEP_OF = {S.MADE: SERVE, S.SERVED: SERVE_WORDING, S.ENDED: SERVE_LATE}


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


def serve(
    order: Order,
    *,
    by: User,
    proof: Proof,
    variation: Variation | None = None,
    correction: Correction | None = None,
    version: int | None = None,
) -> Order:
    """Record service. The first one starts the 3 days in which he must notify the police, s9(1).

    variation   the words that he was given are the order's as it left them; None: as made
    correction  or as it put them right, where he was given a paper with a mistake before

    An order that ended before its service was typed is served all the same: s9 asks when. Service
    of one that had ended by then is a fact too, and kept with what the law says to it.
    """
    with step_for(order).on(order, by=by, version=version, method=proof.method) as locked:
        wording = _wording(locked, correction or variation)
        if wording.service is not None:
            raise WrongState("You cannot record service now. It is served already.")
        _write(locked, wording, proof, by=by)
    return order


def step_for(order: Order) -> Step:
    """The first service, service of other words, or that of an order that has ended since."""
    return STEP_OF[S(order.status)]


def correct_service(
    order: Order,
    *,
    by: User,
    proof: Proof,
    reason: str,
    wrong: Service | None = None,
    variation: Variation | None = None,
    correction: Correction | None = None,
    version: int | None = None,
) -> Order:
    """Put a right record of service in the place of a wrong one. The wrong one is kept.

    wrong                  which record; None where there is only one
    variation, correction  which words he was given in truth, as in `serve`
    """
    with CORRECT.on(order, by=by, version=version, reason=reason) as locked:
        if not reason.strip():
            raise Refused("reason", "Say what was wrong with the record")
        old = _wrong(locked, wrong)
        old.superseded_at, old.superseded_by_id = clock.now(), by.pk
        old.superseded_reason = reason
        validate(old)
        old.save()
        wording = _wording(locked, correction or variation)
        if wording.service is not None:
            raise Refused("wording", "Service of these words is recorded already")
        _write(locked, wording, proof, by=by)
    return order


def _wrong(order: Order, wrong: Service | None) -> Service:
    """The record that is corrected, if it is one that counts."""
    living = order.services.filter(superseded_at=None)
    found = list(living.filter(pk=wrong.pk) if wrong else living)
    if not found:
        raise WrongState("You cannot correct the service now. None is recorded.")
    if len(found) > 1:
        raise Refused("wrong", "Select the record that is wrong")
    return found[0]


def _wording(order: Order, change: Variation | Correction | None) -> Wording:
    """The words of the order as this left them, under the order's lock."""
    pk = change.pk if change else None
    for wording in wordings(order):
        if wording.about == pk:
            return wording
    raise Refused("wording", "Select words that the order has had")


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


def _write(order: Order, wording: Wording, proof: Proof, *, by: User) -> None:
    _refuse_impossible(order, "served_at", proof.served_at, "Service")
    if proof.served_at < wording.since:
        since = f"{wording.since.astimezone(LONDON):%H:%M} on {written(local_date(wording.since))}"
        raise Refused("served_at", f"The order has had these words only since {since}")
    if proof.pages_served < 1:
        raise Refused("pages_served", "Enter how many pages he was given")
    service = Service(
        order=order,
        case_id=order.case_id,
        variation=wording.variation,
        correction=wording.correction,
        recorded_by_id=by.pk,
        findings=stored(
            service_findings(
                served_on=local_date(proof.served_at), order_last_day=last_effective_day(order)
            )
        ),
        **{name: getattr(proof, name) for name in Proof.__dataclass_fields__},
    )
    validate(service)
    service.save(force_insert=True)
    clocks.settle_service(order, by=by)


def _refuse_impossible(order: Order, field: str, moment: datetime, what: str) -> None:
    if moment > clock.now():
        raise Refused(field, f"{what} must be in the past")
    if moment < order.made_at:
        raise Refused(field, f"{what} must be after the order was made")
