"""The deadline sweep against one set-based SQL statement that writes the same rows.

    python benchmarks/sweep.py [--cases 1000000] [--due 50000] [--rounds 3] [--json]

Everything happens in one transaction of the database that DATABASE_URL names, and is undone.
"""

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import django
from django.db import connection, transaction

ROOT = Path(__file__).resolve().parent.parent
CASES = """
    INSERT INTO casework_case (id, force_id, reference, status, restricted, restricted_reason,
        domestic_abuse, online_acts, asked_at, opened_at, version)
    SELECT gen_random_uuid(), 'X0BENCH', 'XB-' || n, 'order', false, '', false, false, now(), now(), 1
    FROM generate_series(1, %(cases)s) n
"""
CLOCKS = """
    INSERT INTO casework_deadline (id, case_id, force_id, kind, about_id, title, path, owner_role,
        due_at, whole_day, provision, reason, set_at, done_by)
    SELECT gen_random_uuid(), id, 'X0BENCH',
        (ARRAY['serve_order', 'lodge', 'decide_failure', 'order_ends', 'notify_initial'])
            [CASE WHEN n <= %(due)s THEN 1 ELSE 1 + n %% 5 END],
        id, 'Get the order served', '', 'officer',
        now() + CASE WHEN n <= %(due)s THEN interval '1 hour'
            ELSE interval '100 days' + n * interval '1 minute' END,
        true, 'force policy', 'measured', now(), ''
    FROM (SELECT id, row_number() OVER () AS n FROM casework_case WHERE force_id = 'X0BENCH') c
"""
BY_HAND = """
    INSERT INTO alerts_alert (id, key, thread, force_id, case_id, deadline_id, clock_at, kind, rung,
        recipients, title, path, needs_acknowledgement, late, created_at, due_at, nobody, missing)
    SELECT gen_random_uuid(), id || ':by-hand', id || ':by-hand', force_id, case_id, id, due_at, kind,
        0, 'officer', title, path, false, false, now(), due_at, false, ''
    FROM casework_deadline
    WHERE kind = 'serve_order' AND done_at IS NULL AND due_at <= now() + interval '4 hours'
"""
TABLES = ("casework_case", "casework_deadline", "alerts_alert")


@dataclass(frozen=True)
class Rounds:
    """The seconds of each, taken in turns."""

    sweep: list[float]
    by_hand: list[float]


@dataclass(frozen=True)
class Measured:
    """Seconds, and how many rows a second sweep raised (it must raise none)."""

    cases: int
    due: int
    watched: "Rounds"
    unwatched: "Rounds"  # without the audit triggers
    again: float
    raised_again: int

    @property
    def sweep(self) -> float:
        return statistics.median(self.watched.sweep)

    @property
    def by_hand(self) -> float:
        return statistics.median(self.watched.by_hand)

    @property
    def ratio(self) -> float:
        return self.sweep / self.by_hand

    def __str__(self) -> str:
        sweep = statistics.median(self.unwatched.sweep)
        by_hand = statistics.median(self.unwatched.by_hand)
        return (
            f"Sweep of {self.due:,} due among {self.cases:,}: {self.sweep:.2f} s, one set-based "
            f"statement {self.by_hand:.2f} s: {self.ratio:.2f}x (without the audit triggers "
            f"{sweep:.2f} s, {by_hand:.2f} s: {sweep / by_hand:.2f}x). "
            f"A second sweep raises {self.raised_again} in {self.again:.2f} s."
        )


def measure(cases: int = 1_000_000, due: int = 50_000, rounds: int = 3) -> Measured:
    """Fill, sweep, compare, undo. Django must be set up and an actor set."""
    from alerts import sweep

    with transaction.atomic():
        watch(enabled=False)
        sweep.run()  # what was due here before is not measured
        fill(cases, due)
        unwatched = compare(sweep.run, rounds)
        watch(enabled=True)
        watched = compare(sweep.run, rounds)
        if (first := sweep.run()) != due:
            raise AssertionError(f"{first} were raised, {due} are due")
        begun = time.perf_counter()
        raised_again = sweep.run()
        again = time.perf_counter() - begun
        transaction.set_rollback(True)
    return Measured(cases, due, watched, unwatched, again, raised_again)


def fill(cases: int, due: int) -> None:
    execute(
        "INSERT INTO accounts_force (code, name, prefix, kind, region, duty_inbox) "
        "VALUES ('X0BENCH', 'Benchmark', 'XB', 'territorial', '', '')"
    )
    execute(CASES, {"cases": cases})
    execute(CLOCKS, {"due": due})
    execute("ANALYZE casework_case, casework_deadline")
    execute("SET CONSTRAINTS ALL IMMEDIATE")  # the checks of the foreign keys, now with statistics
    execute("SET CONSTRAINTS ALL DEFERRED")


def compare(run: Callable[[], int], rounds: int) -> Rounds:
    """Each in turns, and undone."""
    times = [(timed(run), timed(lambda: execute(BY_HAND))) for _ in range(rounds)]
    return Rounds([ours for ours, _ in times], [theirs for _, theirs in times])


def timed(work: Callable[[], object]) -> float:
    with transaction.atomic():
        begun = time.perf_counter()
        work()
        taken = time.perf_counter() - begun
        transaction.set_rollback(True)
    return taken


def watch(*, enabled: bool) -> None:
    """The audit triggers of the tables that are filled."""
    for table in TABLES:
        execute(f"ALTER TABLE {table} {'ENABLE' if enabled else 'DISABLE'} TRIGGER row_change")


def execute(statement: str, values: dict[str, object] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--due", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true", help="the seconds of every round")
    asked = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spo_cases.settings")
    django.setup()
    from audit.actor import acting_as

    with acting_as("benchmark:sweep"):
        found = measure(asked.cases, asked.due, asked.rounds)
    rounds = [found.watched.sweep, found.watched.by_hand]
    rounds += [found.unwatched.sweep, found.unwatched.by_hand]
    sys.stdout.write(json.dumps(rounds) if asked.json else f"{found}\n")


if __name__ == "__main__":
    main()
