"""Brings rows in by COPY, thousands at a time, and leaves the lines that the audit's trigger would.

Rows go by COPY into a temporary table that has only the columns in which they differ; one INSERT ..
SELECT adds what the model says by default, and its RETURNING is what the log is written from.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import StringIO
from typing import Any

from django.db import connection
from django.db.models import AutoField, Field, Model
from django.db.models.fields.json import JSONField
from psycopg2.extras import Json

PLAIN = str.isprintable
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


@dataclass
class Table:
    """A model's table, and the rows of a batch with the columns in which they differ."""

    model: type[Model]
    columns: tuple[str, ...] = ()
    rows: list[Sequence[Any]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @property
    def staged(self) -> str:
        return f"seeded_{self.name}"

    def add(self, values: dict[str, Any]) -> None:
        """One row, by column. The same columns every time."""
        self.columns = self.columns or tuple(values)
        if tuple(values) != self.columns:
            raise AssertionError(f"{self.name}: {tuple(values)} is not {self.columns}")
        self.rows.append(tuple(values.values()))

    def constants(self) -> dict[str, Any]:
        """What every row has alike: the model's own defaults."""
        return {
            str(field.column): default_of(field)
            for field in self.model._meta.concrete_fields
            if field.column not in self.columns and not isinstance(field, AutoField)
        }

    def bring_in(self, keep: str) -> int:
        """COPY and insert the rows; `keep` is what becomes of each, as a SELECT FROM put."""
        if not self.rows:
            return 0
        chosen = [f'"{column}"' for column in self.columns]
        execute(
            f"CREATE TEMPORARY TABLE {self.staged} ON COMMIT DROP AS "  # noqa: S608 names of ours
            f"SELECT {', '.join(chosen)} FROM {self.name} WITH NO DATA"
        )
        copy(self.staged, self.columns, self.rows)
        constants = self.constants()
        names = ", ".join([*chosen, *(f'"{name}"' for name in constants)])
        values = ", ".join([*chosen, *["%s"] * len(constants)])
        put = f"INSERT INTO {self.name} ({names}) SELECT {values} FROM {self.staged}"  # noqa: S608
        whole = f"WITH put AS ({put} RETURNING *) {keep}" if keep else put
        execute(whole, list(constants.values()))
        many = len(self.rows)
        self.rows.clear()
        return many


def default_of(field: "Field[Any, Any]") -> Any:
    """What a new row has where nobody says otherwise."""
    value = field.get_default()
    return Json(value) if isinstance(field, JSONField) else value


def copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    lines = StringIO("".join("\t".join(map(written, row)) + "\n" for row in rows))
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN", lines)


def written(value: Any) -> str:
    """A value as COPY reads it."""
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return value if PLAIN(value) and "\\" not in value else value.translate(ESCAPES)
    if isinstance(value, bool):
        return "t" if value else "f"
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def execute(statement: str, values: Sequence[Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
