"""What must hold on every day there is, tried on days that nobody would think of."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from hypothesis import assume, example, given
from hypothesis import strategies as st

from law.application import attains, court_for
from law.bank_holidays import ENGLAND_AND_WALES
from law.duration import earliest_last_day, has_effect, has_effect_at
from law.duration import findings as period_findings
from law.failure import Outcome, outcome
from law.notification import change_due, default_from, findings, initial_due
from law.periods import (
    anniversary,
    end_instant,
    last_day,
    local_date,
    moments_at,
    next_day,
    start_instant,
    utc,
    working_day_after,
)
from law.variation import consent_free_from, consents_needed

LONDON = ZoneInfo("Europe/London")
ONE_DAY = timedelta(days=1)
DAYS = st.dates(date(1990, 1, 1), date(2120, 12, 31))
NEAR = st.dates(date(2026, 1, 1), date(2026, 3, 31))
ZONES = st.one_of(
    st.just(UTC),
    st.just(LONDON),
    st.integers(-12 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m))),
)
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2120, 12, 31), timezones=ZONES)  # noqa: DTZ001
LEAP_DAY = date(2024, 2, 29)


@given(MOMENTS)
def test_local_date_is_the_date_of_the_london_clock(moment):
    assert local_date(moment) == moment.astimezone(LONDON).date()


@given(MOMENTS)
def test_a_moment_lies_between_the_ends_of_its_day(moment):
    day = local_date(moment)
    assert start_instant(day) <= utc(moment) < end_instant(day)


@given(DAYS)
def test_days_follow_each_other_without_gap_or_overlap(day):
    assert end_instant(day) == start_instant(next_day(day))
    assert end_instant(day) - start_instant(day) in {timedelta(hours=h) for h in (23, 24, 25)}


@given(DAYS, st.integers(0, 50), st.integers(0, 400))
def test_a_longer_period_never_ends_sooner(day, years, days):
    assume(years or days)
    end = last_day(day, years=years, days=days)
    assert end >= day
    assert last_day(day, years=years, days=days + 1) == end + ONE_DAY
    assert last_day(day, years=years + 1, days=days) > end


@given(DAYS, DAYS, st.integers(1, 50))
@example(LEAP_DAY, date(2024, 3, 1), 2)
@example(date(2024, 2, 28), LEAP_DAY, 2)
def test_a_later_beginning_never_ends_sooner(one, other, years):
    first, second = sorted([one, other])
    assert last_day(first, years=years) <= last_day(second, years=years)


@given(DAYS, st.integers(1, 400))
def test_days_are_counted_one_by_one(day, count):
    days = {day + n * ONE_DAY for n in range(count)}
    assert last_day(day, days=count) == max(days)
    assert len(days) == count


@given(DAYS)
@example(LEAP_DAY)
@example(date(2022, 3, 1))
def test_two_years_go_round(day):
    """The last day of two years, and the first day after them, are neighbours of the same date."""
    after = next_day(earliest_last_day(day))
    assert after == consent_free_from(day) == anniversary(day, years=2)
    assert after.year == day.year + 2
    same_date = (after.month, after.day) == (day.month, day.day)
    assert same_date or ((day.month, day.day), (after.month, after.day)) == ((2, 29), (3, 1))


@given(DAYS)
def test_the_least_period_is_exactly_the_least(day):
    last = earliest_last_day(day)
    assert period_findings(made_on=day, last_day=last) == []
    assert period_findings(made_on=day, last_day=last - ONE_DAY) != []


@given(DAYS)
def test_a_deadline_leaves_three_days(day):
    due = change_due(day)
    assert [day, day + ONE_DAY, due] == [day + n * ONE_DAY for n in range(3)]
    assert default_from(due) == day + 3 * ONE_DAY
    assert initial_due(made_on=day, served_on=day) == due
    assert outcome(due=due, notified_on=None, today=due) is Outcome.WAITING
    assert outcome(due=due, notified_on=None, today=default_from(due)) is Outcome.MISSING


@given(st.datetimes(datetime(1990, 1, 1), datetime(2120, 12, 31)))  # noqa: DTZ001
def test_every_moment_of_a_clock_shows_that_time(wall):
    moments = moments_at(wall)
    assert len(moments) <= 2
    for moment in moments:
        assert moment.astimezone(LONDON).replace(tzinfo=None, fold=0) == wall
    assert list(moments) == sorted(moments)


@given(MOMENTS)
def test_every_moment_is_found_again_from_its_clock(moment):
    wall = utc(moment).astimezone(LONDON).replace(tzinfo=None)
    assert utc(moment) in moments_at(wall)


@given(NEAR, st.none() | NEAR, st.none() | NEAR, NEAR)
def test_has_effect_is_membership_of_the_days(made_on, last, ended_on, on):
    assume(last is None or last >= made_on)
    assume(ended_on is None or ended_on >= made_on)
    horizon = date(2026, 12, 31)
    days = set()
    day = made_on
    while day <= (last or horizon) and day < (ended_on or horizon):
        days.add(day)
        day += ONE_DAY
    assert has_effect(made_on=made_on, last_day=last, ended_on=ended_on, on=on) == (on in days)


@given(DAYS, st.none() | st.integers(0, 900), st.none() | st.integers(0, 900), st.integers(-5, 905))
def test_by_moment_agrees_with_by_day_at_noon(made_on, length, end, offset):
    last = None if length is None else made_on + length * ONE_DAY
    ended_on = None if end is None else made_on + end * ONE_DAY
    on = made_on + offset * ONE_DAY
    by_day = has_effect(made_on=made_on, last_day=last, ended_on=ended_on, on=on)
    by_moment = has_effect_at(
        made_at=start_instant(made_on),
        last_day=last,
        ended_at=None if ended_on is None else start_instant(ended_on),
        moment=datetime.combine(on, time(12), tzinfo=LONDON),
    )
    assert by_moment == by_day


@given(MOMENTS, st.none() | st.integers(0, 900), st.none() | st.integers(0, 10**8), MOMENTS)
def test_by_moment_is_a_half_open_span_of_utc(made_at, length, seconds, moment):
    last = None if length is None else local_date(made_at) + length * ONE_DAY
    ended_at = None if seconds is None else utc(made_at) + timedelta(seconds=seconds)
    ends = [m for m in (ended_at, None if last is None else end_instant(last)) if m is not None]
    expected = utc(made_at) <= utc(moment) and all(utc(moment) < end for end in ends)
    effect = has_effect_at(made_at=made_at, last_day=last, ended_at=ended_at, moment=moment)
    assert effect == expected


@given(MOMENTS)
def test_an_order_has_effect_from_the_moment_it_is_made(made_at):
    assert has_effect_at(made_at=made_at, last_day=None, ended_at=None, moment=made_at)
    before = utc(made_at) - timedelta(microseconds=1)
    assert not has_effect_at(made_at=made_at, last_day=None, ended_at=None, moment=before)


SOA = st.tuples(st.none() | NEAR, st.none() | NEAR).filter(
    lambda duty: duty[1] is None or (duty[0] is not None and duty[0] <= duty[1])
)


@given(NEAR, st.none() | st.integers(0, 60), SOA, st.none() | st.integers(0, 90), st.booleans())
def test_an_initial_deadline_is_never_absurd(made_on, wait, soa, length, replaces):
    served_on = None if wait is None else made_on + wait * ONE_DAY
    facts = {
        "made_on": made_on,
        "served_on": served_on,
        "replaces_interim": replaces,
        "soa_from": soa[0],
        "soa_until": soa[1],
        "order_last_day": None if length is None else made_on + length * ONE_DAY,
    }
    due = initial_due(**facts)
    assert all(finding.weight == "warn" for finding in findings(**facts))
    if due is None:
        return
    assert served_on is not None
    assert not replaces
    assert due in {change_due(day) for day in (served_on, soa[1]) if day is not None}
    assert due >= change_due(served_on)
    assert length is None or due - 2 * ONE_DAY <= facts["order_last_day"]


@given(DAYS, st.integers(0, 1500), st.sampled_from(["subject", "chief_officer"]))
def test_consents_end_with_the_two_years(made_on, wait, applicant):
    on = made_on + wait * ONE_DAY
    needed = consents_needed(
        made_on=made_on,
        on=on,
        applicant=applicant,
        applicant_force="E23000031" if applicant == "chief_officer" else None,
        original_force="E23000032",
        residence_force="E23000033",
    )
    assert bool(needed) == (on <= earliest_last_day(made_on))
    assert not needed or "subject" in needed


@given(DAYS, st.integers(0, 40_000))
def test_youth_until_the_day_of_18(born_on, age_in_days):
    applied_on = born_on + age_in_days * ONE_DAY
    court = court_for(born_on=born_on, applied_on=applied_on)
    assert (court == "youth") == (applied_on < attains(born_on, 18))


@given(st.dates(date(2024, 1, 1), date(2028, 11, 30)), st.integers(1, 10))
def test_working_days_are_counted_one_by_one(day, count):
    end = working_day_after(day, count, bank_holidays=ENGLAND_AND_WALES)
    between = [day + n * ONE_DAY for n in range(1, (end - day).days + 1)]
    working = [d for d in between if d.isoweekday() <= 5 and d not in ENGLAND_AND_WALES]
    assert len(working) == count
    assert working[-1] == end
