"""Drawings in documents, as positions on a strip 620 units wide that the template draws."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

LEFT, WIDTH = 10, 600
APART = 18  # units between two marks of one height: a mark and its number take so much
STEP, STEM, TOP = 19, 24, 10  # between two heights, below the lowest, above the highest
MOST_HEIGHTS = 10  # as many acts of one day can be told apart
MOST_TICKS = 9
Place = Callable[[date], float]


@dataclass(frozen=True)
class Tick:
    """The first day of a month."""

    x: float
    label: str


@dataclass(frozen=True)
class Mark:
    """One act on its first day, numbered by its paragraph; with a bar to its last day, if later."""

    x: float
    y: int
    label: str  # empty: too many others stand there
    online: bool
    until: float | None


@dataclass(frozen=True)
class Timeline:
    """The acts along the months, and what the words under the drawing say of them."""

    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    axis: int  # the height of the line of time, from above
    first: date
    last: date

    @property
    def online(self) -> int:
        return sum(mark.online for mark in self.marks)

    @property
    def bars(self) -> bool:
        return any(mark.until is not None for mark in self.marks)

    @property
    def unnumbered(self) -> int:
        return sum(not mark.label for mark in self.marks)


def timeline(acts: Sequence[Any], first: int) -> Timeline:
    """Acts (`on`, `until`, `online`) along the months in which they fell, numbered from `first`."""
    begun, over = min(act.on for act in acts), max(act.until or act.on for act in acts)
    begins, ends = begun.replace(day=1), _month_after(over)
    days = (ends - begins).days

    def place(day: date) -> float:
        return round(float(LEFT + WIDTH * (day - begins).days / days), 1)

    heights = _heights(acts, place)
    axis = TOP + STEM + STEP * max((h for h in heights if h is not None), default=0)
    return Timeline(
        ticks=_ticks(begins, ends, place),
        marks=tuple(
            Mark(
                x=place(act.on),
                y=axis - STEM - STEP * (height or 0),
                label="" if height is None else str(number),
                online=act.online,
                until=place(act.until) if act.until and act.until > act.on else None,
            )
            for number, (act, height) in enumerate(zip(acts, heights, strict=True), start=first)
        ),
        axis=axis,
        first=begun,
        last=over,
    )


def _ticks(begins: date, ends: date, place: Place) -> tuple[Tick, ...]:
    """Every month or every so many; each with its year where the drawing goes over a year's end."""
    months = [begins]
    while months[-1] < ends:
        months.append(_month_after(months[-1]))
    every = -(-len(months) // MOST_TICKS)
    shown = months[:-1][::every]
    short = "%b" if len(months) > MOST_TICKS - 2 else "%B"
    years = len({month.year for month in shown}) > 1

    def label(month: date) -> str:
        dated = every > 1 or (years and (month == begins or month.month == 1))
        return f"{month:%b %Y}" if dated else f"{month:{short}}"

    return tuple(Tick(place(month), label(month)) for month in shown)


def _heights(acts: Sequence[Any], place: Place) -> list[int | None]:
    """For each act the lowest height at which no mark or bar is in its way; None: there is none."""
    taken = [-APART * 1.0] * MOST_HEIGHTS
    heights: list[int | None] = []
    for act in acts:
        x = place(act.on)
        height = next((h for h, last in enumerate(taken) if x - last >= APART), None)
        if height is not None:
            taken[height] = place(act.until) if act.until else x
        heights.append(height)
    return heights


def _month_after(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
