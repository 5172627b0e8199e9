"""The doorbell: tells a worker that something waits, and costs the request nothing.

What waits is in PostgreSQL and the sweep finds it, rung or not. So the ring is left to a thread of
its own, is dropped when the broker does not keep up, and a broker that is gone is left alone for a
while.
"""

import logging
import os
import queue
import threading
import time
from collections.abc import Callable
from functools import partial

from django.db import transaction

logger = logging.getLogger(__name__)
Ring = Callable[[str], object]
LEFT_ALONE = 15.0  # seconds after a ring that nobody heard
_ringer: list[Ring] = []


class _Bell:
    """One thread of one process. A forked worker makes its own."""

    def __init__(self) -> None:
        self.process = os.getpid()
        self.waiting: queue.Queue[tuple[Ring, str]] = queue.Queue(maxsize=100)
        self.broken_until = 0.0
        threading.Thread(target=self.answer, name="bell", daemon=True).start()

    def pull(self, ring: Ring, what: str) -> None:
        if time.monotonic() < self.broken_until:
            return
        try:
            self.waiting.put_nowait((ring, what))
        except queue.Full:
            logger.debug("The broker does not keep up; the sweep will find %s", what)

    def answer(self) -> None:
        while True:
            ring, what = self.waiting.get()
            if time.monotonic() < self.broken_until:
                continue
            try:
                ring(what)
            except Exception as error:
                self.broken_until = time.monotonic() + LEFT_ALONE
                logger.warning("The broker does not answer (%s); the sweep goes on", error)


_bell: list[_Bell] = []


def ringer(ring: Ring) -> None:
    """Say how a worker is told. Without it nobody is, and the sweep does the work."""
    _ringer[:] = [ring]


def on_commit(what: str) -> None:
    """Ring once the transaction is committed, if it is."""
    if _ringer:
        ring_on_commit(_ringer[0], what)


def ring_on_commit(ring: Ring, what: str) -> None:
    """The same for another room's worker, whose own sweep finds what was not heard."""
    transaction.on_commit(partial(_pull, ring, what), robust=True)


def _pull(ring: Ring, what: str) -> None:
    if not _bell or _bell[0].process != os.getpid():
        _bell[:] = [_Bell()]
    _bell[0].pull(ring, what)
