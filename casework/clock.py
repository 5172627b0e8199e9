"""What day or moment it is, for every room of cases: one clock, which a test or a story may set.

Law and acts take dates as arguments. Accounts, people and the log below keep the real time for themselves.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.db import connection
from django.utils import timezone

from law.periods import local_date

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """This moment, aware."""
    return _told.get() or timezone.now()


def today() -> date:
    """The London day."""
    return local_date(now())


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Act as if it were another moment: for demonstration data and tests, whose past is made up.

    The database's clock, the audit's moments and every deadline's firing are not moved by it.
    """
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)


def database_now() -> datetime:
    """The database's clock, which decides what is due: machines disagree, the database does not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment
