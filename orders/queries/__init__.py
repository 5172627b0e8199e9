"""What is read of orders: which binds when, and the order check."""

from orders.queries.check import REASONS, Answer, BoundCard, Line, Reason, card_of, check, note, one
from orders.queries.standing import (
    as_at,
    current_order,
    in_force,
    live_interims,
    living_service,
    wordings,
)

__all__ = [
    "REASONS",
    "Answer",
    "BoundCard",
    "Line",
    "Reason",
    "as_at",
    "card_of",
    "check",
    "current_order",
    "in_force",
    "live_interims",
    "living_service",
    "note",
    "one",
    "wordings",
]
