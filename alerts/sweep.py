"""Raises what is due and has not been raised: level-triggered, in two set-based statements.

Nothing here remembers when it last ran. A missed run, two runs at once or a clock that jumps change
nothing: a rung is raised when its moment has passed and there is no row with its key. The database's
clock decides.

Of many clocks few are due: `OFFSET 0` and `enable_seqscan` keep the planner from reading all of them,
and all alerts of all years, to find that out.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from alerts import ladders
from alerts.ladders import Rung

ONE_AT_A_TIME = 7380  # advisory lock: a second sweep beside this one would only wait for its rows
BY_INDEX = "SET LOCAL enable_seqscan = off"
OPEN_KINDS = """
    WITH RECURSIVE open (kind) AS (
        SELECT min(kind) FROM casework_deadline WHERE done_at IS NULL
        UNION ALL
        SELECT (SELECT min(kind) FROM casework_deadline WHERE done_at IS NULL AND kind > open.kind)
        FROM open WHERE open.kind IS NOT NULL
    )
    SELECT kind FROM open WHERE kind IS NOT NULL
"""
RUNGS = """
    WITH rung (kind, number, name, news, after, recipients, acknowledge, every) AS (
        SELECT * FROM unnest(
            %(kind)s::text[], %(number)s::int[], %(name)s::text[], %(news)s::text[],
            %(after)s::interval[], %(recipients)s::text[], %(acknowledge)s::bool[],
            %(every)s::interval[]
        )
    ),
    moment (at) AS (SELECT coalesce(%(at)s::timestamptz, clock_timestamp()))
"""
# The top of a ladder fires again: of all the times that it should have, only the last one.
AGAIN = """
    CROSS JOIN LATERAL (
        SELECT CASE WHEN r.every IS NULL THEN 0 ELSE floor(
            extract(epoch FROM m.at - {end} - r.after) / extract(epoch FROM r.every)
        )::int END
    ) counted (times)
    CROSS JOIN LATERAL (
        SELECT
            least(r.number + times, 32767),
            {end} + r.after + times * coalesce(r.every, interval '0'),
            CASE WHEN times = 0 THEN r.name ELSE
                r.news || ':' || extract(epoch FROM r.after + times * r.every)::bigint / 60
            END
    ) fires (number, due_at, name)
"""
CLOCKS = """
    SELECT
        gen_random_uuid(), d.id || ':' || ends.at || ':' || fires.name,
        d.id || ':' || ends.at || ':' || r.news, d.force_id, d.case_id, d.id, d.due_at, d.kind,
        fires.number,
        replace(
            r.recipients, 'owner',
            CASE d.owner_role WHEN 'officer' THEN 'officer' ELSE 'role:' || d.owner_role END
        ),
        d.title, d.path, r.acknowledge, m.at > fires.due_at + interval '1 minute',
        clock_timestamp(), fires.due_at, false, ''
    FROM moment m CROSS JOIN rung r
    CROSS JOIN LATERAL (
        SELECT * FROM casework_deadline
        WHERE kind = r.kind AND done_at IS NULL AND due_at <= m.at - r.after
        OFFSET 0
    ) d
    CROSS JOIN LATERAL (SELECT extract(epoch FROM d.due_at)::bigint) ends (at)
    {again}
    WHERE NOT EXISTS (
        SELECT FROM alerts_alert a
        WHERE a.key = d.id || ':' || ends.at || ':' || fires.name OFFSET 0
    ) AND NOT (r.acknowledge AND EXISTS (
        SELECT FROM alerts_alert a
        WHERE a.thread = d.id || ':' || ends.at || ':' || r.news AND (
            a.acknowledged_at IS NOT NULL
            OR times > 0 AND a.kind = d.kind AND a.rung >= fires.number
        )
    ))
""".replace("{again}", AGAIN.replace("{end}", "d.due_at"))
NEWS_KINDS = """
    SELECT DISTINCT kind FROM alerts_alert
    WHERE needs_acknowledgement AND acknowledged_at IS NULL AND rung = 0
        AND (deadline_id IS NULL OR kind = ANY(%s))
"""
# An alarm shares its thread with what it is about, so its rungs are named after the alarm itself; of
# several in one thread the first speaks for all.
NEWS = """
    SELECT
        gen_random_uuid(), base.key || ':' || fires.name, a.thread, a.force_id, a.case_id,
        a.deadline_id, a.clock_at, a.kind, fires.number, r.recipients,
        a.title, a.path, r.acknowledge, m.at > fires.due_at + interval '1 minute',
        clock_timestamp(), fires.due_at, false, ''
    FROM moment m CROSS JOIN rung r
    JOIN alerts_alert a ON a.kind = r.kind AND a.rung = 0 AND a.needs_acknowledgement
        AND a.acknowledged_at IS NULL AND a.due_at <= m.at - r.after
    CROSS JOIN LATERAL (
        SELECT CASE WHEN a.kind = ANY(%(alarms)s) THEN a.key ELSE a.thread END
    ) base (key)
    {again}
    WHERE fires.number > 0
    AND NOT EXISTS (
        SELECT FROM alerts_alert b WHERE b.key = base.key || ':' || fires.name OFFSET 0
    )
    AND NOT EXISTS (
        SELECT FROM alerts_alert b WHERE b.thread = a.thread AND (
            b.acknowledged_at IS NOT NULL
            OR b.kind = a.kind AND times > 0 AND b.rung >= fires.number
            OR b.kind = a.kind AND b.rung = 0 AND (b.due_at, b.key) < (a.due_at, a.key)
        )
    )
    AND (a.deadline_id IS NULL OR a.kind = ANY(%(alarms)s) AND EXISTS (
        SELECT FROM casework_deadline d
        WHERE d.id = a.deadline_id AND d.done_at IS NULL AND d.due_at = a.clock_at
    ))
""".replace("{again}", AGAIN.replace("{end}", "a.due_at"))
RAISE = """
    INSERT INTO alerts_alert (
        id, key, thread, force_id, case_id, deadline_id, clock_at, kind, rung, recipients,
        title, path, needs_acknowledgement, late, created_at, due_at, nobody, missing
    )
    {due}
    ON CONFLICT (key) DO NOTHING
"""
COUNT = "SELECT count(*) FROM ({due}) due"
Ladders = list[tuple[str, tuple[Rung, ...]]]


def run(at: datetime | None = None) -> int:
    """Raise every rung whose moment has passed, once. How many were raised.

    `at` sweeps as if it were then; without it the database says what time it is.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(BY_INDEX)
        raised = 0
        for due, ladders_of in _due(cursor):
            cursor.execute(RAISE.replace("{due}", due), _columns(ladders_of, at))
            raised += int(cursor.rowcount)
        return raised


@contextmanager
def paused() -> Iterator[None]:
    """No process raises a rung meanwhile: a past is being told, and its clocks stop as it goes on.

    On a connection of its own, which the teller's own may not close.
    """
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])
    finally:
        own.close()


def missing(at: datetime) -> int:
    """How many rungs should have been raised by this moment and were not. Raises none."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(BY_INDEX)
        found = 0
        for due, ladders_of in _due(cursor):
            cursor.execute(COUNT.replace("{due}", due), _columns(ladders_of, at))
            found += int(cursor.fetchone()[0])
        return found


def _due(cursor: Any) -> Iterator[tuple[str, Ladders]]:
    """The statement that finds what is due of the clocks, and of the news, with their ladders."""
    cursor.execute(OPEN_KINDS)
    yield RUNGS + CLOCKS, [(kind, ladders.of_clock(kind)) for (kind,) in cursor.fetchall()]
    cursor.execute(NEWS_KINDS, [list(ladders.ALARMS)])
    yield RUNGS + NEWS, [(kind, ladders.until_answered(kind)) for (kind,) in cursor.fetchall()]


def _columns(ladders_of: Ladders, at: datetime | None) -> dict[str, Any]:
    """Every rung of these ladders, as the columns of the statement's first table."""
    rungs = [
        (kind, number, rung) for kind, ladder in ladders_of for number, rung in enumerate(ladder)
    ]
    return {
        "kind": [kind for kind, _, _ in rungs],
        "number": [number for _, number, _ in rungs],
        "name": [rung.name for _, _, rung in rungs],
        "news": [rung.news for _, _, rung in rungs],
        "after": [rung.after for _, _, rung in rungs],
        "recipients": [",".join(rung.to) for _, _, rung in rungs],
        "acknowledge": [rung.acknowledge for _, _, rung in rungs],
        "every": [rung.every for _, _, rung in rungs],
        "alarms": list(ladders.ALARMS),
        "at": at,
    }
