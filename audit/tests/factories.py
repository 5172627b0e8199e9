"""Something to write, and what a superuser can do to the log and no user can."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from accounts.tests import factories as accounts
from people.models import Person
from spo_cases.tests import roles


def person(name: str = "Testwood") -> Person:
    with transaction.atomic():
        return Person.objects.create(force=accounts.force(), family_name=name)


@contextmanager
def as_superuser() -> Iterator[Any]:
    """Write to the log with its guards off, as the owner of the tables could."""
    with roles.as_owner() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("audit_entry", "audit_streamhead"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        for table in ("audit_entry", "audit_streamhead"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
