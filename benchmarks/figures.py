"""What was measured, as ratios with their spread, and as one table."""

import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median


@dataclass(frozen=True)
class Figure:
    """One comparison: in each round the seconds of ours and of what it is measured by."""

    what: str
    beside: str
    ours: Sequence[float]
    base: Sequence[float]
    target: float

    @property
    def ratios(self) -> list[float]:
        return [a / b for a, b in zip(self.ours, self.base, strict=True)]

    @property
    def ratio(self) -> float:
        return median(self.ratios)

    @property
    def met(self) -> bool:
        return self.ratio <= self.target

    def cells(self) -> list[str]:
        return [
            self.what,
            milliseconds(self.ours),
            self.beside,
            milliseconds(self.base),
            f"{self.ratio:.2f}x",
            f"{min(self.ratios):.2f} to {max(self.ratios):.2f}",
            f"{self.target:g}x",
            "met" if self.met else "MISSED",
        ]


HEAD = ["What", "p50", "Beside", "p50", "Ratio", "From to", "Target", ""]


def milliseconds(seconds: Sequence[float]) -> str:
    return f"{median(seconds) * 1000:,.1f} ms"


def table(figures: Iterable[Figure]) -> str:
    """For a terminal: columns as wide as they must be."""
    rows = [HEAD, *(figure.cells() for figure in figures)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) for row in rows]
    return "\n".join(line.rstrip() for line in lines)


def page(figures: Sequence[Figure], notes: Sequence[str]) -> str:
    """For docs/benchmarks.md."""
    rounds = len(figures[0].ours) if figures else 0
    rows = [HEAD, ["---"] * len(HEAD), *(figure.cells() for figure in figures)]
    lines = [
        "# Benchmarks",
        "",
        "Written by `python benchmarks/run.py`; see [benchmarks/README.md](../benchmarks/README.md).",
        f"Medians of {rounds} interleaved rounds, with the lowest and the highest round's ratio.",
        "",
        *("| " + " | ".join(row) + " |" for row in rows),
        "",
        *(f"- {note}" for note in [*notes, circumstances()]),
        "",
    ]
    return "\n".join(lines)


def circumstances() -> str:
    """Where and when: a busy machine makes every number worse, ratios less so."""
    load = os.getloadavg()[0]
    return (
        f"{datetime.now(UTC):%d %B %Y}, {os.cpu_count()} cores, load {load:.1f}, "
        f"{platform.system()}, Python {platform.python_version()}"
    )
