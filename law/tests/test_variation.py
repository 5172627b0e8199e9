"""s4, s5(7): who may vary, renew or discharge, with whose consent, and in time."""

from datetime import date

import pytest

from law import variation
from law.findings import Weight
from law.variation import consent_free_from, consents_needed, discharge_findings

D = date
KENT, SURREY, SUSSEX = "E23000032", "E23000031", "E23000033"
MADE, LAST_BARRED, FREE = D(2026, 3, 27), D(2028, 3, 26), D(2028, 3, 27)


@pytest.mark.parametrize(
    ("rule", "made_on", "free_from"),
    [
        ("R4.5 W21", MADE, FREE),
        ("R4.5 made on 29 February", D(2024, 2, 29), D(2026, 3, 1)),
        ("R4.5 made on 28 February", D(2026, 2, 28), D(2028, 2, 28)),
        ("R4.5 made on 1 March", D(2026, 3, 1), D(2028, 3, 1)),
    ],
)
def test_first_day_without_consents(rule, made_on, free_from):
    assert consent_free_from(made_on) == free_from


SUBJECT_APPLIES = {"applicant": "subject"}
SURREY_APPLIES = {"applicant": "chief_officer", "applicant_force": SURREY}
KENT_APPLIES = {"applicant": "chief_officer", "applicant_force": KENT}


@pytest.mark.parametrize(
    ("rule", "by", "original", "residence", "needed"),
    [
        ("s4(4)(b)(ii) W21", SUBJECT_APPLIES, KENT, SURREY, {"subject", KENT, SURREY}),
        ("s4(4)(b)(ii) W23 lives elsewhere", SUBJECT_APPLIES, KENT, None, {"subject", KENT}),
        ("s4(4)(b)(ii) if different", SUBJECT_APPLIES, KENT, KENT, {"subject", KENT}),
        ("s4(4)(b)(ii) BTP applied", SUBJECT_APPLIES, "BTP", SURREY, {"subject", "BTP", SURREY}),
        ("own motion, lives in Surrey", SUBJECT_APPLIES, None, SURREY, {"subject", SURREY}),
        ("own motion, lives elsewhere", SUBJECT_APPLIES, None, None, {"subject"}),
        ("s4(4)(b)(i) W22", SURREY_APPLIES, KENT, SURREY, {"subject", SURREY}),
        ("s4(4)(b)(i) the one who applied", KENT_APPLIES, KENT, SURREY, {"subject", KENT}),
        ("s4(4)(b)(i) own motion", SURREY_APPLIES, None, SURREY, {"subject", SURREY}),
    ],
)
@pytest.mark.parametrize("on", [MADE, LAST_BARRED, FREE, D(2030, 1, 1)])
def test_consents_to_a_discharge(rule, by, original, residence, needed, on):
    answer = consents_needed(
        made_on=MADE, on=on, original_force=original, residence_force=residence, **by
    )
    assert answer == (frozenset(needed) if on < FREE else frozenset())
    assert isinstance(answer, frozenset)


@pytest.mark.parametrize(
    ("rule", "on", "applicant", "known", "warned"),
    [
        ("s4(4)(b)(ii) not known where he lives", MADE, "subject", False, True),
        ("s4(4)(b)(ii) the last barred day", LAST_BARRED, "subject", False, True),
        ("R4.5 the first free day", FREE, "subject", False, False),
        ("s4(4)(b)(ii) known", MADE, "subject", True, False),
        ("s4(4)(b)(i) asks no such consent", MADE, "chief_officer", False, False),
    ],
)
def test_a_consent_may_be_needed_where_nobody_knows_where_he_lives(
    rule, on, applicant, known, warned
):
    found = variation.residence_findings(
        made_on=MADE, on=on, applicant=applicant, residence_known=known
    )
    assert bool(found) == warned
    assert all(f.weight is Weight.WARN and f.provision == "s4(4)(b)(ii)" for f in found)


@pytest.mark.parametrize(
    ("rule", "force", "known", "weight"),
    [
        ("s14(1)(a) he may live there", SUSSEX, False, Weight.WARN),
        ("s14(1)(a) he lives elsewhere", SUSSEX, True, Weight.BLOCK),
        ("s14(1)(a) a force without an area", "BTP", False, Weight.BLOCK),
        ("s14(1)(c) who applied for it", KENT, False, None),
    ],
)
def test_who_may_apply_where_nobody_knows_where_he_lives(rule, force, known, weight):
    found = variation.may_apply(
        applicant="chief_officer",
        applicant_force=force,
        original_force=KENT,
        residence_known=known,
    )
    assert [f.weight for f in found] == ([weight] if weight else [])


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"subject", KENT, SURREY}, 0),
        ({"subject", KENT}, 1),
        ({KENT, SURREY}, 1),
        ({SUSSEX}, 3),
        (set(), 3),
    ],
)
def test_every_consent_that_is_missing_blocks(given, missing):
    found = discharge_findings(made_on=MADE, needed={"subject", KENT, SURREY}, given=given)
    assert [(f.provision, f.weight) for f in found] == [("s4(4)(b)", Weight.BLOCK)] * missing


def test_a_missing_consent_says_until_when():
    (finding,) = discharge_findings(made_on=MADE, needed={"subject"}, given=set())
    assert finding.message == "The subject must consent to a discharge before 27 March 2028"
    (finding,) = discharge_findings(made_on=MADE, needed={KENT}, given=set())
    assert KENT in finding.message


@pytest.mark.parametrize(
    ("rule", "facts", "expected"),
    [
        ("s4(1) the subject", SUBJECT_APPLIES, []),
        ("s14(1) who applied for the order", KENT_APPLIES, []),
        ("s14(1) where the subject lives", {**SURREY_APPLIES, "residence_force": SURREY}, []),
        ("s14(1) believed to be there", {**SURREY_APPLIES, "believed_in": True}, []),
        ("s14(1) intends to come", {**SURREY_APPLIES, "intends_to_come": True}, []),
        ("s4(1) no tie at all", SURREY_APPLIES, [("s4(1)", Weight.BLOCK)]),
        (
            "s4(1) BTP without a tie",
            {"applicant": "chief_officer", "applicant_force": "BTP"},
            [("s4(1)", Weight.BLOCK)],
        ),
        (
            "s14(1) MDP has no area to come to",
            {"applicant": "chief_officer", "applicant_force": "MDP", "believed_in": True},
            [("s14(1)", Weight.WARN)],
        ),
    ],
)
def test_who_may_apply(rule, facts, expected):
    found = variation.may_apply(original_force=KENT, **facts)
    assert [(f.provision, f.weight) for f in found] == expected


def test_btp_may_apply_about_its_own_order():
    facts = {"applicant": "chief_officer", "applicant_force": "BTP"}
    assert variation.may_apply(original_force="BTP", **facts) == []


@pytest.mark.parametrize(
    ("original", "residence", "believing", "forces"),
    [
        (KENT, SURREY, {SUSSEX}, {KENT, SURREY, SUSSEX}),
        (KENT, KENT, (), {KENT}),
        (None, None, (), set()),
    ],
)
def test_relevant_chief_officers(original, residence, believing, forces):
    answer = variation.relevant_forces(
        original_force=original, residence_force=residence, believing=believing
    )
    assert answer == forces


@pytest.mark.parametrize(
    ("by", "allowed"), [(SUBJECT_APPLIES, True), (KENT_APPLIES, True), (SURREY_APPLIES, False)]
)
def test_an_interim_order_knows_two_applicants(by, allowed):
    found = variation.may_apply_on_interim(interim_applicant_force=KENT, **by)
    assert [(f.provision, f.weight) for f in found] == [("s5(7)", Weight.BLOCK)] * (not allowed)


@pytest.mark.parametrize(
    ("rule", "subject_heard", "wishing", "heard", "provisions"),
    [
        ("R4.2 both heard", True, {KENT}, {KENT}, []),
        ("R4.2 nobody else wants to", True, set(), set(), []),
        ("R4.2 the subject", False, set(), set(), ["s4(2)(a)"]),
        ("R4.2 a chief officer who wants to", True, {KENT, SURREY}, {KENT}, ["s4(2)(b)"]),
        ("R4.2 neither", False, {KENT}, set(), ["s4(2)(a)", "s4(2)(b)"]),
    ],
)
def test_who_must_be_heard(rule, subject_heard, wishing, heard, provisions):
    found = variation.hearing_findings(
        subject_heard=subject_heard, wishing_to_be_heard=wishing, heard=heard
    )
    assert [f.provision for f in found] == provisions
    assert {f.weight for f in found} <= {Weight.BLOCK}


@pytest.mark.parametrize(("necessity", "blocked"), [("He found her new workplace.", 0), (" ", 1)])
def test_an_additional_condition_is_necessary(necessity, blocked):
    found = variation.added_condition_findings(necessity=necessity)
    assert [(f.provision, f.weight) for f in found] == [("s4(4)(a)", Weight.BLOCK)] * blocked


@pytest.mark.parametrize(
    ("rule", "lodged_on", "hearing_on", "field"),
    [
        ("R4.6 heard on the last day", D(2028, 3, 20), LAST_BARRED, None),
        ("R4.6 W24 heard after it", D(2028, 3, 20), D(2028, 3, 27), "hearing_on"),
        ("R4.6 not listed yet", D(2028, 3, 20), None, None),
        ("R4.6 lodged on the last day", LAST_BARRED, None, None),
        ("R4.6 lodged after it", D(2028, 3, 27), None, "lodged_on"),
        ("R4.6 listed before lodging is written down", None, D(2028, 3, 27), "hearing_on"),
    ],
)
def test_renewal_in_time(rule, lodged_on, hearing_on, field):
    found = variation.renewal_findings(
        last_day=LAST_BARRED, lodged_on=lodged_on, hearing_on=hearing_on
    )
    assert [(f.provision, f.weight, f.field) for f in found] == (
        [("s4(1)", Weight.WARN, field)] if field else []
    )


def test_an_order_until_a_further_order_is_never_late_for_renewal():
    found = variation.renewal_findings(
        last_day=None, lodged_on=D(2028, 3, 20), hearing_on=D(2029, 1, 1)
    )
    assert found == []
