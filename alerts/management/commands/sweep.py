from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from alerts import turn
from audit.actor import acting_as
from law.periods import LONDON, moments_at


class Command(BaseCommand):
    help = "Raises, addresses and sends what is due now; --at as if at another moment."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--at", metavar="ISO", help="2026-11-25T09:00 (London unless it says)")

    def handle(self, *args: Any, at: str | None, **options: Any) -> None:
        if at is not None and not settings.DEMONSTRATION:
            raise CommandError("--at is for demonstration data only (SPO_DEMONSTRATION=true).")
        with acting_as("command:sweep"):
            done = turn.take(at=None if at is None else moment(at))
        if None in done.values():
            raise CommandError("A stage failed: see the log.")
        self.stdout.write(", ".join(f"{count} {what}" for what, count in done.items()))


def moment(text: str) -> datetime:
    """The moment that was typed, in London time where it names no zone. Never one of two, never none."""
    try:
        typed = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f'--at is "{text}". Write it like 2026-11-25T09:00.') from error
    if typed.tzinfo:
        return typed
    moments = moments_at(typed)
    if len(moments) == 1:
        return moments[0]
    if not moments:
        raise CommandError(f"--at is {text}. The clocks go forward then: there is no such time.")
    both = " or ".join(m.astimezone(LONDON).isoformat() for m in moments)
    raise CommandError(f"--at is {text}. The clocks go back then: it comes twice. Write {both}.")
