"""The pages of those who decide: a superintendent, and a court."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.roles import Role
from accounts.tests import factories as accounts
from applications import actions
from applications import forms as own_forms
from applications.content import content_of, hash_of
from applications.models import Application, Authority
from applications.tests import factories
from applications.tests.factories import ALL_MET, DECLINE
from applications.tests.sending import overview, page, send, text_of
from casework import clock
from casework.jinja import moment
from casework.tests.browsing import fill
from documents.layout import span

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    user = factories.officer()
    client.force_login(user)
    return user


@pytest.fixture
def waiting(client):
    application = factories.submitted()
    client.force_login(factories.superintendent())
    return application


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def decide(client, application, **values):
    seen = hash_of(content_of(application))
    given = ALL_MET | {"decision": "given", "seen_hash": seen} | values
    return send(client, page("authority", application), own_forms.AuthorityForm(), given)


def test_the_page_says_what_changed_since_the_last_decision(client, waiting):
    decide(client, waiting, decision="returned", note="Say more about the risk")
    officer = factories.officer()
    application = Application.objects.get()
    factories.lifecycle.save_section(application, by=officer, section="risk", risk="More risk")
    factories.lifecycle.submit_for_authority(application, by=officer)
    shown = text_of(client.get(page("authority", application)))
    changed = shown.split("What changed since the decision")[1].split("The three grounds")[0]
    assert "<ins>More risk</ins>" in changed
    assert "<del>He comes closer each time.</del>" in changed


def test_a_page_that_was_opened_before_a_change_does_not_authorise(client, waiting):
    seen = hash_of(content_of(waiting))
    factories.people.actions.add_name(
        waiting.case.subject, by=factories.officer(), kind="alias", text="Shonny"
    )
    response = decide(client, waiting, seen_hash=seen)
    assert response.status_code == 409
    now = hash_of(content_of(Application.objects.get()))
    assert f'name="seen_hash" value="{now}"' in text_of(response)
    assert not Authority.objects.exists()


def test_a_mistake_keeps_the_hash_that_was_seen(client, waiting):
    seen = hash_of(content_of(waiting))
    factories.people.actions.add_name(
        waiting.case.subject, by=factories.officer(), kind="alias", text="Shonny"
    )
    response = decide(client, waiting, risk_reason="", seen_hash=seen)
    assert response.status_code == 422
    assert f'name="seen_hash" value="{seen}"' in text_of(response)


def test_the_drafter_is_told_that_somebody_else_decides(client, waiting):
    client.force_login(waiting.drafter)
    response = client.get(page("authority", waiting))
    assert response.status_code == 403


def test_a_refusal_needs_its_reason_at_its_field(client, officer):
    hearing = factories.heard()
    response = fill(client, page("result_hearing", hearing), {"outcome": "refused"})
    assert response.status_code == 422
    assert 'href="#id_refusal_reason"' in text_of(response)
    refused = {"outcome": "refused", "refusal_reason": "not_proved"}
    response = fill(client, page("result_hearing", hearing), refused)
    assert response.status_code == 302
    assert Application.objects.get().outcome_reason == "not_proved"


def test_an_order_is_not_a_result_of_this_page(client, officer):
    hearing = factories.heard()
    response = client.post(page("result_hearing", hearing), {"outcome": "full_order"})
    assert response.status_code == 422
    assert Application.objects.get().status == "lodged"


def test_a_court_that_is_closed_is_not_offered(client, officer):
    application = factories.authorised()
    closed = factories.court("Closed Court")
    actions.close_court(closed, by=accounts.user(Role.FORCE_ADMINISTRATOR))
    assert "Closed Court" not in text_of(client.get(page("lodge", application)))


def test_the_last_day_of_an_act_that_went_on_is_in_the_span(client, officer):
    today = clock.today()
    first, last = today - timedelta(days=20), today - timedelta(days=1)
    application = factories.submitted()
    longest = application.acts.order_by("from_on").first()
    type(longest).objects.filter(pk=longest.pk).update(until_on=last)
    said = span(first, last)
    assert f"2 acts, {said}; 0 online" in text_of(client.get(overview(application.case)))
    client.force_login(factories.superintendent())
    assert f"2 acts, {said}: " in text_of(client.get(page("authority", application)))


def test_who_saved_last_and_when_is_said_of_an_edit_and_not_of_a_decision(client, officer):
    with clock.at(clock.now() - timedelta(hours=3)):
        application = factories.submitted()
        saved = application.saved_at
    decide(client_of(factories.superintendent()), application)
    application.refresh_from_db()
    assert (application.status, application.saved_at) == ("authorised", saved)
    assert application.saved_by == officer
    shown = text_of(client.get(overview(application.case)))
    assert f"saved {moment(saved)} by {officer}" in shown
    lead = factories.lead()
    factories.lifecycle.save_section(application, by=lead, section="risk", risk="More risk")
    application.refresh_from_db()
    assert (application.saved_by, application.saved_at > saved) == (lead, True)


def test_a_superintendent_reads_who_asks_and_not_who_wrote_last(client, waiting):
    Application.objects.filter(pk=waiting.pk).update(saved_by=factories.lead())
    shown = text_of(client.get(page("authority", waiting)))
    assert f"Asked by {factories.officer()}, " in shown


def test_the_second_look_does_not_promise_itself(client):
    asked = factories.request()
    promise = "A stalking lead looks at it again"
    lead = factories.lead()
    client.force_login(lead)
    assert promise in text_of(client.get(page("decide_request", asked)))
    factories.lifecycle.decide_request(asked, by=factories.officer(), **DECLINE)
    look = text_of(client.get(page("second_look", asked)))
    assert promise not in look
    assert "You agree with the decline" in look
