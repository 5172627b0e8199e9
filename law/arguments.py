"""Refusing impossible input: every complaint is a ValueError that names the argument."""

from collections.abc import Mapping
from datetime import date, datetime


def require_days(**given: object) -> None:
    """Every value is a plain date. A datetime is refused: its legal date depends on the zone."""
    for name, value in given.items():
        if isinstance(value, datetime):
            raise ValueError(f"{name} is a moment: give its London date (law.periods.local_date)")
        if not isinstance(value, date):
            raise ValueError(f"{name} must be a date, not {value!r}")


def require_days_if_given(**given: object) -> None:
    """As `require_days`, where None means that there is no such day (yet)."""
    require_days(**_without_none(given))


def require_moments(**given: object) -> None:
    """Every value is a datetime that knows its zone."""
    for name, value in given.items():
        if not isinstance(value, datetime):
            raise ValueError(f"{name} must be a datetime, not {value!r}")
        if value.utcoffset() is None:
            raise ValueError(f"{name} is naive: a moment must carry its time zone")


def require_moments_if_given(**given: object) -> None:
    """As `require_moments`, where None means that it has not happened."""
    require_moments(**_without_none(given))


def require_counts(**given: object) -> None:
    """Every value is a whole number of days, months or years, and not negative."""
    for name, value in given.items():
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise ValueError(f"{name} must be a whole number and not negative, not {value!r}")


def require_not_before(limit_name: str, limit: date | None, **given: date | None) -> None:
    """No given day is before the limit; a None on either side has nothing to compare."""
    for name, value in given.items():
        if limit is not None and value is not None and value < limit:
            raise ValueError(f"{name} {value} is before {limit_name} {limit}")


def _without_none(given: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in given.items() if value is not None}
