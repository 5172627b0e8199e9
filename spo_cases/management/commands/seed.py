import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from itertools import islice
from random import Random
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from audit.models import Entry
from casework import clock
from spo_cases.volume import log, rows, tales
from spo_cases.volume.batch import Batch, analyse, last_numbers
from spo_cases.volume.forces import ACTOR, homes
from spo_cases.volume.tales import Tale

BATCH = 5_000
MOST_FORCES = 43


class Command(BaseCommand):
    help = "Adds made-up cases of real forces, as many as you like, to measure with. Repeatable."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cases", type=int, required=True)
        parser.add_argument("--forces", type=int, default=MOST_FORCES)
        parser.add_argument("--seed", type=int, default=1, help="another number, other cases")
        parser.add_argument("--at", help="the moment that dates are relative to (ISO 8601)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("Set SPO_DEMONSTRATION=true: this is not for real data.")
        many, forces = options["cases"], options["forces"]
        if many < 1 or not 1 <= forces <= MOST_FORCES:
            raise CommandError(f"Ask for at least 1 case and for 1 to {MOST_FORCES} forces.")
        began = time.monotonic()
        written = self.fill(many, forces, options["seed"], moment(options["at"]))
        taken = time.monotonic() - began
        self.stdout.write(
            f"{many:,} cases, {written:,} rows in {taken:.1f} s: {written / taken:,.0f} rows a second"
        )

    def fill(self, many: int, forces: int, seed: int, now: datetime) -> int:
        """Write the cases batch by batch, each in its own transaction. Gives how many rows."""
        if Entry.objects.filter(actor=ACTOR, verb="seed", row_id=str(seed)).exists():
            raise CommandError(f"The cases of seed {seed} are there already. Give another --seed.")
        chance = Random(seed)  # noqa: S311 made-up data, repeatable
        told = tales.tell(homes(forces, chance), many, now, chance)
        written = 0
        with ThreadPoolExecutor(max_workers=1) as writer:
            try:
                writer.submit(log.prepare).result()
                waiting: Future[int] | None = None
                for batch in batches(told, chance, seed, now):
                    written += waiting.result() if waiting else 0
                    waiting = writer.submit(batch.write)
                written += waiting.result() if waiting else 0
                writer.submit(analyse).result()
            finally:
                writer.submit(connections.close_all).result()  # each thread has its own
        return written


def batches(told: Iterator[Tale], chance: Random, seed: int, now: datetime) -> Iterator[Batch]:
    """The tales as rows, so many at a time; the next is made while the last is written."""
    batch = Batch(chance, last_numbers())
    batch.mark(seed, now)
    while some := list(islice(told, BATCH)):
        for tale in some:
            rows.write(batch, tale)
        yield batch
        batch = Batch(chance, dict(batch.numbers))


def moment(text: str | None) -> datetime:
    """The moment asked for, else this minute."""
    try:
        asked = datetime.fromisoformat(text) if text else clock.now()
    except ValueError as error:
        raise CommandError(f"{text} is no moment: write 2026-11-24T12:00:00Z") from error
    if asked.tzinfo is None:
        raise CommandError(f"{text} needs its time zone: write 2026-11-24T12:00:00Z")
    return asked.replace(second=0, microsecond=0)
