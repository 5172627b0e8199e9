"""Raises what is due and has not been raised: level-triggered, in two set-based statements.

Nothing here remembers when it last ran. A missed run, two runs at once or a clock that jumps change
nothing: a rung is raised when its moment has passed and there is no row with its key. The database's
clock decides.

Of many clocks few are due: `OFFSET 0` and `enable_seqscan` keep the planner from reading all of them,
and all alerts of all years, to find that out.
"""

from collections.abc import Iterable
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
OF_CLOCKS = """
    INSERT INTO alerts_alert (
        id, key, thread, force_id, case_id, deadline_id, clock_at, kind, rung,
        recipients,
        title, path, needs_acknowledgement, late, created_at, due_at, nobody, missing
    )
    WITH rung (kind, number, name, news, after, recipients, acknowledge) AS (
        SELECT * FROM unnest(
            %(kind)s::text[], %(number)s::int[], %(name)s::text[], %(news)s::text[],
            %(after)s::interval[], %(recipients)s::text[], %(acknowledge)s::bool[]
        )
    ),
    moment (at) AS (SELECT coalesce(%(at)s::timestamptz, clock_timestamp()))
    SELECT
        gen_random_uuid(), d.id || ':' || ends.at || ':' || r.name,
        d.id || ':' || ends.at || ':' || r.news, d.force_id, d.case_id, d.id, d.due_at, d.kind, r.number,
        replace(
            r.recipients, 'owner',
            CASE d.owner_role WHEN 'officer' THEN 'officer' ELSE 'role:' || d.owner_role END
        ),
        d.title, d.path, r.acknowledge, m.at > d.due_at + r.after + interval '1 minute',
        clock_timestamp(), d.due_at + r.after, false, ''
    FROM moment m CROSS JOIN rung r
    CROSS JOIN LATERAL (
        SELECT * FROM casework_deadline
        WHERE kind = r.kind AND done_at IS NULL AND due_at <= m.at - r.after
        OFFSET 0
    ) d
    CROSS JOIN LATERAL (SELECT extract(epoch FROM d.due_at)::bigint) ends (at)
    WHERE NOT EXISTS (
        SELECT FROM alerts_alert a WHERE a.key = d.id || ':' || ends.at || ':' || r.name OFFSET 0
    ) AND NOT (r.acknowledge AND EXISTS (
        SELECT FROM alerts_alert a
        WHERE a.thread = d.id || ':' || ends.at || ':' || r.news AND a.acknowledged_at IS NOT NULL
    ))
    ON CONFLICT (key) DO NOTHING
"""
OF_NEWS = """
    INSERT INTO alerts_alert (
        id, key, thread, force_id, case_id, deadline_id, clock_at, kind, rung, recipients,
        title, path, needs_acknowledgement, late, created_at, due_at, nobody, missing
    )
    WITH rung (kind, number, name, news, after, recipients, acknowledge) AS (
        SELECT * FROM unnest(
            %(kind)s::text[], %(number)s::int[], %(name)s::text[], %(news)s::text[],
            %(after)s::interval[], %(recipients)s::text[], %(acknowledge)s::bool[]
        )
    ),
    moment (at) AS (SELECT coalesce(%(at)s::timestamptz, clock_timestamp()))
    SELECT
        gen_random_uuid(), a.thread || ':' || r.name, a.thread, a.force_id, a.case_id, NULL, NULL,
        a.kind, r.number, r.recipients,
        a.title, a.path, r.acknowledge, m.at > a.due_at + r.after + interval '1 minute',
        clock_timestamp(), a.due_at + r.after, false, ''
    FROM moment m CROSS JOIN rung r
    JOIN alerts_alert a ON a.kind = r.kind AND a.rung = 0 AND a.deadline_id IS NULL
        AND a.acknowledged_at IS NULL AND a.due_at <= m.at - r.after
    WHERE NOT EXISTS (
        SELECT FROM alerts_alert b WHERE b.key = a.thread || ':' || r.name OFFSET 0
    )
    ON CONFLICT (key) DO NOTHING
"""


def run(at: datetime | None = None) -> int:
    """Raise every rung whose moment has passed, once. How many were raised.

    `at` sweeps as if it were then; without it the database says what time it is.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(BY_INDEX)
        cursor.execute(OPEN_KINDS)
        clocks = [(kind, ladders.of_clock(kind)) for (kind,) in cursor.fetchall()]
        news = [(kind, ladder[1:]) for kind, ladder in ladders.IMMEDIATE.items()]
        raised = _raise(cursor, OF_CLOCKS, clocks, at)
        return raised + _raise(cursor, OF_NEWS, news, at, start=1)


def _raise(
    cursor: Any,
    statement: str,
    ladders_of: Iterable[tuple[str, Iterable[Rung]]],
    at: datetime | None,
    *,
    start: int = 0,
) -> int:
    rungs = [
        (kind, number, rung)
        for kind, ladder in ladders_of
        for number, rung in enumerate(ladder, start)
    ]
    columns = {
        "kind": [kind for kind, _, _ in rungs],
        "number": [number for _, number, _ in rungs],
        "name": [rung.name for _, _, rung in rungs],
        "news": [rung.news for _, _, rung in rungs],
        "after": [rung.after for _, _, rung in rungs],
        "recipients": [",".join(rung.to) for _, _, rung in rungs],
        "acknowledge": [rung.acknowledge for _, _, rung in rungs],
        "at": at,
    }
    cursor.execute(statement, columns)
    return int(cursor.rowcount)
