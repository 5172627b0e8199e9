"""The table of bank holidays ends some day, and somebody must notice before it does."""

from datetime import date, datetime

import pytest

from casework import clock, holidays
from law.periods import LONDON, local_date


@pytest.mark.parametrize(
    ("today", "missing"),
    [
        (date(2027, 12, 31), []),
        (date(2028, 1, 1), ["The bank holidays of 2029 are not known."]),
        (date(2029, 1, 1), ["The bank holidays of 2029 and 2030 are not known."]),
    ],
)
def test_it_warns_while_there_is_a_year_left(today: date, missing: list[str]) -> None:
    with clock.at(datetime(today.year, today.month, today.day, 12, tzinfo=LONDON)):
        assert [found.msg for found in holidays.known()] == missing


def test_this_year_and_the_next_are_known() -> None:
    assert not holidays.known(), f"on {local_date(clock.now())}"
