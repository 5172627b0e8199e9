"""What a check of the law has to say: where in the Act, how heavy, about which field, in words.

BLOCK stands for a settled rule, and stops what the police ask for or do. WARN stands for
practice, and for what the Act leaves open: it is shown and never stops anybody. What a court
did is recorded with its findings whatever their weight.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

PRACTICE = "practice"  # stands where a provision would, for a rule that is not in the Act


class Weight(StrEnum):
    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True)
class Finding:
    """One remark of the law. `field` is the fact to look at, `message` a sentence for a person."""

    provision: str
    weight: Weight
    field: str
    message: str


def block(provision: str, field: str, message: str) -> Finding:
    return Finding(provision, Weight.BLOCK, field, message)


def warn(provision: str, field: str, message: str) -> Finding:
    return Finding(provision, Weight.WARN, field, message)


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.weight is Weight.BLOCK]


def warnings(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.weight is Weight.WARN]
