"""How the rooms above learn that what is known of a person has changed.

A room says in its `AppConfig.ready` who hears of it, in the change's own transaction, after the write:

    changes.heard_by(void_changed)        void_changed(person, by=actor)
"""

from collections.abc import Callable

from accounts.models import Actor
from people.models import Person

Hearer = Callable[..., None]
_hearers: list[Hearer] = []


def heard_by(hearer: Hearer) -> None:
    """Tell this room too. Once is enough."""
    if hearer not in _hearers:
        _hearers.append(hearer)


def changed(person: Person, *, by: Actor) -> None:
    """Facts of this person are others than before: names, birth, where the person lives."""
    for hearer in _hearers:
        hearer(person, by=by)
