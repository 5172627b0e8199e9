"""How dates and clocks are said: always with the day of the week, in London, in 24 hours."""

from datetime import UTC, date, datetime

import pytest

from casework.jinja import age, clock_left, clock_time, day, end, last_day, long_day, moment

NOW = datetime(2026, 11, 24, 9, 12, tzinfo=UTC)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("due_at", "whole_day", "left", "when", "urgency"),
    [
        (utc(2026, 11, 24, 8, 49), False, "23 minutes late", "today 08:49", "late"),
        (utc(2026, 11, 24, 10, 34), False, "1 h 22 min left", "today 10:34", "today"),
        (utc(2026, 11, 24, 11, 12), False, "2 h left", "today 11:12", "today"),
        (utc(2026, 11, 24, 9, 13), False, "1 minute left", "today 09:13", "today"),
        (utc(2026, 11, 24, 9, 12), False, "0 minutes late", "today 09:12", "late"),
        (utc(2026, 11, 25, 1, 12), False, "16 h left", "Wed 25 Nov 01:12", "today"),
        (utc(2026, 11, 25, 9, 11), False, "23 h 59 min left", "Wed 25 Nov 09:11", "today"),
        (utc(2026, 11, 25, 9, 12), False, "1 day left", "Wed 25 Nov 09:12", "soon"),
        (utc(2026, 12, 4, 10), False, "10 days left", "Fri 4 Dec 10:00", "soon"),
        (utc(2029, 9, 3), True, "1,014 days left", "end of Mon 3 Sep 2029", "soon"),
        (utc(2025, 12, 30, 10), False, "328 days late", "Tue 30 Dec 2025 10:00", "late"),
        (utc(2026, 11, 25, 0), True, "Ends today", "end of Tue 24 Nov", "today"),
        (utc(2026, 11, 26, 0), True, "1 day left", "end of Wed 25 Nov", "soon"),
        (utc(2026, 12, 1, 0), True, "6 days left", "end of Mon 30 Nov", "soon"),
        (utc(2026, 11, 24, 0), True, "9 h 12 min late", "end of Mon 23 Nov", "late"),
        (utc(2026, 11, 21, 0), True, "3 days late", "end of Fri 20 Nov", "late"),
    ],
)
def test_a_clock_is_what_is_left_and_when_it_ends(
    due_at: datetime, whole_day: bool, left: str, when: str, urgency: str
) -> None:
    said = clock_left(due_at, whole_day=whole_day, at=NOW)
    assert said == {"left": left, "when": when, "urgency": urgency}


@pytest.mark.parametrize(
    ("due_at", "whole_day", "left", "when", "urgency"),
    [
        (utc(2026, 11, 24, 23, 59), False, "29 minutes left", "today 23:59", "today"),
        (utc(2026, 11, 25, 0), False, "30 minutes left", "Wed 25 Nov 00:00", "today"),
        (utc(2026, 11, 25, 0, 40), False, "1 h 10 min left", "Wed 25 Nov 00:40", "today"),
        (utc(2026, 11, 25, 23, 29), False, "23 h 59 min left", "Wed 25 Nov 23:29", "today"),
        (utc(2026, 11, 25, 23, 30), False, "1 day left", "Wed 25 Nov 23:30", "soon"),
        (utc(2026, 11, 26, 0, 40), False, "1 day left", "Thu 26 Nov 00:40", "soon"),
        (utc(2026, 11, 26, 23, 30), False, "2 days left", "Thu 26 Nov 23:30", "soon"),
        (utc(2026, 11, 25, 0), True, "30 minutes left", "end of Tue 24 Nov", "today"),
        (utc(2026, 11, 26, 0), True, "1 day left", "end of Wed 25 Nov", "soon"),
    ],
)
def test_half_past_eleven_at_night(
    due_at: datetime, whole_day: bool, left: str, when: str, urgency: str
) -> None:
    """What ends in an hour ends in an hour, whatever the calendar says of it; and 25 hours are a day."""
    said = clock_left(due_at, whole_day=whole_day, at=utc(2026, 11, 24, 23, 30))
    assert said == {"left": left, "when": when, "urgency": urgency}


def test_a_summer_day_ends_at_londons_midnight() -> None:
    said = clock_left(utc(2026, 7, 3, 23), at=utc(2026, 7, 3, 12))
    assert (said["left"], said["when"]) == ("Ends today", "end of Fri 3 Jul")


def test_no_clock() -> None:
    assert clock_left(None)["left"] == "No clock"


def test_days_and_moments() -> None:
    served = utc(2026, 7, 1, 23, 30)  # 00:30 of the next day in London
    assert day(served) == "Thu 2 Jul 2026"
    assert long_day(served) == "2 July 2026"
    assert moment(served) == "Thu 2 Jul 2026 at 00:30"
    assert clock_time(served) == "00:30"
    assert day(date(2026, 11, 25)) == "Wed 25 Nov 2026"
    assert day(None) == long_day(None) == moment(None) == clock_time(None) == ""


@pytest.mark.parametrize(
    ("born_on", "on", "years"),
    [
        (date(1988, 3, 14), date(2026, 3, 13), 37),
        (date(1988, 3, 14), date(2026, 3, 14), 38),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (None, date(2026, 3, 1), None),
    ],
)
def test_age_in_full_years(born_on: date | None, on: date, years: int | None) -> None:
    assert age(born_on, on) == years


def test_an_exclusive_end_is_the_end_of_the_day_before() -> None:
    winter, summer = utc(2026, 11, 26, 0), utc(2026, 7, 1, 23)
    assert (end(winter), last_day(winter)) == ("end of Wed 25 Nov 2026", "Wed 25 Nov 2026")
    assert (end(summer), last_day(summer)) == ("end of Wed 1 Jul 2026", "Wed 1 Jul 2026")
    noon = utc(2026, 11, 26, 12)
    assert (end(noon), last_day(noon)) == ("Thu 26 Nov 2026 at 12:00", "Thu 26 Nov 2026")
    assert (end(None), last_day(None)) == ("", "")
