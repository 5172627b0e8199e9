"""The pages and the API: what a person does with them, what they refuse, and what they never show."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.urls import reverse

from accounts.roles import Role
from accounts.tests import factories as accounts
from applications import forms as own_forms
from applications.content import content_of, hash_of
from applications.models import Application, Authority, Court, Hearing, ProposedCondition, Request
from applications.tests import factories
from applications.tests.factories import ALL_MET, DECLINE, PROCEED
from audit.models import Entry
from casework import clock, forms
from casework.errors import Refused
from casework.models import Case, Deadline
from law.duration import earliest_last_day
from people.models import Person
from people.tests import factories as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    user = factories.officer()
    client.force_login(user)
    return user


def page(name, record=None):
    return reverse(f"applications:{name}", kwargs={"pk": record.pk} if record else None)


def text_of(response) -> str:
    return response.content.decode()


def send(client, url, form, values, **extra):
    return client.post(url, dict(forms.as_data(form, values).lists()) | extra)


def send_condition(client, condition, values, **extra):
    form = own_forms.ConditionForm(condition=condition)
    return send(client, page("edit_condition", condition), form, values, **extra)


def overview(case):
    return reverse("applications:overview", kwargs={"case": case.pk})


# What a new officer does, from the ask to the hearing


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
    assert client.post(page("start_draft", request.case)).url == overview(request.case)
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
        "checked": ["checked_religion", "checked_work", "checked_education"],
        "discloses_location": False,
    }
    assert send_condition(client, condition, words).url == overview(case)
    assert "[the protected person]" not in ProposedCondition.objects.get().text
    assert client.get(page("submit", application)).status_code == 200
    assert client.post(page("submit", application)).url == overview(case)

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


# Every page opens


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


# People


def test_a_known_person_is_offered_before_a_new_one_is_made(client, officer):
    application = factories.draft()
    known = people.person(officer, given_names="Siôn", family_name="Mockford")
    address = page("name_subject", application)
    form = own_forms.SubjectForm(case=application.case, by=officer)
    typed = {"given_names": "Sion", "family_name": "Mockford"}
    response = send(client, address, form, typed)
    assert response.status_code == 422
    assert "Is it one of these people?" in text_of(response)
    assert str(known.pk) in text_of(response)
    assert Person.objects.count() == 1
    chosen = send(client, address, form, typed, person=str(known.pk))
    assert chosen.status_code == 302
    assert Case.objects.get().subject == known
    send(client, address, form, typed, person="new")
    assert Person.objects.count() == 2
    assert Case.objects.get().subject != known


def test_somebody_of_a_case_that_is_closed_to_the_reader_is_not_offered(client, officer):
    elsewhere = accounts.user(username="elsewhere", unit=accounts.unit(name="Elsewhere"))
    theirs = factories.draft(by=elsewhere)
    hidden = people.person(elsewhere, given_names="Siôn", family_name="Mockford")
    factories.lifecycle.name_subject(theirs, by=elsewhere, person=hidden)
    application = factories.draft()
    form = own_forms.SubjectForm(case=application.case, by=officer)
    typed = {"given_names": "Siôn", "family_name": "Mockford"}
    address = page("name_subject", application)
    smuggled = send(client, address, form, typed, person=str(hidden.pk))
    assert smuggled.status_code == 422
    assert "Is it one of these people?" not in text_of(smuggled)
    assert send(client, address, form, typed).status_code == 302
    application.case.refresh_from_db()
    assert application.case.subject not in (None, hidden)
    with pytest.raises(Refused):
        factories.lifecycle.name_subject(application, by=officer, person=hidden)


def test_confidential_places_are_shown_to_those_who_may_and_each_look_is_kept(client, officer):
    case = factories.complete_draft().case
    address = reverse("applications:people", kwargs={"case": case.pk})
    assert "14 Ffug Road" in text_of(client.get(address))
    looks = Entry.objects.filter(kind="look", verb="confidential", actor=officer.username)
    assert looks.count() == 1
    client.force_login(factories.superintendent())
    shown = text_of(client.get(address))
    assert "Ffug Road" not in shown
    assert Entry.objects.filter(kind="look", verb="confidential").count() == looks.count()
    assert "Confidential" in shown
    assert client.get(page("keep_confidential", case)).status_code == 404


def test_no_other_page_shows_a_confidential_place(client, officer):
    application = factories.complete_draft()
    addresses = [overview(application.case), page("submit", application)]
    addresses += [page("edit_condition", application.conditions.get())]
    for address in addresses:
        assert "Ffug Road" not in text_of(client.get(address))


# The condition editor


def test_the_editor_shows_the_gap_and_what_the_check_found(client, officer):
    application = factories.draft()
    factories.protected(application)
    condition = factories.condition(application, library_code="P03", slots={"area": "Area A"})
    shown = text_of(client.get(page("edit_condition", condition)))
    assert '<span class="app-slot">Area A</span>' in shown
    assert '<span class="app-slot--gap">[the streets that bound it]</span>' in shown
    assert "Fill the empty slot" in shown


def test_a_slot_that_does_not_fit_is_refused_at_its_field(client, officer):
    application = factories.draft()
    factories.protected(application)
    condition = factories.condition(application, library_code="P04", slots={"person": "Ms A"})
    response = send_condition(client, condition, {"person": "Ms A", "distance": "near"})
    assert response.status_code == 422
    assert 'href="#id_distance"' in text_of(response)
    assert "<title>Error: " in text_of(response)


def test_save_and_stay(client, officer):
    application = factories.draft()
    condition = factories.condition(application, library_code="", slots=None, text="You must not.")
    response = send_condition(
        client, condition, {"text": "You must not go there.", "kind": "prohibition"}, stay="yes"
    )
    assert response.url == page("edit_condition", condition)


def test_a_confidential_place_in_a_condition_says_nothing_about_it(client, officer):
    application = factories.draft()
    factories.protected(application)
    condition = factories.condition(
        application, library_code="P03", slots={"area": "the Ffug Road estate"}
    )
    shown = text_of(client.get(page("edit_condition", condition)))
    found = shown.split("What the check found")[1]
    assert "give away a confidential place" in found
    assert "Ffug Road" not in found


def test_a_stale_edit_keeps_both_texts(client, officer):
    application = factories.draft()
    condition = factories.condition(application, library_code="", slots=None, text="First words.")
    factories.lifecycle.edit_condition(condition, by=officer, text="Words of a colleague.")
    response = send_condition(
        client, condition, {"text": "My own words.", "kind": "prohibition"}, version="1"
    )
    assert response.status_code == 409
    assert "Words of a colleague." in text_of(response)
    assert "My own words." in text_of(response)
    assert ProposedCondition.objects.get().text == "Words of a colleague."


def test_a_stale_section_keeps_both_texts(client, officer):
    application = factories.draft()
    factories.lifecycle.save_section(application, by=officer, section="risk", risk="Theirs")
    address = page("risk", application)
    response = send(client, address, own_forms.RiskForm(), {"risk": "Mine"}, version="1")
    assert response.status_code == 409
    assert "Theirs" in text_of(response)
    assert "Mine" in text_of(response)


# Law and bad input at the page


def test_less_than_two_years_is_an_error_with_the_day(client, officer):
    application = factories.draft()
    short = earliest_last_day(clock.today()) - timedelta(days=1)
    response = send(
        client,
        page("duration", application),
        own_forms.DurationForm(),
        {"duration": "fixed", "asked_until": short},
    )
    assert response.status_code == 422
    assert "at least 2 years" in text_of(response)
    assert "s3(2)" in text_of(response)


@pytest.mark.parametrize(
    "bad", ["nul \x00 in it", "x" * 10_001, "half \ud83d"], ids=["NUL", "long", "surrogate"]
)
def test_text_that_cannot_be_kept(client, officer, bad):
    application = factories.draft()
    body = "risk=" + quote(bad.encode("utf-8", "surrogatepass"))
    response = client.generic(
        "POST", page("risk", application), body, "application/x-www-form-urlencoded"
    )
    assert response.status_code == 422
    assert Application.objects.get().risk == ""


def test_an_impossible_day(client, officer):
    application = factories.draft()
    response = client.post(
        page("add_act", application),
        {
            "kind": "following",
            "from_on_day": "31",
            "from_on_month": "2",
            "from_on_year": "2026",
            "description": "x",
        },
    )
    assert response.status_code == 422
    assert not application.acts.exists()


def test_the_wrong_state_says_what_it_is_now(client, officer):
    application = factories.lodged()
    response = client.post(page("risk", application), {"risk": "x"})
    assert response.status_code == 409
    assert "It is lodged" in text_of(response)


# Authority


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


# Hearings


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


# The API: the same acts


def api(client, name, record, body, **headers):
    url = reverse(f"api:applications-{name}", kwargs={"pk": record.pk} if record else None)
    return client.post(url, body, "application/json", headers=headers)


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


def test_a_court_that_is_closed_is_not_offered(client, officer):
    application = factories.authorised()
    closed = factories.court("Closed Court")
    Court.objects.filter(pk=closed.pk).update(is_active=False)
    assert "Closed Court" not in text_of(client.get(page("lodge", application)))
