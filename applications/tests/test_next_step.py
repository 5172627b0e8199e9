"""The application's page says what comes next, and names people and texts, never codes."""

from datetime import timedelta

import pytest

from applications import lifecycle
from applications.content import check_value, content_of, hash_of
from applications.queries import living_authority
from applications.tests import factories
from casework import clock
from casework.errors import WrongState
from documents.models import Document

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return factories.officer()


def page_of(client, application):
    return client.get(f"/applications/{application.case_id}/").content.decode()


def test_after_lodging_the_next_step_is_the_hearing(officer, client):
    application = factories.lodged(by=officer)
    client.force_login(officer)
    assert f'href="/applications/cases/{application.case_id}/list-hearing/"' in page_of(
        client, application
    )
    factories.hearing(application, by=officer)
    assert "The hearing is on" in page_of(client, application)


def test_the_same_text_has_the_same_check_value_everywhere(officer, client):
    application = factories.authorised(by=officer)
    value = check_value(hash_of(content_of(application)))
    client.force_login(officer)
    assert value in page_of(client, application)
    paper = Document.objects.get(about_id=application.pk, kind="application")
    assert paper.snapshot["data"]["check_value"] == value


def test_what_was_lodged_keeps_its_check_value_when_he_moves(officer, client):
    application = factories.lodged(by=officer)
    value = check_value(living_authority(application).content_hash)
    lifecycle.add_address(application.case, by=officer, lines="1 Ffug Lane, Testham")
    assert check_value(hash_of(content_of(application))) != value
    client.force_login(officer)
    page = page_of(client, application)
    assert f'check value <span class="app-nowrap">{value}</span>' in page


def test_who_voided_an_authority_is_a_person(officer, client):
    application = factories.authorised(by=officer)
    factories.act(application, by=officer)
    client.force_login(officer)
    page = page_of(client, application)
    assert f"by {officer}," in page
    assert f"by {officer.username}," not in page


def test_a_second_sending_says_what_it_waits_for(officer):
    application = factories.submitted(by=officer)
    with pytest.raises(WrongState, match=r"You cannot send this now. It waits for authority\."):
        lifecycle.submit_for_authority(application, by=officer)


def test_a_step_that_is_somebody_elses_says_whose(officer, client):
    client.force_login(officer)
    assert "With the superintendent until" in page_of(client, factories.submitted(by=officer))


def test_lodging_says_for_whom_it_is_after_authority(officer, client):
    application = factories.authorised(by=officer)
    client.force_login(factories.superintendent())
    assert "For the officer or force legal" in page_of(client, application)


def test_what_comes_before_sending_has_the_names_of_the_list(officer, client):
    client.force_login(officer)
    shown = page_of(client, factories.draft(by=officer))
    assert "After: Subject; The tie to this force" in shown
    assert "An order</b> appears necessary" in shown


def test_a_hearing_of_today_that_has_begun_is_asked_why_it_is_late(officer, client):
    application = factories.lodged(by=officer)
    client.force_login(officer)
    shown = client.get(f"/applications/cases/{application.case_id}/list-hearing/")
    assert "If it has already begun" in shown.content.decode()


@pytest.mark.parametrize("end", ["refused", "withdrawn"])
def test_what_is_determined_stands_as_it_was_lodged(officer, client, end):
    """Its last day has become too near since, and there is nothing to bridge: nobody mends that now."""
    application = factories.lodged(by=officer)
    assert application.interim_sought
    if end == "refused":
        heard = factories.hearing(application, by=officer, starts_at=clock.now())
        lifecycle.result_hearing(heard, by=officer, outcome="refused", reason="not_proved")
    else:
        lifecycle.withdraw_application(application, by=officer, reason="not_needed")
    client.force_login(officer)
    with clock.at(clock.now() + timedelta(days=400)):
        page = page_of(client, application)
    assert "To mend" not in page
    assert "Cannot start yet" not in page
    assert ">Blocks<" not in page
    assert "10 of 10 parts completed" in page


def test_a_draft_that_was_given_up_lacks_what_was_not_written(officer, client):
    application = factories.draft(by=officer)
    lifecycle.withdraw_application(application, by=officer, reason="not_needed")
    client.force_login(officer)
    page = page_of(client, application)
    assert "Record the acts associated with stalking" in page
    assert "To mend" not in page
    assert "Not done" in page
