"""Days in court and what comes of them."""

from datetime import datetime, timedelta

import pytest

from accounts.policy import Denied
from accounts.tests import factories as accounts
from applications import days_in_court, lifecycle
from applications.changing import NO_ORDER
from applications.models import Application, Hearing
from applications.tests import factories
from applications.tests.sending import api, overview, page, text_of
from applications.tests.traces import no_trace
from casework import announce, clock
from casework.errors import Refused, Stale, WrongState
from casework.models import Case
from law.periods import LONDON, local_date

pytestmark = pytest.mark.django_db
S, H = Application.Status, Hearing.Status


@pytest.fixture
def legal():
    return factories.legal()


@pytest.fixture(scope="module")
def lodged(shared):
    return factories.lodged()


@pytest.fixture
def application(lodged):
    return Application.objects.get(pk=lodged.pk)


@pytest.fixture
def heard(application):
    return factories.hearing(application, starts_at=clock.now(), late_reason="Now")


def open_clocks(case):
    return {d.kind for d in factories.open_clocks(case)}


def result(hearing, **facts):
    return lifecycle.result_hearing(hearing, **({"by": factories.legal()} | facts))


def test_listing_starts_two_clocks(application, legal):
    starts_at = datetime.combine(
        clock.today() + timedelta(days=9), datetime.min.time(), tzinfo=LONDON
    ) + timedelta(hours=14)
    hearing = factories.hearing(application, by=legal, starts_at=starts_at)
    clocks = {d.kind: d for d in application.case.deadlines.filter(done_at=None)}
    assert clocks["hearing"].due_at == starts_at
    next_day = local_date(starts_at) + timedelta(days=1)
    assert clocks["result_hearing"].due_at.astimezone(LONDON).strftime("%Y-%m-%d %H:%M") == (
        f"{next_day} 10:00"
    )
    assert (hearing.status, hearing.case) == (H.LISTED, application.case)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"starts_at": clock.now() - timedelta(hours=1), "late_reason": " "}, "starts_at"),
        ({"starts_at": clock.now() - timedelta(days=9), "late_reason": "Told late"}, "starts_at"),
        ({"notice_given": False}, "no_notice_reason"),
        ({"purpose": "variation"}, "purpose"),
        ({"purpose": "tea"}, "purpose"),
    ],
)
def test_a_listing_that_is_refused(application, facts, field):
    with no_trace(Refused, field=field):
        factories.hearing(application, **facts)


def test_a_hearing_that_has_been_is_recorded_with_its_reason(application):
    late = clock.now() - timedelta(minutes=5)
    hearing = factories.hearing(application, starts_at=late, late_reason="The court rang today")
    assert hearing.starts_at == late


def test_no_hearing_is_about_an_order_where_there_is_none(application, legal, client):
    with no_trace(Refused, field="purpose"):
        lifecycle.list_hearing(
            application.case,
            by=legal,
            court=factories.court(),
            starts_at=clock.now() + timedelta(days=3),
            purpose="variation",
        )
    client.force_login(legal)
    shown = text_of(client.get(page("list_hearing", application.case)))
    assert 'value="full"' in shown
    assert 'value="variation"' not in shown
    answer = api(client, "list_hearing", application.case, {"purpose": "variation"})
    assert answer.status_code == 422
    assert NO_ORDER in str(answer.json())


def test_where_nothing_can_be_heard_the_page_says_what_comes_first(legal, client):
    case = factories.draft().case
    client.force_login(legal)
    shown = text_of(client.get(page("list_hearing", case)))
    assert "There is nothing for a court to hear yet" in shown
    assert overview(case) in shown
    assert '<button type="submit"' not in shown.partition("<main")[2]


def test_an_application_of_another_case(application, legal):
    other = factories.lodged()
    with no_trace(Refused, field="application"):
        lifecycle.list_hearing(
            other.case,
            by=legal,
            application=application,
            court=factories.court(),
            starts_at=clock.now() + timedelta(days=3),
            purpose="full",
        )


def test_only_a_lodged_application_is_heard():
    application, court = factories.authorised(), factories.court()
    with no_trace(WrongState):
        factories.hearing(application, court=court)


def test_adjourned_lists_the_next_one(heard, legal):
    next_at = clock.now() + timedelta(days=7)
    result(heard, outcome="adjourned", note="No interpreter", next_starts_at=next_at)
    assert (heard.status, heard.outcome, heard.resulted_by) == (H.RESULTED, "adjourned", legal)
    assert (heard.next.starts_at, heard.next.purpose) == (next_at, heard.purpose)
    assert open_clocks(heard.case) == {"hearing", "result_hearing"}
    assert Application.objects.get().status == S.LODGED


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"outcome": "adjourned", "next_starts_at": clock.now() + timedelta(days=1)}, "note"),
        (
            {"outcome": "adjourned", "note": "Why", "next_starts_at": clock.now() - timedelta(9)},
            "next_starts_at",
        ),
        ({"outcome": "refused"}, "reason"),
        ({"outcome": "refused", "reason": "evidence"}, "reason"),
        ({"outcome": "withdrawn", "reason": "not_proved"}, "reason"),
        ({"outcome": "variation_decided"}, "outcome"),
        ({"outcome": "won"}, "outcome"),
        ({"outcome": ""}, "outcome"),
    ],
)
def test_a_result_that_is_refused(heard, legal, facts, field):
    with no_trace(Refused, field=field):
        result(heard, **facts)


def test_no_result_before_the_hearing_has_begun(application, legal):
    hearing = factories.hearing(application)
    with no_trace(Refused, field="outcome"):
        result(hearing, outcome="full_order")


@pytest.mark.parametrize(
    ("facts", "status", "case_status", "waits"),
    [
        ({"outcome": "full_order"}, S.GRANTED, Case.Status.ORDER, set()),
        (
            {"outcome": "refused", "reason": "bail_thought_enough"},
            S.REFUSED,
            Case.Status.ENDED,
            set(),
        ),
        ({"outcome": "withdrawn", "reason": "not_needed"}, S.WITHDRAWN, Case.Status.ENDED, set()),
        ({"outcome": "interim_order"}, S.LODGED, Case.Status.COURT, {"list_hearing"}),
    ],
)
def test_what_a_result_means_for_the_application(heard, facts, status, case_status, waits):
    result(heard, **facts)
    application = Application.objects.get()
    assert (application.status, application.case.status) == (status, case_status)
    determined = status != S.LODGED
    assert (application.determined_on == local_date(heard.starts_at)) == determined
    assert application.outcome_reason == facts.get("reason", "") if determined else True
    assert open_clocks(application.case) == waits


def test_determining_vacates_the_other_hearings(application, heard):
    other = factories.hearing(application, starts_at=clock.now() + timedelta(days=20))
    result(heard, outcome="full_order")
    other.refresh_from_db()
    assert (other.status, other.outcome_note) == (H.VACATED, "The application is decided")


def test_an_interim_leaves_the_other_hearings(application, heard):
    other = factories.hearing(application, starts_at=clock.now() + timedelta(days=20))
    result(heard, outcome="interim_order")
    other.refresh_from_db()
    assert other.status == H.LISTED


def test_the_rooms_above_hear_of_a_result(heard, monkeypatch):
    heard_of = []
    topic = "applications.result_hearing"
    monkeypatch.setitem(announce._handlers, topic, [lambda r, by: heard_of.append(r.outcome)])
    result(heard, outcome="full_order")
    assert heard_of == ["full_order"]


def test_if_a_room_above_fails_nothing_happened(heard, legal, monkeypatch):
    def fail(record, by):
        raise Refused("made_on", "An order needs its date")

    monkeypatch.setitem(announce._handlers, "applications.result_hearing", [fail])
    with no_trace(Refused, field="made_on"):
        result(heard, outcome="full_order")
    assert Application.objects.get().status == S.LODGED


def test_a_result_is_recorded_once(heard, legal):
    result(heard, outcome="full_order")
    with no_trace(WrongState):
        result(heard, outcome="refused", reason="not_proved")


def test_a_stale_result(heard, legal):
    with no_trace(Stale):
        result(heard, outcome="full_order", version=heard.version + 1)


def test_vacating_needs_a_reason_and_stops_the_clocks(application, legal):
    hearing = factories.hearing(application)
    with no_trace(Refused, field="note"):
        lifecycle.vacate_hearing(hearing, by=legal, note=" ")
    lifecycle.vacate_hearing(hearing, by=legal, note="The court is closed")
    assert hearing.status == H.VACATED
    assert open_clocks(application.case) == {"list_hearing"}
    with no_trace(WrongState):
        lifecycle.vacate_hearing(hearing, by=legal, note="Again")


def test_other_roles_and_other_forces(application, heard):
    factories.legal()
    strangers = [factories.superintendent(), factories.legal(accounts.other_force())]
    for by in strangers:
        with no_trace(Denied):
            result(heard, by=by, outcome="full_order")
        with no_trace(Denied):
            factories.hearing(application, by=by)
        with no_trace(Denied):
            lifecycle.vacate_hearing(heard, by=by, note="No")


def test_a_hearing_at_which_the_period_has_become_too_short_warns(application):
    hearing = factories.hearing(application, starts_at=clock.now() + timedelta(days=4 * 365))
    assert [f.provision for f in days_in_court.hearing_findings(hearing)] == ["s3(2)"]
    soon = factories.hearing(application)
    assert days_in_court.hearing_findings(soon) == []
