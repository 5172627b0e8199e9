"""What a row repeats of another row stays what that row says: the database holds the two together.

A record of a case carries its force, so that a list walks the index of one force; what is about an order
carries the order's case, by which it is opened. A repeated column that differs would show a record to
whoever may not see it.
"""

from django.db.migrations import RunSQL


def told(table: str, column: str) -> RunSQL:
    """Others may repeat this column of the table."""
    name = f"{table}_tells_{column}"
    return RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} UNIQUE (id, {column})",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )


def repeats(table: str, column: str, *, key: str = "case_id", of: str = "casework_case") -> RunSQL:
    """The column is that of the row that `key` points to; held, as every foreign key, at the end."""
    name = f"{table}_repeats_{column}_by_{key}"
    return RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({key}, {column}) "
        f"REFERENCES {of} (id, {column}) DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE {table} DROP CONSTRAINT {name}",
    )
