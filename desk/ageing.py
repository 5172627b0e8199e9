"""How long cases have waited, as a drawing: pure geometry, in SVG units. The template only prints it.

One scale for all rows, in days: since a case waits, and until a hearing that is listed. What does not fit
stands in a column of its own at the right, which says so, and not at a day that is not its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desk.queries import Stage

WIDTH, LEFT, ROW = 282, 6, 38
LAST = 21  # days that the scale has
SCALE = 11.0
END = LEFT + LAST * SCALE
MORE = END + 24  # the middle of the column for what is longer
TICKS = (0, 7, 14, 21)


@dataclass(frozen=True)
class Mark:
    """One case: a dot, a square where it is late, a diamond for a hearing that is still to come."""

    x: float
    shape: str


@dataclass(frozen=True)
class Row:
    """A stage: where it stands, its limit where it has one, its cases."""

    name: str
    top: int
    limit: float | None
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Drawing:
    """Everything that the template prints."""

    height: int
    ticks: tuple[tuple[float, int], ...]
    rows: tuple[Row, ...]
    more: bool  # something is longer than the scale


def place(days: float) -> float:
    """Where so many days are on the scale; in the column at the right where they are too many."""
    return round(LEFT + max(days, 0) * SCALE, 1) if days <= LAST else MORE


def drawn(stages: Sequence[Stage], today: date) -> Drawing:
    """The drawing of these stages as they are today, one below the other."""
    return Drawing(
        height=ROW * len(stages) + 20,
        ticks=tuple((place(day), day) for day in TICKS),
        rows=tuple(_row(stage, ROW * number, today) for number, stage in enumerate(stages)),
        more=any(one.days > LAST for stage in stages for one in stage.waiting),
    )


def _row(stage: Stage, top: int, today: date) -> Row:
    shape = "ahead" if stage.ahead else "waits"
    return Row(
        stage.name,
        top,
        place(stage.limit.drawn_on(today)) if stage.limit else None,
        tuple(Mark(place(w.days), "late" if w.late else shape) for w in stage.waiting),
    )
