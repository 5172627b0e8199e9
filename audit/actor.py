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


# With the transaction that the actor is of: what a role or a database is set to names none.
SET_ACTOR = (
    "SELECT set_config('spo.actor', %s, true), "
    "set_config('spo.actor_of', pg_current_xact_id()::text, true)"
)


def stamp(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    """A Django execute wrapper that sets the transaction's actor together with every write.

    The setting is local to the transaction. Outside one it is left out, and the triggers refuse the
    write. Both go to the database in one message; psycopg 2 gives back what the last one answers.
    """
    if str(sql).lstrip()[:6].upper() not in WRITES or not context["connection"].in_atomic_block:
        return execute(sql, params, many, context)
    if many or not isinstance(params, list | tuple):
        values = [_actor.get()]
        execute(SET_ACTOR, [values] if many else values, many, context)
        return execute(sql, params, many, context)
    return execute(f"{SET_ACTOR}; {sql}", [_actor.get(), *params], many, context)


def install(*, connection: Any, **_: Any) -> None:
    """Put the stamp on a new database connection."""
    if stamp not in connection.execute_wrappers:
        connection.execute_wrappers.append(stamp)
