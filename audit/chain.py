"""Finds what no trigger can prevent: an edit, a deletion, an insertion or a cut by a superuser."""

from dataclasses import dataclass

from django.db import connection, transaction

BROKEN_LINK = """
    SELECT stream, seq, id, CASE
        WHEN seq <> expected_seq THEN 'a line before it is missing'
        WHEN prev <> coalesce(before, ''::bytea) THEN 'it does not follow the line before it'
        ELSE 'its content was changed' END
    FROM (
        SELECT e.id, e.stream, e.seq, e.prev, e.hash, audit_hash(e.*) AS recomputed,
               row_number() OVER line AS expected_seq, lag(e.hash) OVER line AS before
        FROM audit_entry e WINDOW line AS (PARTITION BY e.stream ORDER BY e.seq)
    ) walked
    WHERE seq <> expected_seq OR prev <> coalesce(before, ''::bytea) OR hash <> recomputed
    ORDER BY stream, seq LIMIT 1
"""
CUT_TAIL = """
    SELECT h.stream, h.seq, coalesce(e.seq, 0)
    FROM audit_streamhead h
    LEFT JOIN LATERAL (
        SELECT seq, hash FROM audit_entry WHERE stream = h.stream ORDER BY seq DESC LIMIT 1
    ) e ON true
    WHERE h.seq <> coalesce(e.seq, 0) OR h.hash <> coalesce(e.hash, ''::bytea)
    ORDER BY h.stream LIMIT 1
"""


@dataclass(frozen=True)
class Fault:
    """The first place where a stream is not what was written."""

    stream: int
    seq: int
    what: str

    def __str__(self) -> str:
        return f"Stream {self.stream}, line {self.seq}: {self.what}"


def first_fault() -> Fault | None:
    """Walk every stream. None where each line is as it was written and none is missing."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS keep_head IMMEDIATE")  # the ends of this transaction's own
        cursor.execute(BROKEN_LINK)
        if row := cursor.fetchone():
            stream, seq, _, what = row
            return Fault(stream, seq, what)
        cursor.execute(CUT_TAIL)
        if row := cursor.fetchone():
            stream, head, last = row
            return Fault(stream, last, f"the stream should end at line {head}")
    return None
