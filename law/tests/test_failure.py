"""s11(3) to (5): late is not missing, and each failure is one offence."""

from datetime import date

import pytest

from law.failure import Failure, Outcome, failure, outcome

D = date
DUE = D(2026, 3, 30)


@pytest.mark.parametrize(
    ("rule", "notified_on", "today", "expected"),
    [
        ("s9(1) before the end", None, D(2026, 3, 29), Outcome.WAITING),
        ("s9(1) the last day is not over", None, DUE, Outcome.WAITING),
        ("s11(3) the first day of failure", None, D(2026, 3, 31), Outcome.MISSING),
        ("s9(1) on the last day", DUE, D(2026, 4, 9), Outcome.IN_TIME),
        ("s9(4) in advance", D(2026, 3, 1), D(2026, 4, 9), Outcome.IN_TIME),
        ("s11(4) a day late", D(2026, 3, 31), D(2026, 4, 9), Outcome.LATE),
        ("s11(4) W17", D(2026, 4, 5), D(2026, 4, 5), Outcome.LATE),
    ],
)
def test_outcome(rule, notified_on, today, expected):
    assert outcome(due=DUE, notified_on=notified_on, today=today) is expected


def test_nothing_due_is_nothing_missed():
    assert outcome(due=None, notified_on=None, today=D(2026, 4, 9)) is Outcome.NOTHING_DUE


@pytest.mark.parametrize(
    ("rule", "notified_on", "expected"),
    [
        ("in time", DUE, None),
        ("s11(3) one day", D(2026, 3, 31), Failure(D(2026, 3, 31), D(2026, 3, 31))),
        ("s11(4) W17", D(2026, 4, 5), Failure(D(2026, 3, 31), D(2026, 4, 5))),
        ("s11(4) continues", None, Failure(D(2026, 3, 31), None)),
    ],
)
def test_the_days_of_a_failure(rule, notified_on, expected):
    assert failure(due=DUE, notified_on=notified_on) == expected
