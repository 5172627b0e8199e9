"""Ready: the web answers from the database, and a job of the clock has run in the worker."""

import http.client
import time
from collections.abc import Callable
from contextlib import closing

import psycopg2

from spo_cases.services.children import Child
from spo_cases.services.errors import CannotStart
from spo_cases.services.supervisor import Supervisor


class Readiness:
    """Asks the running service from outside, as a monitor would."""

    def __init__(self, database_url: str, port: int) -> None:
        self.database_url = database_url
        self.port = port
        self.began = self._ask("SELECT clock_timestamp()")

    def web_answers(self, host: str = "127.0.0.1") -> bool:
        """Is the site of this host ready?"""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/health/ready", headers={"Host": host})
            return connection.getresponse().status == http.client.OK
        except OSError:
            return False
        finally:
            connection.close()

    def loops_turn(self) -> bool:
        """Has the scheduled sweep, and the watch over it, left a sign of life since we began?

        Both times are the database's.
        """
        newer = "SELECT count(*) FROM alerts_heartbeat WHERE loop IN ('sweep', 'watch') AND at > %s"
        return self._ask(newer, self.began) == 2

    def _ask(self, question: str, *values: object) -> object:
        """The first column of the first row, or None."""
        with (
            closing(psycopg2.connect(self.database_url)) as connection,
            connection.cursor() as cursor,
        ):
            cursor.execute(question, values)
            row = cursor.fetchone()
        return row[0] if row else None


def wait_for(
    happened: Callable[[], bool], supervisor: Supervisor, child: Child, *, seconds: float
) -> None:
    """Look after everybody until it has happened; CannotStart with the child's last words if not."""
    until = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > until:
            raise CannotStart(
                f"{child.name} is not ready after {seconds:.0f} s: {child.last_words()} ({child.log})"
            )
        supervisor.pause()
