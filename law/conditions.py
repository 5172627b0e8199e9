"""Is a condition lawful to ask for: necessary, considerate, compatible, of a possible period?

s2(2), (3) and (7) for a full order; s5(4) for an interim one. How well a condition is worded is
in `law.drafting`.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from law.arguments import require_days, require_days_if_given, require_not_before
from law.content import Avoidance, ConditionContent
from law.duration import earliest_last_day
from law.findings import PRACTICE, Finding, block, warn
from law.periods import written


class OtherOrder(StrEnum):
    """What may already bind the subject. The Act names stalking protection orders alone."""

    SPO = "spo"
    INTERIM_SPO = "interim_spo"
    BAIL = "bail"
    RESTRAINING = "restraining"
    NON_MOLESTATION = "non_molestation"
    DAPO = "dapo"
    SHPO = "shpo"
    OTHER = "other"


OTHER_ORDER_LABELS = {
    OtherOrder.SPO: "stalking protection order",
    OtherOrder.INTERIM_SPO: "interim stalking protection order",
    OtherOrder.BAIL: "bail condition",
    OtherOrder.RESTRAINING: "restraining order",
    OtherOrder.NON_MOLESTATION: "non-molestation order",
    OtherOrder.DAPO: "domestic abuse protection order",
    OtherOrder.SHPO: "sexual harm prevention order",
    OtherOrder.OTHER: "other order",
}


@dataclass(frozen=True)
class Clash:
    """A person's judgment that a condition we ask for cannot stand beside one that is in force."""

    other: OtherOrder
    why: str


def necessity_findings(condition: ConditionContent, *, interim: bool = False) -> list[Finding]:
    """s2(2): each condition by itself must be necessary. An interim does not (s5(3))."""
    if condition.necessity.strip():
        return []
    if interim:
        message = f"Say why this {condition.kind} is appropriate"
        return [warn("s5(3)", "necessity", message)]
    message = f"Say why this {condition.kind} is necessary to protect a person from stalking"
    return [block("s2(2)", "necessity", message)]


def avoidance_findings(avoidance: Avoidance, *, interim: bool = False) -> list[Finding]:
    """s2(3), s5(4): religion, work and education, which count "so far as practicable"."""
    section = "s5(4)" if interim else "s2(3)"
    return [
        *_avoided(
            f"{section}(a)",
            "conflicts_with_religion",
            avoidance.conflicts_with_religion,
            avoidance.note,
            "conflicts with the subject’s religious beliefs",
        ),
        *_avoided(
            f"{section}(b)",
            "interferes_with_work",
            avoidance.interferes_with_work,
            avoidance.note,
            "interferes with the times at which the subject normally works",
        ),
        *_avoided(
            f"{section}(b)",
            "interferes_with_education",
            avoidance.interferes_with_education,
            avoidance.note,
            "interferes with the times at which the subject attends education",
        ),
    ]


def clash_findings(clash: Clash) -> list[Finding]:
    """s2(7): nothing incompatible with an earlier order of this kind; else it is practice."""
    label = OTHER_ORDER_LABELS[clash.other]
    message = f"This cannot stand beside the {label} already in force: {clash.why}"
    if clash.other is OtherOrder.SPO:
        return [block("s2(7)", "clash", message)]
    provision = "s2(7)" if clash.other is OtherOrder.INTERIM_SPO else PRACTICE
    return [warn(provision, "clash", message)]


def earlier_findings(others: Collection[OtherOrder], *, kind: str) -> list[Finding]:
    """s2(7): an order binds already, and nobody has said whether this can stand beside it.

    others  the orders that bind the subject now and with which this condition was not compared
    kind    of the condition: prohibition or requirement
    """
    found = []
    for other in dict.fromkeys(others):
        message = (
            f"The subject is bound already ({OTHER_ORDER_LABELS[other]}): say whether this {kind} "
            "can stand beside that"
        )
        if other is OtherOrder.SPO:
            found.append(block("s2(7)", "clash", message))
        else:
            provision = "s2(7)" if other is OtherOrder.INTERIM_SPO else PRACTICE
            found.append(warn(provision, "clash", message))
    return found


def period_findings(
    *, made_on: date, order_last_day: date | None, own_last_day: date | None, interim: bool = False
) -> list[Finding]:
    """s3(3) lets periods differ, and does not say how far: both directions are open questions."""
    require_days(made_on=made_on)
    require_days_if_given(order_last_day=order_last_day, own_last_day=own_last_day)
    require_not_before("made_on", made_on, order_last_day=order_last_day, own_last_day=own_last_day)
    if own_last_day is None:
        return []
    return [
        *([] if interim else _shorter_than_two_years(made_on, own_last_day)),
        *_longer_than_the_order(order_last_day, own_last_day),
    ]


def check(condition: ConditionContent, *, interim: bool = False) -> list[Finding]:
    """All that the Act says about one condition that the police ask for."""
    return [
        *necessity_findings(condition, interim=interim),
        *avoidance_findings(condition.avoidance, interim=interim),
    ]


def _avoided(
    provision: str, field: str, answer: bool | None, note: str, words: str
) -> Iterator[Finding]:
    if answer is None:
        yield warn(provision, field, f"Say whether this condition {words}")
    elif answer and not note.strip():
        message = f"This condition {words}: mend it, or say why that is not practicable"
        yield warn(provision, field, message)


def _shorter_than_two_years(made_on: date, own: date) -> Iterator[Finding]:
    if own < earliest_last_day(made_on):
        message = (
            f"This condition ends on {written(own)}, less than 2 years after the order is made. "
            "The Act does not say whether one condition may: ask force legal"
        )
        yield warn("s3(3)", "own_last_day", message)


def _longer_than_the_order(order: date | None, own: date) -> Iterator[Finding]:
    if order is not None and own > order:
        message = (
            f"This condition would end on {written(own)}, after the order itself on "
            f"{written(order)}. The Act does not say that it can: ask force legal"
        )
        yield warn("s3(3)", "own_last_day", message)
