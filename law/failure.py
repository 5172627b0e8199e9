"""Was the police notified in time, and if not, on which days did the failure run (s11)?"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from law.arguments import require_days, require_days_if_given
from law.notification import default_from


class Outcome(StrEnum):
    NOTHING_DUE = "nothing_due"
    WAITING = "waiting"
    IN_TIME = "in_time"
    LATE = "late"
    MISSING = "missing"


@dataclass(frozen=True)
class Failure:
    """One failure, for which a person may be prosecuted once (s11(5)); both days inclusive.

    last_day  None while it continues: the offence goes on as long as the failure (s11(4))
    """

    first_day: date
    last_day: date | None


def outcome(*, due: date | None, notified_on: date | None, today: date) -> Outcome:
    """How a notification stands. Late is not missing: somebody who came late has come."""
    require_days(today=today)
    require_days_if_given(due=due, notified_on=notified_on)
    if notified_on is not None and notified_on > today:
        raise ValueError(f"notified_on {notified_on} is after today {today}")
    if due is None:
        return Outcome.NOTHING_DUE
    if notified_on is not None:
        return Outcome.IN_TIME if notified_on <= due else Outcome.LATE
    return Outcome.WAITING if today <= due else Outcome.MISSING


def failure(*, due: date, notified_on: date | None) -> Failure | None:
    """s11(3), (4): from the first day after the deadline to the day of notification, inclusive.

    None where it was done in time. With nobody notified the failure is open-ended: compare
    `first_day` with today to see whether it has begun.
    """
    require_days(due=due)
    require_days_if_given(notified_on=notified_on)
    if notified_on is not None and notified_on <= due:
        return None
    return Failure(default_from(due), notified_on)
