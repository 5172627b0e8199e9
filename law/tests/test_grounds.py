"""s1(1), s2(1): the grounds; s1(5), s13(2): acts anywhere and of any age; R1.9 their kinds."""

from datetime import date

import pytest

from law.findings import Weight
from law.grounds import Act, ActKind, Ground, Standard, View, act_findings, check, standard

D = date
MET = {ground: View(met=True, reasons="Seen in the evidence") for ground in Ground}


def test_three_grounds_met_with_reasons():
    assert check(MET) == []


@pytest.mark.parametrize(
    ("provision", "ground"),
    [("s1(1)(a)", Ground.ACTS), ("s1(1)(b)", Ground.RISK), ("s1(1)(c)", Ground.NECESSITY)],
)
@pytest.mark.parametrize(
    ("view", "weight"),
    [
        (View(met=False, reasons="No evidence"), Weight.BLOCK),
        (View(met=None), Weight.BLOCK),
        (None, Weight.BLOCK),
        (View(met=True, reasons="  "), Weight.WARN),
    ],
)
def test_each_ground_is_needed(provision, ground, view, weight):
    views = {k: v for k, v in {**MET, ground: view}.items() if v is not None}
    (finding,) = check(views)
    assert (finding.provision, finding.weight, finding.field) == (provision, weight, ground.value)


def test_not_decided_is_not_the_same_as_not_met():
    messages = {check({**MET, Ground.RISK: View(met=met)})[0].message for met in (None, False)}
    assert len(messages) == 2


def test_the_court_needs_more_than_reasonable_cause():
    assert "reasonable cause" in Ground.NECESSITY.asks
    assert "reasonable cause" not in Ground.NECESSITY.court_asks
    assert Ground.ACTS.asks == Ground.ACTS.court_asks


@pytest.mark.parametrize(
    ("rule", "ground", "interim", "expected"),
    [
        ("section 2, full, acts", Ground.ACTS, False, Standard.CRIMINAL),
        ("section 2, full, risk", Ground.RISK, False, Standard.CRIMINAL),
        ("section 2, full, necessity", Ground.NECESSITY, False, Standard.EVALUATIVE),
        ("section 2, interim, acts", Ground.ACTS, True, Standard.EVALUATIVE),
        ("section 2, interim, necessity", Ground.NECESSITY, True, Standard.EVALUATIVE),
    ],
)
def test_standard_of_proof(rule, ground, interim, expected):
    assert standard(ground, interim=interim) is expected


def test_the_standard_is_a_full_orders_unless_interim_is_said():
    assert standard(Ground.ACTS) is Standard.CRIMINAL


def test_seven_kinds_and_other_each_with_a_plain_title():
    assert [kind.name for kind in ActKind] == [
        "FOLLOWING",
        "CONTACTING",
        "PUBLISHING",
        "MONITORING",
        "LOITERING",
        "INTERFERING",
        "WATCHING_OR_SPYING",
        "OTHER",
    ]
    assert len({kind.label for kind in ActKind}) == 8


def test_there_must_be_acts():
    (none,) = act_findings([], asked_on=D(2026, 5, 1))
    assert (none.provision, none.weight) == ("s1(1)(a)", Weight.BLOCK)
    (single,) = act_findings([Act(ActKind.OTHER)], asked_on=D(2026, 5, 1))
    assert single.weight is Weight.WARN


@pytest.mark.parametrize(
    ("rule", "act"),
    [
        ("s1(5)(a) abroad", Act(ActKind.FOLLOWING, D(2026, 4, 1), outside_uk=True)),
        ("s1(5)(b) before commencement", Act(ActKind.FOLLOWING, D(2018, 4, 1))),
        ("s13(2) over six months ago", Act(ActKind.FOLLOWING, D(2025, 10, 1))),
        ("on the day of asking", Act(ActKind.FOLLOWING, D(2026, 5, 1))),
        ("of an unknown day", Act(ActKind.FOLLOWING)),
    ],
)
def test_neither_place_nor_age_of_an_act_matters(rule, act):
    assert act_findings([act, act], asked_on=D(2026, 5, 1)) == []
