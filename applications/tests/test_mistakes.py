"""What was written of the subject by mistake can be taken out, on a page, and he is found by it no more."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.roles import Role
from accounts.tests import factories as accounts
from applications import lifecycle
from applications.forms import LeaveAddressForm
from applications.lifecycle import persons
from applications.models import Application
from applications.tests import factories
from casework import clock, forms
from casework.errors import Refused
from casework.models import Case
from casework.tests.browsing import fill
from people import actions as people
from people.models import Address, Identifier, Name, Token

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    """A draft whose subject has a nickname, a phone and an address that are all wrong."""
    officer = factories.officer()
    case = factories.complete_draft(by=officer).case
    lifecycle.add_name(case, by=officer, kind="nickname", text="Smudge")
    lifecycle.add_identifier(case, by=officer, kind="phone", text="07700 900999")
    lifecycle.add_address(case, by=officer, lines="9 Ffug Road, Sampleford", postcode="ZZ1 9ZZ")
    return case


@pytest.fixture
def officer(client: Client) -> Client:
    client.force_login(factories.officer())
    return client


def test_the_page_of_the_people_leads_there(case: Case, officer: Client) -> None:
    html = officer.get(f"/applications/{case.pk}/people/").content.decode()
    for act in ("remove-name", "remove-identifier", "leave-address"):
        address = f"/applications/cases/{case.pk}/{act}/"
        assert address in html
        assert officer.get(address).status_code == 200


def test_a_wrong_phone_is_taken_out_and_finds_nobody(case: Case, officer: Client) -> None:
    wrong = Identifier.objects.get(text="07700 900999")
    assert Token.objects.filter(person=case.subject, kind="phone", text__endswith="900999").exists()
    address = f"/applications/cases/{case.pk}/remove-identifier/"
    answer = fill(officer, address, {"identifier": str(wrong.pk)})
    assert answer.status_code == 302
    assert not Identifier.objects.filter(pk=wrong.pk).exists()
    assert not Token.objects.filter(person=case.subject, text__endswith="900999").exists()


def test_a_wrong_name_is_taken_out(case: Case, officer: Client) -> None:
    wrong = Name.objects.get(text="Smudge")
    address = f"/applications/cases/{case.pk}/remove-name/"
    answer = fill(officer, address, {"name": str(wrong.pk)})
    assert answer.status_code == 302
    assert not Name.objects.filter(pk=wrong.pk).exists()


def test_an_address_that_he_left_stays_with_its_last_day(case: Case, officer: Client) -> None:
    left = Address.objects.get(lines__startswith="9 Ffug Road")
    day = clock.today() - timedelta(days=3)
    form = forms.as_data(LeaveAddressForm(case=case), {"address": left.pk, "lived_until": day})
    answer = fill(officer, f"/applications/cases/{case.pk}/leave-address/", form)
    assert answer.status_code == 302
    left.refresh_from_db()
    assert left.lived_until == day


def test_what_he_notified_and_what_is_anothers_cannot_be_taken_out(case: Case) -> None:
    by = factories.officer()
    people.learn_name(case.subject, by=by, kind=Name.Kind.NOTIFIED, text="Martin Newname")
    said = Name.objects.get(text="Martin Newname")
    with pytest.raises(Refused):
        persons.remove_name(case, by=by, name=said)
    other = factories.complete_draft(by=by).case
    for act, field, row in (
        (persons.remove_name, "name", Name.objects.get(text="Smudge")),
        (persons.remove_identifier, "identifier", Identifier.objects.get(text="07700 900999")),
        (persons.leave_address, "address", Address.objects.get(lines__startswith="9 Ffug Road")),
    ):
        more = {"lived_until": clock.today()} if field == "address" else {}
        with pytest.raises(Refused):
            act(other, by=by, **{field: row}, **more)


def test_an_application_that_was_sent_is_a_draft_again() -> None:
    officer = factories.officer()
    application = factories.complete_draft(by=officer)
    lifecycle.add_identifier(application.case, by=officer, kind="plate", text="TE10 STX")
    lifecycle.submit_for_authority(application, by=officer)
    persons.remove_identifier(
        application.case, by=officer, identifier=Identifier.objects.get(text="TE10 STX")
    )
    application.refresh_from_db()
    assert application.status == Application.Status.DRAFT


@pytest.mark.parametrize("role", [Role.LEGAL, Role.OFFENDER_MANAGER, Role.AUDITOR])
def test_who_may_not_write_of_people_may_not_take_out_either(
    case: Case, client: Client, role: Role
) -> None:
    client.force_login(accounts.user(role))
    for act in ("remove-name", "remove-identifier", "leave-address"):
        assert client.get(f"/applications/cases/{case.pk}/{act}/").status_code == 403
    html = client.get(f"/applications/{case.pk}/people/").content.decode()
    assert "remove-name" not in html
