"""s8: points to prove, and whether there was an order to breach."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from law.breach import Point, missing, report_findings
from law.findings import PRACTICE, Weight

D = date
LONDON = ZoneInfo("Europe/London")
MADE = datetime(2026, 9, 2, 10, 40, tzinfo=UTC)
SERVED = datetime(2026, 9, 3, 7, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rule", "happened_at", "expected"),
    [
        ("R8.1 before it was made", datetime(2026, 9, 2, 10, 39, tzinfo=UTC), ["s8(1)"]),
        ("R8.1 made, not served", MADE, [PRACTICE]),
        ("R8.1 a moment before service", datetime(2026, 9, 3, 7, 9, tzinfo=UTC), [PRACTICE]),
        ("R8.1 at service", SERVED, []),
        ("R8.1 on the last evening", datetime(2028, 9, 1, 22, 59, tzinfo=UTC), []),
        ("R8.1 after the last day", datetime(2028, 9, 1, 23, 0, tzinfo=UTC), ["s8(1)"]),
    ],
)
def test_was_there_an_order_to_breach(rule, happened_at, expected):
    found = report_findings(
        made_at=MADE,
        last_day=D(2028, 9, 1),
        ended_at=None,
        happened_at=happened_at,
        served_at=SERVED,
    )
    assert [(f.provision, f.weight) for f in found] == [(p, Weight.WARN) for p in expected]


def test_an_order_that_was_never_served():
    (finding,) = report_findings(
        made_at=MADE, last_day=None, ended_at=None, happened_at=SERVED, served_at=None
    )
    assert (finding.provision, finding.field) == (PRACTICE, "served_at")


def test_an_order_that_was_served_in_earlier_words_only():
    facts = {"made_at": MADE, "last_day": None, "ended_at": None, "served_at": None}
    (finding,) = report_findings(**facts, happened_at=SERVED, first_served_at=SERVED)
    assert "not in the words of that moment" in finding.message
    (finding,) = report_findings(**facts, happened_at=MADE, first_served_at=SERVED)
    assert "was not served yet" in finding.message


def test_a_discharged_order_is_not_breached():
    (finding,) = report_findings(
        made_at=MADE, last_day=None, ended_at=SERVED, happened_at=SERVED, served_at=SERVED
    )
    assert finding.provision == "s8(1)"


def test_service_in_the_hour_that_comes_twice():
    served_at = datetime(2026, 10, 25, 1, 45, tzinfo=LONDON)
    call = datetime(2026, 10, 25, 1, 15, tzinfo=LONDON, fold=1)
    found = report_findings(
        made_at=MADE, last_day=None, ended_at=None, happened_at=call, served_at=served_at
    )
    assert found == []


def test_points_to_prove_in_order():
    assert [f.field for f in missing(set())] == [point.value for point in Point]
    assert missing(set(Point)) == []
    (finding,) = missing(set(Point) - {Point.MADE})
    assert (finding.provision, finding.weight) == ("s8(5)", Weight.WARN)


def test_each_point_has_its_words_and_provision():
    assert len({point.label for point in Point}) == 7
    assert {point.provision for point in Point} == {"s8(1)", "s8(5)", PRACTICE}
