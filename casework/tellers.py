"""What an upper room knows of a lower room's record, without the lower one knowing that room.

The lower room keeps the list and names it; the upper one says in its `AppConfig.ready` whom to ask:

    _tellers = Tellers[[Order], AtService]()
    told_by = _tellers.add
"""

from collections.abc import Callable, Iterator
from typing import Generic, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Tellers(Generic[P, T]):
    """The rooms that are asked, each once, in the order in which they came."""

    def __init__(self) -> None:
        self._asked: list[Callable[P, T]] = []

    def add(self, teller: Callable[P, T]) -> None:
        """Ask this room too. Once is enough."""
        if teller not in self._asked:
            self._asked.append(teller)

    def ask(self, *args: P.args, **kwargs: P.kwargs) -> Iterator[T]:
        """What each of them says."""
        for teller in self._asked:
            yield teller(*args, **kwargs)
