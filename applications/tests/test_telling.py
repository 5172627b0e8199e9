"""Whoever asked for an order hears the answer: by alert, on a page of their own, or from a person."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from accounts.tests import factories as accounts
from alerts import addressing, wording
from alerts.models import Alert
from applications import lifecycle
from applications.models import Request, ThresholdDecision
from applications.tests import factories
from applications.tests.factories import DECLINE, PROCEED
from applications.tests.traces import no_trace
from casework import clock
from casework.errors import Refused, WrongState

pytestmark = pytest.mark.django_db
ASKED = "/applications/asked/"


@pytest.fixture
def asker() -> User:
    """An officer of another unit of the force, who works on none of its cases."""
    return accounts.user(Role.OFFICER, username="of.another.unit")


def asked_by(asker: User) -> Request:
    return factories.request(source="officer", asker_name="", asked_by=asker)


def answers() -> list[Alert]:
    addressing.run()
    return list(Alert.objects.filter(kind="own_request_answered").order_by("created_at"))


def test_an_officer_who_asked_is_told_of_each_decision(asker: User) -> None:
    request = asked_by(asker)
    lifecycle.decide_request(request, by=factories.officer(), **DECLINE)
    lifecycle.second_look(request, by=factories.lead(), **PROCEED)
    first, second = answers()
    for alert in (first, second):
        assert {m.user for m in alert.messages.all()} == {asker}
        assert alert.path == ASKED
    said = wording.body(wording.subject(first), first)
    assert said.endswith(ASKED)
    assert DECLINE["told_requester"] not in said


def test_also_where_the_case_is_closed_to_the_asker(asker: User) -> None:
    request, lead = asked_by(asker), factories.lead()
    lifecycle.restrict_case(request.case, by=lead, reason="A colleague", named=[lead])
    lifecycle.decide_request(request, by=lead, **DECLINE)
    (alert,) = answers()
    assert {m.user for m in alert.messages.all()} == {asker}


@pytest.mark.parametrize("who", ["decider", "officer in the case"])
def test_nobody_is_told_what_they_know(who: str) -> None:
    officer, lead = factories.officer(), factories.lead()
    request = asked_by(lead if who == "decider" else officer)
    lifecycle.decide_request(request, by=lead, **DECLINE)
    assert answers() == []


def test_requests_that_i_made_show_the_reason_and_open_no_case(asker: User, client: Client) -> None:
    request, lead = asked_by(asker), factories.lead()
    other = factories.request(subject_as_told="Somebody else")
    client.force_login(asker)
    assert "Nothing yet" in client.get(ASKED).content.decode()
    lifecycle.restrict_case(request.case, by=lead, reason="A colleague", named=[lead])
    lifecycle.decide_request(request, by=lead, **DECLINE)
    html = client.get(ASKED).content.decode()
    assert request.case.reference in html
    assert DECLINE["told_requester"] in html
    assert other.case.reference not in html
    overview = reverse("applications:overview", kwargs={"case": request.case_id})
    assert overview not in html
    assert client.get(overview).status_code == 404
    for kept in (DECLINE["necessary_reason"], request.subject_as_told, request.concerns):
        assert kept not in html
    assert ASKED in client.get(reverse("desk:today")).content.decode()


def test_a_partner_without_an_account_is_told_by_whoever_declined() -> None:
    request, officer = factories.request(), factories.officer()
    lifecycle.decide_request(request, by=officer, **DECLINE)
    waits = request.case.deadlines.get(kind="tell_requester", done_at=None)
    assert waits.owner_role == officer.role
    facts: dict[str, Any] = {"told_at": clock.now(), "told_how": "By telephone, to the manager"}
    for field, wrong in (
        ("told_at", clock.now() - timedelta(days=1)),
        ("told_at", clock.now() + timedelta(hours=1)),
        ("told_how", " "),
    ):
        with no_trace(Refused, field=field):
            lifecycle.tell_requester(request, by=officer, **(facts | {field: wrong}))
    lifecycle.tell_requester(request, by=officer, **facts)
    assert not request.case.deadlines.filter(kind="tell_requester", done_at=None).exists()
    assert request.decisions.get().told_by == officer
    with no_trace(WrongState):
        lifecycle.tell_requester(request, by=officer, **facts)
    lifecycle.second_look(request, by=factories.lead(), **DECLINE)
    again = request.case.deadlines.get(kind="tell_requester", done_at=None)
    assert again.owner_role == Role.STALKING_LEAD, "the second look has words of its own"


def test_the_clock_stops_where_the_decline_does() -> None:
    request = factories.request()
    lifecycle.decide_request(request, by=factories.officer(), **DECLINE)
    lifecycle.second_look(request, by=factories.lead(), **PROCEED)
    assert not request.case.deadlines.filter(kind="tell_requester", done_at=None).exists()
    with no_trace(WrongState):  # nobody was told of the decline
        lifecycle.tell_requester(
            request, by=factories.officer(), told_at=clock.now(), told_how="By telephone"
        )


@pytest.mark.parametrize("reopened", [False, True])
def test_a_decline_that_was_told_and_does_not_stand_is_taken_back_to_who_heard_it(
    reopened: bool, client: Client
) -> None:
    request, officer, lead = factories.request(), factories.officer(), factories.lead()
    facts: dict[str, Any] = {"told_how": "By telephone, to the manager"}
    lifecycle.decide_request(request, by=officer, **DECLINE)
    lifecycle.tell_requester(request, by=officer, told_at=clock.now(), **facts)
    if reopened:
        lifecycle.second_look(request, by=lead, **DECLINE)
        lifecycle.reopen_request(request, by=lead, reason="He came back")
        lifecycle.decide_request(request, by=lead, **PROCEED)
    else:
        lifecycle.second_look(request, by=lead, **PROCEED)
    waits = request.case.deadlines.get(kind="tell_requester", done_at=None)
    assert waits.owner_role == Role.STALKING_LEAD
    assert waits.reason.startswith("1 day after it was taken forward")
    client.force_login(lead)
    html = client.get(waits.path).content.decode()
    assert "The police take the request forward after all." in html
    lifecycle.tell_requester(request, by=lead, told_at=clock.now(), **facts)
    assert not request.case.deadlines.filter(kind="tell_requester", done_at=None).exists()
    overview = reverse("applications:overview", kwargs={"case": request.case_id})
    assert "that it is taken forward after all." in client.get(overview).content.decode()


def test_whoever_has_an_account_needs_no_telling(asker: User) -> None:
    request = asked_by(asker)
    lifecycle.decide_request(request, by=factories.lead(), **DECLINE)
    assert not request.case.deadlines.filter(kind="tell_requester").exists()
    with no_trace(WrongState):
        lifecycle.tell_requester(
            request, by=factories.officer(), told_at=clock.now(), told_how="By telephone"
        )


def test_the_page_says_the_words_and_records_the_telling(client: Client) -> None:
    request, officer = factories.request(), factories.officer()
    lifecycle.decide_request(request, by=officer, **DECLINE)
    client.force_login(officer)
    page = request.case.deadlines.get(kind="tell_requester").path
    overview = reverse("applications:overview", kwargs={"case": request.case_id})
    assert page in client.get(overview).content.decode()
    html = client.get(page).content.decode()
    assert DECLINE["told_requester"] in html
    assert "Sampleford Housing" in html
    assert client.post(page, {}).status_code == 422


def test_the_database_wants_when_how_and_by_whom() -> None:
    request = factories.request()
    lifecycle.decide_request(request, by=factories.officer(), **DECLINE)
    decisions = ThresholdDecision.objects.filter(request=request)
    for facts in ({"told_at": clock.now()}, {"told_how": "By telephone"}):
        with pytest.raises(IntegrityError, match="requester_told"), transaction.atomic():
            decisions.update(**facts)
