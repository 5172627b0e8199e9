"""An authority is for one text, also where a person in it is changed through another case."""

import pytest

from accounts.models import User
from alerts.models import Alert
from applications import lifecycle
from applications.models import Application
from applications.tests import factories
from audit.models import Entry
from casework.errors import Refused
from casework.models import Case
from people import actions as people

pytestmark = pytest.mark.django_db
S = Application.Status


@pytest.fixture
def officer() -> User:
    return factories.officer()


@pytest.fixture
def authorised() -> Application:
    return factories.authorised()


@pytest.fixture
def elsewhere(authorised: Application, officer: User) -> Case:
    """Another case against the same subject."""
    draft = factories.draft()
    lifecycle.name_subject(draft, by=officer, person=authorised.case.subject)
    return draft.case


def waits(application: Application) -> set[str]:
    return {d.kind for d in application.case.deadlines.filter(done_at=None)}


def test_a_subject_who_is_corrected_in_another_case(
    authorised: Application, elsewhere: Case, officer: User
) -> None:
    lifecycle.correct_subject(elsewhere, by=officer, family_name="Exampleby")
    authorised.refresh_from_db()
    authority = authorised.authorities.get()
    assert authorised.status == S.DRAFT
    assert (authority.voided_by, authority.void_reason) == (
        officer.username,
        "What is known of a person in it was changed outside this case",
    )
    assert waits(authorised) == {"send_application"}
    alert = Alert.objects.get(kind="authority_voided")
    assert alert.case_id == authorised.case_id
    assert alert.recipients == "officer,role:authorising_officer"
    event = Entry.objects.get(kind="event", verb="void_authority")
    assert event.case_id == authorised.case_id
    assert event.details["changed_by"] == officer.username


def test_what_the_court_is_not_told_voids_nothing(
    authorised: Application, elsewhere: Case, officer: User
) -> None:
    lifecycle.correct_subject(elsewhere, by=officer, warnings="A dog in the yard")
    lifecycle.add_identifier(elsewhere, by=officer, kind="phone", text="07700 900 123")
    authorised.refresh_from_db()
    assert authorised.status == S.AUTHORISED
    assert authorised.authorities.get().voided_at is None
    assert not Alert.objects.filter(kind="authority_voided").exists()


@pytest.mark.parametrize("how", ["name", "address", "learned name", "learned address"])
def test_each_way_in_which_a_subject_becomes_another(
    authorised: Application, officer: User, how: str
) -> None:
    subject = authorised.case.subject
    assert subject is not None
    if how == "name":
        people.add_name(subject, by=officer, kind="alias", text="Sam Mocktown")
    elif how == "address":
        people.add_address(subject, by=officer, lines="9 Test Way, Testham")
    elif how == "learned name":
        people.learn_name(subject, by=officer, kind="notified", text="Sam Mocktown")
    else:
        people.learn_address(subject, by=officer, text="9 Test Way, Testham", told_by="s9")
    authorised.refresh_from_db()
    assert authorised.status == S.DRAFT
    assert authorised.authorities.get().voided_by == officer.username


def test_a_case_that_the_changer_may_not_open_is_voided_all_the_same(
    authorised: Application, elsewhere: Case, officer: User
) -> None:
    lead = factories.lead()
    lifecycle.restrict_case(authorised.case, by=lead, reason="His brother", named=[lead])
    lifecycle.correct_subject(elsewhere, by=officer, family_name="Exampleby")
    authorised.refresh_from_db()
    assert authorised.status == S.DRAFT


def test_a_lodged_application_stays_lodged(officer: User) -> None:
    lodged = factories.lodged()
    subject = lodged.case.subject
    assert subject is not None
    people.correct_person(subject, by=officer, family_name="Exampleby")
    lodged.refresh_from_db()
    assert lodged.status == S.LODGED
    assert lodged.authorities.get().voided_at is None


def test_the_people_s_refusal_leaves_the_authority(
    authorised: Application, elsewhere: Case, officer: User
) -> None:
    with pytest.raises(Refused):
        lifecycle.correct_subject(elsewhere, by=officer, family_name="")
    assert authorised.authorities.get().voided_at is None
