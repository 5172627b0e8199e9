"""Every legal act on an order, from its making to its end. One module for each kind of act."""

from orders.lifecycle import (
    advising,
    correcting,
    deciding,
    ending,
    guarding,
    making,
    serving,
    varying,
)
from orders.lifecycle.advising import answer_legal_query
from orders.lifecycle.correcting import Right, correct_order
from orders.lifecycle.deciding import Decision, decide_variation
from orders.lifecycle.ending import (
    ENDINGS,
    determine,
    discharge,
    end_interims_of,
    end_interims_with,
    expire,
    revive_interims_of,
)
from orders.lifecycle.guarding import guard_interims, leave_to_end
from orders.lifecycle.making import make_order
from orders.lifecycle.serving import Proof, correct_service, record_attempt, serve
from orders.lifecycle.varying import Asked, apply_to_discharge, apply_to_renew, apply_to_vary

STEPS = (
    *making.STEPS,
    *advising.STEPS,
    *correcting.STEPS,
    *serving.STEPS,
    *varying.STEPS,
    *deciding.STEPS,
    *guarding.STEPS,
    *ending.STEPS,
)

__all__ = [
    "ENDINGS",
    "STEPS",
    "Asked",
    "Decision",
    "Proof",
    "Right",
    "answer_legal_query",
    "apply_to_discharge",
    "apply_to_renew",
    "apply_to_vary",
    "correct_order",
    "correct_service",
    "decide_variation",
    "determine",
    "discharge",
    "end_interims_of",
    "end_interims_with",
    "expire",
    "guard_interims",
    "leave_to_end",
    "make_order",
    "record_attempt",
    "revive_interims_of",
    "serve",
]
