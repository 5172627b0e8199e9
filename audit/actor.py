"""Tells PostgreSQL who is acting. The triggers refuse a write that has no actor."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_actor: ContextVar[str] = ContextVar("actor", default="")
WRITES = ("INSERT", "UPDATE", "DELETE")


@contextmanager
def acting_as(name: str) -> Iterator[None]:
    """Every write inside is by `name`: a user name, or "task:..." where a machine acts."""
    token = _actor.set(name)
    try:
        yield
    finally:
        _actor.reset(token)


def current() -> str:
    """Who is acting now; empty where nobody is."""
    return _actor.get()


def stamp(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    """A Django execute wrapper that sets the transaction's actor just before every write.

    The setting is local to the transaction: a write outside one finds it gone, and is refused.
    """
    if str(sql).lstrip()[:6].upper() in WRITES:
        execute("SELECT set_config('spo.actor', %s, true)", [_actor.get()], False, context)
    return execute(sql, params, many, context)


def install(*, connection: Any, **_: Any) -> None:
    """Put the stamp on a new database connection."""
    if stamp not in connection.execute_wrappers:
        connection.execute_wrappers.append(stamp)
