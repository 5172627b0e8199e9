"""The ways out. Only `alerts.delivery` knows them; each knows one provider and no table."""

from dataclasses import dataclass
from typing import Protocol

TIMEOUT = 10  # seconds that a provider has to answer; a sender's lease is longer


@dataclass(frozen=True)
class Letter:
    """What is sent. `reference` is the same however often the same message is tried."""

    reference: str
    to: str
    subject: str
    body: str


class Rejected(Exception):
    """The provider will never take this message: trying again cannot help."""


class NotSent(Exception):
    """The provider has certainly not taken it; try again, at the earliest after `wait` seconds."""

    def __init__(self, message: str, *, wait: float = 0) -> None:
        super().__init__(message)
        self.wait = wait


class Transport(Protocol):
    """Any other exception than the two above means: it may or may not have been taken."""

    remembers: bool  # it can be asked by reference whether it has taken a message

    def send(self, letter: Letter) -> str:
        """Hand the letter over. What the provider calls it, or "" where it has no name for it."""
        ...

    def found(self, reference: str) -> str | None:
        """What the provider calls the message with this reference, if it has taken one."""
        ...
