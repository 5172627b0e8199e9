"""Plain words about days."""

from datetime import UTC, date, datetime

from contact import words


def test_moments_are_said_in_london() -> None:
    late = datetime(2026, 6, 9, 23, 30, tzinfo=UTC)
    assert words.at_time(late) == "Wednesday 10 June 2026 at 00:30"
    assert words.day(late) == "Wednesday 10 June 2026"
    assert words.day(date(2026, 6, 10)) == "Wednesday 10 June 2026"
