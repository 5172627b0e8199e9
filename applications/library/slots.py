"""The gaps of a library condition, each of a kind, so that what fills it can be checked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from law.periods import written

SHORTEST_DISTANCE, LONGEST_DISTANCE = 1, 50_000
LONGEST_TEXT = 400
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
TIMES = re.compile(r"([01]\d|2[0-3]):([0-5]\d) to ([01]\d|2[0-3]):([0-5]\d)")


class SlotKind(StrEnum):
    PERSON = "person"
    PLACE = "place"
    STREETS = "streets"
    DISTANCE = "distance_metres"
    NUMBER = "number"
    TIMES = "times"
    DAYS = "days"
    DATE = "date"
    PROVIDER = "provider"
    STATION = "station"
    TEXT = "text"
    EXCEPTIONS = "exceptions"


LISTS = (SlotKind.DAYS, SlotKind.EXCEPTIONS)


@dataclass(frozen=True)
class Slot:
    """One gap: what it is called in the sentence, how it is asked for, and what may fill it.

    gap      what stands in the sentence while it is empty
    general  what stands there before anybody chose the condition, so that it reads as a sentence
    lead     words that come and go with the slot (", except "): a slot with one may stay empty
    """

    name: str
    kind: SlotKind
    label: str
    gap: str
    general: str
    hint: str = ""
    choices: tuple[str, ...] = ()
    lead: str = ""

    @property
    def optional(self) -> bool:
        return bool(self.lead)

    def read(self, raw: Any) -> Any:
        """What was typed as a JSON value of this kind; None while empty. Raises ValueError."""
        if self.kind in LISTS:
            return self._read_list(raw)
        text = " ".join(str(raw if raw is not None else "").split())
        if not text:
            return None
        if len(text) > LONGEST_TEXT:
            raise ValueError(f"{self.label} must be {LONGEST_TEXT} characters or fewer")
        return READERS.get(self.kind, _read_text)(self, text)

    def _read_list(self, raw: Any) -> list[str] | None:
        chosen = [raw] if isinstance(raw, str) else list(raw or ())
        allowed = WEEKDAYS if self.kind is SlotKind.DAYS else self.choices
        if unknown := [item for item in chosen if item not in allowed]:
            raise ValueError(f"{self.label}: “{str(unknown[0])[:40]}” is not among the answers")
        return [item for item in allowed if item in chosen] or None

    def said(self, value: Any) -> str:
        """A value as the sentence has it."""
        if self.kind in LISTS:
            word = "or" if self.kind is SlotKind.EXCEPTIONS else "and"
            return joined(value, word)
        if self.kind is SlotKind.DISTANCE:
            return f"{value} metres"
        if self.kind is SlotKind.TIMES:
            return str(value).replace(" to ", " and ")  # after "between"
        if self.kind is SlotKind.DATE:
            return written(date.fromisoformat(value))
        return str(value)


def joined(items: list[str], word: str) -> str:
    """a, b and c"""
    *before, last = items
    return f"{', '.join(before)} {word} {last}" if before else last


def _read_text(slot: Slot, text: str) -> str:
    if any(mark in text for mark in "{}[]<>"):
        raise ValueError(f"{slot.label} must not have brackets: they mark what is still empty")
    return text.rstrip(".")


def _read_distance(slot: Slot, text: str) -> int:
    digits = text.replace(",", "").removesuffix("metres").removesuffix("m").strip()
    if not re.fullmatch(r"[0-9]{1,6}", digits):
        raise ValueError(f"{slot.label} must be a whole number of metres, like 100")
    metres = int(digits)
    if not SHORTEST_DISTANCE <= metres <= LONGEST_DISTANCE:
        raise ValueError(f"{slot.label} must be between 1 and 50,000 metres")
    return metres


def _read_number(slot: Slot, text: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,2}", text):
        raise ValueError(f"{slot.label} must be a whole number from 1 to 999")
    return int(text)


def _read_times(slot: Slot, text: str) -> str:
    if not TIMES.fullmatch(text):
        raise ValueError(f"{slot.label} must be two times on the 24-hour clock: 18:00 to 07:00")
    return text


def _read_date(slot: Slot, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(f"{slot.label} must be a real date") from None


READERS = {
    SlotKind.DISTANCE: _read_distance,
    SlotKind.NUMBER: _read_number,
    SlotKind.TIMES: _read_times,
    SlotKind.DATE: _read_date,
}

Values = Mapping[str, Any]
