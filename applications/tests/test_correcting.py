"""The name and birth date of a protected person are put right, and what was recorded before is kept."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts import policy
from accounts.roles import Role
from accounts.tests import factories as accounts
from applications import forms, lifecycle
from applications.content import content_of, hash_of
from applications.queries import living_authority
from applications.tests import factories
from audit.models import Entry
from casework.errors import Refused
from casework.forms import as_data
from casework.models import Case, Party
from casework.tests.browsing import fill
from people import queries as people
from people.models import Correction, SafeContact

pytestmark = pytest.mark.django_db
RIGHT: dict[str, Any] = {
    "given_names": "Cerys",
    "family_name": "Ffugiwr",
    "born_on": date(1990, 5, 4),
    "why": "wrong",
    "reason": "Said by telephone on Monday",
}


@pytest.fixture
def party() -> Party:
    application = factories.authorised()
    return application.case.parties.select_related("case", "person").get()


def address(party: Party) -> str:
    return reverse("applications:correct_party", args=[party.pk])


def people_page(client: Client, party: Party) -> str:
    page = client.get(reverse("applications:people", args=[party.case_id]))
    return page.content.decode()


def test_what_was_recorded_is_kept_with_the_reason(client: Client, party: Party) -> None:
    client.force_login(factories.officer())
    form = client.get(address(party)).content.decode()
    assert 'value="Carys"' in form, "what is recorded now stands in the form"
    answer = fill(client, address(party), as_data(forms.CorrectPartyForm(), RIGHT))
    assert answer.status_code == 302
    party.person.refresh_from_db()
    assert (party.person.full_name, party.person.born_on) == ("Cerys Ffugiwr", date(1990, 5, 4))
    was = Correction.objects.get(person=party.person)
    assert (was.full_name, was.born_on, was.why) == ("Carys Ffugiwr", None, "wrong")
    html = people_page(client, party)
    assert "Carys Ffugiwr, birth date not given. It was recorded wrongly: Said by telephone" in html
    told = client.get(reverse("desk:history", args=[party.case_id])).content.decode()
    assert "The name or birth date of a person was corrected" in told
    event = Entry.objects.get(kind="event", verb="correct_party")
    assert event.case_id == party.case_id
    assert "cerys" not in str(event.details).lower()


@pytest.mark.parametrize(("why", "found"), [("wrong", False), ("changed", True)])
def test_a_former_name_is_found_and_a_wrong_one_is_not(
    party: Party, why: str, *, found: bool
) -> None:
    lifecycle.correct_party(party, by=factories.officer(), **RIGHT | {"why": why})
    assert people.find("Cerys Ffugiwr")
    exact = [f for f in people.find("Carys Ffugiwr") if f.exact]
    assert bool(exact) is found
    assert party.person.names.filter(kind="former").exists() is found


def test_no_paper_names_the_person_so_the_authority_stands(party: Party) -> None:
    application = party.case.applications.get()
    before = hash_of(content_of(application))
    lifecycle.correct_party(party, by=factories.officer(), **RIGHT)
    application.refresh_from_db()
    assert hash_of(content_of(application)) == before
    assert application.status == "authorised"
    assert living_authority(application)


def test_an_authority_about_the_same_person_as_subject_elsewhere_is_voided(party: Party) -> None:
    elsewhere = factories.authorised()
    Case.objects.filter(pk=elsewhere.case_id).update(subject=party.person)
    elsewhere = type(elsewhere).objects.get(pk=elsewhere.pk)
    authority = living_authority(elsewhere)
    assert authority
    authority.content_hash = hash_of(content_of(elsewhere))
    type(authority).objects.filter(pk=authority.pk).update(content_hash=authority.content_hash)
    lifecycle.correct_party(party, by=factories.officer(), **RIGHT)
    elsewhere.refresh_from_db()
    assert elsewhere.status == "draft"
    assert living_authority(elsewhere) is None


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"family_name": ""}, "family_name"),
        ({"born_on": date(2999, 1, 1)}, "born_on"),
        ({"reason": ""}, "reason"),
        ({"why": "because"}, "why"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    party: Party, facts: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as no:
        lifecycle.correct_party(party, by=factories.officer(), **RIGHT | facts)
    assert no.value.field == field
    assert not Correction.objects.exists()


def test_the_name_in_court_papers_may_not_become_the_persons_own(party: Party) -> None:
    party.called = "Ms Exampleby"
    Party.objects.filter(pk=party.pk).update(called=party.called)
    with pytest.raises(Refused, match="Court papers use this name"):
        lifecycle.correct_party(
            party, by=factories.officer(), **RIGHT | {"family_name": "Exampleby"}
        )


def test_the_same_again_is_no_correction(party: Party) -> None:
    same = {"given_names": "Carys", "family_name": "Ffugiwr", "born_on": None}
    with pytest.raises(Refused, match="Nothing is different"):
        lifecycle.correct_party(party, by=factories.officer(), **RIGHT | same)


def test_who_may_not(client: Client, party: Party) -> None:
    for role, status in (
        (Role.CONTROL_ROOM, 404),
        (Role.OFFENDER_MANAGER, 404),
        (Role.LEGAL, 404),
    ):
        user = accounts.user(role)
        client.force_login(user)
        assert client.get(address(party)).status_code in (403, status)
        with pytest.raises(policy.Denied):
            lifecycle.correct_party(party, by=user, **RIGHT)
    client.force_login(factories.officer(of=accounts.other_force()))
    assert client.get(address(party)).status_code == 404
    Case.objects.filter(pk=party.case_id).update(restricted=True, restricted_reason="Known here")
    stranger = accounts.user(username="not.named")
    client.force_login(stranger)
    assert client.get(address(party)).status_code == 404
    with pytest.raises(policy.Denied):
        lifecycle.correct_party(party, by=stranger, **RIGHT)
    assert not Correction.objects.exists()


def test_a_program_may_do_it_too(client: Client, party: Party) -> None:
    client.force_login(factories.officer())
    path = reverse("api:applications-correct_party", args=[party.pk])
    answer = client.post(path, RIGHT | {"born_on": "1990-05-04"}, "application/json")
    assert answer.status_code in (200, 201)
    party.person.refresh_from_db()
    assert party.person.given_names == "Cerys"


def test_a_new_way_to_reach_somebody_keeps_the_old_one(client: Client, party: Party) -> None:
    officer = factories.officer()
    agree = {"by": officer, "person": party.person}
    lifecycle.agree_safe_contact(party.case, **agree, method="phone", rule="After six")
    client.force_login(officer)
    page = reverse("applications:agree_safe_contact", args=[party.case_id])
    html = client.get(f"{page}?person={party.person_id}").content.decode()
    assert 'value="After six"' in html, "what is agreed now stands in the form"
    lifecycle.agree_safe_contact(party.case, **agree, method="text", rule="Before noon")
    assert people.safe_contact_of(party.person).method == "text"  # type: ignore[union-attr]
    old = SafeContact.objects.get(person=party.person, method="phone")
    assert (old.rule, old.superseded_by) == ("After six", officer.username)
    assert "After six" not in people_page(client, party)
    logged = Entry.objects.filter(table="people_safecontact")
    assert logged
    assert not any("six" in str(entry.details) for entry in logged), "no log has the rule"
