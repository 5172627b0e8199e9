"""What is read of orders: which binds when, and the order check."""

from orders.queries.check import REASONS, Answer, BoundCard, Line, Reason, card_of, check, note, one
from orders.queries.showing import asks_legal, compared, heard_without_order, of_case
from orders.queries.standing import (
    as_at,
    current_order,
    in_force,
    last_effective_day,
    last_moment,
    live_interims,
    living_service,
    run_out,
    stands,
    versions,
)
from orders.queries.wordings import (
    AS_MADE,
    Wording,
    service_of_words,
    to_serve,
    unserved,
    unserved_now,
    wordings,
)

__all__ = [
    "AS_MADE",
    "REASONS",
    "Answer",
    "BoundCard",
    "Line",
    "Reason",
    "Wording",
    "as_at",
    "asks_legal",
    "card_of",
    "check",
    "compared",
    "current_order",
    "heard_without_order",
    "in_force",
    "last_effective_day",
    "last_moment",
    "live_interims",
    "living_service",
    "note",
    "of_case",
    "one",
    "run_out",
    "service_of_words",
    "stands",
    "to_serve",
    "unserved",
    "unserved_now",
    "versions",
    "wordings",
]
