"""Tells PostgreSQL who reads, on the advocates' site: its windows show what that person may see.

With each statement, in one message and so in one transaction: nothing stays on a connection that
somebody else's request has next. Nobody is said where nobody is signed in, and then no case is there.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings

from audit import actor

SET_READER = "SELECT set_config('spo.reader', %s, true)"
ROWS = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")


def say(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    """A Django execute wrapper that names the reader with every statement about rows.

    Not with what ends a transaction that has failed, which takes nothing else.
    """
    if many or not str(sql).lstrip(" (\n")[:6].upper().startswith(ROWS):
        return execute(sql, params, many, context)
    if params is None:
        sql, params = str(sql).replace("%", "%%"), []
    return execute(f"{SET_READER}; {sql}", [actor.current(), *params], many, context)


def install(*, connection: Any, **_: Any) -> None:
    """Put it on a new connection of the advocates' process."""
    if settings.DATABASE_ROLE == "advocates" and say not in connection.execute_wrappers:
        connection.execute_wrappers.append(say)
