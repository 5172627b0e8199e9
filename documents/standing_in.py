"""Who prints and who searches where the queue is silent: with PostgreSQL alone, as `manage.py watch` does
for alerts and clocks.

Each stands in for one worker, as the same role of the database, in a process of its own: a page that
hangs delays no alert, and what prints cannot read the vault. Whoever of the two comes first takes a
document (`actions.claim`), so that both at once do no harm.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from alerts import heartbeat, looking
from documents import making
from documents.models import Document
from documents.tasks import PRINTING, SEARCHING

LOOK = 5.0  # seconds between two looks
QUIET = timedelta(seconds=30)  # the schedule asks every 10 seconds: so long may a worker be silent


@dataclass(frozen=True)
class StandIn:
    """Whose place it takes, by that one's sign of life; which documents, and what is done to each."""

    worker: str
    stages: tuple[Document.Stage, ...]
    act: Callable[[UUID], bool]

    @property
    def name(self) -> str:
        """Its own sign of life."""
        return f"{self.worker}-watch"

    def keep_looking(self) -> None:
        """Until the process is stopped."""
        looking.until_stopped(self.look, every=LOOK, actor=f"command:{self.name}")

    def look(self) -> None:
        """One look, and all that waits where the worker is silent."""
        looking.once(self._take)

    def _take(self) -> None:
        heartbeat.beat(self.name)
        if heartbeat.silent_for(self.worker) <= QUIET:
            return
        for pk in making.due(*self.stages):
            self.act(pk)
            heartbeat.beat(self.name)


PRINTER = StandIn(PRINTING, (Document.Stage.ASKED,), making.lay)
SEARCHER = StandIn(SEARCHING, making.SEARCHED, making.search)
EVERYBODY = (PRINTER, SEARCHER)
