"""A var/ for tests of the embedded services, and waiting for real processes."""

import atexit
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from spo_cases.services.children import OUR_MARK
from spo_cases.services.paths import Places, prepare
from spo_cases.services.supervisor import Supervisor

ROOT = Path(__file__).resolve().parents[2]
MARK = "0" * 32


def places_in(folder: Path) -> Places:
    places = prepare(ROOT, folder / "var")
    atexit.register(places.release)
    return places


def environment_of(places: Places, mark: str = MARK) -> dict[str, str]:
    return dict(os.environ) | {OUR_MARK: mark, "SPO_VAR": str(places.var)}


@contextmanager
def supervised() -> Iterator[tuple[Supervisor, list[str]]]:
    """A supervisor with what it said; everything it started is stopped at the end."""
    said: list[str] = []
    supervisor = Supervisor(said.append)
    try:
        yield supervisor, said
    finally:
        supervisor.stop_all()


def eventually(
    happened: Callable[[], object],
    *,
    seconds: float = 15.0,
    meanwhile: Callable[[], object] | None = None,
) -> None:
    """Wait for it, calling `meanwhile` between looks; the test fails when it never happens."""
    until = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > until:
            pytest.fail(f"did not happen within {seconds} s")
        if meanwhile:
            meanwhile()
        time.sleep(0.05)


def alive(pid: int) -> bool:
    """Runs, and is not only waiting for its parent to notice its end."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
