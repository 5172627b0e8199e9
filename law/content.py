"""What an order must state (s6), as a checklist on plain facts.

Not on the Act's list, and so never asked for here: the name of a protected person, a warning
notice, the notification requirements, the court's name.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from law.arguments import require_days_if_given, require_not_before
from law.findings import Finding, block


class ConditionKind(StrEnum):
    PROHIBITION = "prohibition"
    REQUIREMENT = "requirement"


@dataclass(frozen=True)
class Avoidance:
    """s2(3): what a condition should keep clear of. None: nobody has looked yet."""

    conflicts_with_religion: bool | None = None
    interferes_with_work: bool | None = None
    interferes_with_education: bool | None = None
    note: str = ""


@dataclass(frozen=True)
class ConditionContent:
    """One prohibition or requirement. None in a question means that the order does not say."""

    kind: ConditionKind
    text: str
    limited_to_locality: bool | None = None
    locality: str = ""
    own_period: bool | None = None
    own_last_day: date | None = None
    necessity: str = ""
    avoidance: Avoidance = field(default_factory=Avoidance)

    @property
    def extent(self) -> str:
        """s2(4), s5(5): all parts of the United Kingdom unless expressly limited."""
        return self.locality if self.limited_to_locality else "All parts of the United Kingdom"


@dataclass(frozen=True)
class OrderContent:
    """A full or interim order as made, or as it is about to be put to a court."""

    interim: bool
    made_on: date | None
    fixed_period: bool | None
    last_day: date | None
    conditions: tuple[ConditionContent, ...]


def check(order: OrderContent) -> list[Finding]:
    """s6(a) to (e): what the order leaves unsaid. Fields of conditions read `conditions.0.text`."""
    require_days_if_given(made_on=order.made_on, last_day=order.last_day)
    require_not_before("made_on", order.made_on, last_day=order.last_day)
    return [
        *_date(order),
        *_period(order),
        *_presence(order),
        *(
            finding
            for number, condition in enumerate(order.conditions)
            for finding in _condition(order, condition, f"conditions.{number}")
        ),
    ]


def stated(condition: ConditionContent) -> list[Finding]:
    """s6(c): a prohibition or requirement has words."""
    if condition.text.strip():
        return []
    return [block("s6(c)", "text", f"State what this {condition.kind} is")]


def _date(order: OrderContent) -> Iterator[Finding]:
    if order.made_on is None:
        yield block("s6(a)", "made_on", "State the date on which the order is made")


def _period(order: OrderContent) -> Iterator[Finding]:
    if order.fixed_period is None:
        yield block("s6(b)", "fixed_period", "State whether the order is for a fixed period")
    elif order.fixed_period and order.last_day is None:
        yield block("s6(b)", "last_day", "State how long the fixed period is")
    elif not order.fixed_period and order.last_day is not None:
        message = "The order has a last day but is not for a fixed period: state which it is"
        yield block("s6(b)", "fixed_period", message)


def _presence(order: OrderContent) -> Iterator[Finding]:
    if not order.conditions:
        yield block("s6(c)", "conditions", "State each prohibition or requirement: there is none")


def _condition(order: OrderContent, condition: ConditionContent, at: str) -> Iterator[Finding]:
    require_days_if_given(own_last_day=condition.own_last_day)
    require_not_before("made_on", order.made_on, own_last_day=condition.own_last_day)
    for finding in stated(condition):
        yield block(finding.provision, f"{at}.{finding.field}", finding.message)
    yield from _locality(condition, at)
    yield from _own_period(condition, at)


def _locality(condition: ConditionContent, at: str) -> Iterator[Finding]:
    if condition.limited_to_locality is None:
        message = f"State whether this {condition.kind} is limited to a locality"
        yield block("s6(d)", f"{at}.limited_to_locality", message)
    elif condition.limited_to_locality and not condition.locality.strip():
        message = f"State the locality to which this {condition.kind} is limited"
        yield block("s6(d)", f"{at}.locality", message)
    elif not condition.limited_to_locality and condition.locality.strip():
        message = f"A locality is named but this {condition.kind} is not limited to one"
        yield block("s6(d)", f"{at}.limited_to_locality", message)


def _own_period(condition: ConditionContent, at: str) -> Iterator[Finding]:
    if condition.own_period is None:
        message = f"State whether this {condition.kind} has a period of its own"
        yield block("s6(e)", f"{at}.own_period", message)
    elif condition.own_period and condition.own_last_day is None:
        message = f"State the period of this {condition.kind}, which differs from the order’s"
        yield block("s6(e)", f"{at}.own_last_day", message)
    elif not condition.own_period and condition.own_last_day is not None:
        message = (
            f"This {condition.kind} has a last day but no period of its own: state which it is"
        )
        yield block("s6(e)", f"{at}.own_period", message)
