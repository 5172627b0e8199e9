"""What an order says, as values: its conditions as a court wrote them, and changes to them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from textwrap import shorten
from typing import Any, Self
from uuid import UUID

from law.content import ConditionContent, ConditionKind, OrderContent
from law.findings import Finding, Weight


@dataclass(frozen=True)
class Term:
    """One prohibition or requirement in its full wording. `own_last_day` is inclusive, s3(3)."""

    kind: str
    text: str
    short: str = ""
    locality: str = ""
    own_last_day: date | None = None
    necessity: str = ""
    proposed_id: UUID | None = None  # the condition that we asked for, where it comes from one

    @property
    def content(self) -> ConditionContent:
        """The facts that s6 asks about."""
        return ConditionContent(
            kind=ConditionKind(self.kind),
            text=self.text,
            limited_to_locality=bool(self.locality),
            locality=self.locality,
            own_period=self.own_last_day is not None,
            own_last_day=self.own_last_day,
            necessity=self.necessity,
        )


OPENING = re.compile(r"(?:you|he|she|the (?:subject|defendant|respondent)) must(?: not)? ", re.I)
MUST_NOT = re.compile(r"must not", re.I)
LONGEST_LABEL = 80
FIRST_CLAUSE = re.compile(r"[^,:;.]{3,70}(?=[,:;.])")
SAYS_WHICH = re.compile(
    r"(?:not?|never|nothing|nobody|must|do not|prohibition|requirement)\b", re.I
)
LEFT_OUT = " …"


def spoken(text: str) -> tuple[str, str]:
    """A condition after "He must not": what it forbids, verb first, and the rest of its words."""
    bare = OPENING.sub("", text, count=1) if OPENING.match(text) else text
    bare = bare[:1].upper() + bare[1:]
    first = FIRST_CLAUSE.match(bare)
    return (bare[: first.end()], bare[first.end() :]) if first else (bare, "")


def label(text: str) -> str:
    """A name for lists of a condition to which nobody gave one: its first clause, in whole words."""
    first, rest = spoken(text)
    short = shorten(first, LONGEST_LABEL, placeholder=LEFT_OUT)
    return short if short.endswith(LEFT_OUT) or not rest.strip(" .") else short + LEFT_OUT


def said(kind: str, text: str, short: str = "") -> str:
    """A condition in a few words that stand alone: "Must not contact Ms A", never "Contact Ms A".

    A name for lists may be what follows "must not", or may say that itself ("No contact"), or neither
    ("Keep out of the library"): after a "must not" of ours that would be the opposite of the order.
    """
    short = short or label(text)
    if SAYS_WHICH.match(short):
        return short
    opening = OPENING.match(text)
    words = lower_first(short)
    after = text[opening.end() :].casefold() if opening else ""
    if opening and after.startswith(words.removesuffix(LEFT_OUT).casefold()):
        return f"{'Must not' if MUST_NOT.search(opening[0]) else 'Must'} {words}"
    return f"{ConditionKind(kind).value.capitalize()}: {words}"


def lower_first(words: str) -> str:
    """As it stands inside a sentence: "Contact Ms A" as "contact Ms A", "CCTV" as it is."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


class Act(StrEnum):
    ADD = "add"
    AMEND = "amend"
    REMOVE = "remove"


@dataclass(frozen=True)
class Change:
    """One change to an order's conditions. `number` is the order's own; None for an added one."""

    act: Act
    number: int | None = None
    term: Term | None = None

    def stored(self) -> dict[str, Any]:
        """As it stands in `Variation.changes`."""
        term = asdict(self.term) if self.term else {}
        if term:
            term["own_last_day"] = term["own_last_day"] and term["own_last_day"].isoformat()
            term["proposed_id"] = term["proposed_id"] and str(term["proposed_id"])
        return {"act": self.act.value, "number": self.number, "term": term or None}

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        """The reverse of `stored`."""
        term = dict(stored["term"] or {})
        if term.get("own_last_day"):
            term["own_last_day"] = date.fromisoformat(term["own_last_day"])
        if term.get("proposed_id"):
            term["proposed_id"] = UUID(term["proposed_id"])
        return cls(Act(stored["act"]), stored["number"], Term(**term) if term else None)


def content_of(
    *, kind: str, made_on: date, last_day: date | None, terms: Iterable[Term]
) -> OrderContent:
    """The order as `law` reads it."""
    return OrderContent(
        interim=kind == "interim",
        made_on=made_on,
        fixed_period=last_day is not None,
        last_day=last_day,
        conditions=tuple(term.content for term in terms),
    )


def stored(findings: Iterable[Finding]) -> list[dict[str, str]]:
    """Findings as JSON: what the law says to what was done, kept beside the fact."""
    return [
        {"provision": f.provision, "weight": f.weight.value, "field": f.field, "message": f.message}
        for f in findings
    ]


def blocked(findings: Iterable[Mapping[str, str]]) -> bool:
    """Whether stored findings hold one that a lawyer must look at."""
    return any(finding["weight"] == Weight.BLOCK for finding in findings)
