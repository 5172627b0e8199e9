"""The clocks of the room: a hearing that has begun is attended no more, its result is awaited; of words
that were refused again and again somebody hears."""

from collections.abc import Iterable

from celery import shared_task

from accounts.models import CLOCK
from alerts import rooms
from applications import queries
from applications.lifecycle import begin, guessing
from applications.models import Hearing
from casework import clock

BATCH = 500


def due() -> Iterable[Hearing]:
    """Hearings that have begun while their clock runs as if they had not."""
    return queries.begun(clock.now())[:BATCH]


TURN = rooms.Turn("applications", due, lambda hearing: begin(hearing, by=CLOCK))

GUESSED = rooms.Turn("words", guessing.guessers, guessing.tell)
TURNS = (TURN, GUESSED)


@shared_task(ignore_result=True)
def run_clock() -> int:
    """Take the room's turns. Safe at any time, any number of times."""
    return sum(rooms.take(turn) for turn in TURNS)
