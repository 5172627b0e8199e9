"""Impossible input raises ValueError, and the message begins with the argument that is wrong."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from law import (
    appeals,
    application,
    attendance,
    breach,
    commencement,
    conditions,
    content,
    duration,
    failure,
    grounds,
    interim,
    notification,
    offences,
    origin,
    periods,
    variation,
    victims_code,
)
from law.content import ConditionContent, ConditionKind, OrderContent
from law.findings import Weight

D = date
NOON = datetime(2026, 3, 27, 12, 0, tzinfo=UTC)
NAIVE = NOON.replace(tzinfo=None)
EARLY, DAY, LATE = D(2026, 3, 26), D(2026, 3, 27), D(2026, 3, 28)

GOOD = {
    periods.local_date: {"moment": NOON},
    periods.utc: {"moment": NOON},
    periods.anniversary: {"day": DAY, "years": 2},
    periods.last_day: {"beginning": DAY, "years": 2},
    periods.next_day: {"day": DAY},
    periods.start_instant: {"day": DAY},
    periods.end_instant: {"last_day": DAY},
    periods.noon: {"day": DAY},
    periods.moments_at: {"wall": NAIVE},
    periods.working_day_after: {"day": DAY, "count": 1, "bank_holidays": ()},
    commencement.in_force: {"provision": "s1", "on": DAY},
    duration.earliest_last_day: {"made_on": DAY},
    duration.findings: {"made_on": DAY, "last_day": LATE},
    duration.asked_findings: {"months": 24},
    duration.has_effect: {"made_on": DAY, "last_day": LATE, "ended_on": LATE, "on": DAY},
    duration.has_effect_at: {
        "made_at": NOON,
        "last_day": LATE,
        "ended_at": NOON,
        "moment": NOON,
    },
    application.may_apply: {
        "force_kind": "btp",
        "resides": False,
        "believed_in": False,
        "intends_to_come": False,
    },
    application.attains: {"born_on": DAY, "years": 18},
    application.age_on: {"born_on": EARLY, "day": DAY},
    application.court_for: {"born_on": EARLY, "applied_on": DAY},
    application.age_findings: {"born_on": EARLY, "applied_on": DAY, "heard_on": LATE},
    origin.findings: {"origin": origin.Origin.S1_APPLICATION, "made_on": DAY},
    interim.period_findings: {"made_on": DAY, "last_day": LATE},
    interim.ends_at: {"last_day": DAY, "determined_at": NOON},
    interim.replaced_by_full: {
        "made_at": NOON,
        "last_day": LATE,
        "ended_at": NOON,
        "full_made_at": NOON,
    },
    interim.lapse_findings: {"last_day": DAY, "hearing_on": LATE},
    conditions.period_findings: {
        "made_on": DAY,
        "order_last_day": LATE,
        "own_last_day": LATE,
    },
    variation.consent_free_from: {"made_on": DAY},
    variation.consents_needed: {
        "made_on": DAY,
        "on": LATE,
        "applicant": "chief_officer",
        "applicant_force": "BTP",
        "original_force": "BTP",
        "residence_force": "E23000032",
    },
    variation.may_apply: {
        "applicant": "chief_officer",
        "applicant_force": "BTP",
        "original_force": "BTP",
    },
    variation.relevant_forces: {"original_force": "BTP", "residence_force": "E23000032"},
    variation.may_apply_on_interim: {
        "applicant": "chief_officer",
        "applicant_force": "BTP",
        "interim_applicant_force": "BTP",
    },
    variation.renewal_findings: {"last_day": LATE, "lodged_on": DAY, "hearing_on": LATE},
    notification.initial_due: {
        "made_on": DAY,
        "served_on": LATE,
        "soa_from": DAY,
        "soa_until": LATE,
        "order_last_day": LATE,
    },
    notification.findings: {
        "made_on": DAY,
        "served_on": LATE,
        "soa_from": DAY,
        "soa_until": LATE,
        "order_last_day": LATE,
    },
    notification.change_due: {"happened_on": DAY},
    notification.change_asked: {"happened_on": DAY, "told_on": DAY},
    notification.told_before_findings: {
        "provision": "s9(3)",
        "happened_on": DAY,
        "told_on": DAY,
    },
    notification.exempt_on: {"day": DAY, "soa_from": DAY, "soa_until": LATE},
    notification.default_from: {"due": DAY},
    failure.outcome: {"due": DAY, "notified_on": DAY, "today": LATE},
    failure.failure: {"due": DAY, "notified_on": LATE},
    attendance.areas_for_move: {
        "moved_on": DAY,
        "told_on": DAY,
        "old_area": None,
        "new_area": None,
        "court_area": "E23000032",
    },
    attendance.home_areas: {"residence_area": None, "found_in": ["a"], "selected": "a"},
    attendance.early_findings: {"served_on": DAY, "attended_on": DAY},
    notification.service_findings: {"served_on": DAY, "order_last_day": DAY},
    breach.report_findings: {
        "made_at": NOON,
        "last_day": LATE,
        "ended_at": None,
        "happened_at": NOON,
        "served_at": NOON,
        "first_served_at": NOON,
    },
    offences.summary_maximum_months: {"committed_on": DAY, "convicted_on": LATE},
    appeals.notice_due: {"decided_on": DAY, "notice_days": 21},
    victims_code.limit_for: {"event": victims_code.Event.ARRESTED, "on": DAY},
    victims_code.tell_by: {
        "event": victims_code.Event.ARRESTED,
        "happened_on": DAY,
        "bank_holidays": (),
    },
}


def case_id(value):
    return getattr(value, "__qualname__", None) or str(value)


@pytest.mark.parametrize("function", GOOD, ids=case_id)
def test_the_rows_below_spoil_good_input(function):
    function(**GOOD[function])


DATES = [
    (function, name)
    for function, facts in GOOD.items()
    for name, value in facts.items()
    if type(value) is date
]
MOMENTS = [
    (function, name)
    for function, facts in GOOD.items()
    for name, value in facts.items()
    if isinstance(value, datetime) and name != "wall"
]


@pytest.mark.parametrize(("function", "name"), DATES, ids=case_id)
@pytest.mark.parametrize("wrong", [NOON, NAIVE, "2026-03-27", 20260327], ids=str)
def test_what_is_not_a_date_is_refused_by_name(function, name, wrong):
    with pytest.raises(ValueError, match=r"must be a date|is a moment") as refused:
        function(**{**GOOD[function], name: wrong})
    assert str(refused.value).startswith(name)


@pytest.mark.parametrize(("function", "name"), MOMENTS, ids=case_id)
@pytest.mark.parametrize("wrong", [NAIVE, DAY, "2026-03-27T12:00Z"], ids=str)
def test_what_is_not_an_aware_moment_is_refused_by_name(function, name, wrong):
    with pytest.raises(ValueError, match=r"naive|must be a datetime") as refused:
        function(**{**GOOD[function], name: wrong})
    assert str(refused.value).startswith(name)


@pytest.mark.parametrize("wrong", [NOON, DAY])
def test_a_wall_clock_has_no_zone(wrong):
    with pytest.raises(ValueError, match=r"^wall "):
        periods.moments_at(wrong)


@pytest.mark.parametrize(
    ("function", "change", "named"),
    [
        # end before start
        (duration.findings, {"last_day": EARLY}, "last_day"),
        (duration.has_effect, {"last_day": EARLY}, "last_day"),
        (duration.has_effect, {"ended_on": EARLY}, "ended_on"),
        (duration.has_effect_at, {"last_day": EARLY}, "last_day"),
        (duration.has_effect_at, {"ended_at": NOON - timedelta(microseconds=1)}, "ended_at"),
        (interim.period_findings, {"last_day": EARLY}, "last_day"),
        (interim.replaced_by_full, {"last_day": EARLY}, "last_day"),
        (interim.replaced_by_full, {"ended_at": NOON - timedelta(seconds=1)}, "ended_at"),
        (conditions.period_findings, {"order_last_day": EARLY}, "order_last_day"),
        (conditions.period_findings, {"own_last_day": EARLY}, "own_last_day"),
        (notification.initial_due, {"order_last_day": EARLY}, "order_last_day"),
        (notification.initial_due, {"soa_from": LATE, "soa_until": DAY}, "soa_until"),
        (notification.findings, {"soa_from": LATE, "soa_until": DAY}, "soa_until"),
        (notification.exempt_on, {"soa_until": EARLY}, "soa_until"),
        # before it could be
        (notification.initial_due, {"served_on": EARLY}, "served_on"),
        (notification.findings, {"served_on": EARLY}, "served_on"),
        (notification.initial_due, {"soa_from": None}, "soa_from"),
        (variation.consents_needed, {"on": EARLY}, "on"),
        (variation.renewal_findings, {"hearing_on": EARLY}, "hearing_on"),
        (application.age_on, {"born_on": LATE}, "born_on"),
        (application.court_for, {"born_on": LATE}, "born_on"),
        (application.age_findings, {"born_on": LATE}, "born_on"),
        (application.age_findings, {"heard_on": EARLY}, "heard_on"),
        (offences.summary_maximum_months, {"convicted_on": EARLY}, "convicted_on"),
        (failure.outcome, {"notified_on": D(2026, 3, 29)}, "notified_on"),
        (victims_code.limit_for, {"on": D(2021, 3, 31)}, "on"),
        # lengths
        (periods.last_day, {"years": -1}, "years"),
        (periods.last_day, {"days": -1}, "days"),
        (periods.last_day, {"years": 0}, "years or days"),
        (periods.last_day, {"years": 1.5}, "years"),
        (periods.last_day, {"days": True}, "days"),
        (periods.anniversary, {"years": -1}, "years"),
        (application.attains, {"years": -1}, "years"),
        (periods.working_day_after, {"count": 0}, "count"),
        (periods.working_day_after, {"count": -1}, "count"),
        (duration.asked_findings, {"months": -1}, "months"),
        (duration.asked_findings, {"months": 0}, "months"),
        (appeals.notice_due, {"notice_days": -1}, "notice_days"),
        # the end of the calendar
        (periods.last_day, {"beginning": D(9998, 3, 1)}, "years"),
        (periods.last_day, {"beginning": D(9999, 12, 30), "years": 0, "days": 3}, "days"),
        (periods.last_day, {"years": 10**9}, "years"),
        (periods.last_day, {"years": 10**30}, "years"),
        (periods.last_day, {"days": 10**12}, "days"),
        (periods.next_day, {"day": date.max}, "day"),
        (periods.end_instant, {"last_day": date.max}, "last_day"),
        (duration.earliest_last_day, {"made_on": D(9998, 2, 28)}, "years"),
        (notification.change_due, {"happened_on": D(9999, 12, 30)}, "days"),
        # parties
        (application.may_apply, {"force_kind": "railway"}, "force_kind"),
        (application.may_apply, {"force_kind": None}, "force_kind"),
        (variation.consents_needed, {"applicant": "victim"}, "applicant"),
        (variation.consents_needed, {"applicant_force": None}, "applicant_force"),
        (variation.consents_needed, {"applicant_force": ""}, "applicant_force"),
        (variation.consents_needed, {"applicant": "subject"}, "applicant_force"),
        (variation.consents_needed, {"original_force": ""}, "original_force"),
        (variation.consents_needed, {"residence_force": ""}, "residence_force"),
        (variation.consents_needed, {"residence_force": "BTP"}, "residence_force"),
        (variation.may_apply, {"applicant": "victim"}, "applicant"),
        (variation.may_apply, {"residence_force": "MDP"}, "residence_force"),
        (variation.relevant_forces, {"residence_force": "MDP"}, "residence_force"),
        (variation.may_apply_on_interim, {"applicant_force": None}, "applicant_force"),
        (attendance.home_areas, {"selected": "b"}, "selected"),
    ],
    ids=case_id,
)
def test_impossible_facts_are_refused_by_name(function, change, named):
    with pytest.raises(ValueError, match=f"^{named}"):
        function(**{**GOOD[function], **change})


@pytest.mark.parametrize(
    "edge",
    [
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))),
        datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-12))),
    ],
)
def test_a_moment_at_the_edge_of_the_calendar(edge):
    with pytest.raises(ValueError, match=r"^moment"):
        periods.local_date(edge)
    with pytest.raises(ValueError, match=r"^moment"):
        periods.utc(edge)


def test_an_act_in_the_future_has_not_happened():
    act = grounds.Act(grounds.ActKind.FOLLOWING, LATE)
    with pytest.raises(ValueError, match=r"^happened_on"):
        grounds.act_findings([act], asked_on=DAY)


@pytest.mark.parametrize(
    ("order_change", "condition_change", "named"),
    [
        ({"last_day": EARLY}, {}, "last_day"),
        ({}, {"own_last_day": EARLY}, "own_last_day"),
        ({"made_on": NOON}, {}, "made_on"),
        ({}, {"own_last_day": NOON}, "own_last_day"),
    ],
)
def test_an_order_that_ends_before_it_was_made(order_change, condition_change, named):
    condition = ConditionContent(
        **{"kind": ConditionKind.PROHIBITION, "text": "You must not…", **condition_change}
    )
    order = OrderContent(
        **{
            "interim": False,
            "made_on": DAY,
            "fixed_period": True,
            "last_day": LATE,
            "conditions": (condition,),
            **order_change,
        }
    )
    with pytest.raises(ValueError, match=f"^{named}"):
        content.check(order)


def test_a_finding_cannot_be_changed():
    (finding,) = duration.findings(made_on=DAY, last_day=LATE)
    with pytest.raises(AttributeError):
        finding.weight = Weight.WARN
    assert (Weight.BLOCK, Weight.WARN) == ("block", "warn")
