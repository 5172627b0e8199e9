"""Working days of the Victims' Code (section 4.4), and the bank holidays they need."""

from datetime import date, timedelta

import pytest

from law import victims_code
from law.bank_holidays import ENGLAND_AND_WALES, KNOWN_YEARS
from law.findings import Weight
from law.victims_code import CODE_2021, LIMITS, Event, Limit, limit_for, tell_by

D = date


@pytest.mark.parametrize(
    ("rule", "event", "happened_on", "enhanced", "by"),
    [
        ("W30 enhanced, over Easter", Event.BAILED, D(2026, 4, 2), True, D(2026, 4, 7)),
        ("W30 standard, over Easter", Event.BAILED, D(2026, 4, 2), False, D(2026, 4, 13)),
        ("an ordinary week", Event.ARRESTED, D(2026, 6, 1), True, D(2026, 6, 2)),
        ("on a Friday", Event.RELEASED_WITHOUT_CHARGE, D(2026, 6, 5), True, D(2026, 6, 8)),
        ("on a Saturday", Event.BAIL_CHANGED, D(2026, 6, 6), True, D(2026, 6, 8)),
        ("a referral is 2 days for all", Event.REFERRAL, D(2026, 6, 1), True, D(2026, 6, 3)),
        ("a referral is 2 days for all", Event.REFERRAL, D(2026, 6, 1), False, D(2026, 6, 3)),
    ],
)
def test_tell_by(rule, event, happened_on, enhanced, by):
    answer = tell_by(
        event, happened_on=happened_on, enhanced=enhanced, bank_holidays=ENGLAND_AND_WALES
    )
    assert answer == by


def test_enhanced_is_the_default():
    facts = {"happened_on": D(2026, 6, 1), "bank_holidays": ENGLAND_AND_WALES}
    assert tell_by(Event.CHARGE_DECISION, **facts) == tell_by(
        Event.CHARGE_DECISION, enhanced=True, **facts
    )


def test_bank_holidays_are_the_callers():
    assert tell_by(Event.BAILED, happened_on=D(2026, 4, 2), bank_holidays=()) == D(2026, 4, 3)


ROWS = """
arrested                 5 1 certain
interviewed              5 1 certain
released_without_charge  5 1 certain
bailed                   5 1 certain
bail_changed             5 1 certain
not_investigated         5 1 certain
charge_decision          5 1 unseen
first_hearing            5 1 unseen
referral                 2 2 unseen
court_outcome            5 1 unseen
"""


def test_every_limit_of_section_4_4():
    written_out = [line.split() for line in ROWS.strip().splitlines()]
    shipped = [
        [row.event, str(row.standard), str(row.enhanced), "certain" if row.certain else "unseen"]
        for row in LIMITS
    ]
    assert shipped == written_out
    assert {row.event for row in LIMITS} == set(Event)


@pytest.mark.parametrize("event", list(Event))
def test_every_event_has_its_limit_from_the_2021_code_on(event):
    assert limit_for(event, CODE_2021).event is event
    with pytest.raises(ValueError, match="on 2021-03-31"):
        limit_for(event, CODE_2021 - timedelta(days=1))


def test_a_newer_row_takes_over_on_its_day(monkeypatch):
    newer = Limit(Event.ARRESTED, 3, 1, valid_from=D(2027, 1, 1))
    monkeypatch.setattr(victims_code, "LIMITS", (newer, *LIMITS))
    assert limit_for(Event.ARRESTED, D(2026, 12, 31)).standard == 5
    assert limit_for(Event.ARRESTED, D(2027, 1, 1)) is newer


@pytest.mark.parametrize(("event", "sure"), [(Event.ARRESTED, True), (Event.COURT_OUTCOME, False)])
def test_unseen_wording_warns(event, sure):
    found = victims_code.findings(event, happened_on=D(2026, 6, 1))
    assert [f.weight for f in found] == ([] if sure else [Weight.WARN])


def _easter(year):
    """Easter Sunday, by the rule of the Gregorian calendar (Meeus, Jones, Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, g = b // 4, b % 4, (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return D(year, month, day + 1)


def _monday(year, month, *, last=False):
    days = [D(year, month, 1) + timedelta(days=n) for n in range(31)]
    mondays = [day for day in days if day.month == month and day.weekday() == 0]
    return mondays[-1 if last else 0]


def _fixed(year):
    """New Year, Christmas and Boxing Day, each moved to the next free weekday."""
    taken = set()
    for day in (D(year, 1, 1), D(year, 12, 25), D(year, 12, 26)):
        while day.weekday() >= 5 or day in taken:
            day += timedelta(days=1)
        taken.add(day)
    return taken


@pytest.mark.parametrize("year", sorted(KNOWN_YEARS))
def test_the_table_of_bank_holidays_follows_the_rules(year):
    easter = _easter(year)
    expected = {
        *_fixed(year),
        easter - timedelta(days=2),
        easter + timedelta(days=1),
        _monday(year, 5),
        _monday(year, 5, last=True),
        _monday(year, 8, last=True),
    }
    assert {day for day in ENGLAND_AND_WALES if day.year == year} == expected


def test_the_years_that_are_known():
    assert set(range(2024, 2029)) == KNOWN_YEARS
    assert {day.year for day in ENGLAND_AND_WALES} == KNOWN_YEARS
