"""s3 and the question whether an order has effect, by day and by moment."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from law.duration import asked_findings, earliest_last_day, findings, has_effect, has_effect_at
from law.findings import Weight

D = date
LONDON = ZoneInfo("Europe/London")
MADE = D(2026, 3, 27)


@pytest.mark.parametrize(
    ("rule", "made_on", "earliest"),
    [
        ("R3.2 W18", D(2026, 3, 1), D(2028, 2, 29)),
        ("R3.2 W19", D(2024, 2, 29), D(2026, 2, 28)),
        ("R3.2 W19", D(2028, 2, 29), D(2030, 2, 28)),
        ("R3.2 W19", D(2022, 3, 1), D(2024, 2, 29)),
        ("R3.2 W19", D(2026, 2, 28), D(2028, 2, 27)),
        ("R3.2 W20", MADE, D(2028, 3, 26)),
        ("R3.2 over a year's end", D(2026, 1, 1), D(2027, 12, 31)),
    ],
)
def test_a_fixed_period_is_at_least_two_years(rule, made_on, earliest):
    assert earliest_last_day(made_on) == earliest
    assert findings(made_on=made_on, last_day=earliest) == []
    (short,) = findings(made_on=made_on, last_day=D.fromordinal(earliest.toordinal() - 1))
    assert (short.provision, short.weight, short.field) == ("s3(2)", Weight.BLOCK, "last_day")


def test_until_a_further_order_has_no_least_period():
    assert findings(made_on=MADE, last_day=None) == []
    assert asked_findings(months=None) == []


@pytest.mark.parametrize(("months", "blocked"), [(1, True), (23, True), (24, False), (60, False)])
def test_less_than_two_years_cannot_be_asked_for(months, blocked):
    found = asked_findings(months=months)
    assert [(f.provision, f.weight) for f in found] == [("s3(2)", Weight.BLOCK)] * blocked


@pytest.mark.parametrize(
    ("rule", "last_day", "ended_on", "on", "expected"),
    [
        ("s3(1) the day before it was made", D(2028, 3, 26), None, D(2026, 3, 26), False),
        ("s3(1) the day it was made", D(2028, 3, 26), None, D(2026, 3, 27), True),
        ("s3(1)(a) W20 the last day", D(2028, 3, 26), None, D(2028, 3, 26), True),
        ("s3(1)(a) W20 the day after", D(2028, 3, 26), None, D(2028, 3, 27), False),
        ("s3(1)(b) until a further order", None, None, D(2126, 1, 1), True),
        ("s3(1)(b) but not before it was made", None, None, D(2026, 3, 26), False),
        ("s4(3) the day before discharge", None, D(2027, 1, 5), D(2027, 1, 4), True),
        ("s4(3) the day of discharge", None, D(2027, 1, 5), D(2027, 1, 5), False),
        (
            "s4(3) discharge before the period is over",
            D(2028, 3, 26),
            D(2027, 1, 5),
            D(2027, 1, 6),
            False,
        ),
        ("s5(6)(b) ended on the day it was made", D(2026, 4, 30), MADE, MADE, False),
        (
            "an end after the period changes nothing",
            D(2026, 4, 30),
            D(2026, 6, 1),
            D(2026, 5, 1),
            False,
        ),
        ("a period of one day", MADE, None, MADE, True),
    ],
)
def test_has_effect(rule, last_day, ended_on, on, expected):
    assert has_effect(made_on=MADE, last_day=last_day, ended_on=ended_on, on=on) is expected


MADE_AT = datetime(2026, 3, 27, 14, 0, tzinfo=UTC)
ENDED_AT = datetime(2027, 7, 5, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rule", "last_day", "ended_at", "moment", "expected"),
    [
        (
            "s8(1) a call an hour before",
            None,
            None,
            datetime(2026, 3, 27, 13, 0, tzinfo=UTC),
            False,
        ),
        ("s8(1) the moment it was made", None, None, MADE_AT, True),
        (
            "s8(1) a microsecond before",
            None,
            None,
            datetime(2026, 3, 27, 13, 59, 59, 999999, tzinfo=UTC),
            False,
        ),
        ("s8(1) the moment it ended", None, ENDED_AT, ENDED_AT, False),
        (
            "s8(1) a second before it ended",
            None,
            ENDED_AT,
            datetime(2027, 7, 5, 10, 59, 59, tzinfo=UTC),
            True,
        ),
        (
            "s3(1)(a) the last London second",
            D(2028, 6, 26),
            None,
            datetime(2028, 6, 26, 22, 59, 59, tzinfo=UTC),
            True,
        ),
        (
            "s3(1)(a) midnight in London",
            D(2028, 6, 26),
            None,
            datetime(2028, 6, 26, 23, 0, tzinfo=UTC),
            False,
        ),
        (
            "s3(1)(a) midnight in winter",
            D(2028, 1, 26),
            None,
            datetime(2028, 1, 27, 0, 0, tzinfo=UTC),
            False,
        ),
        (
            "s3(1)(a) ended before the last day",
            D(2028, 6, 26),
            ENDED_AT,
            datetime(2028, 6, 1, tzinfo=UTC),
            False,
        ),
        ("ended in the moment it was made", None, MADE_AT, MADE_AT, False),
    ],
)
def test_has_effect_at(rule, last_day, ended_at, moment, expected):
    effect = has_effect_at(made_at=MADE_AT, last_day=last_day, ended_at=ended_at, moment=moment)
    assert effect is expected


def test_the_hour_that_comes_twice_is_not_read_off_the_wall():
    """Made at 01:45 before the clocks went back; a call at 01:15 after that is a breach."""
    made_at = datetime(2026, 10, 25, 1, 45, tzinfo=LONDON)
    call = datetime(2026, 10, 25, 1, 15, tzinfo=LONDON, fold=1)
    assert has_effect_at(made_at=made_at, last_day=None, ended_at=None, moment=call)
    assert not has_effect_at(made_at=call, last_day=None, ended_at=None, moment=made_at)
    assert not has_effect_at(
        made_at=MADE_AT.replace(year=2025), last_day=None, ended_at=made_at, moment=call
    )


def test_an_end_in_the_second_of_two_hours_is_after_a_making_in_the_first():
    made_at = datetime(2026, 10, 25, 1, 45, tzinfo=LONDON)
    ended_at = datetime(2026, 10, 25, 1, 15, tzinfo=LONDON, fold=1)
    assert has_effect_at(made_at=made_at, last_day=None, ended_at=ended_at, moment=made_at)


def test_made_after_midnight_in_london_counts_from_that_day():
    made_at = datetime(2026, 6, 13, 23, 30, tzinfo=UTC)
    effect = has_effect_at(made_at=made_at, last_day=D(2026, 6, 14), ended_at=None, moment=made_at)
    assert effect
    with pytest.raises(ValueError, match="last_day"):
        has_effect_at(made_at=made_at, last_day=D(2026, 6, 13), ended_at=None, moment=made_at)


def test_the_last_day_of_the_calendar_has_an_end_nobody_can_write():
    last = D(9999, 12, 31)
    assert has_effect_at(made_at=MADE_AT, last_day=last, ended_at=None, moment=ENDED_AT)
