"""Dates and times as separate boxes, the way people are asked for them on paper.

A widget's value is a tuple of what was typed, as text, so that nothing typed is ever lost. `as_data`
is the way back: from a Python value to what a browser would have posted (the API goes that way).
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, ClassVar

from django import forms

from law.periods import LONDON, moments_at


class Parts(forms.Widget):
    """Several text boxes that make one value: `name_day`, `name_month` ..."""

    names: ClassVar[tuple[str, ...]] = ()
    labels: ClassVar[Mapping[str, str]] = {}
    wide: ClassVar[frozenset[str]] = frozenset({"year"})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[str, ...]:
        return tuple(str(data.get(f"{name}_{part}") or "").strip() for part in self.names)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return all(f"{name}_{part}" not in data for part in self.names)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_{self.names[0]}"

    def typed(self, value: Any) -> tuple[str, ...]:
        """What stands in the boxes: for a value from the record, or what was typed."""
        if isinstance(value, tuple):
            return value
        return self.split(value) if value is not None and value != "" else ("",) * len(self.names)

    def split(self, value: Any) -> tuple[str, ...]:
        raise NotImplementedError

    def as_data(self, name: str, value: Any) -> dict[str, str]:
        """The posted form of a Python value."""
        return {
            f"{name}_{part}": text
            for part, text in zip(self.names, self.typed(value), strict=True)
            if text
        }


def _day(value: date) -> tuple[str, str, str]:
    return str(value.day), str(value.month), f"{value.year:04d}"


class DateParts(Parts):
    """Day, month, year."""

    names = ("day", "month", "year")

    def split(self, value: date) -> tuple[str, ...]:
        return _day(value)


class TimeParts(Parts):
    """Hour and minute of a 24-hour London clock."""

    names = ("hour", "minute")

    def split(self, value: time) -> tuple[str, ...]:
        return f"{value.hour:02d}", f"{value.minute:02d}"


class MomentParts(Parts):
    """A day and a time; `which` tells the two 01:30s apart on the night the clocks go back."""

    names = ("day", "month", "year", "hour", "minute", "which")

    def split(self, value: datetime) -> tuple[str, ...]:
        local = value.astimezone(LONDON)
        which = "" if came_once(local) else ("second" if local.fold else "first")
        return *_day(local), f"{local.hour:02d}", f"{local.minute:02d}", which


def came_once(local: datetime) -> bool:
    """False for a local time that the clocks showed twice, or never."""
    return len(moments_at(local.replace(tzinfo=None))) == 1
