"""The pages: what a new officer does with them, that each opens, and for whom."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from accounts.roles import Role
from accounts.tests import factories as accounts
from applications import forms as own_forms
from applications.content import content_of, hash_of
from applications.models import Application, Hearing, ProposedCondition, Request
from applications.tests import factories
from applications.tests.factories import ALL_MET, DECLINE, PROCEED
from applications.tests.sending import overview, page, send, send_condition, text_of
from casework import clock, forms
from casework.models import Case, Deadline
from casework.tests.browsing import fill
from law.duration import earliest_last_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    user = factories.officer()
    client.force_login(user)
    return user


def test_from_the_ask_to_the_hearing(client, officer):
    force = officer.force
    asked = {
        "source": "partner",
        "asker_name": "Sampleford Housing",
        "asked_at": clock.now() - timedelta(hours=1),
        "subject_as_told": "Siôn Mockford",
        "concerns": "He waits outside her work.",
        "domestic_abuse": True,
        "online_acts": False,
    }
    form = own_forms.RequestForm(force=force)
    response = send(client, page("record_request"), form, asked)
    request = Request.objects.get()
    assert response.url == overview(request.case)
    assert send(client, page("decide_request", request), own_forms.DecideForm(), PROCEED).url
    assert fill(client, page("start_draft", request.case)).url == overview(request.case)
    application = Application.objects.get()
    case = application.case
    named = {"given_names": "Siôn", "family_name": "Mockford", "born_on": date(1991, 7, 2)}
    response = send(
        client,
        page("name_subject", application),
        own_forms.SubjectForm(case=case, by=officer),
        named,
    )
    assert response.status_code == 302
    party = {"family_name": "Ffugiwr", "role": "both", "called": "Ms A", "relationship": "Family"}
    response = send(
        client,
        page("add_protected_person", application),
        own_forms.PartyForm(case=case, by=officer),
        party,
    )
    assert response.status_code == 302
    for days in (20, 9):
        act = {
            "kind": "following",
            "from_on": clock.today() - timedelta(days=days),
            "description": "Followed her home.",
        }
        response = send(client, page("add_act", application), own_forms.ActForm(), act)
        assert response.url == page("add_act", application)
    sections = {
        "area": (own_forms.AreaForm, {"area_limb": "resides", "area_reason": "Told"}),
        "risk": (own_forms.RiskForm, {"risk": "It grows.", "risk_level": "high"}),
        "necessity": (own_forms.NecessityForm, {"necessity": "Nothing else stops him."}),
        "consultation": (own_forms.ConsultationForm, {"consulted": "victim"}),
        "other_orders": (
            own_forms.OtherOrdersForm,
            {"other_orders": "None", "criminal_case": "none"},
        ),
        "duration": (
            own_forms.DurationForm,
            {
                "duration": "fixed",
                "asked_until": earliest_last_day(clock.today()) + timedelta(days=400),
                "interim_sought": True,
                "notice_given": True,
            },
        ),
    }
    for section, (form_class, values) in sections.items():
        assert send(client, page(section, application), form_class(), values).status_code == 302
    response = send(
        client,
        page("add_condition", application),
        own_forms.ChooseConditionForm(),
        {"library_code": "P01"},
    )
    condition = ProposedCondition.objects.get()
    assert response.url == page("edit_condition", condition)
    assert send(client, page("submit", application), forms.Form(), {}).status_code == 422
    words = {
        "person": "Ms A",
        "necessity": "He writes every day.",
        "evidence": "PM/1",
        "monitoring": "Ask her every week.",
        "conflicts_with_religion": False,
        "interferes_with_work": False,
        "interferes_with_education": False,
        "discloses_location": False,
    }
    assert send_condition(client, condition, words).url == overview(case)
    assert "[the protected person]" not in ProposedCondition.objects.get().text
    assert client.get(page("submit", application)).status_code == 200
    assert fill(client, page("submit", application)).url == overview(case)

    client.force_login(factories.superintendent())
    response = client.get(page("authority", application))
    assert "Nothing is selected" not in text_of(response)
    assert "checked" not in text_of(response).split("Your decision")[1].split("</form>")[0]
    seen = hash_of(content_of(Application.objects.get()))
    decision = ALL_MET | {"decision": "given", "seen_hash": seen}
    response = send(client, page("authority", application), own_forms.AuthorityForm(), decision)
    assert response.status_code == 302

    client.force_login(officer)
    court = factories.court()
    lodged = {"court": court, "lodged_on": clock.today(), "court_reference": "X1"}
    assert (
        send(client, page("lodge", application), own_forms.LodgeForm(), lodged).status_code == 302
    )
    heard = {
        "purpose": "full",
        "court": court,
        "starts_at": clock.now() + timedelta(days=9),
        "notice_given": True,
    }
    response = send(client, page("list_hearing", case), own_forms.HearingForm(), heard)
    assert response.url == reverse("applications:hearings", kwargs={"case": case.pk})
    assert Application.objects.get().status == "lodged"
    assert Hearing.objects.get().application == application


ON_DRAFT = (
    "area",
    "risk",
    "necessity",
    "consultation",
    "other_orders",
    "duration",
    "add_act",
    "name_subject",
    "submit",
    "take_back",
    "add_protected_person",
    "remove_protected_person",
    "add_condition",
    "withdraw_application",
)
ON_CASE = (
    "correct_subject",
    "add_name",
    "add_identifier",
    "add_address",
    "keep_confidential",
    "release_confidential",
    "agree_safe_contact",
)
ON_ACT, ON_CONDITION = (
    ("edit_act", "remove_act"),
    ("edit_condition", "move_condition", "remove_condition"),
)


def stages() -> dict[str, Any]:
    """A record for each page, at a stage at which the page opens."""
    declined = factories.request()
    factories.lifecycle.decide_request(declined, by=factories.officer(), **DECLINE)
    draft, lodged = factories.complete_draft(), factories.lodged()
    hearing = factories.hearing(lodged, starts_at=clock.now(), late_reason="Now")
    return {
        "decide_request": factories.request(),
        "second_look": declined,
        "start_draft": factories.accepted().case,
        **dict.fromkeys(ON_DRAFT, draft),
        **dict.fromkeys(ON_CASE, draft.case),
        "correct_party": draft.case.parties.get(),
        **dict.fromkeys(ON_ACT, draft.acts.first()),
        **dict.fromkeys(ON_CONDITION, draft.conditions.get()),
        "authority": factories.submitted(),
        "lodge": factories.authorised(),
        "list_hearing": lodged.case,
        "result_hearing": hearing,
        "vacate_hearing": hearing,
    }


ROLES = {"second_look": Role.STALKING_LEAD, "authority": Role.AUTHORISING_OFFICER}


def test_every_page_opens_without_a_name_in_its_title(client):
    records = stages()
    for name, record in records.items():
        client.force_login(accounts.user(ROLES.get(name, Role.OFFICER)))
        response = client.get(page(name, record))
        assert response.status_code == 200, name
        title = text_of(response).split("<title>")[1].split("</title>")[0]
        for secret in ("Mockford", "Siôn", "Carys", "Ffug"):
            assert secret not in title, name
    for case in Case.objects.all():
        client.force_login(factories.officer())
        for place in ("overview", "people", "hearings"):
            address = reverse(f"applications:{place}", kwargs={"case": case.pk})
            assert client.get(address).status_code == 200


def test_another_forces_pages_do_not_exist(client):
    records = stages()
    client.force_login(accounts.user(Role.STALKING_LEAD, of=accounts.other_force()))
    for name, record in records.items():
        assert client.get(page(name, record)).status_code == 404, name
        assert client.post(page(name, record)).status_code == 404, name
    case = Case.objects.first()
    for place in ("overview", "people", "hearings"):
        address = reverse(f"applications:{place}", kwargs={"case": case.pk})
        assert client.get(address).status_code == 404


def test_clocks_lead_to_pages_that_open(client):
    stages()
    for deadline in Deadline.objects.filter(done_at=None):
        client.force_login(accounts.user(Role(deadline.owner_role)))
        assert client.get(deadline.path).status_code == 200, (deadline.kind, deadline.path)


def test_nobody_without_signing_in(client):
    assert client.get(page("record_request")).status_code == 302
    assert client.get(page("requests")).status_code == 302


def test_the_list_of_requests_is_what_the_reader_may_see(client, officer):
    mine, elsewhere = (
        factories.request(),
        factories.request(by=factories.officer(accounts.other_force())),
    )
    shown = text_of(client.get(page("requests")))
    assert mine.case.reference in shown
    assert elsewhere.case.reference not in shown
    assert mine.case.reference not in text_of(client.get(page("requests") + "?status=accepted"))
