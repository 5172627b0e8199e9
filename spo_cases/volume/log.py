"""Writes the audit's lines of a batch in one statement instead of one trigger call for each row.

Why this keeps what the triggers guarantee:

- It is one transaction. The row triggers of the tables that are filled, and the two that chain the
  log, are switched off inside it and on again before it ends; a failure anywhere undoes all of it,
  the switching included. PostgreSQL lets nobody else see them off.
- Before that it holds SHARE ROW EXCLUSIVE on all of these tables: nobody else writes to them until
  it has ended, so no row slips by unlogged. The locks are taken at once or not at all (NOWAIT), so
  that it never waits for somebody who waits for it.
- Each row leaves the line that `audit_row_change` would write, without the columns that the table's
  trigger hides: the argument is read from the trigger itself.
- The lines go to one stream, which is claimed as a trigger claims it, begin after its present end,
  and are hashed by the same function, `audit_hash`, each with the hash of the one before. The stream's
  head is moved to the last. `manage.py audit_verify` walks them like all others.
- It is for demonstration data alone: the command refuses where SPO_DEMONSTRATION is not set.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

from spo_cases.volume.bulk import execute

SECONDS_TO_WAIT = 30.0
LOCK_NOT_AVAILABLE = "55P03"
LINES = """
    CREATE TEMPORARY TABLE IF NOT EXISTS seeded_line (
        ordinal bigint GENERATED ALWAYS AS IDENTITY, kind text, at timestamptz, actor text,
        verb text, "table" text, row_id text, case_id uuid, details jsonb
    ) ON COMMIT DELETE ROWS
"""
LINK = """
    CREATE OR REPLACE FUNCTION pg_temp.seeded_link(before bytea, line audit_entry) RETURNS bytea
    LANGUAGE plpgsql AS $$
    BEGIN
      line.prev := coalesce(before, line.prev);
      RETURN audit_hash(line);
    END $$
"""
CHAIN = """
    CREATE OR REPLACE AGGREGATE pg_temp.seeded_chain(audit_entry)
    (sfunc = pg_temp.seeded_link, stype = bytea)
"""
KEEP_ROW = """
    INSERT INTO seeded_line (kind, at, actor, verb, "table", row_id, case_id, details)
    SELECT 'row', clock_timestamp(), '{actor}', 'insert', '{table}', line->>'id',
           (line->>'{case}')::uuid,
           jsonb_build_object('after', jsonb_strip_nulls(line))
    FROM (SELECT to_jsonb(put) - '{hidden}'::text[] AS line FROM put) written
"""
HIDDEN = """
    SELECT trim(trailing '\\000' from encode(tgargs, 'escape')) FROM pg_trigger
    WHERE tgrelid = %s::regclass AND tgname = 'row_change'
"""
WRITE = """
    INSERT INTO audit_entry (kind, at, actor, verb, "table", row_id, case_id, details,
                             stream, seq, prev, hash)
    SELECT kind, at, actor, verb, "table", row_id, case_id, details, stream, seq,
           lag(hash, 1, head) OVER walk, hash
    FROM (
        SELECT numbered.*, pg_temp.seeded_chain(ROW(
            0, kind, at, actor, verb, "table", row_id, case_id, details, stream, seq, head, ''::bytea
        )::audit_entry) OVER (ORDER BY seq) AS hash
        FROM (
            SELECT line.*, h.stream, h.hash AS head,
                   h.seq + row_number() OVER (ORDER BY line.ordinal) AS seq
            FROM seeded_line line, audit_streamhead h WHERE h.stream = %(stream)s
        ) numbered
    ) chained
    WINDOW walk AS (ORDER BY seq)
"""
MOVE_HEAD = """
    WITH moved AS (
        UPDATE audit_streamhead h SET seq = e.seq, hash = e.hash
        FROM (
            SELECT seq, hash FROM audit_entry WHERE stream = %(stream)s ORDER BY seq DESC LIMIT 1
        ) e
        WHERE h.stream = %(stream)s RETURNING h.seq, h.hash
    )
    SELECT set_config('spo.head', seq || ':' || encode(hash, 'hex'), true) FROM moved
"""


def prepare() -> None:
    """Make what a batch needs, once for a connection."""
    for statement in (LINES, LINK, CHAIN):
        execute(statement)


@contextmanager
def unwatched(tables: Sequence[str]) -> Iterator[list[int]]:
    """One transaction in which the block fills these tables and `seeded_line`; then the log is written.

    Gives a list that holds, afterwards, how many lines there were.
    """
    lines: list[int] = []
    with _alone([*tables, "audit_entry"]):
        settle()
        stream = claim_stream()
        for table in tables:
            execute(f"ALTER TABLE {table} DISABLE TRIGGER row_change")
        yield lines
        settle()
        execute("ALTER TABLE audit_entry DISABLE TRIGGER chain, DISABLE TRIGGER keep_head")
        lines.append(write(stream))
        execute("ALTER TABLE audit_entry ENABLE TRIGGER chain, ENABLE TRIGGER keep_head")
        for table in tables:
            execute(f"ALTER TABLE {table} ENABLE TRIGGER row_change")


def settle() -> None:
    """Check now what was to be checked at the end: a table with checks to come cannot be altered."""
    execute("SET CONSTRAINTS ALL IMMEDIATE")
    execute("SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def _alone(tables: Iterable[str]) -> Iterator[None]:
    """A transaction that nobody disturbs: begun again until nobody else writes to these tables."""
    until = time.monotonic() + SECONDS_TO_WAIT
    wanted = f"LOCK TABLE {', '.join(tables)} IN SHARE ROW EXCLUSIVE MODE NOWAIT"
    while True:
        with transaction.atomic():
            try:
                execute(wanted)
            except OperationalError as error:
                if getattr(error.__cause__, "pgcode", "") != LOCK_NOT_AVAILABLE:
                    raise
                transaction.set_rollback(True)
            else:
                yield
                return
        if time.monotonic() > until:
            raise OperationalError("others keep writing: stop the service before you seed")
        time.sleep(0.1)


def claim_stream() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_claim_stream()")
        return int(cursor.fetchone()[0])


def is_watched(table: str) -> bool:
    """Whether the log sees the table. What is only an index of the facts it does not."""
    return _hidden(table) is not None


def keeping(table: str, actor: str) -> str:
    """The SELECT that turns the rows of an INSERT into lines."""
    case = "id" if table == "casework_case" else "case_id"
    return KEEP_ROW.format(actor=actor, table=table, case=case, hidden=f"{{{_hidden(table)}}}")


def _hidden(table: str) -> str | None:
    """The columns that the table's trigger keeps from the log; None without a trigger."""
    with connection.cursor() as cursor:
        cursor.execute(HIDDEN, [table])
        found = cursor.fetchone()
    return found[0] if found else None


def write(stream: int) -> int:
    """Chain the lines of the batch to the end of the stream. Gives how many there are."""
    with connection.cursor() as cursor:
        cursor.execute(WRITE, {"stream": stream})
        lines: int = cursor.rowcount
        cursor.execute(MOVE_HEAD, {"stream": stream})
    return lines
