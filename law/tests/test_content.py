"""s6: the five things an order must state. Each row takes one away, or contradicts it."""

from dataclasses import replace
from datetime import date

import pytest

from law.content import ConditionContent, ConditionKind, OrderContent, check
from law.findings import Weight

D = date
CONDITION = ConditionContent(
    kind=ConditionKind.PROHIBITION,
    text="You must not contact Ann Samplewell.",
    limited_to_locality=False,
    own_period=False,
)
ORDER = OrderContent(
    interim=False,
    made_on=D(2026, 3, 27),
    fixed_period=True,
    last_day=D(2028, 3, 26),
    conditions=(CONDITION,),
)


@pytest.mark.parametrize(
    ("rule", "order"),
    [
        ("R6.2 a fixed period", ORDER),
        ("R6.2 until a further order", replace(ORDER, fixed_period=False, last_day=None)),
        (
            "R6.4 a locality",
            replace(
                ORDER,
                conditions=(replace(CONDITION, limited_to_locality=True, locality="Testham"),),
            ),
        ),
        (
            "R6.5 a period of its own",
            replace(
                ORDER,
                conditions=(replace(CONDITION, own_period=True, own_last_day=D(2026, 9, 26)),),
            ),
        ),
        ("an interim order is checked alike", replace(ORDER, interim=True)),
    ],
)
def test_a_whole_order(rule, order):
    assert check(order) == []


@pytest.mark.parametrize(
    ("provision", "field", "change"),
    [
        ("s6(a)", "made_on", {"made_on": None}),
        ("s6(b)", "fixed_period", {"fixed_period": None}),
        ("s6(b)", "last_day", {"last_day": None}),
        ("s6(b)", "fixed_period", {"fixed_period": False}),
        ("s6(c)", "conditions", {"conditions": ()}),
    ],
)
def test_what_an_order_leaves_unsaid(provision, field, change):
    (finding,) = check(replace(ORDER, **change))
    assert (finding.provision, finding.field) == (provision, field)
    assert finding.weight is Weight.BLOCK


@pytest.mark.parametrize(
    ("provision", "field", "change"),
    [
        ("s6(c)", "text", {"text": " \n"}),
        ("s6(d)", "limited_to_locality", {"limited_to_locality": None}),
        ("s6(d)", "locality", {"limited_to_locality": True}),
        ("s6(d)", "limited_to_locality", {"locality": "Testham"}),
        ("s6(e)", "own_period", {"own_period": None}),
        ("s6(e)", "own_last_day", {"own_period": True}),
        ("s6(e)", "own_period", {"own_last_day": D(2026, 9, 26)}),
    ],
)
def test_what_a_condition_leaves_unsaid(provision, field, change):
    order = replace(ORDER, conditions=(CONDITION, replace(CONDITION, **change)))
    (finding,) = check(order)
    assert (finding.provision, finding.field) == (provision, f"conditions.1.{field}")
    assert finding.weight is Weight.BLOCK


def test_an_empty_order_is_told_all_at_once():
    empty = OrderContent(
        interim=False, made_on=None, fixed_period=None, last_day=None, conditions=()
    )
    assert [f.provision for f in check(empty)] == ["s6(a)", "s6(b)", "s6(c)"]


def test_a_condition_reaches_all_of_the_united_kingdom_unless_limited():
    assert CONDITION.extent == "All parts of the United Kingdom"
    local = replace(CONDITION, limited_to_locality=True, locality="Testham")
    assert local.extent == "Testham"
