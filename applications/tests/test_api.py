"""The API: the same acts, by the same forms."""

import pytest
from django.urls import reverse

from accounts.tests import factories as accounts
from applications.models import Application, ProposedCondition, Request
from applications.tests import factories
from applications.tests.factories import ALL_MET, PROCEED
from applications.tests.sending import api

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    user = factories.officer()
    client.force_login(user)
    return user


def test_the_api_walks_the_same_acts(client, officer):
    body = {
        "source": "officer",
        "asker_name": "PC Exampleby",
        "asked_at": "2026-11-01T10:00:00+00:00",
        "subject_as_told": "Siôn Mockford",
        "concerns": "x",
        "domestic_abuse": False,
        "online_acts": True,
    }
    made = api(client, "record_request", None, body)
    assert made.status_code == 201
    request = Request.objects.get()
    assert made.json()["id"] == str(request.pk)
    assert api(client, "decide_request", request, PROCEED).status_code == 200
    assert api(client, "start_draft", request.case, {}).status_code == 201
    application = Application.objects.get()
    saved = api(client, "risk", application, {"risk": "High", "version": 1})
    assert (saved.status_code, saved.json()["version"]) == (200, 2)
    stale = api(client, "risk", application, {"risk": "Higher", "version": 1})
    assert stale.status_code == 409
    short = {"duration": "fixed", "asked_until": "2027-01-01"}
    refused = api(client, "duration", application, short)
    assert refused.status_code == 422
    assert "asked_until" in refused.json()["errors"]
    wrong = api(client, "authority", application, {})
    assert wrong.status_code == 403


def test_the_api_fills_slots_and_names_the_one_that_does_not_fit(client, officer):
    application = factories.draft()
    factories.protected(application)
    condition = factories.condition(application, library_code="P04", slots={})
    body = {"person": "Ms A", "distance": "100", "discloses_location": False}
    assert api(client, "edit_condition", condition, body).status_code == 200
    assert "within 100 metres of Ms A" in ProposedCondition.objects.get().text
    wrong = api(client, "edit_condition", condition, body | {"distance": "near"})
    assert wrong.status_code == 422
    assert [*wrong.json()["errors"]] == ["distance"]


def test_the_same_key_is_one_act(client, officer):
    application = factories.draft()
    body = {"kind": "following", "from_on": "2026-11-01", "description": "x"}
    for _ in range(2):
        response = api(client, "add_act", application, body, idempotency_key="k1")
        assert response.status_code == 200
    assert application.acts.count() == 1


def test_the_api_reads_what_the_reader_may_see_and_no_content_of_authority(client, officer):
    application = factories.authorised()
    read = client.get(reverse("api:authorities-list")).json()
    assert [row["application"] for row in read["results"]] == [str(application.pk)]
    assert "content" not in read["results"][0]
    client.force_login(factories.officer(accounts.other_force()))
    assert client.get(reverse("api:authorities-list")).json()["results"] == []


def test_authority_by_the_api_is_on_the_text_that_was_read(client):
    application = factories.submitted()
    client.force_login(factories.superintendent())
    address = reverse("api:applications-content", kwargs={"pk": application.pk})
    read = client.get(address).json()
    assert read["obstacles"] == []
    assert len(read["content"]["conditions"]) == 1
    assert "Ffug Road" not in str(read)
    stale = ALL_MET | {"decision": "given", "seen_hash": "0" * 64}
    assert api(client, "authority", application, stale).status_code == 409
    given = ALL_MET | {"decision": "given", "seen_hash": read["hash"]}
    assert api(client, "authority", application, given).status_code == 200
    assert Application.objects.get().status == "authorised"
    client.force_login(factories.officer(accounts.other_force()))
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("part", ["condition", "act"])
def test_what_was_removed_is_named_in_the_answer(client, officer, part):
    application = factories.draft()
    factories.protected(application)
    record = getattr(factories, part)(application)
    answer = api(client, f"remove_{part}", record, {})
    assert (answer.status_code, answer.json()["id"]) == (200, str(record.pk))


@pytest.mark.parametrize("body", [{}, {"risk_level": "medium"}])
def test_a_field_that_a_program_leaves_out_stands_as_it_was(client, body):
    application = factories.complete_draft()
    client.force_login(factories.officer())
    before = application.risk
    assert before
    assert api(client, "risk", application, body).status_code == 200
    application.refresh_from_db()
    assert application.risk == before
    assert application.risk_level == body.get("risk_level", application.risk_level)
    assert api(client, "risk", application, {"risk": ""}).status_code == 200
    application.refresh_from_db()
    assert application.risk == ""
    condition = application.conditions.first()
    text = condition.text
    assert api(client, "edit_condition", condition, {}).status_code == 200
    condition.refresh_from_db()
    assert condition.text == text
