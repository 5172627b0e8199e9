"""The drafting faults of section 3.3 (practice), and the empty slot, which s6(c) settles."""

import pytest

from law.content import ConditionKind
from law.drafting import findings
from law.findings import PRACTICE, Weight

P, Q = ConditionKind.PROHIBITION, ConditionKind.REQUIREMENT
GOOD = (
    "You must not go within 100 metres of Sample House, as edged on Map A, except to attend "
    "Testham Magistrates’ Court when required."
)


def remarks(text, kind=P, **more):
    return [(f.provision, f.weight) for f in findings(text, kind=kind, **more)]


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "You must not contact Ann Samplewell, except through a solicitor.",
        "You must tell the police within 3 days of opening an account.",
        "You must not be closer than 1,000 m to Map Square.",
        "You must not enter the area edged on the map.",
        "You must not visit Nearfield Lane.",
    ],
)
def test_nothing_to_remark(text):
    assert remarks(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "You must not enter {place}.",
        "You must not enter {}.",
        "You must not enter [the streets that bound it].",
        "You must not enter ____ again.",
        "You must not enter <place>.",
        "You must not send the words “you is [sic] mine”.",
        "You must not send “<3” or “3>” to anybody.",
    ],
)
def test_what_looks_like_a_gap_may_be_meant_so(text):
    assert remarks(text) == [(PRACTICE, Weight.WARN)]


@pytest.mark.parametrize("gap", ["[place]", "[the streets that bound it]"])
def test_an_empty_slot_blocks(gap):
    assert remarks(f"You must not enter {gap}.", gaps=[gap]) == [("s6(c)", Weight.BLOCK)]


def test_an_empty_slot_blocks_beside_brackets_that_do_not():
    found = remarks("You must not write “your [sic] mine” to [person].", gaps=["[person]"])
    assert found == [("s6(c)", Weight.BLOCK), (PRACTICE, Weight.WARN)]


@pytest.mark.parametrize(
    "text",
    [
        "You must not harass Ann Samplewell.",
        "You must not go NEAR her home.",
        "You must not be close to Sample House.",
        "You must not loiter in the vicinity of Sample House.",
        "You must not go within 100 of Sample House.",
        "You must not go within 1,000 from Sample House.",
        "You must stay at least 50 away.",
        "You must not enter the exclusion zone.",
        "You must not enter Testham until a date to be confirmed.",
        "You must not enter Testham, TBC.",
        "You must not contact Ann Samplewell.",
    ],
)
def test_practice_warns(text):
    assert remarks(text) == [(PRACTICE, Weight.WARN)]


def test_a_requirement_to_contact_needs_no_exception():
    assert remarks("You must contact Testshire Police each Monday.", Q) == []


def test_the_same_vague_word_is_remarked_on_once():
    assert len(findings("Do not harass her and do not Harass him.", kind=P)) == 1


def test_a_gap_is_named():
    (finding,) = findings("You must not enter [place].", kind=P, gaps=["[place]"])
    assert "[place]" in finding.message


@pytest.mark.parametrize(
    "text", ["You must not go to 12 Sample Street.", "Stay away from 12, sample\nstreet, Testham."]
)
def test_a_confidential_place_is_noticed_and_never_repeated(text):
    (finding,) = findings(text, kind=P, confidential=["12 Sample Street", " "])
    assert (finding.provision, finding.weight) == (PRACTICE, Weight.WARN)
    assert "sample" not in finding.message.lower()


def test_another_place_is_not_confidential():
    assert remarks("You must not go to Test Way.", confidential=["12 Sample Street", ""]) == []
