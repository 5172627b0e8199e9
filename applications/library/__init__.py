"""The starter library of conditions: our own wording, plain, and of a kind that can be checked.

Each entry is versioned data. A condition keeps the code and version it was made from, its slots and
its rendered text, so a later wording never changes an old application.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from applications.library.entries import Entry
from applications.library.prohibitions import EARLIER_PROHIBITIONS, PROHIBITIONS
from applications.library.requirements import REQUIREMENTS
from applications.library.slots import Slot, SlotKind, Values

__all__ = [
    "ENTRIES",
    "Entry",
    "Piece",
    "Slot",
    "SlotKind",
    "entry",
    "gaps",
    "in_general",
    "pieces",
    "plain",
    "read",
    "render",
    "short",
]

ENTRIES: dict[str, Entry] = {e.code: e for e in (*PROHIBITIONS, *REQUIREMENTS)}
EARLIER = {(e.code, e.version): e for e in EARLIER_PROHIBITIONS}
PLACEHOLDER = re.compile(r"\{(\w+)\}")


def entry(code: str, version: int | None = None) -> Entry:
    """The entry with this code: as a condition took it, or as it is offered now. Raises KeyError."""
    newest = ENTRIES[code]
    return newest if version is None else EARLIER.get((code, version), newest)


def read(of: Entry, raw: Values) -> tuple[dict[str, Any], dict[str, str]]:
    """What was typed into the slots: the values that fit, and a message for each that does not."""
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for slot in of.slots:
        try:
            value = slot.read(raw.get(slot.name))
        except ValueError as no:
            errors[slot.name] = str(no)
        else:
            if value is not None:
                values[slot.name] = value
    return values, errors


@dataclass(frozen=True)
class Piece:
    """A run of the sentence: its own words, a filled slot, or a gap."""

    text: str
    slot: str = ""
    filled: bool = True


def pieces(of: Entry, values: Values, *, words: str = "") -> Iterator[Piece]:
    """The sentence in runs, so that a page can show which words fill a slot and where a gap is.

    words  others than the court's, with the same slots
    """
    for number, text in enumerate(PLACEHOLDER.split(words or of.text)):
        if number % 2 == 0:
            if text:
                yield Piece(text)
            continue
        slot = of.slot(text)
        if text in values:
            if slot.lead:
                yield Piece(slot.lead)
            yield Piece(slot.said(values[text]), slot=text)
        elif not slot.optional:
            yield Piece(f"[{slot.gap}]", slot=text, filled=False)


def gaps(of: Entry, values: Values) -> tuple[str, ...]:
    """What stands in the sentence where a slot that is needed is empty."""
    return tuple(piece.text for piece in pieces(of, values) if not piece.filled)


def render(of: Entry, values: Values) -> str:
    """The sentence as the court will read it; an empty slot stands as its name in brackets."""
    return "".join(piece.text for piece in pieces(of, values))


def plain(of: Entry, values: Values) -> str:
    """What it means for the subject, with the same slots and the same exceptions."""
    return "".join(piece.text for piece in pieces(of, values, words=of.plain))


def short(of: Entry, values: Values) -> str:
    """Its name in lists: with the distance or number that is the point of it, once it is there."""
    filled = list(pieces(of, values, words=of.short or of.title))
    return "".join(piece.text for piece in filled) if all(p.filled for p in filled) else of.title


def in_general(of: Entry) -> Iterator[Piece]:
    """What it means before anything is filled in, for whoever chooses among entries: each slot in
    words with which the sentence is whole."""
    for number, text in enumerate(PLACEHOLDER.split(of.plain)):
        if number % 2 == 0:
            if text:
                yield Piece(text)
            continue
        slot = of.slot(text)
        if slot.lead:
            yield Piece(slot.lead)
        yield Piece(slot.general, slot=text)
