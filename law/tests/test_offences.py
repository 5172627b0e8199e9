"""s8, s11: offences, penalties, codes (section 6)."""

from datetime import date

import pytest

from law.notification import Duty
from law.offences import (
    APPLICATION_CODES,
    APPLY,
    BREACH,
    FAILED_DUTY,
    FALSE_NOTIFICATION,
    LINKED_OFFENCES,
    OFFENCES,
    REFUSED_IDENTITY_CHECK,
    TO_CHANGE,
    summary_maximum_months,
)

D = date


@pytest.mark.parametrize(
    ("rule", "committed_on", "convicted_on", "months"),
    [
        ("s8(3) W29 before 2 May 2022", D(2022, 5, 1), D(2026, 1, 1), 6),
        ("s8(3) before it and convicted at once", D(2022, 5, 1), D(2022, 5, 1), 6),
        ("R8.3 12 months from 2 May 2022", D(2022, 5, 2), D(2022, 5, 2), 12),
        ("R8.3 the last day of that", D(2022, 5, 2), D(2023, 3, 29), 12),
        ("R8.3 6 months from 30 March 2023", D(2022, 5, 2), D(2023, 3, 30), 6),
        ("R8.3 W29 the last day of that", D(2022, 5, 2), D(2024, 11, 17), 6),
        ("R8.3 W29 12 months from 18 November 2024", D(2022, 5, 2), D(2024, 11, 18), 12),
        ("R8.3 whenever committed", D(2024, 11, 17), D(2024, 11, 18), 12),
        ("R8.3 today", D(2026, 11, 1), D(2026, 11, 22), 12),
    ],
)
def test_summary_maximum(rule, committed_on, convicted_on, months):
    answer = summary_maximum_months(committed_on=committed_on, convicted_on=convicted_on)
    assert answer == months


@pytest.mark.parametrize(
    ("code", "provision", "pnld", "barred", "continuing", "excuse"),
    [
        ("ST19001", "s8(1),(2)", "H20164", True, False, True),
        ("ST19002", "s9(1), s11(1)(a),(2)", "H20165", False, True, True),
        ("ST19003", "s9(3), s11(1)(a),(2)", "H20166", False, True, True),
        ("ST19004", "s9(4), s11(1)(a),(2)", "H20167", False, True, True),
        ("ST19005", "s10(5), s11(1)(a),(2)", "H20168", False, False, True),
        ("ST19006", "s9, s11(1)(b),(2)", "H20169", False, False, False),
    ],
)
def test_offences(code, provision, pnld, barred, continuing, excuse):
    offence = OFFENCES[code]
    assert (offence.provision, offence.pnld) == (provision, pnld)
    assert offence.conditional_discharge_barred is barred
    assert (offence.continuing, offence.excuse) == (continuing, excuse)
    assert (offence.either_way, offence.maximum_months_on_indictment) == (True, 60)


def test_codes_are_whole_and_apart():
    assert list(OFFENCES) == [f"ST1900{n}" for n in range(1, 7)]
    assert list(APPLICATION_CODES) == [f"ST1950{n}" for n in range(1, 8)]
    assert [e.provision for e in APPLICATION_CODES.values()] == ["s1"] + ["s4"] * 3 + ["s5(7)"] * 3


def test_what_is_asked_of_the_court_has_one_of_the_codes():
    assert [APPLY, *TO_CHANGE.values()] == list(APPLICATION_CODES)
    for (kind, _), code in TO_CHANGE.items():
        assert APPLICATION_CODES[code].provision == ("s4" if kind == "full" else "s5(7)")


def test_each_failed_duty_has_its_offence():
    assert FAILED_DUTY == {
        Duty.INITIAL: "ST19002",
        Duty.NEW_NAME: "ST19003",
        Duty.NEW_ADDRESS: "ST19004",
    }
    assert {BREACH, REFUSED_IDENTITY_CHECK, FALSE_NOTIFICATION, *FAILED_DUTY.values()} == set(
        OFFENCES
    )


def test_linked_stalking_offences():
    summary, serious = LINKED_OFFENCES
    assert (summary.either_way, summary.maximum_months) == (False, 6)
    assert (serious.either_way, serious.maximum_months) == (True, 120)
