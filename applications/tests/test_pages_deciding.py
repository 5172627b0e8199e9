"""The pages of those who decide: a superintendent, and a court."""

import pytest

from accounts.roles import Role
from accounts.tests import factories as accounts
from applications import actions
from applications import forms as own_forms
from applications.content import content_of, hash_of
from applications.models import Application, Authority
from applications.tests import factories
from applications.tests.factories import ALL_MET
from applications.tests.sending import page, send, text_of

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
    response = client.post(page("result_hearing", hearing), {"outcome": "refused"})
    assert response.status_code == 422
    assert 'href="#id_refusal_reason"' in text_of(response)
    response = client.post(
        page("result_hearing", hearing), {"outcome": "refused", "refusal_reason": "not_proved"}
    )
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
