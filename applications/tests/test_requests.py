"""Somebody asks; the police decide, and look again."""

from datetime import datetime, timedelta

import pytest

from accounts import policy
from accounts.models import Grant
from accounts.policy import Denied
from accounts.roles import Permission, Role
from accounts.tests import factories as accounts
from alerts import addressing, wording
from alerts.actions import raise_alert
from alerts.models import Alert
from applications import lifecycle
from applications.models import Request
from applications.tests import factories
from applications.tests.factories import DECLINE, PROCEED
from applications.tests.traces import no_trace
from audit.models import Entry
from casework import clock
from casework.errors import Refused, WrongState
from casework.models import Case
from law.periods import LONDON, local_date

pytestmark = pytest.mark.django_db


def clocks(case):
    return {d.kind: d for d in factories.open_clocks(case)}


def verbs(case):
    events = Entry.objects.filter(kind="event", case_id=case.pk).order_by("at", "id")
    return [*events.values_list("verb", flat=True)]


def test_a_request_opens_a_case_with_a_reference_an_officer_and_a_clock():
    asked_at = clock.now() - timedelta(days=1)
    request = factories.request(asked_at=asked_at)
    case = request.case
    assert case.reference.startswith("TS-")
    assert (case.status, case.asked_at) == (Case.Status.REQUEST, asked_at)
    assert case.officer == factories.officer()
    assert policy.can(factories.officer(), Permission.DRAFT_APPLICATION, case)
    due = clocks(case)["decide_request"]
    assert local_date(due.due_at - timedelta(seconds=1)) == local_date(asked_at) + timedelta(days=2)
    assert (due.provision, due.owner_role) == ("force policy", "officer")
    assert verbs(case) == ["record_request"]


def test_the_clock_starts_at_the_first_ask_even_if_it_has_run_out():
    late = factories.request(asked_at=clock.now() - timedelta(days=30))
    assert clocks(late.case)["decide_request"].due_at < clock.now()


def test_references_count_up():
    first, second = factories.request().case.reference, factories.request().case.reference
    assert int(second[-4:]) == int(first[-4:]) + 1


def test_the_day_of_the_clock_is_londons():
    asked_at = datetime(2026, 6, 14, 0, 20, tzinfo=LONDON)
    due = clocks(factories.request(asked_at=asked_at).case)["decide_request"].due_at
    assert due == datetime(2026, 6, 17, 0, 0, tzinfo=LONDON)


def test_an_advocate_asks_a_force_and_the_lead_has_it():
    advocate = accounts.user(Role.ADVOCATE)
    request = lifecycle.ask_for_order(
        by=advocate,
        force=accounts.force(),
        subject_as_told="Her former partner",
        concerns="He follows her home.",
        **factories.CLIENT,
    )
    assert (request.source, request.organisation) == ("advocate", advocate.organisation)
    assert clocks(request.case)["decide_request"].owner_role == "stalking_lead"
    assert advocate.grants.get().basis == Grant.Basis.REQUESTER
    assert not policy.can(advocate, Permission.VIEW_CASE, request.case)
    assert policy.can(factories.lead(), Permission.DECIDE_REQUEST, request.case)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"asker_name": " "}, "asker_name"),
        ({"asked_at": clock.now() + timedelta(hours=1)}, "asked_at"),
        ({"subject_as_told": ""}, "subject_as_told"),
        ({"concerns": "x" * 8001}, "concerns"),
        ({"source": "somebody"}, "source"),
    ],
)
def test_a_request_that_is_refused(facts, field):
    factories.officer()
    with no_trace(Refused, field=field):
        factories.request(**facts)
    assert not Case.objects.exists()


def test_an_officer_of_another_force_cannot_be_given_the_case():
    stranger = factories.officer(accounts.other_force())
    by = factories.officer()
    with no_trace(Refused, field="officer"):
        factories.request(by=by, officer=stranger)


@pytest.mark.parametrize("role", [Role.LEGAL, Role.AUTHORISING_OFFICER, Role.CONTROL_ROOM])
def test_roles_that_may_not_record_a_request(role):
    by = accounts.user(role)
    with no_trace(Denied):
        factories.request(by=by)


def test_taking_it_forward():
    request = factories.accepted()
    assert request.status == Request.Status.ACCEPTED
    decision = request.decisions.get()
    assert (decision.look, decision.decided_by) == (1, factories.officer())
    assert set(clocks(request.case)) == {"send_application"}
    assert verbs(request.case) == ["record_request", "accept_request"]


def test_a_decline_goes_to_the_lead_and_the_officer_is_told():
    request = factories.request()
    lifecycle.decide_request(request, by=factories.lead(), **DECLINE)
    assert request.status == Request.Status.DECLINED
    assert Case.objects.get().status == Case.Status.DECLINED
    waits = clocks(request.case)
    assert set(waits) == {"look_again", "tell_requester"}
    assert waits["look_again"].owner_role == "stalking_lead"
    assert request.decisions.get().told_requester == DECLINE["told_requester"]
    assert Alert.objects.filter(kind="request_decided", case=request.case).count() == 1


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        (PROCEED | {"risk_shown": False}, "risk_shown"),
        (PROCEED | {"acts_reason": ""}, "acts_reason"),
        (DECLINE | {"decline_reason": ""}, "decline_reason"),
        (DECLINE | {"decline_reason": "no_acts"}, "decline_reason"),
        (DECLINE | {"told_requester": " "}, "told_requester"),
        (DECLINE | {"look_again_on": clock.today()}, "look_again_on"),
        (DECLINE | {"outcome": "perhaps"}, "outcome"),
        (DECLINE | {"decline_reason": "bail"}, "decline_reason"),
    ],
)
def test_a_decision_that_is_refused(answers, field):
    request = factories.request()
    with no_trace(Refused, field=field):
        lifecycle.decide_request(request, by=factories.officer(), **answers)
    request.refresh_from_db()
    assert request.status == Request.Status.RECEIVED


@pytest.mark.parametrize("reason", ["no_area", "not_identified"])
def test_a_decline_for_another_reason_may_have_all_grounds_shown(reason):
    request = factories.request()
    lifecycle.decide_request(
        request, by=factories.officer(), **(DECLINE | {"necessary": True, "decline_reason": reason})
    )
    assert request.status == Request.Status.DECLINED


def test_a_second_look_agrees_and_sets_a_day_to_ask_again():
    request = factories.request()
    lifecycle.decide_request(request, by=factories.officer(), **DECLINE)
    day = clock.today() + timedelta(days=30)
    lifecycle.second_look(request, by=factories.lead(), **(DECLINE | {"look_again_on": day}))
    assert request.status == Request.Status.CONFIRMED
    assert [d.is_second_look for d in request.decisions.all()] == [False, True]
    assert local_date(clocks(request.case)["look_again"].due_at) == day + timedelta(days=1)
    lifecycle.reopen_request(request, by=factories.officer(), reason="He came back")
    assert request.status == Request.Status.RECEIVED
    assert set(clocks(request.case)) == {"decide_request"}
    lifecycle.decide_request(request, by=factories.officer(), **PROCEED)
    assert [d.look for d in request.decisions.all()] == [1, 2, 3]


def test_a_second_look_that_agrees_ends_every_clock_but_the_telling():
    request = factories.request()
    lifecycle.decide_request(request, by=factories.officer(), **DECLINE)
    lifecycle.second_look(request, by=factories.lead(), **DECLINE)
    assert set(clocks(request.case)) == {"tell_requester"}
    lifecycle.tell_requester(
        request, by=factories.lead(), told_at=clock.now(), told_how="By telephone"
    )
    assert clocks(request.case) == {}
    request.case.refresh_from_db()
    left = request.case.deadlines.filter(done_at=None)
    assert {one.kind for one in left} == {"tell_what_happened"}  # `contact` keeps that one
    assert request.case.next_due_at == left.earliest("due_at").due_at


def test_a_second_look_takes_it_forward():
    request = factories.request()
    lifecycle.decide_request(request, by=factories.officer(), **DECLINE)
    lifecycle.second_look(request, by=factories.lead(), **PROCEED)
    assert request.status == Request.Status.ACCEPTED
    assert Case.objects.get().status == Case.Status.REQUEST
    assert set(clocks(request.case)) == {"send_application"}


def test_who_declined_does_not_look_again():
    request = factories.request()
    lifecycle.decide_request(request, by=factories.lead(), **DECLINE)
    with no_trace(Refused):
        lifecycle.second_look(request, by=factories.lead(), **DECLINE)
    lifecycle.second_look(request, by=factories.lead(username="second.lead"), **DECLINE)
    assert request.status == Request.Status.CONFIRMED


def test_an_officer_does_not_take_the_second_look():
    request = factories.request()
    lifecycle.decide_request(request, by=factories.lead(), **DECLINE)
    with no_trace(Denied):
        lifecycle.second_look(request, by=factories.officer(), **PROCEED)


@pytest.mark.parametrize("stage", ["accepted", "confirmed"])
def test_deciding_in_the_wrong_state(stage):
    lead, request = factories.lead(), factories.request()
    if stage == "accepted":
        lifecycle.decide_request(request, by=factories.officer(), **PROCEED)
    else:
        lifecycle.decide_request(request, by=factories.officer(), **DECLINE)
        lifecycle.second_look(request, by=factories.lead(), **DECLINE)
    with no_trace(WrongState):
        lifecycle.decide_request(request, by=factories.officer(), **PROCEED)
    with no_trace(WrongState):
        lifecycle.second_look(request, by=lead, **PROCEED)


def test_reopening_needs_a_reason_and_a_confirmed_decline():
    request = factories.request()
    with no_trace(WrongState):
        lifecycle.reopen_request(request, by=factories.officer(), reason="News")
    with no_trace(Refused, field="reason"):
        lifecycle.reopen_request(request, by=factories.officer(), reason=" ")


def test_another_force_cannot_decide():
    request, stranger = factories.request(), factories.officer(accounts.other_force())
    with no_trace(Denied):
        lifecycle.decide_request(request, by=stranger, **PROCEED)


def told(kind):
    """Who was told this news: each message's user."""
    addressing.run()
    return [{m.user for m in alert.messages.all()} for alert in Alert.objects.filter(kind=kind)]


@pytest.fixture
def asked_by_advocate():
    return lifecycle.ask_for_order(
        by=accounts.user(Role.ADVOCATE),
        force=accounts.force(),
        subject_as_told="Martin Exampleby",
        concerns="He follows Carys home to 14 Ffug Road.",
        crime_reference="TS/4101/26",
        **factories.CLIENT,
    )


def test_the_leads_are_told_of_an_advocates_request_at_once(asked_by_advocate):
    lead, second = factories.lead(), factories.lead(username="second.lead")
    factories.lead(accounts.other_force())
    factories.officer()
    assert told("order_asked") == [{lead, second}]
    alert = Alert.objects.get(kind="order_asked")
    said = f"{wording.body(wording.subject(alert), alert)} {alert.title} {alert.path}"
    for secret in ("Martin", "Exampleby", "Carys", "Ffug", "4101", "dvocate"):
        assert secret not in said


def test_a_request_that_an_officer_records_is_not_news():
    factories.request()
    assert not Alert.objects.filter(kind="order_asked").exists()


def test_the_advocate_who_asked_is_told_of_each_decision(asked_by_advocate):
    advocate, lead = asked_by_advocate.asked_by, factories.lead()
    accounts.user(Role.ADVOCATE, username="somebody.else")
    lifecycle.decide_request(asked_by_advocate, by=lead, **DECLINE)
    assert told("request_answered") == [{advocate}]
    other = factories.lead(username="second.lead")
    lifecycle.second_look(asked_by_advocate, by=other, **PROCEED)
    assert told("request_answered") == [{advocate}, {advocate}]
    alert = Alert.objects.filter(kind="request_answered").first()
    assert not alert.nobody
    mail = alert.messages.get(channel="email")
    assert mail.address == advocate.email
    said = wording.body(wording.subject(alert), alert)
    assert said.endswith("//advocates.localhost:8000/"), "where an advocate can sign in"
    for secret in ("Exampleby", "Carys", DECLINE["told_requester"], str(alert.pk)):
        assert secret not in said


def test_an_advocate_is_told_of_nothing_else(asked_by_advocate):
    advocate = asked_by_advocate.asked_by

    raise_alert(
        "request_decided",
        case=asked_by_advocate.case,
        key="k:1",
        path="",
        text="Look",
        by=factories.lead(),
        recipients=(f"user:{advocate.pk}",),
    )
    assert told("request_decided") == [set()]


def test_an_advocate_who_asked_for_another_case_is_not_told(asked_by_advocate):
    other = factories.request()
    raise_alert(
        "request_answered",
        case=other.case,
        key="k:1",
        path="",
        text="Look",
        by=factories.lead(),
        recipients=(f"user:{asked_by_advocate.asked_by_id}",),
    )
    assert told("request_answered") == [set()]


def test_nobody_is_told_of_the_answer_to_a_partner_without_an_account():
    lifecycle.decide_request(factories.request(), by=factories.officer(), **PROCEED)
    assert not Alert.objects.filter(kind="request_answered").exists()
