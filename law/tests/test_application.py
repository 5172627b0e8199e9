"""Who may apply, and where: s1(1), s1(3), s14(1), s13(2)."""

from datetime import date
from itertools import product

import pytest

from law.application import (
    Court,
    age_findings,
    age_on,
    attains,
    court_findings,
    court_for,
    may_apply,
)
from law.findings import Finding, Weight

D = date
NOWHERE = {"resides": False, "believed_in": False, "intends_to_come": False}


@pytest.mark.parametrize(
    ("rule", "tie"),
    [
        ("s1(3)(a) R1.5 lives there", "resides"),
        ("s1(3)(b) R1.5 is believed to be there", "believed_in"),
        ("s1(3)(b) R1.5 is believed to intend to come", "intends_to_come"),
    ],
)
def test_one_tie_to_the_area_is_enough(rule, tie):
    assert may_apply(force_kind="territorial", **{**NOWHERE, tie: True}) == []


def test_without_a_tie_a_territorial_force_may_not_apply():
    (finding,) = may_apply(force_kind="territorial", **NOWHERE)
    assert isinstance(finding, Finding)
    assert (finding.provision, finding.weight) == ("s1(3)", Weight.BLOCK)


@pytest.mark.parametrize("kind", ["btp", "mdp"])
@pytest.mark.parametrize("ties", list(product([True, False], repeat=3)))
def test_forces_without_an_area_have_no_area_test(kind, ties):
    assert may_apply(force_kind=kind, **dict(zip(NOWHERE, ties, strict=True))) == []


@pytest.mark.parametrize(
    ("rule", "born_on", "day_of_18"),
    [
        ("s14(1) an ordinary birthday", D(2008, 6, 15), D(2026, 6, 15)),
        ("W35 born on 29 February", D(2008, 2, 29), D(2026, 3, 1)),
        ("born on 28 February of a leap year", D(2008, 2, 28), D(2026, 2, 28)),
        ("born on 1 March", D(2008, 3, 1), D(2026, 3, 1)),
    ],
)
def test_the_court_changes_on_the_eighteenth_birthday(rule, born_on, day_of_18):
    assert attains(born_on, 18) == day_of_18
    assert court_for(born_on=born_on, applied_on=day_of_18) == "magistrates"
    before = D.fromordinal(day_of_18.toordinal() - 1)
    assert court_for(born_on=born_on, applied_on=before) == "youth"


@pytest.mark.parametrize(
    ("born_on", "day", "years"),
    [
        (D(1991, 7, 2), D(2026, 7, 1), 34),
        (D(1991, 7, 2), D(2026, 7, 2), 35),
        (D(2008, 2, 29), D(2026, 2, 28), 17),
        (D(2008, 2, 29), D(2026, 3, 1), 18),
        (D(2008, 2, 29), D(2028, 2, 28), 19),
        (D(2008, 2, 29), D(2028, 2, 29), 20),
        (D(2026, 7, 2), D(2026, 7, 2), 0),
    ],
)
def test_age_in_whole_years(born_on, day, years):
    assert age_on(born_on, day) == years


def test_a_person_is_born_under_18():
    assert court_for(born_on=D(2026, 6, 10), applied_on=D(2026, 6, 10)) == "youth"


def test_29_february_comes_round_for_the_twentieth_birthday():
    assert attains(D(2008, 2, 29), 20) == D(2028, 2, 29)


@pytest.mark.parametrize(
    ("rule", "born_on", "heard_on", "flagged"),
    [
        ("s14(1) 18 the day before the hearing", D(2008, 6, 30), D(2026, 7, 1), True),
        ("s14(1) 18 on the day of the hearing", D(2008, 7, 1), D(2026, 7, 1), True),
        ("s14(1) 18 the day after the hearing", D(2008, 7, 2), D(2026, 7, 1), False),
        ("s14(1) 18 on the day of the application", D(2008, 6, 10), D(2026, 7, 1), False),
        ("s14(1) 18 the day after the application", D(2008, 6, 11), D(2026, 7, 1), True),
        ("s14(1) an adult throughout", D(1990, 1, 1), D(2026, 7, 1), False),
    ],
)
def test_turning_18_between_application_and_hearing_is_flagged(rule, born_on, heard_on, flagged):
    found = age_findings(born_on=born_on, applied_on=D(2026, 6, 10), heard_on=heard_on)
    assert [f.weight for f in found] == ([Weight.WARN] if flagged else [])


@pytest.mark.parametrize(
    ("born_on", "right"), [(D(2010, 1, 1), "youth"), (D(1990, 1, 1), "magistrates")]
)
def test_the_other_court_than_that_of_his_age_is_blocked(born_on, right):
    """R1.2"""
    for court in Court:
        found = court_findings(born_on=born_on, applied_on=D(2026, 6, 10), court=court)
        told = [(f.provision, f.field, f.weight.value) for f in found]
        assert told == ([] if court == right else [("s14(1)", "court", "block")])
