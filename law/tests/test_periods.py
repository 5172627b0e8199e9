"""The calendar: R9.8, R3.2 and what "beginning with" means. Expected days are written out."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from law import periods
from law.bank_holidays import ENGLAND_AND_WALES

D = date
LONDON = ZoneInfo("Europe/London")
AUCKLAND = timezone(timedelta(hours=13))


@pytest.mark.parametrize(
    ("rule", "moment", "day"),
    [
        ("R9.8 GMT", datetime(2026, 1, 10, 23, 59, tzinfo=UTC), D(2026, 1, 10)),
        ("R9.8 GMT midnight", datetime(2026, 1, 11, 0, 0, tzinfo=UTC), D(2026, 1, 11)),
        (
            "R9.8 BST, UTC is still the day before",
            datetime(2026, 6, 13, 23, 0, tzinfo=UTC),
            D(2026, 6, 14),
        ),
        (
            "R9.8 BST, a second before midnight",
            datetime(2026, 6, 13, 22, 59, 59, tzinfo=UTC),
            D(2026, 6, 13),
        ),
        (
            "R9.8 clocks go forward at 01:00",
            datetime(2026, 3, 29, 0, 59, tzinfo=UTC),
            D(2026, 3, 29),
        ),
        ("R9.8 the evening after", datetime(2026, 3, 29, 23, 0, tzinfo=UTC), D(2026, 3, 30)),
        (
            "R9.8 the evening before clocks go back",
            datetime(2026, 10, 24, 23, 0, tzinfo=UTC),
            D(2026, 10, 25),
        ),
        (
            "R9.8 the evening after clocks go back",
            datetime(2026, 10, 25, 23, 0, tzinfo=UTC),
            D(2026, 10, 25),
        ),
        ("R9.8 another zone", datetime(2026, 1, 11, 12, 59, tzinfo=AUCKLAND), D(2026, 1, 10)),
    ],
)
def test_local_date(rule, moment, day):
    assert periods.local_date(moment) == day


@pytest.mark.parametrize(
    ("rule", "beginning", "length", "last"),
    [
        ("R9.8 one day is that day", D(2026, 3, 3), {"days": 1}, D(2026, 3, 3)),
        ("R9.8 three days", D(2026, 3, 3), {"days": 3}, D(2026, 3, 5)),
        ("R9.8 across a year's end", D(2026, 12, 30), {"days": 3}, D(2027, 1, 1)),
        ("R9.8 into 29 February", D(2028, 2, 27), {"days": 3}, D(2028, 2, 29)),
        ("R9.8 past 28 February", D(2027, 2, 27), {"days": 3}, D(2027, 3, 1)),
        ("R3.2 a year", D(2026, 3, 1), {"years": 1}, D(2027, 2, 28)),
        ("R3.2 two years", D(2026, 3, 27), {"years": 2}, D(2028, 3, 26)),
        ("R3.2 made on 29 February", D(2024, 2, 29), {"years": 2}, D(2026, 2, 28)),
        ("R3.2 29 February to 29 February", D(2024, 2, 29), {"years": 4}, D(2028, 2, 28)),
        ("R3.2 ends on 29 February", D(2026, 3, 1), {"years": 2}, D(2028, 2, 29)),
        ("R3.2 a century without a leap day", D(2096, 2, 29), {"years": 4}, D(2100, 2, 28)),
        ("years before days", D(2024, 2, 29), {"years": 1, "days": 3}, D(2025, 3, 3)),
        ("no 29 February in the last year", D(9996, 2, 29), {"years": 3}, D(9999, 2, 28)),
        ("the last day of the calendar", D(9999, 12, 29), {"days": 3}, D(9999, 12, 31)),
    ],
)
def test_last_day(rule, beginning, length, last):
    assert periods.last_day(beginning, **length) == last


@pytest.mark.parametrize(
    ("rule", "day", "instant"),
    [
        ("R9.8 winter", D(2026, 1, 10), datetime(2026, 1, 11, 0, 0, tzinfo=UTC)),
        ("R9.8 summer", D(2026, 6, 10), datetime(2026, 6, 10, 23, 0, tzinfo=UTC)),
        (
            "R9.8 the day before clocks go forward",
            D(2026, 3, 28),
            datetime(2026, 3, 29, 0, 0, tzinfo=UTC),
        ),
        (
            "R9.8 the day clocks go forward",
            D(2026, 3, 29),
            datetime(2026, 3, 29, 23, 0, tzinfo=UTC),
        ),
        ("R9.8 the day clocks go back", D(2026, 10, 25), datetime(2026, 10, 26, 0, 0, tzinfo=UTC)),
    ],
)
def test_end_instant(rule, day, instant):
    end = periods.end_instant(day)
    assert end == instant
    assert end.utcoffset() is not None
    assert periods.local_date(end) == day + timedelta(days=1)
    assert periods.local_date(end - timedelta(microseconds=1)) == day


@pytest.mark.parametrize(
    ("day", "hours"), [(D(2026, 3, 29), 23), (D(2026, 10, 25), 25), (D(2026, 6, 1), 24)]
)
def test_a_day_runs_from_midnight_to_midnight(day, hours):
    assert periods.end_instant(day) - periods.start_instant(day) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("wall", "moments"),
    [
        ("2026-01-05T09:00", [datetime(2026, 1, 5, 9, 0, tzinfo=UTC)]),
        ("2026-06-05T09:00", [datetime(2026, 6, 5, 8, 0, tzinfo=UTC)]),
        ("2026-03-29T00:59", [datetime(2026, 3, 29, 0, 59, tzinfo=UTC)]),
        ("2026-03-29T01:00", []),
        ("2026-03-29T01:59", []),
        ("2026-03-29T02:00", [datetime(2026, 3, 29, 1, 0, tzinfo=UTC)]),
        ("2026-10-25T00:59", [datetime(2026, 10, 24, 23, 59, tzinfo=UTC)]),
        (
            "2026-10-25T01:30",
            [datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)],
        ),
        ("2026-10-25T02:00", [datetime(2026, 10, 25, 2, 0, tzinfo=UTC)]),
    ],
)
def test_moments_at_a_reading_of_the_clock(wall, moments):
    assert list(periods.moments_at(datetime.fromisoformat(wall))) == moments


@pytest.mark.parametrize(
    ("day", "noon"),
    [
        (D(2026, 12, 4), datetime(2026, 12, 4, 12, 0, tzinfo=UTC)),
        (D(2026, 6, 4), datetime(2026, 6, 4, 11, 0, tzinfo=UTC)),
        (D(2026, 3, 29), datetime(2026, 3, 29, 11, 0, tzinfo=UTC)),
    ],
)
def test_noon_in_london_in_winter_and_summer(day, noon):
    assert periods.noon(day) == noon


def test_moments_of_the_hour_that_comes_twice_are_ordered_in_utc():
    first = datetime(2026, 10, 25, 1, 45, tzinfo=LONDON)
    second = datetime(2026, 10, 25, 1, 15, tzinfo=LONDON, fold=1)
    assert periods.utc(first) < periods.utc(second)


@pytest.mark.parametrize(
    ("rule", "day", "count", "working_day"),
    [
        ("a Monday", D(2026, 6, 1), 1, D(2026, 6, 2)),
        ("a Friday", D(2026, 6, 5), 1, D(2026, 6, 8)),
        ("a Saturday", D(2026, 6, 6), 1, D(2026, 6, 8)),
        ("five from a Monday", D(2026, 6, 1), 5, D(2026, 6, 8)),
        ("W30 over Easter", D(2026, 4, 2), 1, D(2026, 4, 7)),
        ("over Christmas 2027, both days substituted", D(2027, 12, 24), 1, D(2027, 12, 29)),
    ],
)
def test_working_day_after(rule, day, count, working_day):
    assert periods.working_day_after(day, count, bank_holidays=ENGLAND_AND_WALES) == working_day


def test_a_date_is_written_without_a_leading_zero():
    assert periods.written(D(2026, 3, 5)) == "5 March 2026"
