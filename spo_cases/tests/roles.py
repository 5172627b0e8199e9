"""The database's roles in tests: which one a connection has, and the owner's for what only he may."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from spo_cases import grants

SERVICE, DOCUMENTS = "spo_test_service", "spo_test_documents"
ROLES = {grants.SERVICE: SERVICE, grants.DOCUMENTS: DOCUMENTS}


def make() -> None:
    """Make the roles, where another run has not made them, and give them their rights here."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(7380)")  # roles are of the whole server
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
