"""One request in two cases: one is closed, the other goes on with everybody who asked."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from accounts.models import Grant
from accounts.policy import Denied
from accounts.roles import Role
from accounts.tests import factories as accounts
from alerts import addressing
from alerts.models import Alert, Message
from applications import lifecycle
from applications.models import Request
from applications.tests import factories
from applications.tests.factories import DECLINE, PROCEED
from applications.tests.sending import api, overview, page, text_of
from applications.tests.traces import no_trace
from audit.models import Entry
from casework import clock
from casework.errors import Refused, WrongState
from casework.models import Case
from law.periods import local_date

pytestmark = pytest.mark.django_db
WHY = "Sent twice from one form"


@pytest.fixture
def pair():
    """A request of an hour ago, and the same recorded again as asked two days before."""
    return factories.request(), factories.request(asked_at=clock.now() - timedelta(days=2))


def close(request, other, *, by=None, reason=WHY):
    return lifecycle.close_duplicate(
        request, by=by or factories.officer(), other=other.case.reference, reason=reason
    )


def put(request, **facts):
    with transaction.atomic(), connection.cursor() as cursor:
        Request.objects.filter(pk=request.pk).update(**facts)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def clocks(case):
    return {d.kind: d for d in factories.open_clocks(case)}


def verbs(case):
    return [*Entry.objects.filter(kind="event", case_id=case.pk).values_list("verb", flat=True)]


def test_its_clocks_end_and_the_first_ask_counts_in_the_case_that_stays(pair):
    stays, again = pair
    first = again.asked_at
    close(again, stays)
    again.case.refresh_from_db()
    stays.case.refresh_from_db()
    assert (again.status, again.same_as, again.same_reason) == ("twice", stays.case, WHY)
    assert again.case.status == Case.Status.ENDED
    assert (clocks(again.case), again.case.next_due_at) == ({}, None)
    assert (stays.case.asked_at, stays.asked_at > first) == (first, True)
    due = clocks(stays.case)["decide_request"].due_at - timedelta(seconds=1)
    assert local_date(due) == local_date(first) + timedelta(days=2)
    assert "close_duplicate" in verbs(again.case)
    assert "join_request" in verbs(stays.case)


def test_one_taken_forward_that_nobody_began_may_be_closed_and_a_later_ask_moves_nothing(pair):
    again, stays = pair
    due = clocks(stays.case)["decide_request"].due_at
    lifecycle.decide_request(again, by=factories.officer(), **PROCEED)
    close(again, stays)
    assert clocks(again.case) == {}
    assert clocks(stays.case)["decide_request"].due_at == due


def test_whoever_asked_without_an_account_is_told_in_the_case_that_stays():
    stays = factories.request(asked_by=factories.lead(), asker_name="")
    again = factories.request(asker_name="The housing officer")
    close(again, stays)
    lifecycle.decide_request(stays, by=factories.officer(), **DECLINE)
    assert "tell_requester" in clocks(stays.case)
    lifecycle.tell_requester(
        stays, by=factories.officer(), told_at=clock.now(), told_how="By telephone"
    )
    assert "tell_requester" not in clocks(stays.case)


@pytest.mark.parametrize("first", [True, False])
def test_who_was_told_of_a_decline_hears_that_the_case_that_stays_goes_forward(pair, first):
    again, stays = pair
    officer, lead = factories.officer(), factories.lead()
    lifecycle.decide_request(again, by=officer, **DECLINE)
    lifecycle.tell_requester(again, by=officer, told_at=clock.now(), told_how="By telephone")
    lifecycle.second_look(again, by=lead, **PROCEED)
    if first:
        lifecycle.decide_request(stays, by=officer, **PROCEED)
    assert "tell_requester" not in clocks(stays.case)
    close(again, stays)
    if not first:
        lifecycle.decide_request(stays, by=officer, **PROCEED)
    assert "tell_requester" in clocks(stays.case)


def test_an_advocate_who_asked_hears_the_answer_and_reads_where_it_stands():
    advocate, stays = accounts.user(Role.ADVOCATE), factories.request()
    again = lifecycle.ask_for_order(
        by=advocate,
        force=accounts.force(),
        subject_as_told="Her former partner",
        concerns="He follows her.",
        **factories.CLIENT,
    )
    close(again, stays, by=factories.lead())
    grants = Grant.objects.filter(user=advocate, case_id=stays.case_id, revoked_at=None)
    assert grants.get().basis == Grant.Basis.REQUESTER
    lifecycle.decide_request(stays, by=factories.officer(), **DECLINE)
    told = Alert.objects.filter(kind="request_answered").order_by("created_at")
    assert [alert.case for alert in told] == [again.case, stays.case]
    site = Client(HTTP_HOST="advocates.localhost")
    site.force_login(advocate)
    text = text_of(site.get("/"))
    assert "The police had recorded this twice and go on with one record." in text
    assert "The police decided not to ask the court." in text
    assert DECLINE["told_requester"] in text
    assert stays.case.reference not in text
    lifecycle.reopen_request(again, by=factories.lead(), reason="It is another man")
    assert not grants.exists()


def test_the_officers_of_both_cases_read_of_it(pair):
    stays, again = pair
    close(again, stays, by=factories.lead())
    assert Alert.objects.get(kind="request_joined").case == stays.case
    closed = Alert.objects.get(kind="closed_as_duplicate")
    assert closed.case == again.case
    addressing.run()
    assert {message.user for message in closed.messages.all()} == {again.case.officer}


def test_whoever_closes_the_own_case_is_told_nothing_of_it(pair):
    stays, again = pair
    close(again, stays, by=again.case.officer)
    assert not Alert.objects.filter(kind="closed_as_duplicate").exists()


def test_no_other_case_is_told_from_one_that_is_not_there(pair):
    again = pair[1]
    stranger = factories.request(by=factories.officer(accounts.other_force()))
    closed = factories.request(subject_as_told="Somebody else")
    lead = factories.lead()
    lifecycle.restrict_case(closed.case, by=lead, reason="Known here", named=[lead])
    said = set()
    for reference in (stranger.case.reference, closed.case.reference, "TS-26-9999", "x" * 20):
        with no_trace(Refused, field="other"):
            try:
                lifecycle.close_duplicate(
                    again, by=factories.officer(), other=reference, reason=WHY
                )
            except Refused as no:
                said.add(str(no))
                raise
    assert len(said) == 1


def test_of_itself_of_a_closed_one_of_a_declined_and_of_a_restricted_one_it_is_refused(pair):
    stays, again = pair
    with no_trace(Refused, field="other"):
        close(again, again)
    third = factories.request(subject_as_told="Third", concerns="Third")
    lifecycle.decide_request(third, by=factories.officer(), **DECLINE)
    with no_trace(Refused, field="other"):
        close(again, third)
    close(again, stays)
    with no_trace(Refused, field="other"):
        close(stays, again)
    lead = factories.lead()
    fourth = factories.request(subject_as_told="Fourth", concerns="Fourth")
    lifecycle.restrict_case(fourth.case, by=lead, reason="Known here", named=[lead])
    with no_trace(Refused, field="other"):
        close(stays, fourth, by=lead)
    with no_trace(Refused, field="other"):
        close(fourth, stays, by=lead)


def test_a_case_in_which_another_request_goes_on_is_closed_as_no_duplicate(pair):
    first, second = pair
    third = factories.request(subject_as_told="Third", concerns="Third")
    close(first, second)
    with no_trace(WrongState):
        close(second, third)
    close(third, second)
    for request in (first, third):
        request.refresh_from_db()
        assert request.same_as == second.case


def test_whoever_asked_in_any_of_three_records_hears_the_answer_of_the_one_that_goes_on():
    stays, asked = factories.request(), {}
    for name in ("first", "second"):
        advocate = accounts.user(Role.ADVOCATE, username=name, email=f"{name}@testham.example")
        asked[advocate] = lifecycle.ask_for_order(
            by=advocate,
            force=accounts.force(),
            subject_as_told="Her former partner",
            concerns=f"He follows her: {name}.",
            **factories.CLIENT,
        )
        close(asked[advocate], stays, by=factories.lead())
    addressing.run()
    lifecycle.decide_request(stays, by=factories.officer(), **DECLINE)
    addressing.run()
    answered = Alert.objects.filter(kind="request_answered", case=stays.case)
    assert not answered.filter(nobody=True).exists()
    told = Message.objects.filter(alert__in=answered)
    assert {message.user for message in told} == {*asked}


def test_it_needs_a_reason_the_right_and_a_case_without_an_application(pair):
    stays, again = pair
    with no_trace(Refused, field="reason"):
        close(again, stays, reason=" ")
    other = factories.officer(accounts.other_force())
    with no_trace(Denied):
        close(again, stays, by=other)
    legal = factories.legal()
    with no_trace(Denied):
        close(again, stays, by=legal)
    lifecycle.decide_request(again, by=factories.officer(), **PROCEED)
    lifecycle.start_draft(again.case, by=factories.officer())
    with no_trace(WrongState):
        close(again, stays)
    close(stays, again)


def test_one_that_was_none_is_opened_again_with_its_own_clock(pair):
    stays, again = pair
    close(again, stays)
    lifecycle.reopen_request(again, by=factories.officer(), reason="It is another man")
    again.case.refresh_from_db()
    assert (again.status, again.same_as) == (Request.Status.RECEIVED, None)
    assert again.case.status == Case.Status.REQUEST
    due = clocks(again.case)["decide_request"].due_at - timedelta(seconds=1)
    assert local_date(due) == local_date(again.asked_at) + timedelta(days=2)


def test_once_taken_apart_the_other_case_has_its_own_first_ask_again(pair):
    stays, again = pair
    third = factories.request(
        subject_as_told="Third", concerns="Third", asked_at=clock.now() - timedelta(days=1)
    )
    close(again, stays)
    close(third, stays)
    for apart, first in ((again, third), (third, stays)):
        lifecycle.reopen_request(apart, by=factories.officer(), reason="It is another man")
        stays.case.refresh_from_db()
        assert stays.case.asked_at == first.asked_at
        due = clocks(stays.case)["decide_request"].due_at - timedelta(seconds=1)
        assert local_date(due) == local_date(first.asked_at) + timedelta(days=2)
    assert verbs(stays.case).count("part_request") == 2


def test_the_database_lets_no_request_go_on_in_a_case_that_was_closed_as_a_duplicate(pair):
    stays, again = pair
    third = factories.request(subject_as_told="Third", concerns="Third")
    close(again, stays)
    twice = Request.objects.filter(pk=again.pk).values(
        "status", "same_at", "same_by", "same_reason"
    )
    for one, of in ((third, again.case), (stays, third.case)):
        with pytest.raises(IntegrityError, match="goes_on_where"):
            put(one, **twice.get(), same_as=of)


def test_what_restricts_the_case_that_stays_restricts_its_other_record(pair):
    stays, again = pair
    close(again, stays)
    lifecycle.restrict_case(
        stays.case, by=factories.lead(), reason="Known here", named=[factories.lead()]
    )
    again.case.refresh_from_db()
    assert again.case.restricted


def test_the_pages_say_it_in_both_cases_and_the_interface_does_it(client, pair):
    stays, again = pair
    client.force_login(factories.officer())
    assert "Close as a duplicate" in text_of(client.get(overview(again.case)))
    asked = text_of(client.get(page("close_duplicate", again)))
    assert "Nothing is declined" in asked
    wrong = api(client, "close_duplicate", again, {"other": "TS-26-9999", "reason": WHY})
    assert [*wrong.json()["errors"]] == ["other"]
    body = {"other": stays.case.reference.lower(), "reason": WHY}
    assert api(client, "close_duplicate", again, body).status_code == 200
    closed = text_of(client.get(overview(again.case)))
    assert f">{stays.case.reference}</a>. Closed as a duplicate" in closed
    assert f">{again.case.reference}</a>, which was closed" in text_of(
        client.get(overview(stays.case))
    )
    history = text_of(client.get(f"/cases/{stays.case_id}/history/"))
    assert "The same request, recorded in another case, goes on here" in history
