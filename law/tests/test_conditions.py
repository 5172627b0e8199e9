"""s2(2), s2(3), s2(7), s3(3), s5(3), s5(4): is one condition lawful to ask for?"""

from dataclasses import replace
from datetime import date

import pytest

from law import conditions
from law.conditions import (
    Clash,
    OtherOrder,
    clash_findings,
    earlier_findings,
    period_findings,
)
from law.content import Avoidance, ConditionContent, ConditionKind
from law.findings import PRACTICE, Weight

D = date
CLEAR = Avoidance(
    conflicts_with_religion=False, interferes_with_work=False, interferes_with_education=False
)
CONDITION = ConditionContent(
    kind=ConditionKind.REQUIREMENT,
    text="You must attend the programme.",
    necessity="It lowers the risk.",
    avoidance=CLEAR,
)


@pytest.mark.parametrize("interim", [False, True])
def test_a_considered_condition(interim):
    assert conditions.check(CONDITION, interim=interim) == []


@pytest.mark.parametrize(
    ("rule", "interim", "provision", "weight"),
    [
        ("R2.2 full: each condition is necessary", False, "s2(2)", Weight.BLOCK),
        ("R5.2 interim: appropriate is enough", True, "s5(3)", Weight.WARN),
    ],
)
def test_necessity_of_each_condition(rule, interim, provision, weight):
    (finding,) = conditions.check(replace(CONDITION, necessity=" "), interim=interim)
    assert (finding.provision, finding.weight) == (provision, weight)


def test_a_full_order_is_what_is_meant_unless_interim_is_said():
    unready = replace(CONDITION, necessity="", avoidance=Avoidance())
    assert conditions.check(unready) == conditions.check(unready, interim=False)
    assert {f.provision for f in conditions.necessity_findings(unready)} == {"s2(2)"}
    assert {f.provision[:5] for f in conditions.avoidance_findings(Avoidance())} == {"s2(3)"}
    facts = {"made_on": MADE, "order_last_day": None, "own_last_day": D(2026, 9, 26)}
    assert len(period_findings(**facts)) == 1


@pytest.mark.parametrize(
    ("letter", "field"),
    [
        ("(a)", "conflicts_with_religion"),
        ("(b)", "interferes_with_work"),
        ("(b)", "interferes_with_education"),
    ],
)
@pytest.mark.parametrize(("interim", "section"), [(False, "s2(3)"), (True, "s5(4)")])
@pytest.mark.parametrize("answer", [None, True])
def test_religion_work_and_education_are_considered(letter, field, interim, section, answer):
    avoidance = replace(CLEAR, **{field: answer})
    (finding,) = conditions.avoidance_findings(avoidance, interim=interim)
    assert (finding.provision, finding.field) == (section + letter, field)
    assert finding.weight is Weight.WARN


def test_a_conflict_that_cannot_be_avoided_is_explained():
    avoidance = replace(CLEAR, interferes_with_work=True, note="The area is where she works too.")
    assert conditions.avoidance_findings(avoidance) == []


@pytest.mark.parametrize("other", list(OtherOrder))
def test_only_an_earlier_stalking_protection_order_blocks(other):
    (finding,) = clash_findings(Clash(other, "it requires him to live there"))
    if other is OtherOrder.SPO:
        assert (finding.provision, finding.weight) == ("s2(7)", Weight.BLOCK)
    elif other is OtherOrder.INTERIM_SPO:
        assert (finding.provision, finding.weight) == ("s2(7)", Weight.WARN)
    else:
        assert (finding.provision, finding.weight) == (PRACTICE, Weight.WARN)
    assert "it requires him to live there" in finding.message


@pytest.mark.parametrize("other", list(OtherOrder))
def test_an_order_that_binds_already_must_be_looked_at(other):
    (finding,) = earlier_findings([other, other], kind=ConditionKind.PROHIBITION)
    assert finding.weight is (Weight.BLOCK if other is OtherOrder.SPO else Weight.WARN)
    assert (finding.provision == PRACTICE) == (
        other not in (OtherOrder.SPO, OtherOrder.INTERIM_SPO)
    )
    assert "this prohibition" in finding.message


def test_nobody_is_bound_and_there_is_nothing_to_look_at():
    assert earlier_findings([], kind=ConditionKind.REQUIREMENT) == []


MADE = D(2026, 3, 27)


@pytest.mark.parametrize(
    ("rule", "order", "own", "interim", "count"),
    [
        ("R3.3 the order's own period", D(2029, 3, 26), None, False, 0),
        ("R3.4 exactly two years", D(2029, 3, 26), D(2028, 3, 26), False, 0),
        ("R3.4 a day less than two years", D(2029, 3, 26), D(2028, 3, 25), False, 1),
        ("R3.4 W32 six months, until a further order", None, D(2026, 9, 26), False, 1),
        ("R3.5 ends with the order", D(2029, 3, 26), D(2029, 3, 26), False, 0),
        ("R3.5 a day longer than the order", D(2029, 3, 26), D(2029, 3, 27), False, 1),
        ("R3.5 until a further order has no end to outlast", None, D(2040, 1, 1), False, 0),
        ("R5.4 an interim has no least period", D(2026, 4, 30), D(2026, 4, 1), True, 0),
        ("R3.5 but cannot be outlasted either", D(2026, 4, 30), D(2026, 5, 1), True, 1),
        (
            "R3.4 and R3.5 at once, in an order that is too short",
            D(2026, 5, 1),
            D(2026, 6, 1),
            False,
            2,
        ),
    ],
)
def test_a_period_of_its_own(rule, order, own, interim, count):
    found = period_findings(made_on=MADE, order_last_day=order, own_last_day=own, interim=interim)
    assert [(f.provision, f.weight) for f in found] == [("s3(3)", Weight.WARN)] * count
