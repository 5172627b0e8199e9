"""What the rooms above made from the result of a hearing, so that it cannot be another one now.

They stand above this one, so they say in their `AppConfig.ready` whom to ask:

    resting.told_by(made_from)      made_from(hearing) -> sentences that say what, and what to do
"""

from collections.abc import Iterable, Iterator

from applications.models import Hearing
from casework.tellers import Tellers

_tellers = Tellers[[Hearing], Iterable[str]]()
told_by = _tellers.add


def on(hearing: Hearing) -> Iterator[str]:
    """Why the result of this hearing cannot be corrected or taken back, and the way."""
    for told in _tellers.ask(hearing):
        yield from told
