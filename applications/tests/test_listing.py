"""Nothing before the court is without a day: force legal gets one, and a past day is not attended."""

from datetime import timedelta

import pytest

from accounts.models import CLOCK
from applications import lifecycle, queries, tasks
from applications.lifecycle.clocks import await_listing
from applications.models import Application, Hearing
from applications.tests import factories
from applications.tests.sending import page
from audit.models import Entry
from casework import clock
from casework.models import Case, Deadline
from casework.tests.browsing import fill
from law.bank_holidays import ENGLAND_AND_WALES
from law.periods import end_instant, working_day_after

pytestmark = pytest.mark.django_db


def waits(case):
    return {d.kind: d for d in factories.open_clocks(case)}


def result(hearing, **facts):
    return lifecycle.result_hearing(hearing, by=factories.legal(), **facts)


@pytest.fixture(scope="module")
def lodged(shared):
    return factories.lodged()


@pytest.fixture
def application(lodged):
    return Application.objects.get(pk=lodged.pk)


@pytest.fixture
def heard(application):
    return factories.hearing(application, starts_at=clock.now(), late_reason="Now")


def test_a_lodged_application_waits_for_a_day(application):
    listing = waits(application.case)["list_hearing"]
    last = working_day_after(clock.today(), 2, bank_holidays=ENGLAND_AND_WALES)
    assert (listing.owner_role, listing.due_at) == ("legal", end_instant(last))
    assert listing.about_id == application.pk


def test_the_clock_leads_to_listing_a_hearing(client, application):
    client.force_login(factories.legal())
    path = waits(application.case)["list_hearing"].path
    assert path == page("list_hearing", application.case)
    assert client.get(path).status_code == 200


def test_a_court_may_adjourn_without_a_day_on_the_page_too(client, heard):
    client.force_login(factories.legal())
    sent = {"outcome": "adjourned", "note": "To a day to be fixed"}
    assert fill(client, page("result_hearing", heard), sent).status_code == 302
    assert set(waits(heard.case)) == {"list_hearing"}


def test_a_listed_hearing_stops_it(application):
    factories.hearing(application)
    assert set(waits(application.case)) == {"hearing", "result_hearing"}


def test_a_vacated_hearing_starts_it_again_unless_another_is_listed(application):
    first = factories.hearing(application)
    second = factories.hearing(application, starts_at=clock.now() + timedelta(days=9))
    lifecycle.vacate_hearing(first, by=factories.legal(), note="The court is closed")
    assert set(waits(application.case)) == {"hearing", "result_hearing"}
    lifecycle.vacate_hearing(second, by=factories.legal(), note="The court is closed")
    assert set(waits(application.case)) == {"list_hearing"}


@pytest.mark.parametrize("outcome", ["adjourned", "interim_order"])
def test_a_result_that_decides_nothing_needs_another_day(heard, outcome):
    result(heard, outcome=outcome, note="To a day to be fixed")
    assert set(waits(heard.case)) == {"list_hearing"}


def test_an_adjournment_to_a_day_needs_no_other(heard):
    later = clock.now() + timedelta(days=7)
    result(heard, outcome="adjourned", note="No interpreter", next_starts_at=later)
    assert "list_hearing" not in waits(heard.case)


def test_an_interim_order_with_the_full_hearing_listed_needs_no_other(application, heard):
    factories.hearing(application)
    result(heard, outcome="interim_order")
    assert "list_hearing" not in waits(heard.case)


def test_its_end_does_not_move_while_it_runs(application):
    asked = waits(application.case)["list_hearing"]
    with clock.at(clock.now() + timedelta(days=5)):
        hearing = factories.hearing(application, starts_at=clock.now(), late_reason="Now")
        lifecycle.vacate_hearing(hearing, by=factories.legal(), note="Closed")
        again = waits(application.case)["list_hearing"]
        assert again.due_at > asked.due_at
    with clock.at(clock.now() + timedelta(days=9)):
        await_listing(application.case, application)
    assert waits(application.case)["list_hearing"].due_at == again.due_at


@pytest.mark.parametrize("listed", [True, False])
def test_giving_the_application_up_stops_it(application, listed):
    if listed:
        factories.hearing(application)
    lifecycle.withdraw_application(application, by=factories.officer(), reason="evidence")
    assert waits(application.case) == {}
    started = Deadline.objects.filter(case=application.case, kind="list_hearing")
    assert started.count() == 1, "taking its hearings out asked for no other"


def test_a_hearing_that_has_begun_is_late_only_with_its_result(application):
    hearing = factories.hearing(application, starts_at=clock.now() + timedelta(hours=1))
    assert tasks.run_clock() == 0
    with clock.at(hearing.starts_at):
        assert tasks.run_clock() == 1
        assert tasks.run_clock() == 0
    assert set(waits(application.case)) == {"result_hearing"}
    result_by = waits(application.case)["result_hearing"].due_at
    running = [d.due_at for d in application.case.deadlines.filter(done_at=None)]
    assert Case.objects.get().next_due_at == min(running) > hearing.starts_at
    assert result_by > hearing.starts_at
    done = Deadline.objects.get(kind="hearing")
    assert done.done_by == CLOCK.username
    logged = Entry.objects.filter(table="casework_deadline", row_id=str(done.pk))
    assert logged.order_by("-pk")[0].actor == "clock"


def test_a_hearing_that_is_recorded_late_is_never_to_be_attended(heard):
    assert set(waits(heard.case)) == {"result_hearing"}
    assert not queries.begun(clock.now()).exists()
    assert heard.status == Hearing.Status.LISTED
