"""Somebody who is only in a case that is closed to the user does not exist, nor do her details."""

import pytest
from django.db import transaction
from django.urls import reverse

from accounts.roles import Role
from accounts.tests import factories as accounts
from applications import lifecycle
from applications.queries import people_open_to
from applications.tests import factories
from casework.errors import Refused
from casework.models import Case, Party
from people.models import Person
from people.tests import factories as people

pytestmark = pytest.mark.django_db
HOME = "9 Closed Lane, Nowhere"


@pytest.fixture
def hidden() -> Person:
    """A protected person of a case that was restricted after a colleague drafted it."""
    other = accounts.user(Role.OFFICER, username="colleague")
    application = factories.draft(by=other)
    party = factories.protected(application, by=other)
    people.confidential(party.person, other, "work", HOME)
    with transaction.atomic():
        Case.objects.filter(pk=application.case_id).update(
            restricted=True, restricted_reason="Known here"
        )
    return party.person


def test_she_is_not_offered_and_cannot_be_taken(hidden: Person) -> None:
    officer = factories.officer()
    mine = factories.draft(by=officer)
    assert hidden not in people_open_to(officer, officer.force)
    with pytest.raises(Refused, match="open to you"):
        lifecycle.add_protected_person(
            mine, by=officer, person=hidden, role=Party.Role.BOTH, called="Ms B"
        )
    with pytest.raises(Refused, match="open to you"):
        lifecycle.name_subject(mine, by=officer, person=hidden)
    assert not mine.case.parties.exists()


def test_those_who_drafted_it_still_find_her(hidden: Person) -> None:
    assert hidden in people_open_to(accounts.user(username="colleague"), hidden.force)


def test_the_form_asks_about_nobody_who_is_hidden(client, hidden: Person) -> None:
    officer = factories.officer()
    mine = factories.draft(by=officer)
    client.force_login(officer)
    page = client.post(
        reverse("applications:add_protected_person", kwargs={"pk": mine.pk}),
        {"given_names": hidden.given_names, "family_name": hidden.family_name},
    )
    assert str(hidden.pk) not in page.content.decode()
