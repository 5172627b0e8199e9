"""s9: who must notify, by when, and what the Act leaves open."""

from datetime import date

import pytest

from law.findings import Weight
from law.initial_duty import InitialDuty
from law.notification import (
    INFORMATION,
    Duty,
    EarlierInterim,
    at_service,
    change_asked,
    change_due,
    default_from,
    exempt_on,
    findings,
    initial_due,
    told_before_findings,
)
from law.reasons import why

D = date
SERVED_INTERIM = EarlierInterim(D(2026, 2, 2), D(2026, 3, 1), D(2026, 2, 3))
MADE = D(2026, 1, 5)
SERVED = D(2026, 1, 6)
DUE = D(2026, 1, 8)


def provisions(found):
    assert {f.weight for f in found} <= {Weight.WARN}
    return [f.provision for f in found]


@pytest.mark.parametrize(
    ("rule", "facts", "due", "doubts"),
    [
        ("s9(1)(a) full order", {}, DUE, []),
        ("s9(1) served on the day it was made", {"served_on": MADE}, D(2026, 1, 7), []),
        ("s9(1) not served", {"served_on": None}, None, []),
        ("s9(1)(a) replaces an interim", {"replaces_interim": True}, None, ["s9(1)(a)"]),
        # s9(5): the SOA duty
        ("s9(5) under it still", {"soa_from": D(2020, 1, 1)}, None, []),
        ("s9(5) since the day the order was made", {"soa_from": MADE}, None, []),
        (
            "s9(5) over the day before",
            {"soa_from": D(2020, 1, 1), "soa_until": D(2026, 1, 4)},
            DUE,
            [],
        ),
        # s9(6), (7): the final day
        (
            "s9(7) W10 the final day",
            {"soa_from": D(2020, 1, 1), "soa_until": D(2026, 6, 10)},
            D(2026, 6, 12),
            [],
        ),
        ("s9(7) is the day of service", {"soa_from": D(2020, 1, 1), "soa_until": SERVED}, DUE, []),
        (
            "s9(7) W34 before service",
            {"soa_from": D(2020, 1, 1), "soa_until": MADE},
            DUE,
            ["s9(7)"],
        ),
        (
            "s9(7) W34 never served",
            {"served_on": None, "soa_from": D(2020, 1, 1), "soa_until": D(2026, 2, 1)},
            None,
            ["s9(7)"],
        ),
        (
            "s9(7) and replaced",
            {"replaces_interim": True, "soa_from": D(2020, 1, 1), "soa_until": D(2026, 6, 10)},
            None,
            ["s9(1)(a)", "s9(6)(a)"],
        ),
        # s9(6)(d): does the order still have effect on the final day?
        (
            "s9(6)(d) W11 ended before",
            {
                "soa_from": D(2020, 1, 1),
                "soa_until": D(2026, 6, 10),
                "order_last_day": D(2026, 6, 9),
            },
            None,
            [],
        ),
        (
            "s9(6)(d) ends that day",
            {
                "soa_from": D(2020, 1, 1),
                "soa_until": D(2026, 6, 10),
                "order_last_day": D(2026, 6, 10),
            },
            D(2026, 6, 12),
            ["s9(1)"],
        ),
        (
            "s9(6)(d) ends on the deadline",
            {
                "soa_from": D(2020, 1, 1),
                "soa_until": D(2026, 6, 10),
                "order_last_day": D(2026, 6, 12),
            },
            D(2026, 6, 12),
            [],
        ),
        # s9(6)(b): the SOA duty began after the making
        (
            "R9.7 W12 after the deadline",
            {"soa_from": D(2026, 3, 1), "soa_until": D(2026, 9, 1)},
            DUE,
            ["s9(6)(b)"],
        ),
        ("R9.7 inside the 3 days", {"soa_from": D(2026, 1, 7)}, DUE, ["s9(6)(b)"]),
        ("R9.7 from service on", {"soa_from": SERVED}, None, ["s9(6)(b)"]),
        ("R9.7 until the deadline", {"soa_from": SERVED, "soa_until": DUE}, DUE, ["s9(6)(b)"]),
        (
            "R9.7 until the day after it",
            {"soa_from": SERVED, "soa_until": D(2026, 1, 9)},
            None,
            ["s9(6)(b)"],
        ),
        (
            "R9.7 over before service",
            {"served_on": D(2026, 2, 1), "soa_from": SERVED, "soa_until": D(2026, 1, 31)},
            D(2026, 2, 3),
            [],
        ),
        (
            "R9.7 over on the day of service",
            {"served_on": D(2026, 2, 1), "soa_from": SERVED, "soa_until": D(2026, 2, 1)},
            D(2026, 2, 3),
            ["s9(6)(b)"],
        ),
        ("R9.7 not served yet", {"served_on": None, "soa_from": SERVED}, None, []),
        (
            "R9.7 began on the order's last day",
            {"soa_from": D(2026, 3, 1), "order_last_day": D(2026, 3, 1)},
            DUE,
            ["s9(6)(b)"],
        ),
        (
            "R9.7 began after the order's end",
            {"soa_from": D(2026, 3, 1), "order_last_day": D(2026, 2, 28)},
            DUE,
            [],
        ),
        (
            "s9(6)(d) ended before, and replaced",
            {
                "replaces_interim": True,
                "soa_from": D(2020, 1, 1),
                "soa_until": D(2026, 6, 10),
                "order_last_day": D(2026, 6, 9),
            },
            None,
            ["s9(1)(a)"],
        ),
        (
            "s9(6)(d) ended before, and never served",
            {
                "served_on": None,
                "soa_from": D(2020, 1, 1),
                "soa_until": D(2026, 6, 10),
                "order_last_day": D(2026, 6, 9),
            },
            None,
            [],
        ),
        # the end of the order
        ("s9(1) served on the last day", {"order_last_day": SERVED}, DUE, ["s9(1)"]),
        ("s9(1) due on the last day", {"order_last_day": DUE}, DUE, []),
        ("s9(1) due a day after the last", {"order_last_day": D(2026, 1, 7)}, DUE, ["s9(1)"]),
        ("s9(1) served after the end", {"order_last_day": MADE}, None, ["s9(1)"]),
        ("s9(1) not served, and ended", {"served_on": None, "order_last_day": MADE}, None, []),
    ],
)
def test_the_initial_duty(rule, facts, due, doubts):
    facts = {"made_on": MADE, "served_on": SERVED, **facts}
    assert initial_due(**facts) == due
    assert provisions(findings(**facts)) == doubts


@pytest.mark.parametrize(
    ("rule", "order_last_day", "field"),
    [
        ("s9(1) served on the last day", SERVED, "order_last_day"),
        ("s9(1) served the day after it", MADE, "served_on"),
    ],
)
def test_served_late_and_due_late_are_told_apart(rule, order_last_day, field):
    (doubt,) = findings(made_on=MADE, served_on=SERVED, order_last_day=order_last_day)
    assert doubt.field == field


@pytest.mark.parametrize("served_on", [D(2026, 4, 2), D(2026, 12, 24), D(2028, 2, 28)])
def test_a_deadline_is_never_before_service(served_on):
    """R9.6: whatever the final day of the SOA duty was."""
    for final_day in (D(2026, 2, 20), served_on, D(2028, 3, 1)):
        due = initial_due(
            made_on=D(2026, 2, 2), served_on=served_on, soa_from=D(2026, 1, 1), soa_until=final_day
        )
        assert due is not None
        assert due >= served_on


FULL = {"made_on": D(2026, 4, 14), "served_on": D(2026, 4, 15)}


@pytest.mark.parametrize(
    ("rule", "replaces", "interim", "doubts"),
    [
        (
            "W13 notified in time",
            True,
            EarlierInterim(D(2026, 2, 2), D(2026, 4, 14), D(2026, 2, 3)),
            0,
        ),
        (
            "W13 on the deadline",
            True,
            EarlierInterim(D(2026, 2, 2), D(2026, 4, 14), D(2026, 2, 4)),
            0,
        ),
        ("notified late", True, EarlierInterim(D(2026, 2, 2), D(2026, 4, 14), D(2026, 2, 5)), 1),
        ("W33 not notified yet", True, EarlierInterim(D(2026, 4, 13), D(2026, 4, 14)), 1),
        ("W15 never served", True, EarlierInterim(None, D(2026, 4, 14)), 1),
        ("W14 lapsed", False, EarlierInterim(D(2026, 2, 2), D(2026, 4, 13), D(2026, 2, 3)), 1),
        (
            "W14 lapsed, and said to be replaced",
            True,
            EarlierInterim(D(2026, 2, 2), D(2026, 4, 13)),
            1,
        ),
        ("replaced nothing", False, None, 0),
        ("an interim of other proceedings runs on", False, EarlierInterim(None, D(2026, 5, 1)), 0),
    ],
)
def test_what_is_known_of_the_interim_order(rule, replaces, interim, doubts):
    found = findings(**FULL, replaces_interim=replaces, earlier_interim=interim)
    assert provisions(found) == ["s9(1)(a)"] * doubts


def test_the_interims_own_deadline_is_named():
    interim = EarlierInterim(served_on=D(2026, 4, 13), last_day=D(2026, 4, 14))
    (finding,) = findings(**FULL, replaces_interim=True, earlier_interim=interim)
    assert "15 April 2026" in finding.message


@pytest.mark.parametrize(
    ("rule", "happened_on", "due"),
    [
        ("s9(3) W7", D(2026, 5, 5), D(2026, 5, 7)),
        ("s9(4) W9 over a weekend", D(2026, 7, 31), D(2026, 8, 2)),
        ("s9(4) over a leap day", D(2028, 2, 28), D(2028, 3, 1)),
    ],
)
def test_a_change_is_due_in_three_days(rule, happened_on, due):
    assert change_due(happened_on) == due


@pytest.mark.parametrize(
    ("rule", "told_on", "asked"),
    [
        ("R9.4 W8 in advance", D(2026, 5, 1), False),
        ("R9.4 on the day", D(2026, 5, 5), False),
        ("R9.4 the day after", D(2026, 5, 6), True),
        ("R9.4 never", None, True),
    ],
)
def test_advance_notice_starts_no_clock(rule, told_on, asked):
    assert change_asked(happened_on=D(2026, 5, 5), told_on=told_on) is asked


@pytest.mark.parametrize(
    ("rule", "told_on", "warned"),
    [
        ("s9(3) never notified", None, False),
        ("s9(3) the day before he used it", D(2026, 5, 4), True),
        ("s9(3) on the day itself", D(2026, 5, 5), True),
        ("s9(3) the day after", D(2026, 5, 6), False),
    ],
)
def test_a_change_that_the_police_had_been_told_of_is_remarked(rule, told_on, warned):
    found = told_before_findings("s9(3)", happened_on=D(2026, 5, 5), told_on=told_on)
    assert [(one.provision, str(one.weight)) for one in found] == [("s9(3)", "warn")] * warned


@pytest.mark.parametrize(
    ("rule", "day", "exempt"),
    [
        ("s9(5) the day before", D(2026, 2, 28), False),
        ("s9(5) its first day", D(2026, 3, 1), True),
        ("s9(5) the day before the final day", D(2026, 8, 31), True),
        ("s9(7) as from the final day", D(2026, 9, 1), False),
    ],
)
def test_exempt_while_under_the_soa_duty(rule, day, exempt):
    assert exempt_on(day, soa_from=D(2026, 3, 1), soa_until=D(2026, 9, 1)) is exempt


def test_a_duty_that_continues_or_never_was():
    assert exempt_on(D(2040, 1, 1), soa_from=D(2026, 3, 1), soa_until=None)
    assert not exempt_on(D(2040, 1, 1), soa_from=None, soa_until=None)


def test_default_begins_the_day_after():
    assert default_from(D(2026, 12, 31)) == D(2027, 1, 1)


def test_nothing_else_is_asked_for():
    assert INFORMATION == ("name", "every other name used", "home address")
    assert [duty.provision for duty in Duty] == ["s9(1)", "s9(3)", "s9(4)"]


@pytest.mark.parametrize(
    ("facts", "first"),
    [
        ({}, "s9(1)"),
        ({"served_on": None}, "s9(1)"),
        ({"replaces_interim": True}, "s9(1)(a)"),
        ({"soa_from": D(2020, 1, 1)}, "s9(5)"),
        ({"soa_from": SERVED}, "s9(5)"),
        ({"soa_from": D(2020, 1, 1), "soa_until": D(2026, 6, 10)}, "s9(7)"),
        (
            {
                "soa_from": D(2020, 1, 1),
                "soa_until": D(2026, 6, 10),
                "order_last_day": D(2026, 6, 9),
            },
            "s9(6)(d)",
        ),
        ({"order_last_day": MADE}, "s9(1)"),
        (
            {"soa_from": D(2020, 1, 1), "soa_until": MADE, "order_last_day": MADE},
            "s9(1)",
        ),
    ],
)
def test_the_reason_names_its_provision(facts, first):
    plain = {
        "made_on": MADE,
        "served_on": SERVED,
        "replaces_interim": False,
        "soa_from": None,
        "soa_until": None,
        "order_last_day": None,
    }
    duty = InitialDuty(**{**plain, **facts})
    reasons = why(duty)
    assert reasons[0].provision == first
    assert len(reasons) == (1 if duty.due is None else 2)


def test_the_reason_names_day_one():
    duty = InitialDuty(
        made_on=MADE,
        served_on=SERVED,
        replaces_interim=False,
        soa_from=None,
        soa_until=None,
        order_last_day=None,
    )
    assert "Tuesday 6 January 2026 is day 1" in why(duty)[0].words


def test_not_served_yet_is_not_served_too_late():
    facts = {
        "made_on": MADE,
        "replaces_interim": False,
        "soa_from": None,
        "soa_until": None,
        "order_last_day": MADE,
    }
    assert "not served yet" in why(InitialDuty(served_on=None, **facts))[0].words
    assert "after it had ended" in why(InitialDuty(served_on=SERVED, **facts))[0].words


@pytest.mark.parametrize(
    ("rule", "facts", "interim", "says"),
    [
        ("s9(1)", {}, None, "must"),
        ("s9(1)(a)", {"replaces_interim": True}, SERVED_INTERIM, "replaced"),
        ("W14 lapsed", {}, EarlierInterim(D(2026, 2, 2), D(2026, 2, 20)), "must"),
        ("W15", {"replaces_interim": True}, EarlierInterim(None, D(2026, 3, 1)), "unclear"),
        ("not known", {"replaces_interim": True}, None, "unclear"),
        ("s9(5)", {"soa_from": D(2020, 1, 1)}, None, "exempt"),
        (
            "s9(5) and s9(1)(a)",
            {"soa_from": D(2020, 1, 1), "replaces_interim": True},
            SERVED_INTERIM,
            "exempt",
        ),
        ("R9.6", {"soa_from": D(2020, 1, 1), "soa_until": D(2026, 6, 10)}, None, "unclear"),
        ("R9.7", {"soa_from": D(2026, 3, 2)}, None, "unclear"),
    ],
)
def test_what_he_is_told_with_the_order(rule, facts, interim, says):
    given = {"replaces_interim": False, "soa_from": None, "soa_until": None} | facts
    duty = InitialDuty(made_on=D(2026, 3, 1), served_on=None, order_last_day=None, **given)
    assert at_service(duty, earlier_interim=interim) == says


@pytest.mark.parametrize(
    ("final_day", "when_made", "that_day"),
    [(D(2026, 3, 4), True, True), (D(2026, 3, 3), True, False), (D(2026, 3, 2), False, False)],
)
def test_the_final_day_of_the_other_duty(final_day, when_made, that_day):
    made_on, since = D(2026, 3, 3), D(2026, 1, 1)
    facts = InitialDuty(made_on, made_on, False, since, final_day, None)
    assert facts.exempt_when_made is when_made
    assert exempt_on(made_on, soa_from=since, soa_until=final_day) is that_day
