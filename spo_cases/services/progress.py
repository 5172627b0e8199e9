"""Lines for the person who waits: seconds since ./run was typed, and what is done."""

import sys
import time
from collections.abc import Callable

Say = Callable[[str], None]


def lines(began: float) -> Say:
    """A function that prints one line with the seconds since `began` (a Unix time)."""

    def say(line: str) -> None:
        sys.stdout.write(f"[{time.time() - began:6.2f}s] {line}\n")
        sys.stdout.flush()

    return say
