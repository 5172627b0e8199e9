"""The database's roles in tests: which one a connection has, and the owner's for what only he may."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from contextvars import ContextVar
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from psycopg2.errors import InFailedSqlTransaction

from accounts import sites
from documents import masking
from spo_cases import grants, reading

SERVICE, DOCUMENTS = "spo_test_service", "spo_test_documents"
ADVOCATES = "spo_test_advocates"
ROLES = {grants.SERVICE: SERVICE, grants.DOCUMENTS: DOCUMENTS, grants.ADVOCATES: ADVOCATES}


def make() -> None:
    """Make the roles, where another run has not made them, and give them their rights here."""
    with transaction.atomic(), connection.cursor() as cursor:
        # Roles are of the whole server, and so is the lock on their catalogue; an advisory one is of one
        # database, and each worker of the suite has its own.
        cursor.execute("LOCK TABLE pg_authid IN SHARE ROW EXCLUSIVE MODE")
        for name in ROLES.values():
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
            if not cursor.fetchone():
                cursor.execute(f"CREATE ROLE {name}")
                cursor.execute(f"GRANT {name} TO CURRENT_USER")
        grants.apply(ROLES)


def connect_as(name: str) -> None:
    """Every connection from now on has this role; "" is the owner's, which migrated."""
    connection.close()
    options: dict[str, Any] = connection.settings_dict["OPTIONS"]
    options.pop("options", None)
    if name:
        options["options"] = f"-c role={name}"


@contextmanager
def owner_connects() -> Iterator[None]:
    """For a test that commits: every connection is the owner's, as of `manage.py seed`."""
    connect_as("")
    yield
    connect_as(SERVICE)


@contextmanager
def on_the_advocates_site() -> Iterator[None]:
    """What runs inside has the connection that the process of the advocates' site has.

    Not by Django's cursor: the queries of a test are counted, and its transaction may be broken.
    """
    held = connection.settings_dict
    with (
        _now(ADVOCATES, "advocates,public"),
        connection.execute_wrapper(reading.say),
        patch.dict(held, DISABLE_SERVER_SIDE_CURSORS=True),
    ):
        yield


@contextmanager
def as_the_keeper() -> Iterator[None]:
    """What runs inside is what the advocates' site asks the keeper, who is the service."""
    with _now(SERVICE, "public"):
        yield


def whose() -> str:
    """The role that the two sites have given this thread; empty where neither did."""
    return _whose.get()


_whose: ContextVar[str] = ContextVar("whose", default="")


@contextmanager
def _now(role: str, path: str) -> Iterator[None]:
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('role'), current_setting('search_path')")
        before = cursor.fetchone()
    token = _whose.set(role)
    _set(role, path)
    try:
        yield
    finally:
        _whose.reset(token)
        with suppress(InFailedSqlTransaction):  # the test's transaction takes it back
            _set(*before)


def _set(role: str, path: str) -> None:
    with connection.connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('role', %s, false), set_config('search_path', %s, false)",
            [role, path],
        )


class RoleOfHostMiddleware:
    """Outermost in tests: the two sites share a process here, and each request has its site's role."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not sites.is_advocates(request):
            return self.get_response(request)
        with on_the_advocates_site():
            return self.get_response(request)


OURS = f"{RoleOfHostMiddleware.__module__}.{RoleOfHostMiddleware.__qualname__}"


def is_for_advocates(client: Client) -> bool:
    return (
        OURS in settings.MIDDLEWARE and client.defaults.get("HTTP_HOST") == settings.ADVOCATES_HOST
    )


@contextmanager
def one_role() -> Iterator[None]:
    """As where DATABASE_URL_ADVOCATES is not set: the service serves both sites.

    For clients that have asked for nothing yet: each keeps the middleware of its first request.
    """
    without = [name for name in settings.MIDDLEWARE if name != OURS]
    with override_settings(MIDDLEWARE=without):
        yield


two_roles = nullcontext  # as everywhere in tests


def two_sites() -> ExitStack:
    """Until it is closed: each request, and each session that a test makes, has its own site's role."""
    kept, log_in = masking.details_kept_from, Client._login  # type: ignore[attr-defined]
    session: Any = Client.session

    def asked(*args: Any, **kwargs: Any) -> Any:
        with as_the_keeper():
            return kept(*args, **kwargs)

    def signed_in(client: Client, *args: Any, **kwargs: Any) -> None:
        with on_the_advocates_site() if is_for_advocates(client) else nullcontext():
            log_in(client, *args, **kwargs)

    def session_of(client: Client) -> Any:
        with on_the_advocates_site() if is_for_advocates(client) else nullcontext():
            found = session.fget(client)
            found._get_session()  # sessions are read when they are asked
            return found

    ending = ExitStack()
    ending.enter_context(override_settings(MIDDLEWARE=[OURS, *settings.MIDDLEWARE]))
    ending.enter_context(patch.object(masking, "details_kept_from", asked))
    ending.enter_context(patch.object(Client, "_login", signed_in))
    ending.enter_context(patch.object(Client, "session", property(session_of)))
    return ending


@contextmanager
def as_role(name: str) -> Iterator[Any]:
    """A cursor of this role on the test's own connection, in the test's own transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {name}")
        yield cursor
        cursor.execute("RESET ROLE")


@contextmanager
def as_owner() -> Iterator[Any]:
    """A cursor of the tables' owner, who is a superuser in tests."""
    with as_role("NONE") as cursor:
        yield cursor
