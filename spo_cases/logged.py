"""Are the facts what the log says they are? Each row against the last line that was written of it.

A row that was changed, put in or taken out while the triggers were off is found: by table and key, for
values are nobody's business here. Columns that are hidden from the log are compared with nothing.

The log is read once, its keys in order, and compared part by part: what this process holds does not grow
with the log. It reads alone, makes nothing, and needs no right beyond the service's own.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.apps import apps
from django.db import connection, transaction

PART = 2_000  # rows compared in one statement
EXAMPLES = 3
LAST = """
    SELECT "table", row_id, max(id) FROM audit_entry
    WHERE kind = 'row' AND row_id <> '' GROUP BY "table", row_id ORDER BY "table", row_id
"""
WATCHED = """
    SELECT c.oid::regclass::text, c.relname, encode(t.tgargs, 'escape'), a.attname,
           format_type(a.atttypid, a.atttypmod)
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = (
        SELECT k.attnum FROM pg_attribute k WHERE k.attrelid = c.oid AND k.attname IN ('id', 'code')
        ORDER BY k.attname = 'id' DESC LIMIT 1
    )
    WHERE p.proname = 'audit_row_change' AND t.tgname = 'row_change' ORDER BY 1
"""
# A key that the line lacks was empty, or is a column that was added since: then it has its default.
COMPARE = """
    WITH held AS (
        SELECT l.key, e.verb <> 'delete' AS told_there, coalesce(e.details -> 'after', '{{}}') AS told,
               r.{key} IS NOT NULL AS there, jsonb_strip_nulls(to_jsonb(r) - %(hidden)s::text[]) AS now,
               to_jsonb(r) - %(hidden)s::text[] AS columns
        FROM unnest(%(keys)s::text[], %(lines)s::bigint[]) AS l (key, line)
        JOIN audit_entry e ON e.id = l.line
        LEFT JOIN {table} r ON r.{key} = l.key::{type}
    ),
    compared AS (
        SELECT key, there, there <> told_there OR there AND now <> told AND EXISTS (
            SELECT FROM jsonb_object_keys(columns) AS name
            WHERE now -> name IS DISTINCT FROM told -> name
            AND NOT (told -> name IS NULL AND now -> name IS NOT DISTINCT FROM %(defaults)s::jsonb -> name)
        ) AS wrong FROM held
    )
    SELECT count(*) FILTER (WHERE there), count(*) FILTER (WHERE wrong),
           (array_agg(key ORDER BY key) FILTER (WHERE wrong))[1:{examples}]
    FROM compared
"""
UNTOLD = """
    SELECT r.{key}::text FROM {table} r WHERE NOT EXISTS (
        SELECT FROM audit_entry e WHERE e.kind = 'row' AND e."table" = %s AND e.row_id = r.{key}::text
    ) ORDER BY 1 LIMIT {examples}
"""
Progress = Callable[[str], object]


@dataclass
class Watched:
    """One table under the log, as the log calls it, and what was found in it so far."""

    table: str
    name: str
    hidden: list[str]
    key: str
    type: str
    there: int = 0  # rows of which the log has a line
    wrong: int = 0
    keys: tuple[str, ...] = ()

    @property
    def plain(self) -> str:
        return self.table.replace('"', "")

    def defaults(self) -> str:
        """What a column that is newer than a line was filled with, as JSON; all that is plain."""
        own = (m for m in apps.get_models() if m._meta.db_table.replace('"', "") == self.plain)
        fields = [field for model in own for field in model._meta.concrete_fields]
        found = {f.column: f.default for f in fields if isinstance(f.default, str | int | bool)}
        empty = {f.column: "" for f in fields if f.empty_strings_allowed and not f.null}
        return json.dumps(empty | found)

    def sql(self, statement: str) -> str:
        names = {"table": self.table, "key": self.key, "type": self.type}
        return statement.format(**names, examples=EXAMPLES)

    def add(self, wrong: int, keys: list[str] | None) -> None:
        self.wrong += wrong
        self.keys = (*self.keys, *(keys or ()))[:EXAMPLES]


def otherwise(progress: Progress) -> list[Watched]:
    """The tables that hold what the log has otherwise; `progress` hears how far it is."""
    with _at_one_moment() as cursor:
        tables = {watched.name: watched for watched in watched_tables()}
        progress("reading the log")
        for name, lines in _parts():
            if watched := tables.get(name):
                _compare(cursor, watched, lines)
                progress(f"{watched.plain}: {watched.there:,} rows")
        for watched in tables.values():
            _look_for_untold(cursor, watched)
    return [watched for watched in tables.values() if watched.wrong]


@contextmanager
def _at_one_moment() -> Iterator[Any]:
    """A transaction that sees the log and the rows as they are at one moment, though others write."""
    alone = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if alone:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield cursor


def _parts() -> Iterator[tuple[str, list[tuple[str, str, int]]]]:
    """The last line of every row, table by table, from a cursor that stays in the server."""
    with connection.chunked_cursor() as log:
        log.execute(LAST)
        while part := log.fetchmany(PART):
            for name, lines in groupby(part, key=itemgetter(0)):
                yield name, list(lines)


def watched_tables() -> list[Watched]:
    """Every table whose changes the log is told, with the columns that are hidden from it."""
    with connection.cursor() as cursor:
        cursor.execute(WATCHED)
        return [
            Watched(table, name, _arguments(arguments), key, kind)
            for table, name, arguments, key, kind in cursor.fetchall()
        ]


def _arguments(text: str) -> list[str]:
    """A trigger's first argument, which PostgreSQL ends with a null byte: "place,description"."""
    return [name for name in text.removesuffix("\\000").split(",") if name]


def _compare(cursor: Any, watched: Watched, lines: list[tuple[str, str, int]]) -> None:
    values = {
        "hidden": watched.hidden,
        "keys": [key for _, key, _ in lines],
        "lines": [line for _, _, line in lines],
        "defaults": watched.defaults(),
    }
    cursor.execute(watched.sql(COMPARE), values)
    there, wrong, keys = cursor.fetchone()
    watched.there += there
    watched.add(wrong, keys)


def _look_for_untold(cursor: Any, watched: Watched) -> None:
    """Rows of which the log has no line. They are named only where there are some: that reads it again."""
    cursor.execute(f"SELECT count(*) FROM {watched.table}")  # noqa: S608 a name of PostgreSQL's own
    (rows,) = cursor.fetchone()
    if untold := rows - watched.there:
        cursor.execute(watched.sql(UNTOLD), [watched.name])
        watched.add(untold, [key for (key,) in cursor.fetchall()])
