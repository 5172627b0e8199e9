"""The pages of a draft: people, the condition editor, what they refuse and what they never show."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.urls import reverse

from accounts.tests import factories as accounts
from applications import forms as own_forms
from applications.models import Application, ProposedCondition
from applications.tests import factories
from applications.tests.sending import overview, page, send, send_condition, text_of
from audit.models import Entry
from casework import clock
from casework.errors import Refused
from casework.models import Case
from law.duration import earliest_last_day
from people.models import Person
from people.tests import factories as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    user = factories.officer()
    client.force_login(user)
    return user


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
    assert "ask the stalking lead, who may see what is kept confidential" in found
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


def test_the_picker_shows_each_condition_as_a_sentence_with_its_slots_marked(client, officer):
    client.force_login(officer)
    shown = text_of(client.get(page("add_condition", factories.draft())))
    slot = '<span class="app-slot">{}</span>'.format
    assert (
        f"Stay out of {slot('a named area')}, which is bounded by {slot('named streets')}" in shown
    )
    assert f"between {slot('two set times')} and sign the record there." in shown
    assert "&lt;span" not in shown


def test_what_is_moved_or_taken_out_is_said_before_it_is(client, officer):
    application = factories.submitted(by=officer)
    condition, act = application.conditions.first(), application.acts.first()
    for name in ("move_condition", "remove_condition"):
        text = text_of(client.get(page(name, condition)))
        assert f"{condition.position}. {condition.text}" in text
        assert "If you do this it is a draft again" in text
    assert act.description in text_of(client.get(page("remove_act", act)))
    assert "If you take it back" in text_of(client.get(page("take_back", application)))
