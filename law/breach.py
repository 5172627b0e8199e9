"""Breach of an order (s8): the points to prove, and whether there was an order to breach."""

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum

from law.arguments import require_moments, require_moments_if_given
from law.duration import has_effect_at
from law.findings import PRACTICE, Finding, warn
from law.periods import utc


class Point(StrEnum):
    """What a prosecutor needs, in the order of a breach file."""

    IN_FORCE = "in_force"
    MADE = "made"
    SERVED = "served"
    CONDITION = "condition"
    IDENTITY = "identity"
    ACT = "act"
    NO_EXCUSE = "no_excuse"

    @property
    def label(self) -> str:
        return POINT_LABELS[self]

    @property
    def provision(self) -> str:
        return POINT_PROVISIONS.get(self, "s8(1)")


POINT_LABELS = {
    Point.IN_FORCE: "The order was in force at that moment",
    Point.MADE: "The order was made, in these words: a certified copy",
    Point.SERVED: "The order was served, and the subject knew of it",
    Point.CONDITION: "What the condition says",
    Point.IDENTITY: "It was the subject",
    Point.ACT: "What the subject did, or did not do",
    Point.NO_EXCUSE: "There was no reasonable excuse",
}
POINT_PROVISIONS = {Point.MADE: "s8(5)", Point.SERVED: PRACTICE}

# [knowledge] The subject raises an excuse; the prosecution disproves it to the criminal standard.
EXCUSE_RAISED_BY = "subject"
EXCUSE_DISPROVED_BY = "prosecution"


def missing(held: Collection[Point]) -> list[Finding]:
    """s8(1), s8(5): the points for which no evidence is held yet. Never a reason not to record."""
    return [
        warn(point.provision, point.value, f"Evidence is missing: {point.label}")
        for point in Point
        if point not in held
    ]


def report_findings(
    *,
    made_at: datetime,
    last_day: date | None,
    ended_at: datetime | None,
    happened_at: datetime,
    served_at: datetime | None,
    first_served_at: datetime | None = None,
) -> list[Finding]:
    """s8(1): an order binds from its making, so what comes before or after it is no breach.

    served_at        service of the words that were breached
    first_served_at  service of the order in any words, where a court has changed them since

    Not being served does not undo a breach, but makes knowledge of the order hard to prove.
    """
    require_moments(happened_at=happened_at)
    require_moments_if_given(served_at=served_at, first_served_at=first_served_at)
    if not has_effect_at(made_at=made_at, last_day=last_day, ended_at=ended_at, moment=happened_at):
        message = "The order did not have effect at this moment: look for another offence"
        return [warn("s8(1)", "happened_at", message)]
    if served_at is None or utc(happened_at) < utc(served_at):
        if first_served_at is not None and utc(first_served_at) <= utc(happened_at):
            message = (
                "The order was served, but not in the words of that moment: "
                "prove that the subject knew of them in another way"
            )
            return [warn(PRACTICE, "served_at", message)]
        message = "The order was not served yet: prove that the subject knew of it in another way"
        return [warn(PRACTICE, "served_at", message)]
    return []
