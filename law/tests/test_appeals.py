"""s7: the table of who may appeal against what, every cell of it."""

from datetime import date
from itertools import product

import pytest

from law.appeals import Appellant, Decision, findings, notice_due, notice_findings, route
from law.findings import Weight

TABLE = """
                       subject   applicant relevant_chief_officer
order_made             s7(1)(a)  -         -
order_refused          -         s7(2)(a)  -
interim_made           s7(1)(b)  -         -
interim_refused        -         s7(2)(b)  -
s4_made_for_police     s7(1)(c)  -         -
s4_made_for_subject    -         -         s7(3)
s4_refused_to_police   -         s7(2)(c)  -
s4_refused_to_subject  s7(1)(d)  -         -
interim_change_made    -         -         -
interim_change_refused -         -         -
"""
HEAD, *ROWS = [line.split() for line in TABLE.strip().splitlines()]
CELLS = [
    (Appellant(who), Decision(decision), cell)
    for decision, *cells in ROWS
    for who, cell in zip(HEAD, cells, strict=True)
]


def test_the_table_is_complete():
    assert {(who, decision) for who, decision, _ in CELLS} == set(product(Appellant, Decision))


@pytest.mark.parametrize(("who", "decision", "cell"), CELLS)
def test_routes(who, decision, cell):
    if cell == "-":
        assert route(who, decision) is None
        (finding,) = findings(who, decision)
        assert (finding.provision, finding.weight) == ("s7", Weight.BLOCK)
    else:
        assert route(who, decision) == cell
        assert findings(who, decision) == []


def test_no_route_for_interim_changes_says_why():
    """R7.5: s5(8) orders are not orders under s4."""
    (finding,) = findings(Appellant.SUBJECT, Decision.INTERIM_CHANGE_MADE)
    assert "interim" in finding.message


def test_notice_is_counted_after_the_day_of_decision():
    """R7.6: the number of days is the force's to set, because the Act has none."""
    assert notice_due(decided_on=date(2026, 5, 1), notice_days=21) == date(2026, 5, 22)
    assert {f.weight for f in notice_findings()} == {Weight.WARN}
