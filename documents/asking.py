"""Asks the keeper whether words may be shown, for a process that cannot read the vault itself.

One question opens with the cases and the people whose own details are no secret; then each text is a
line, and its answer a line. Where nobody answers, nothing is shown.
"""

import json
import logging
import socket
import weakref
from collections.abc import Collection
from contextlib import suppress
from typing import Any
from uuid import UUID

from casework.masks import KEPT

PATIENCE = 3.0  # seconds
FREE, HELD = "free", "held"
LOG = logging.getLogger("documents.asking")


class Asked:
    """How the texts of some cases are shown: as they are, or KEPT in their place. One page long."""

    def __init__(self, keeper: str, cases: Collection[UUID], own: Collection[UUID] = ()) -> None:
        self.keeper = keeper
        self.about = {"cases": sorted(map(str, cases)), "own": sorted(map(str, own))}
        self.known: dict[str, str] = {}
        self.line: Any = None
        self.broken = False

    def __call__(self, text: str) -> str:
        if text not in self.known:
            self.known[text] = text if self._may_show(text) else KEPT
        return self.known[text]

    def _may_show(self, text: str) -> bool:
        if self.broken or not text.strip():
            return not self.broken
        try:
            return self._ask(text) == FREE
        except (OSError, ValueError) as error:
            self.broken = True
            LOG.error("the keeper does not answer", exc_info=error)
            return False

    def _ask(self, text: str) -> str:
        if self.line is None:
            self.line = self._open()
            self._say(self.about)
        return self._say(text)

    def _open(self) -> Any:
        """A line to the keeper that closes with this page."""
        calling = socket.socket(socket.AF_UNIX)
        calling.settimeout(PATIENCE)
        line = calling.makefile("rwb")
        weakref.finalize(self, _hang_up, line, calling)
        calling.connect(self.keeper)
        return line

    def _say(self, said: Any) -> str:
        self.line.write(json.dumps(said).encode() + b"\n")
        self.line.flush()
        answer: str = self.line.readline().decode().strip()
        if answer not in (FREE, HELD):
            raise ValueError("not an answer")
        return answer


def answers(keeper: str) -> bool:
    """Whether the keeper answers for nobody's case."""
    asked = Asked(keeper, [])
    return asked("nobody") == "nobody"


def _hang_up(line: Any, calling: socket.socket) -> None:
    with suppress(OSError):
        line.close()
    calling.close()
