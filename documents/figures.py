"""Drawings in documents, as positions on a strip 620 units wide that the template draws."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

LEFT, WIDTH = 10, 600
LEVELS = (46, 22)  # heights of the marks, so that two close days stay apart
APART = 20  # units between two marks of one height
MOST_TICKS = 9


@dataclass(frozen=True)
class Tick:
    """The first day of a month."""

    x: float
    label: str


@dataclass(frozen=True)
class Mark:
    """One act on its day."""

    x: float
    y: int
    label: str
    online: bool


@dataclass(frozen=True)
class Timeline:
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]


def timeline(acts: Sequence[Any], first: int) -> Timeline:
    """Acts (`on`, `online`) along the months in which they fell, numbered from `first`."""
    begins = min(act.on for act in acts).replace(day=1)
    ends = _month_after(max(act.on for act in acts))
    days = (ends - begins).days

    def place(day: date) -> float:
        return round(float(LEFT + WIDTH * (day - begins).days / days), 1)

    return Timeline(ticks=_ticks(begins, ends, place), marks=_marks(acts, first, place))


def _ticks(begins: date, ends: date, place: Any) -> tuple[Tick, ...]:
    months = [begins]
    while months[-1] < ends:
        months.append(_month_after(months[-1]))
    every = -(-len(months) // MOST_TICKS)
    name = "%B" if len(months) <= MOST_TICKS - 2 else "%b %Y" if every > 1 else "%b"
    shown = months[:-1][::every]
    return tuple(Tick(place(month), f"{month:{name}}") for month in shown)


def _marks(acts: Sequence[Any], first: int, place: Any) -> tuple[Mark, ...]:
    last_at = dict.fromkeys(LEVELS, -APART * 1.0)
    marks = []
    for number, act in enumerate(acts, start=first):
        x = place(act.on)
        free = [level for level in LEVELS if x - last_at[level] >= APART]
        y = free[0] if free else LEVELS[0]
        marks.append(Mark(x, y, str(number) if free else "", act.online))
        last_at[y] = x
    return tuple(marks)


def _month_after(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
