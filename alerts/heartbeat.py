"""Signs of life: each loop says when it last finished a turn. Silence is an alarm."""

from datetime import timedelta

from django.db import connection

from alerts.models import Heartbeat

SWEEP = "sweep"  # the schedule: Celery beat and a worker
WATCH = "watch"  # `manage.py watch`, which needs PostgreSQL alone
TURN = "turn"  # alerts were raised and sent, by whichever of the two
SILENT = timedelta(seconds=90)
SILENT_ROOM = timedelta(minutes=3)  # a room's clock runs once in a minute
_others: dict[str, timedelta] = {}
BEAT = """
    INSERT INTO alerts_heartbeat (loop, at) VALUES (%s, clock_timestamp())
    ON CONFLICT (loop) DO UPDATE SET at = EXCLUDED.at
"""
AGES = "SELECT loop, clock_timestamp() - at FROM alerts_heartbeat ORDER BY loop"


def beat(loop: str) -> None:
    """This loop is alive now, by the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute(BEAT, [loop])


def expect(loop: str, longest: timedelta = SILENT_ROOM) -> None:
    """This loop of a room must speak too, and be silent no longer than this."""
    _others[loop] = longest


def expected() -> dict[str, timedelta]:
    """The loops that must speak, even if they never did, and how long each may be silent."""
    return {SWEEP: SILENT, WATCH: SILENT} | dict(sorted(_others.items()))


def silent() -> list[str]:
    """The loops that must have spoken and have not, or not for too long."""
    known, must = ages(), expected()
    return [
        loop
        for loop in sorted({*known, *must})
        if known.get(loop, timedelta.max) > must.get(loop, SILENT)
    ]


def ages() -> dict[str, timedelta]:
    """How long each loop has been silent, by the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute(AGES)
        return dict(cursor.fetchall())


def silent_for(loop: str) -> timedelta:
    """How long this loop has been silent; for ever where it never spoke."""
    return ages().get(loop, timedelta.max)


def last(loop: str) -> Heartbeat | None:
    """When the loop last finished a turn."""
    return Heartbeat.objects.filter(pk=loop).first()
