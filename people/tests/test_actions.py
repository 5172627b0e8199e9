"""Writing about people: by whom, with what refused, and the tokens equal to the facts after each."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from accounts.policy import Denied
from accounts.roles import Role
from accounts.tests import factories as accounts
from audit.actor import acting_as
from audit.models import Entry
from people import actions, queries
from people.models import Confidential, Person, SafeContact, Token
from people.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return accounts.user()


def tokens(person):
    return {(t.kind, t.text) for t in person.tokens.all()}


def test_a_new_person_is_found_by_each_word(officer):
    person = factories.person(officer, given_names="Siân Mair", family_name="Ffugiwr-Moss")
    assert tokens(person) == queries.tokens_of(person)
    assert ("name", "sian") in tokens(person)
    assert ("name", "ffugiwrmoss") in tokens(person)
    assert Entry.objects.filter(verb="add_person", row_id=str(person.pk)).exists()


def test_a_corrected_name_takes_the_old_tokens_away(officer):
    person = factories.person(officer, family_name="Testwood")
    corrected = actions.correct_person(person, by=officer, family_name="Sampleford")
    assert corrected.version == 2
    assert tokens(person) == queries.tokens_of(corrected)
    assert ("name", "testwood") not in tokens(person)


def test_a_fact_that_a_person_does_not_have(officer):
    with pytest.raises(ValidationError):
        actions.add_person(officer.force, by=officer, family_name="Testwood", pnc="1")
    with pytest.raises(ValidationError):
        actions.add_person(officer.force, by=officer, family_name="")
    assert not Person.objects.exists()
    assert not Token.objects.exists()


def test_names_identifiers_and_addresses_come_and_go(officer):
    person = factories.person(officer)
    name = actions.add_name(person, by=officer, kind="nickname", text="Ffug")
    phone = actions.add_identifier(person, by=officer, kind="phone", text="+44 7700 900123")
    actions.add_identifier(person, by=officer, kind="plate", text="TE5T O1I")
    actions.add_address(person, by=officer, lines="1 Sample Street, Testham", postcode="ts1 4zz")
    assert {("name", "ffug"), ("phone", "07700900123"), ("plate", "TE5T011")} <= tokens(person)
    assert ("postcode", "TS14ZZ") in tokens(person)
    again = actions.add_identifier(person, by=officer, kind="phone", text="+44 7700 900123")
    assert again == phone
    actions.remove_identifier(phone, by=officer)
    actions.remove_name(name, by=officer)
    assert not {("name", "ffug"), ("phone", "07700900123")} & tokens(person)


def test_an_address_that_was_left_before_it_was_taken(officer):
    person = factories.person(officer)
    address = actions.add_address(
        person, by=officer, lines="1 Sample Street", lived_from=date(2026, 5, 1)
    )
    with pytest.raises(ValidationError):
        actions.leave_address(address, by=officer, lived_until=date(2026, 4, 1))
    left = actions.leave_address(address, by=officer, lived_until=date(2026, 6, 1))
    assert left.lived_until == date(2026, 6, 1)


def test_the_vault_keeps_its_text_out_of_the_log_and_the_tokens(officer):
    person = factories.person(officer)
    detail = factories.confidential(person, officer)
    assert factories.confidential(person, officer) == detail
    assert queries.confidential_texts([person.pk]) == (factories.HOME,)
    logged = "".join(str(e.details) for e in Entry.objects.all())
    assert "Ffug Road" not in logged
    assert "4ZZ" not in "".join(t.text for t in Token.objects.all())
    actions.release_confidential(detail, by=officer)
    assert not Confidential.objects.exists()


def test_the_newest_agreement_about_contact_is_the_only_one(officer):
    person = factories.person(officer)
    assert queries.safe_contact_of(person) is None
    actions.agree_safe_contact(person, by=officer, method="phone", rule="After 18:00")
    actions.agree_safe_contact(person, by=officer, method="advocate")
    assert queries.safe_contact_of(person).method == "advocate"
    assert queries.safe_contacts([person.pk]).count() == 1
    assert person.safe_contacts.get(method="phone").rule == "After 18:00", "kept as history"


@pytest.mark.parametrize("role", [Role.LEGAL, Role.CONTROL_ROOM, Role.AUDITOR])
def test_a_role_that_may_not_write_about_people(officer, role):
    person = factories.person(officer)
    with pytest.raises(Denied):
        actions.correct_person(person, by=accounts.user(role), family_name="Sampleford")
    person.refresh_from_db()
    assert person.family_name == "Testwood"


def test_the_database_holds_one_safe_contact_of_a_person(officer):
    person = factories.person(officer)
    actions.agree_safe_contact(person, by=officer, method="phone")
    second = SafeContact(person=person, method="email")
    with pytest.raises(IntegrityError, match="one_safe_contact"), transaction.atomic():
        second.save(force_insert=True)
    actions.agree_safe_contact(person, by=officer, method="email")
    assert queries.safe_contact_of(person).method == "email"


def test_another_forces_record(officer):
    person = factories.person(officer)
    stranger = accounts.user(of=accounts.other_force())
    for act in (
        lambda: actions.correct_person(person, by=stranger, family_name="Sampleford"),
        lambda: actions.add_name(person, by=stranger, kind="alias", text="X"),
        lambda: actions.keep_confidential(person, by=stranger, kind="home", text="X"),
        lambda: actions.agree_safe_contact(person, by=stranger, method="none"),
    ):
        with pytest.raises(Denied):
            act()
    assert person.names.count() == 0


def test_nobody_is_made_invisible_without_a_line_in_the_log(officer):
    person = factories.person(officer)
    gone = person.tokens.get(kind="name", text="testwood")
    with pytest.raises(DatabaseError, match="no actor"), transaction.atomic(), acting_as(""):
        Token.objects.filter(pk=gone.pk).delete()
    with transaction.atomic(), acting_as("somebody"):
        Token.objects.filter(pk=gone.pk).delete()
    line = Entry.objects.get(table="people_token")
    assert (line.verb, line.actor, line.row_id) == ("delete", "somebody", str(gone.pk))
