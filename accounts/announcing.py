"""Who hears of an account that needs a second person, or that somebody can work with or not any more, and
of another duty inbox: the rooms above say so at start.

`casework.announce` stands above this room, so that this one keeps its own list.
"""

from collections.abc import Callable

from accounts.models import AccountChange, Actor, Force, User

Listener = Callable[..., None]
_listeners: list[Listener] = []
_of_work: list[Listener] = []
_of_inboxes: list[Listener] = []


def listen(listener: Listener) -> None:
    """Call `listener(change, by=actor)` in each act's transaction. Once is enough."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(change: AccountChange, *, by: Actor) -> None:
    """It was asked for, confirmed, refused or withdrawn: its status says which."""
    for listener in _listeners:
        listener(change, by=by)


def listen_to_work(listener: Listener) -> None:
    """Call `listener(user, by=actor)` in each such act's transaction. Once is enough."""
    if listener not in _of_work:
        _of_work.append(listener)


def tell_of_work(user: User, *, by: Actor) -> None:
    """The account was closed or opened, or has another role: what it may do is another thing now."""
    for listener in _of_work:
        listener(user, by=by)


def listen_to_inboxes(listener: Listener) -> None:
    """Call `listener(force, by=actor)` in each such act's transaction. Once is enough."""
    if listener not in _of_inboxes:
        _of_inboxes.append(listener)


def tell_of_inbox(force: Force, *, by: Actor) -> None:
    """The force has another duty inbox, or none any more."""
    for listener in _of_inboxes:
        listener(force, by=by)
