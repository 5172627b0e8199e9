"""The only place that asks what day or moment it is. Law and acts take dates as arguments."""

from datetime import date, datetime

from django.db import connection
from django.utils import timezone

from law.periods import local_date


def now() -> datetime:
    """This moment, aware."""
    return timezone.now()


def today() -> date:
    """The London day."""
    return local_date(timezone.now())


def database_now() -> datetime:
    """The database's clock, which decides what is due: machines disagree, the database does not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (moment,) = cursor.fetchone()
    return moment
