"""The worked examples W1 to W35 of the rules, each by its id, with the answers written out."""

import sys
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from law import attendance, content, made_order, notification, variation, victims_code
from law.application import age_findings, attains, court_for, may_apply
from law.bank_holidays import ENGLAND_AND_WALES
from law.content import ConditionContent, ConditionKind, OrderContent
from law.duration import earliest_last_day, has_effect, has_effect_at
from law.duration import findings as period_findings
from law.failure import Failure, Outcome, failure, outcome
from law.findings import Weight, blocking
from law.grounds import Act, ActKind, act_findings
from law.interim import replaced_by_full
from law.notification import EarlierInterim, change_asked, change_due, default_from, initial_due
from law.offences import FAILED_DUTY, summary_maximum_months
from law.periods import end_instant, last_day, local_date, noon
from law.victims_code import Event, tell_by

D = date
LONDON = ZoneInfo("Europe/London")
KENT, SURREY, SUSSEX, DURHAM, WEST_YORKSHIRE = (
    "E23000032",
    "E23000031",
    "E23000033",
    "E23000008",
    "E23000010",
)


def served(day, **facts):
    """The facts of an order made and served on a day."""
    return {"made_on": day, "served_on": day, **facts}


def only_warns(found):
    return bool(found) and {f.weight for f in found} == {Weight.WARN}


def test_w1_service_at_night_before_the_clocks_go_forward():
    service = datetime(2026, 3, 28, 23, 50, tzinfo=LONDON)
    due = initial_due(made_on=D(2026, 3, 27), served_on=local_date(service))
    assert due == D(2026, 3, 30)
    assert end_instant(due) == datetime(2026, 3, 30, 23, 0, tzinfo=UTC)
    assert end_instant(due) - service.astimezone(UTC) == timedelta(hours=47, minutes=10)
    assert default_from(due) == D(2026, 3, 31)
    made_earlier = initial_due(made_on=D(2026, 1, 1), served_on=local_date(service))
    assert made_earlier == due


def test_w2_service_before_the_clocks_go_back():
    service = datetime(2026, 10, 24, 0, 5, tzinfo=LONDON)
    due = initial_due(**served(local_date(service)))
    assert due == D(2026, 10, 26)
    assert end_instant(due) == datetime(2026, 10, 27, 0, 0, tzinfo=UTC)
    assert end_instant(due) - service.astimezone(UTC) == timedelta(hours=72, minutes=55)


def test_w3_the_local_date_of_service_counts():
    service = datetime(2026, 6, 13, 23, 20, tzinfo=UTC)
    assert local_date(service) == D(2026, 6, 14)
    assert initial_due(**served(local_date(service))) == D(2026, 6, 16)


def test_w4_no_extension_for_bank_holidays():
    assert initial_due(**served(D(2026, 4, 2))) == D(2026, 4, 4)
    assert initial_due(**served(D(2026, 12, 24))) == D(2026, 12, 26)


def test_w5_the_end_of_february():
    assert initial_due(**served(D(2028, 2, 28))) == D(2028, 3, 1)
    assert initial_due(**served(D(2027, 2, 27))) == D(2027, 3, 1)


def test_w6_the_end_of_a_year():
    assert initial_due(**served(D(2026, 12, 30))) == D(2027, 1, 1)


def test_w7_a_new_name():
    assert change_asked(happened_on=D(2026, 5, 5), told_on=None)
    assert change_due(D(2026, 5, 5)) == D(2026, 5, 7)
    assert default_from(change_due(D(2026, 5, 5))) == D(2026, 5, 8)
    assert FAILED_DUTY[notification.Duty.NEW_NAME] == "ST19003"


def test_w8_a_name_notified_in_advance():
    assert not change_asked(happened_on=D(2026, 5, 5), told_on=D(2026, 5, 1))


def test_w9_a_move_from_kent_to_surrey():
    moved_on = D(2026, 7, 31)
    assert change_due(moved_on) == D(2026, 8, 2)
    move = {"moved_on": moved_on, "old_area": KENT, "new_area": SURREY, "court_area": KENT}
    assert attendance.areas_for_move(told_on=D(2026, 8, 1), **move) == {SURREY}
    assert attendance.areas_for_move(told_on=D(2026, 7, 30), **move) == {KENT}


SOA_WHEN_MADE = {"soa_from": D(2024, 6, 10), "soa_until": D(2026, 6, 10)}


def test_w10_the_sexual_offences_duty_ends():
    facts = served(D(2026, 1, 15), **SOA_WHEN_MADE)
    assert initial_due(**facts) == D(2026, 6, 12)
    assert notification.findings(**facts) == []


def test_w11_the_order_ended_first():
    facts = served(D(2026, 1, 15), **SOA_WHEN_MADE, order_last_day=D(2026, 5, 31))
    assert initial_due(**facts) is None


def test_w12_the_sexual_offences_duty_began_later():
    facts = served(D(2026, 1, 15), soa_from=D(2026, 3, 1), soa_until=D(2026, 9, 1))
    assert initial_due(**facts) == D(2026, 1, 17)  # the one there was; none after 1 September
    assert only_warns(notification.findings(**facts))
    duty = {"soa_from": D(2026, 3, 1), "soa_until": D(2026, 9, 1)}
    assert notification.exempt_on(D(2026, 8, 31), **duty)
    assert not notification.exempt_on(D(2026, 9, 2), **duty)


def test_w13_a_full_order_replaces_a_live_interim():
    made_at, full_made_at = noon(D(2026, 2, 1)), noon(D(2026, 4, 14))
    interim = {"made_at": made_at, "last_day": D(2026, 4, 30), "ended_at": full_made_at}
    assert initial_due(made_on=D(2026, 2, 1), served_on=D(2026, 2, 2)) == D(2026, 2, 4)
    assert replaced_by_full(**interim, full_made_at=full_made_at)
    full = {"made_on": D(2026, 4, 14), "served_on": D(2026, 4, 15), "replaces_interim": True}
    assert initial_due(**full) is None
    known = EarlierInterim(D(2026, 2, 2), D(2026, 4, 14), notified_on=D(2026, 2, 3))
    assert notification.findings(**full, earlier_interim=known) == []
    assert change_due(D(2026, 5, 5)) == D(2026, 5, 7)


def test_w14_the_interim_had_lapsed():
    interim = {"made_at": noon(D(2026, 2, 1)), "last_day": D(2026, 3, 31), "ended_at": None}
    replaces = replaced_by_full(**interim, full_made_at=noon(D(2026, 4, 14)))
    assert not replaces
    full = {
        "made_on": D(2026, 4, 14),
        "served_on": D(2026, 4, 16),
        "replaces_interim": replaces,
    }
    assert initial_due(**full) == D(2026, 4, 18)
    lapsed = EarlierInterim(D(2026, 2, 2), D(2026, 3, 31), notified_on=D(2026, 2, 3))
    assert only_warns(notification.findings(**full, earlier_interim=lapsed))


def test_w15_the_interim_was_never_served():
    full = served(D(2026, 5, 11), replaces_interim=True)
    assert initial_due(**full) is None
    assert only_warns(notification.findings(**full))
    never = EarlierInterim(served_on=None, last_day=D(2026, 5, 11))
    assert only_warns(notification.findings(**full, earlier_interim=never))


def test_w16_a_variation_starts_nothing():
    due = initial_due(**served(D(2026, 2, 2)))
    assert due == D(2026, 2, 4)
    assert failure(due=due, notified_on=D(2026, 2, 3)) is None
    assert failure(due=due, notified_on=None) == Failure(D(2026, 2, 5), None)
    assert outcome(due=due, notified_on=None, today=D(2026, 6, 16)) is Outcome.MISSING


def test_w17_late_is_not_missing():
    facts = {"due": D(2026, 3, 30), "notified_on": D(2026, 4, 5)}
    assert failure(**facts) == Failure(D(2026, 3, 31), D(2026, 4, 5))
    assert outcome(**facts, today=D(2026, 4, 9)) is Outcome.LATE


def test_w18_a_day_less_than_two_years():
    assert earliest_last_day(D(2026, 3, 1)) == D(2028, 2, 29)
    assert period_findings(made_on=D(2026, 3, 1), last_day=D(2028, 2, 29)) == []
    found = period_findings(made_on=D(2026, 3, 1), last_day=D(2028, 2, 28))
    assert [(f.provision, f.weight) for f in found] == [("s3(2)", Weight.BLOCK)]


def test_w19_two_years_around_leap_days():
    assert earliest_last_day(D(2024, 2, 29)) == D(2026, 2, 28)
    assert earliest_last_day(D(2028, 2, 29)) == D(2030, 2, 28)
    assert earliest_last_day(D(2022, 3, 1)) == D(2024, 2, 29)
    assert earliest_last_day(D(2026, 2, 28)) == D(2028, 2, 27)


def test_w20_exactly_two_years():
    made_on = D(2026, 3, 27)
    last = last_day(made_on, years=2)
    assert last == D(2028, 3, 26)
    assert has_effect(made_on=made_on, last_day=last, ended_on=None, on=D(2028, 3, 26))
    assert not has_effect(made_on=made_on, last_day=last, ended_on=None, on=D(2028, 3, 27))
    made_at = datetime(2026, 3, 27, 10, 15, tzinfo=LONDON)
    midnight = datetime(2028, 3, 27, tzinfo=LONDON)
    assert not has_effect_at(made_at=made_at, last_day=last, ended_at=None, moment=midnight)
    a_second_before = datetime(2028, 3, 26, 23, 59, 59, tzinfo=LONDON)
    assert has_effect_at(made_at=made_at, last_day=last, ended_at=None, moment=a_second_before)


DISCHARGE = {"made_on": D(2026, 3, 27), "original_force": KENT}


def test_w21_the_subject_applies_for_discharge():
    facts = {**DISCHARGE, "applicant": "subject", "residence_force": SURREY}
    needed = variation.consents_needed(on=D(2027, 11, 1), **facts)
    assert needed == {"subject", KENT, SURREY}
    refused = variation.discharge_findings(
        made_on=DISCHARGE["made_on"], needed=needed, given={"subject", KENT}
    )
    assert [f.weight for f in refused] == [Weight.BLOCK]
    assert variation.consents_needed(on=D(2028, 3, 26), **facts) == needed
    assert variation.consents_needed(on=D(2028, 3, 27), **facts) == frozenset()
    assert variation.consent_free_from(D(2026, 3, 27)) == D(2028, 3, 27)


def test_w22_the_force_of_residence_applies():
    needed = variation.consents_needed(
        on=D(2027, 11, 1),
        applicant="chief_officer",
        applicant_force=SURREY,
        residence_force=SURREY,
        **DISCHARGE,
    )
    assert needed == {"subject", SURREY}


def test_w23_the_subject_lives_in_scotland():
    needed = variation.consents_needed(
        on=D(2027, 11, 1), applicant="subject", residence_force=None, **DISCHARGE
    )
    assert needed == {"subject", KENT}


def test_w24_a_renewal_heard_too_late():
    facts = {"last_day": D(2028, 3, 26), "lodged_on": D(2028, 3, 20)}
    assert only_warns(variation.renewal_findings(**facts, hearing_on=D(2028, 3, 30)))
    assert variation.renewal_findings(**facts, hearing_on=D(2028, 3, 26)) == []
    assert not has_effect(
        made_on=D(2026, 3, 27), last_day=D(2028, 3, 26), ended_on=None, on=D(2028, 3, 27)
    )


def test_w25_where_the_victim_lives_is_no_tie():
    kent = {"resides": True, "believed_in": False, "intends_to_come": False}
    sussex = {**kent, "resides": False}
    assert may_apply(force_kind="territorial", **kent) == []
    (refused,) = may_apply(force_kind="territorial", **sussex)
    assert (refused.provision, refused.weight) == ("s1(3)", Weight.BLOCK)
    assert may_apply(force_kind="btp", **sussex) == []
    assert may_apply(force_kind="mdp", **sussex) == []


def test_w26_old_acts_abroad():
    acts = [
        Act(ActKind.FOLLOWING, D(2018, 5, 1), outside_uk=True),
        Act(ActKind.CONTACTING, D(2019, 8, 1), outside_uk=True),
    ]
    assert act_findings(acts, asked_on=D(2026, 5, 1)) == []


def test_w27_two_places_in_leeds():
    areas = attendance.home_areas(
        residence_area=None,
        found_in=[WEST_YORKSHIRE, WEST_YORKSHIRE],
        selected=WEST_YORKSHIRE,
    )
    assert areas == {WEST_YORKSHIRE}
    came = attendance.Attendance(
        attendance.Manner.IN_PERSON,
        WEST_YORKSHIRE,
        heard_by_constable=True,
        acknowledged_in_writing=True,
    )
    assert attendance.findings(came, areas=areas) == []


def test_w28_living_in_scotland():
    assert attendance.area_to_attend(home_area=None, court_area=DURHAM) == DURHAM


def test_w29_the_magistrates_maximum():
    early, late = D(2022, 5, 1), D(2022, 5, 2)
    assert summary_maximum_months(committed_on=early, convicted_on=D(2024, 11, 18)) == 6
    assert summary_maximum_months(committed_on=late, convicted_on=D(2024, 11, 17)) == 6
    assert summary_maximum_months(committed_on=late, convicted_on=D(2024, 11, 18)) == 12


def test_w30_telling_the_victim_in_working_days():
    bailed = {"happened_on": D(2026, 4, 2), "bank_holidays": ENGLAND_AND_WALES}
    assert tell_by(Event.BAILED, enhanced=True, **bailed) == D(2026, 4, 7)
    assert tell_by(Event.BAILED, enhanced=False, **bailed) == D(2026, 4, 13)
    assert victims_code.findings(Event.BAILED, happened_on=D(2026, 4, 2)) == []


def test_w31_turning_18_before_the_hearing():
    born_on = D(2008, 6, 15)
    assert court_for(born_on=born_on, applied_on=D(2026, 6, 10)) == "youth"
    assert only_warns(
        age_findings(born_on=born_on, applied_on=D(2026, 6, 10), heard_on=D(2026, 7, 1))
    )
    assert court_for(born_on=born_on, applied_on=D(2027, 2, 1)) == "magistrates"


def test_w32_a_six_month_programme_in_an_indefinite_order():
    programme = ConditionContent(
        kind=ConditionKind.REQUIREMENT,
        text="You must attend the programme.",
        limited_to_locality=False,
        own_period=True,
        own_last_day=D(2026, 9, 26),
    )
    order = OrderContent(
        interim=False,
        made_on=D(2026, 3, 27),
        fixed_period=False,
        last_day=None,
        conditions=(programme,),
    )
    assert content.check(order) == []  # the differing period is in its s6(e) place
    found = made_order.findings(order)
    assert only_warns(found)
    assert blocking(found) == []


def test_w33_replaced_inside_the_three_days():
    interim = served(D(2026, 5, 4), order_last_day=D(2026, 5, 5))
    assert initial_due(**interim) == D(2026, 5, 6)
    assert only_warns(notification.findings(**interim))
    full = served(D(2026, 5, 5), replaces_interim=True)
    assert initial_due(**full) is None
    waiting = EarlierInterim(served_on=D(2026, 5, 4), last_day=D(2026, 5, 5))
    found = notification.findings(**full, earlier_interim=waiting)
    assert only_warns(found)
    assert "6 May 2026" in found[0].message


def test_w34_the_final_day_was_before_service():
    facts = {
        "made_on": D(2026, 2, 2),
        "soa_from": D(2025, 2, 20),
        "soa_until": D(2026, 2, 20),
    }
    assert initial_due(served_on=None, **facts) is None
    assert only_warns(notification.findings(served_on=None, **facts))
    assert initial_due(served_on=D(2026, 3, 2), **facts) == D(2026, 3, 4)
    assert only_warns(notification.findings(served_on=D(2026, 3, 2), **facts))


def test_w35_born_on_29_february():
    assert attains(D(2008, 2, 29), 18) == D(2026, 3, 1)
    assert court_for(born_on=D(2008, 2, 29), applied_on=D(2026, 2, 28)) == "youth"
    assert court_for(born_on=D(2008, 2, 29), applied_on=D(2026, 3, 1)) == "magistrates"


def test_all_35_examples_are_here():
    here = {name.split("_")[1] for name in vars(sys.modules[__name__]) if name.startswith("test_w")}
    assert here == {f"w{n}" for n in range(1, 36)}
