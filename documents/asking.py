"""Asks the keeper whether words may be shown, for a process that cannot read the vault itself.

A line to the keeper opens with the cases and the people whose own details are no secret; then some texts
are a line, and their answers one. The texts of a page are asked about together, once it is printed: each
stands there as a sign until then. Where nobody answers, there is no page.
"""

import json
import re
import socket
import weakref
from collections.abc import Collection
from contextlib import suppress
from typing import Any
from uuid import UUID

from markupsafe import Markup, escape

from casework.masks import KEPT, Undecided

PATIENCE = 3.0  # seconds
FREE, HELD = "free", "held"
SIGN, SIGNS = "\x02{}\x03", re.compile("\x02[0-9]+\x03")


class Asked:
    """How the texts of some cases are shown: as they are, or KEPT in their place. One page long.

    Raises Undecided where nobody answers.
    """

    def __init__(self, keeper: str, cases: Collection[UUID], own: Collection[UUID] = ()) -> None:
        self.keeper = keeper
        self.about = {"cases": sorted(map(str, cases)), "own": sorted(map(str, own))}
        self.known: dict[str, str] = {}
        self.put_off: dict[str, int] = {}
        self.line: Any = None

    def __call__(self, text: str) -> str:
        if text not in self.known:
            self._learn([text])
        return self.known[text]

    def later(self, text: str) -> str:
        """A sign for the text, or the text itself where its answer is known."""
        if not text.strip() or text in self.known:
            return self.known.get(text, text)
        return Markup(SIGN.format(self.put_off.setdefault(text, len(self.put_off))))  # noqa: S704

    def decide(self, html: str) -> str:
        """The page with each sign's text, or KEPT, in its place."""
        self._learn([text for text in self.put_off if text not in self.known])
        meant = {SIGN.format(at): escape(self.known[text]) for text, at in self.put_off.items()}
        return SIGNS.sub(lambda sign: meant.get(sign[0], ""), html)

    def _learn(self, texts: list[str]) -> None:
        """Ask about these, and remember the answers."""
        self.known |= {text: text for text in texts if not text.strip()}
        texts = [text for text in texts if text.strip()]
        if not texts:
            return
        try:
            answers = self._ask(texts)
        except (OSError, ValueError) as error:
            raise Undecided("the keeper does not answer") from error
        for text, answer in zip(texts, answers, strict=True):
            self.known[text] = text if answer == FREE else KEPT

    def _ask(self, texts: list[str]) -> list[str]:
        if self.line is None:
            self.line = self._open()
            self._say(self.about, 1)
        return self._say(texts, len(texts))

    def _open(self) -> Any:
        """A line to the keeper that closes with this page."""
        calling = socket.socket(socket.AF_UNIX)
        calling.settimeout(PATIENCE)
        line = calling.makefile("rwb")
        weakref.finalize(self, _hang_up, line, calling)
        calling.connect(self.keeper)
        return line

    def _say(self, said: Any, answers: int) -> list[str]:
        self.line.write(json.dumps(said).encode() + b"\n")
        self.line.flush()
        heard: list[str] = self.line.readline().decode().split()
        if len(heard) != answers or not {*heard} <= {FREE, HELD}:
            raise ValueError("not an answer")
        return heard


def answers(keeper: str) -> bool:
    """Whether the keeper answers for nobody's case."""
    try:
        return Asked(keeper, [])("nobody") == "nobody"
    except Undecided:
        return False


def _hang_up(line: Any, calling: socket.socket) -> None:
    with suppress(OSError):
        line.close()
    calling.close()
