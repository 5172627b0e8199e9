"""How the Act counts time: the only calendar arithmetic there is.

Whole London days. A period "beginning with" a day counts that day as day one, and its last day
runs to midnight. Every calendar day counts unless a rule says "working days".
"""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from law.arguments import require_counts, require_days, require_moments

LONDON = ZoneInfo("Europe/London")
SATURDAY = 5


def local_date(moment: datetime) -> date:
    """The legal date of a moment: the date in London. Naive moments raise ValueError."""
    require_moments(moment=moment)
    try:
        return moment.astimezone(LONDON).date()
    except OverflowError:
        raise ValueError(f"moment {moment} is outside the calendar") from None


def utc(moment: datetime) -> datetime:
    """The moment in UTC, to compare with others.

    Python compares two moments of one zone by their wall clocks, which is wrong in the hour
    that comes twice when the clocks go back.
    """
    require_moments(moment=moment)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError(f"moment {moment} is outside the calendar") from None


def anniversary(day: date, *, years: int) -> date:
    """The same date `years` later; 1 March for a 29 February that does not come round."""
    require_days(day=day)
    require_counts(years=years)
    try:
        return day.replace(year=day.year + years)
    except (ValueError, OverflowError):
        if day.year + years > date.max.year:
            raise ValueError(f"years {years} after {day} is outside the calendar") from None
        return date(day.year + years, 3, 1)


def last_day(beginning: date, *, years: int = 0, days: int = 0) -> date:
    """Last day, inclusive, of a period "beginning with" a day: that day is day one.

    Years are counted before days. A period of no length has no last day: ValueError.
    """
    require_days(beginning=beginning)
    require_counts(years=years, days=days)
    if not years and not days:
        raise ValueError("years or days must be given: a period of no length has no last day")
    return _moved(anniversary(beginning, years=years), days - 1, name="days")


def next_day(day: date) -> date:
    """The day after."""
    require_days(day=day)
    return _moved(day, 1, name="day")


def written(day: date) -> str:
    """A date as a sentence has it: 5 March 2026."""
    return f"{day.day} {day:%B %Y}"


def start_instant(day: date) -> datetime:
    """The first instant of a London day, in UTC."""
    require_days(day=day)
    return utc(datetime.combine(day, time.min, tzinfo=LONDON))


def noon(day: date) -> datetime:
    """The middle of a London day, in UTC: where a fact stands of which only the day is known."""
    require_days(day=day)
    return utc(datetime.combine(day, time(12), tzinfo=LONDON))


def end_instant(last_day: date) -> datetime:
    """The instant, in UTC, at which a London day is over: the start of the next one."""
    require_days(last_day=last_day)
    return start_instant(_moved(last_day, 1, name="last_day"))


def moments_at(wall: datetime) -> tuple[datetime, ...]:
    """Every moment at which London clocks show this (naive) date and time, in UTC.

    None in the hour that is skipped in March, two in the hour that comes twice in October.
    """
    if not isinstance(wall, datetime) or wall.tzinfo is not None:
        raise ValueError("wall must be a naive datetime: it is what the clock on the wall shows")
    readings = {utc(wall.replace(tzinfo=LONDON, fold=fold)) for fold in (0, 1)}
    return tuple(sorted(m for m in readings if _wall_clock(m) == wall.replace(fold=0)))


def working_day_after(day: date, count: int, *, bank_holidays: Collection[date]) -> date:
    """The `count`th working day after a day, which itself is not counted."""
    require_days(day=day)
    require_counts(count=count)
    if not count:
        raise ValueError("count must be at least 1: which working day is meant?")
    while count:
        day = next_day(day)
        if day.weekday() < SATURDAY and day not in bank_holidays:
            count -= 1
    return day


def _wall_clock(moment: datetime) -> datetime:
    return moment.astimezone(LONDON).replace(tzinfo=None, fold=0)


def _moved(day: date, days: int, *, name: str) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise ValueError(f"{name}: {days} days after {day} is outside the calendar") from None
