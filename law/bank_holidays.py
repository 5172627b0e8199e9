"""Bank holidays in England and Wales, with substitute days. Wanted for working days alone."""

from collections.abc import Iterator
from datetime import date

from law.arguments import require_days

_DAYS = {
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
    2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
}


def _read() -> Iterator[date]:
    for year, days in _DAYS.items():
        for month_and_day in days.split():
            yield date.fromisoformat(f"{year}-{month_and_day}")


ENGLAND_AND_WALES = frozenset(_read())
KNOWN_YEARS = frozenset(_DAYS)


def unknown_years(day: date) -> list[int]:
    """Of the year of this day and the next, those in which working days cannot be counted yet."""
    require_days(day=day)
    return [year for year in (day.year, day.year + 1) if year not in KNOWN_YEARS]
