"""What this room adds to the frame of every case's pages."""

from collections.abc import Iterator

from breaches.queries import open_in
from casework import frame
from casework.frame import Mark
from casework.models import Case


def marks(case: Case) -> Iterator[Mark]:
    """A red tag while a breach is not decided."""
    if open_in(case):
        yield Mark("Breach open", "red")


frame.mark_cases(marks)
frame.count("breaches:overview", open_in)
