"""How long an order lasts (s3), and whether it has effect on a day or at a moment."""

from datetime import date, datetime

from law.arguments import (
    require_counts,
    require_days,
    require_days_if_given,
    require_moments,
    require_moments_if_given,
    require_not_before,
)
from law.findings import Finding, block
from law.periods import last_day as last_day_of
from law.periods import local_date, utc, written

MINIMUM_YEARS = 2
MINIMUM_MONTHS = 24


def earliest_last_day(made_on: date) -> date:
    """s3(2): a fixed period is at least 2 years beginning with the day the order is made."""
    require_days(made_on=made_on)
    return last_day_of(made_on, years=MINIMUM_YEARS)


def findings(*, made_on: date, last_day: date | None) -> list[Finding]:
    """s3(1), (2): is the period of a full order lawful? None is "until a further order"."""
    require_days(made_on=made_on)
    require_days_if_given(last_day=last_day)
    require_not_before("made_on", made_on, last_day=last_day)
    earliest = earliest_last_day(made_on)
    if last_day is None or last_day >= earliest:
        return []
    message = (
        "A fixed period must be at least 2 years beginning with the day the order is made: "
        f"its last day must be {written(earliest)} or later"
    )
    return [block("s3(2)", "last_day", message)]


def asked_findings(*, months: int | None) -> list[Finding]:
    """s3(1), (2), before there is a date: the length asked for; None is "until a further order"."""
    if months is None:
        return []
    require_counts(months=months)
    if not months:
        raise ValueError("months must be at least 1, or None for until a further order")
    if months >= MINIMUM_MONTHS:
        return []
    return [block("s3(2)", "months", "Ask for at least 2 years, or until a further order")]


def has_effect(*, made_on: date, last_day: date | None, ended_on: date | None, on: date) -> bool:
    """Does the order have effect on this day? Service is no part of the answer.

    last_day  last day of the fixed period, inclusive; None is "until a further order"
    ended_on  first day without effect: discharged, quashed, or (interim) determined
    """
    require_days(made_on=made_on, on=on)
    require_days_if_given(last_day=last_day, ended_on=ended_on)
    require_not_before("made_on", made_on, last_day=last_day, ended_on=ended_on)
    if last_day is not None and on > last_day:
        return False
    return made_on <= on and (ended_on is None or on < ended_on)


def has_effect_at(
    *, made_at: datetime, last_day: date | None, ended_at: datetime | None, moment: datetime
) -> bool:
    """Does the order have effect at this moment? From its making, until the moment it ends.

    made_at   inclusive: an order made at 14:00 did not forbid a call at 13:00
    last_day  to its London midnight; None is "until a further order"
    ended_at  exclusive: the first moment without effect
    """
    require_moments(made_at=made_at, moment=moment)
    require_moments_if_given(ended_at=ended_at)
    require_days_if_given(last_day=last_day)
    require_not_before("made_at's London date", local_date(made_at), last_day=last_day)
    if ended_at is not None and utc(ended_at) < utc(made_at):
        raise ValueError(f"ended_at {ended_at} is before made_at {made_at}")
    if last_day is not None and local_date(moment) > last_day:
        return False
    return utc(made_at) <= utc(moment) and (ended_at is None or utc(moment) < utc(ended_at))
