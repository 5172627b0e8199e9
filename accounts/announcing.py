"""Who hears of an account that needs a second person, or has had one: the rooms above say so at start.

`casework.announce` stands above this room, so that this one keeps its own list.
"""

from collections.abc import Callable

from accounts.models import AccountChange, Actor

Listener = Callable[..., None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Call `listener(change, by=actor)` in each act's transaction. Once is enough."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(change: AccountChange, *, by: Actor) -> None:
    """It was asked for, confirmed, refused or withdrawn: its status says which."""
    for listener in _listeners:
        listener(change, by=by)
