"""s10, s14(1): where and how notification is given."""

from dataclasses import replace
from datetime import date

import pytest

from law import attendance
from law.attendance import Attendance, Manner
from law.findings import Weight

D = date
KENT, SURREY, DURHAM = "E23000032", "E23000031", "E23000008"
GOOD = Attendance(Manner.IN_PERSON, KENT, heard_by_constable=True, acknowledged_in_writing=True)


@pytest.mark.parametrize(
    ("rule", "home", "area"),
    [
        ("s10(1) a home in Kent", KENT, KENT),
        ("s10(2) W28 no home in England or Wales", None, DURHAM),
    ],
)
def test_area_to_attend(rule, home, area):
    assert attendance.area_to_attend(home_area=home, court_area=DURHAM) == area


@pytest.mark.parametrize(
    ("rule", "told_on", "old", "new", "areas"),
    [
        ("s10(3)(b) W9 before the move", D(2026, 7, 30), KENT, SURREY, {KENT}),
        ("s10(3) on the day of the move", D(2026, 7, 31), KENT, SURREY, {KENT, SURREY}),
        ("s10(3)(a) W9 after the move", D(2026, 8, 1), KENT, SURREY, {SURREY}),
        ("s10(2), (3)(a) moved to Scotland", D(2026, 8, 1), KENT, None, {DURHAM}),
        ("s10(2), (3)(b) will come from Scotland", D(2026, 7, 30), None, KENT, {DURHAM}),
    ],
)
def test_areas_for_a_move(rule, told_on, old, new, areas):
    answer = attendance.areas_for_move(
        moved_on=D(2026, 7, 31), told_on=told_on, old_area=old, new_area=new, court_area=DURHAM
    )
    assert answer == areas


@pytest.mark.parametrize(
    ("rule", "home", "last_notified", "area"),
    [
        ("R10.4 the home's", KENT, SURREY, KENT),
        ("R10.4 the last notified", None, SURREY, SURREY),
        ("R10.4 the court's", None, None, DURHAM),
    ],
)
def test_local_police_area(rule, home, last_notified, area):
    answer = attendance.local_police_area(
        home_area=home, last_notified_area=last_notified, court_area=DURHAM
    )
    assert answer == area


@pytest.mark.parametrize(
    ("rule", "facts", "areas"),
    [
        ("R9.10 a residence", {"residence_area": KENT, "found_in": [SURREY]}, {KENT}),
        (
            "R9.10 W27 whichever he picks",
            {"residence_area": None, "found_in": [KENT, SURREY], "selected": SURREY},
            {SURREY},
        ),
        (
            "R9.10 not picked yet",
            {"residence_area": None, "found_in": [KENT, SURREY]},
            {KENT, SURREY},
        ),
        ("R9.10 found nowhere", {"residence_area": None}, set()),
    ],
)
def test_home_areas(rule, facts, areas):
    assert attendance.home_areas(**facts) == areas


def test_nothing_is_acknowledged_until_it_is_said():
    came = Attendance(Manner.IN_PERSON, KENT, heard_by_constable=True)
    assert [f.provision for f in attendance.findings(came, areas={KENT})] == ["s10(4)(a)"]


def test_a_good_attendance():
    assert attendance.findings(GOOD, areas={KENT}) == []
    authorised = replace(GOOD, heard_by_constable=False, authorised_by="Insp Exemplar")
    assert attendance.findings(authorised, areas={KENT, SURREY}) == []


@pytest.mark.parametrize(
    ("rule", "change", "provision"),
    [
        ("R10.7 by telephone", {"manner": Manner.TELEPHONE}, "s10(1)(a)"),
        ("R10.7 online", {"manner": Manner.ONLINE}, "s10(1)(a)"),
        ("R10.7 by post", {"manner": Manner.POST}, "s10(1)(a)"),
        ("R10.1 in the wrong area", {"station_area": SURREY}, "s10(1)(a)"),
        ("R10.1 to nobody in particular", {"heard_by_constable": False}, "s10(1)(b)"),
        ("R10.5 without acknowledgement", {"acknowledged_in_writing": False}, "s10(4)(a)"),
    ],
)
def test_what_is_missing_warns_and_never_blocks(rule, change, provision):
    (finding,) = attendance.findings(replace(GOOD, **change), areas={KENT})
    assert (finding.provision, finding.weight) == (provision, Weight.WARN)


@pytest.mark.parametrize(
    ("rule", "taken", "refused"),
    [
        ("R10.6 nothing", set(), 0),
        ("R10.6 both", {"fingerprints", "photograph"}, 0),
        ("R10.6 never DNA", {"fingerprints", "dna"}, 1),
    ],
)
def test_fingerprints_and_photographs_only(rule, taken, refused):
    found = attendance.identity_findings(taken)
    assert [(f.provision, f.weight) for f in found] == [("s10(5)", Weight.BLOCK)] * refused


@pytest.mark.parametrize(
    ("served_on", "attended_on", "flagged"),
    [
        (D(2026, 3, 2), D(2026, 3, 1), 1),
        (D(2026, 3, 2), D(2026, 3, 2), 0),
        (None, D(2026, 3, 1), 1),
    ],
)
def test_the_initial_notification_is_not_for_before_service(served_on, attended_on, flagged):
    found = attendance.early_findings(served_on=served_on, attended_on=attended_on)
    assert [(f.provision, f.weight) for f in found] == [("s9(1)", Weight.WARN)] * flagged


def test_who_came_where_nothing_was_owed_is_told_so_and_never_stopped() -> None:
    (finding,) = attendance.not_owed_findings()
    assert (finding.provision, finding.weight) == ("s9", "warn")


def test_where_the_court_s_area_is_not_known_nothing_is_guessed() -> None:
    assert attendance.area_to_attend(home_area=None, court_area=None) is None
    assert attendance.area_to_attend(home_area=KENT, court_area=None) == KENT
    days = {"moved_on": D(2026, 7, 31), "new_area": KENT, "court_area": None}
    assert attendance.areas_for_move(told_on=D(2026, 7, 30), old_area=None, **days) == frozenset()
    assert attendance.areas_for_move(told_on=D(2026, 8, 1), old_area=None, **days) == {KENT}
    (finding,) = attendance.findings(GOOD, areas=frozenset())
    assert (finding.provision, finding.weight) == ("s10(2)", "warn")
