"""An order as made: every question at once, and nothing that could stop its being recorded."""

from dataclasses import replace
from datetime import date

import pytest

from law.commencement import OWN_MOTION, TABLE
from law.content import ConditionContent, ConditionKind, OrderContent
from law.findings import Weight, blocking, warnings
from law.made_order import findings
from law.origin import Origin
from law.origin import findings as origin_findings

D = date
CONDITION = ConditionContent(
    kind=ConditionKind.PROHIBITION,
    text="You must not…",
    limited_to_locality=False,
    own_period=False,
)
FULL = OrderContent(
    interim=False,
    made_on=D(2026, 3, 27),
    fixed_period=True,
    last_day=D(2028, 3, 26),
    conditions=(CONDITION,),
)
INTERIM = replace(FULL, interim=True, last_day=D(2026, 4, 24))


@pytest.mark.parametrize(
    ("rule", "order", "expected"),
    [
        ("a lawful full order", FULL, []),
        ("a lawful interim order", INTERIM, []),
        ("s3(2) too short", replace(FULL, last_day=D(2028, 3, 25)), ["s3(2)"]),
        (
            "s5(6)(a) never indefinite",
            replace(INTERIM, fixed_period=False, last_day=None),
            ["s5(6)(a)"],
        ),
        ("s6(a) undated", replace(FULL, made_on=None), ["s6(a)"]),
        (
            "s3(3) outlasts an interim",
            replace(
                INTERIM,
                conditions=(replace(CONDITION, own_period=True, own_last_day=D(2026, 5, 1)),),
            ),
            ["s3(3)"],
        ),
    ],
)
def test_an_order_as_made(rule, order, expected):
    assert [f.provision for f in findings(order)] == expected


def test_blocks_and_warnings_can_be_told_apart():
    short = replace(CONDITION, own_period=True, own_last_day=D(2026, 9, 26))
    found = findings(replace(FULL, last_day=D(2028, 3, 25), conditions=(short,)))
    assert [f.provision for f in blocking(found)] == ["s3(2)"]
    assert [f.provision for f in warnings(found)] == ["s3(3)"]


@pytest.mark.parametrize(
    ("origin", "applicant", "flagged"),
    [
        (Origin.S1_APPLICATION, True, False),
        (Origin.COURT_CONVICTION, False, True),
        (Origin.COURT_ACQUITTAL, False, True),
    ],
)
def test_orders_of_the_courts_own_motion_wait_for_commencement(origin, applicant, flagged):
    assert origin.has_applicant is applicant
    found = origin_findings(origin=origin, made_on=D(2026, 11, 22))
    assert [(f.provision, f.weight) for f in found] == [(OWN_MOTION, Weight.WARN)] * flagged


def test_a_date_in_the_table_is_all_it_takes(monkeypatch):
    monkeypatch.setitem(TABLE, OWN_MOTION, D(2027, 1, 1))
    facts = {"origin": Origin.COURT_CONVICTION}
    assert origin_findings(**facts, made_on=D(2026, 12, 31))
    assert not origin_findings(**facts, made_on=D(2027, 1, 1))
