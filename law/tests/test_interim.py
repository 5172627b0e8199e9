"""s5: interim orders."""

from datetime import UTC, date, datetime, timedelta

import pytest

from law import interim
from law.findings import Weight
from law.interim import Determination
from law.periods import noon, start_instant

D = date
FULL = noon(D(2026, 4, 14))
LAWFUL = {
    "main_application_made": True,
    "main_application_determined": False,
    "applicant_force": "E23000032",
    "main_applicant_force": "E23000032",
    "reason": "She is not safe until the hearing.",
}


def test_asking_beside_the_main_application():
    assert interim.asking_findings(**LAWFUL) == []


@pytest.mark.parametrize(
    ("rule", "change", "provision", "weight"),
    [
        ("R5.1 stand-alone", {"main_application_made": False}, "s5(2)", Weight.BLOCK),
        ("R5.1 determined", {"main_application_determined": True}, "s5(1)", Weight.BLOCK),
        ("R5.1 another force", {"applicant_force": "E23000033"}, "s5(2)", Weight.BLOCK),
        ("R5.1 nobody's", {"main_applicant_force": None}, "s5(2)", Weight.BLOCK),
        ("R5.2 why appropriate", {"reason": " "}, "s5(3)", Weight.WARN),
    ],
)
def test_asking_wrongly(rule, change, provision, weight):
    (finding,) = interim.asking_findings(**{**LAWFUL, **change})
    assert (finding.provision, finding.weight) == (provision, weight)


@pytest.mark.parametrize(
    ("rule", "last_day", "blocked"),
    [
        ("R5.4 a fixed period", D(2026, 4, 24), False),
        ("R5.4 of one day", D(2026, 3, 27), False),
        ("R5.4 of ten years", D(2036, 3, 27), False),
        ("R5.4 never until a further order", None, True),
    ],
)
def test_a_fixed_period_of_any_length(rule, last_day, blocked):
    found = interim.period_findings(made_on=D(2026, 3, 27), last_day=last_day)
    assert [(f.provision, f.weight) for f in found] == [("s5(6)(a)", Weight.BLOCK)] * blocked


MIDNIGHT = datetime(2026, 4, 24, 23, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rule", "determined_at", "ends_at"),
    [
        ("s5(6)(a) nothing determined", None, MIDNIGHT),
        (
            "s5(6)(b) determined before",
            datetime(2026, 4, 10, 14, 0, tzinfo=UTC),
            datetime(2026, 4, 10, 14, 0, tzinfo=UTC),
        ),
        ("s5(6)(b) if it has not already ended", datetime(2026, 5, 1, 9, 0, tzinfo=UTC), MIDNIGHT),
    ],
)
def test_ends_with_its_period_or_with_the_main_application(rule, determined_at, ends_at):
    assert interim.ends_at(last_day=D(2026, 4, 24), determined_at=determined_at) == ends_at


@pytest.mark.parametrize(
    ("outcome", "flagged"),
    [
        (Determination.GRANTED, False),
        (Determination.REFUSED, False),
        (Determination.WITHDRAWN, True),
    ],
)
def test_withdrawal_is_flagged(outcome, flagged):
    found = interim.determination_findings(outcome)
    assert [(f.provision, f.weight) for f in found] == [("s5(6)(b)", Weight.WARN)] * flagged


@pytest.mark.parametrize(
    ("rule", "last_day", "ended_at", "full_made_at", "replaced"),
    [
        ("W13 still live", D(2026, 4, 30), None, FULL, True),
        ("W13 ended by the full order", D(2026, 4, 30), FULL, FULL, True),
        ("ended after it", D(2026, 4, 30), FULL + timedelta(hours=1), FULL, True),
        ("discharged earlier that day", D(2026, 4, 30), FULL - timedelta(hours=2), FULL, False),
        ("on its last day", D(2026, 4, 14), None, FULL, True),
        ("W14 lapsed", D(2026, 3, 31), None, FULL, False),
        ("lapsed at midnight", D(2026, 4, 13), None, start_instant(D(2026, 4, 14)), False),
        ("discharged before", D(2026, 4, 30), noon(D(2026, 4, 13)), FULL, False),
        ("made after the full order", D(2026, 4, 30), None, noon(D(2026, 1, 31)), False),
        ("made at the same moment", D(2026, 4, 30), None, noon(D(2026, 2, 1)), True),
        ("made unlawfully without an end", None, None, FULL, True),
    ],
)
def test_replaced_by_a_full_order(rule, last_day, ended_at, full_made_at, replaced):
    answer = interim.replaced_by_full(
        made_at=noon(D(2026, 2, 1)),
        last_day=last_day,
        ended_at=ended_at,
        full_made_at=full_made_at,
    )
    assert answer is replaced


@pytest.mark.parametrize(
    ("hearing_on", "flagged"),
    [(D(2026, 4, 23), False), (D(2026, 4, 24), False), (D(2026, 4, 25), True), (None, True)],
)
def test_a_hearing_after_the_end_is_flagged(hearing_on, flagged):
    found = interim.lapse_findings(last_day=D(2026, 4, 24), hearing_on=hearing_on)
    assert [(f.provision, f.weight) for f in found] == [("s5(6)(a)", Weight.WARN)] * flagged
