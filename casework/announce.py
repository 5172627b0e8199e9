"""How an upper room learns what happened in a lower one, without the lower one knowing it.

A room subscribes in its `AppConfig.ready`. Handlers run in the act's transaction, after the save: if
one raises, the act never happened. They derive from the facts, idempotently.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

Handler = Callable[..., None]
_handlers: dict[str, list[Handler]] = defaultdict(list)


def subscribe(topic: str, handler: Handler) -> None:
    """Call `handler(record, by=actor)` whenever `topic` ("orders.serve") happens. Once is enough."""
    if handler not in _handlers[topic]:
        _handlers[topic].append(handler)


def announce(topic: str, record: Any, *, by: Any) -> None:
    """Tell the rooms above. Called by the engine with each act's own name."""
    for handler in _handlers[topic]:
        handler(record, by=by)


def topics() -> dict[str, tuple[str, ...]]:
    """What is listened to, and by whom: printed in `docs/lifecycles.md`."""
    return {
        topic: tuple(f"{h.__module__}.{h.__qualname__}" for h in handlers)
        for topic, handlers in sorted(_handlers.items())
        if handlers
    }
