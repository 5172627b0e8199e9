"""Which law is in force when: SI 2020/26, s15, and what has no date."""

import ast
import re
from datetime import date
from pathlib import Path

import pytest

import law
from law.commencement import AGENCY_GUIDANCE, IDENTITY_GUIDANCE, OWN_MOTION, TABLE, in_force
from law.findings import PRACTICE

D = date
ROOM = Path(law.__file__).parent
NOT_OF_THE_ACT = {PRACTICE, OWN_MOTION, "Victims’ Code"}


@pytest.mark.parametrize("provision", ["s1", "s9(1)(a)", "s4(4)(b)(ii)", "s6(e)", "s14(1)"])
@pytest.mark.parametrize(("on", "expected"), [(D(2020, 1, 19), False), (D(2020, 1, 20), True)])
def test_sections_1_to_14_commenced_on_20_january_2020(provision, on, expected):
    assert in_force(provision, on) is expected


@pytest.mark.parametrize(("on", "expected"), [(D(2019, 3, 14), False), (D(2019, 3, 15), True)])
def test_section_15_commenced_when_the_act_was_passed(on, expected):
    assert in_force("s15(1)", on) is expected


@pytest.mark.parametrize("provision", [OWN_MOTION, AGENCY_GUIDANCE, IDENTITY_GUIDANCE])
def test_a_row_without_a_date_is_off(provision):
    assert provision in TABLE
    assert not in_force(provision, date.max)


@pytest.mark.parametrize(
    "provision",
    ["", "s16", "s1(7)", "s2A", "s9(1)(c)", "s9(99)", "S1", "s.9(1)", "1", "s 1", "s6(f)"],
)
def test_unknown_provisions_are_not_in_force(provision):
    assert not in_force(provision, D(2026, 11, 22))


def test_every_subsection_of_the_act_is_there():
    subsections = {p for p in TABLE if re.fullmatch(r"s\d+\(\d\)", p)}
    counts = {
        1: 6,
        2: 7,
        3: 3,
        4: 4,
        5: 8,
        7: 4,
        8: 5,
        9: 7,
        10: 6,
        11: 7,
        12: 3,
        13: 2,
        14: 2,
        15: 4,
    }
    assert subsections == {f"s{s}({n})" for s, last in counts.items() for n in range(1, last + 1)}
    assert {p for p in TABLE if p.startswith("s6(")} == {f"s6({x})" for x in "abcde"}


def _provisions_of_findings():
    """The literal first argument of each block(), warn(), _ask() and Reason() in the room."""
    for module in sorted(ROOM.glob("*.py")):
        for node in ast.walk(ast.parse(module.read_text())):
            if (
                not isinstance(node, ast.Call)
                or not node.args
                or not isinstance(node.func, ast.Name)
            ):
                continue
            first = node.args[0]
            named = node.func.id in {"block", "warn", "_ask", "Reason"}
            if named and isinstance(first, ast.Constant):
                yield module.name, first.value


def test_every_finding_names_a_provision_of_the_table():
    named = list(_provisions_of_findings())
    assert len(named) > 40
    assert [(m, p) for m, p in named if p not in TABLE and p not in NOT_OF_THE_ACT] == []
