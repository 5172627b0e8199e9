import time
from datetime import datetime
from random import Random
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.models import Entry
from casework import clock
from spo_cases.volume import log, rows, tales
from spo_cases.volume.batch import Batch, last_numbers
from spo_cases.volume.forces import ACTOR, homes

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
        places = homes(forces, chance)
        batch, written = Batch(chance, last_numbers()), 0
        batch.mark(seed, now)
        log.prepare()
        for number, tale in enumerate(tales.tell(places, many, now, chance), start=1):
            rows.write(batch, tale)
            if number % BATCH == 0 or number == many:
                written += batch.write()
                self.stdout.write(f"{number:,} of {many:,} cases")
        batch.analyse()
        return written


def moment(text: str | None) -> datetime:
    """The moment asked for, else this minute."""
    try:
        asked = datetime.fromisoformat(text) if text else clock.now()
    except ValueError as error:
        raise CommandError(f"{text} is no moment: write 2026-11-24T12:00:00Z") from error
    if asked.tzinfo is None:
        raise CommandError(f"{text} needs its time zone: write 2026-11-24T12:00:00Z")
    return asked.replace(second=0, microsecond=0)
