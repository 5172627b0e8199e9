"""What was already done to the embedded database, so that a second start need not ask Django.

It is written in the database's own comment: a database that is replaced forgets it.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from spo_cases.services.postgres import DATABASE, Postgres

READ = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
MIGRATIONS_APPLIED = "SELECT count(*) FROM django_migrations"


def fingerprint(root: Path) -> str:
    """Changes with any migration, ours or of a package, and with what each role may do."""
    digest = hashlib.sha256()
    ours = [root / "spo_cases" / name for name in ("grants.py", "windows.py")]
    others = (root / "requirements.txt", *ours)
    for path in [*sorted(root.glob("*/migrations/*.py")), *others]:
        digest.update(f"{path.relative_to(root)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


class Remembered:
    """Reads and writes the comment. A step is done when its name has this very value."""

    def __init__(self, postgres: Postgres) -> None:
        self.postgres = postgres

    def done(self, step: str, value: str) -> bool:
        return bool(self._notes().get(step) == value)

    def remember(self, step: str, value: str) -> None:
        notes = json.dumps(self._notes() | {step: value})
        with self._cursor() as cursor:
            cursor.execute(f'COMMENT ON DATABASE "{DATABASE}" IS %s', [notes])

    def migrations(self, root: Path) -> str:
        """What `migrate` must have seen; also counts, in case somebody took migrations back."""
        with self._cursor() as cursor:
            cursor.execute("SELECT to_regclass('django_migrations') IS NOT NULL")
            if not cursor.fetchone()[0]:
                return "none"
            cursor.execute(MIGRATIONS_APPLIED)
            return f"{cursor.fetchone()[0]} {fingerprint(root)}"

    def _notes(self) -> dict[str, str]:
        with self._cursor() as cursor:
            cursor.execute(READ, [DATABASE])
            comment = cursor.fetchone()[0]
        try:
            notes = json.loads(comment or "{}")
        except ValueError:
            return {}
        return notes if isinstance(notes, dict) else {}

    @contextmanager
    def _cursor(self) -> Iterator[Any]:
        connection = self.postgres.connect(DATABASE)
        try:
            with connection, connection.cursor() as cursor:
                yield cursor
        finally:
            connection.close()
