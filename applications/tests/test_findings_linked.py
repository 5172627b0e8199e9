"""A finding leads to where it is mended, for whoever may mend it; what is known does not stand blank."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from accounts.tests import factories as accounts
from applications.documents import ApplicationForCourt
from applications.models import Application
from applications.tests import factories
from documents import layout
from people import actions as people

pytestmark = pytest.mark.django_db
MEND = "Mend this"


def body(client: Client, user: User, name: str, **kwargs: object) -> str:
    client.force_login(user)
    answer = client.get(reverse(f"applications:{name}", kwargs=kwargs))
    assert answer.status_code == 200
    return answer.content.decode()


def without_birth(application: Application) -> Application:
    subject = application.case.subject
    assert subject
    people.correct_person(subject, by=factories.officer(), born_on=None)
    application.refresh_from_db()
    return application


def test_the_task_list_leads_to_the_birth_date_that_is_missing(client: Client) -> None:
    draft = without_birth(factories.complete_draft())
    html = body(client, factories.officer(), "overview", case=draft.case_id)
    page = reverse("applications:correct_subject", args=[draft.case_id])
    assert f'href="{page}">{MEND}<' in html
    reader = body(client, accounts.user(Role.AUDITOR), "overview", case=draft.case_id)
    assert "Without a date of birth" in reader
    assert MEND not in reader, "nothing there is the reader's to do"


def test_the_task_list_leads_to_the_acts(client: Client) -> None:
    draft = factories.complete_draft()
    draft.acts.first().delete()
    html = body(client, factories.officer(), "overview", case=draft.case_id)
    page = reverse("applications:add_act", args=[draft.pk])
    assert f'href="{page}">{MEND}<' in html


def test_lodging_leads_there_and_authority_only_for_who_may(client: Client) -> None:
    sent = without_birth(factories.submitted())
    page = reverse("applications:correct_subject", args=[sent.case_id])
    html = body(client, factories.superintendent(), "authority", pk=sent.pk)
    assert "Without a date of birth" in html
    assert MEND not in html, "a superintendent returns it, and mends nothing"
    factories.authority(sent)
    html = body(client, factories.officer(), "lodge", pk=sent.pk)
    assert f'href="{page}">{MEND}<' in html


def test_the_subject_who_is_named_already_is_said(client: Client) -> None:
    draft = factories.complete_draft()
    html = body(client, factories.officer(), "name_subject", pk=draft.pk)
    assert "Named as the subject" in html
    assert "Siôn Mockford, born 2 July 1991" in html
    assert reverse("applications:correct_subject", args=[draft.case_id]) in html
    blank = body(client, factories.officer(), "name_subject", pk=factories.draft().pk)
    assert "Named as the subject" not in blank
    assert draft.case.subject
    assert draft.case.subject.born_on == date(1991, 7, 2)


def test_an_address_that_nobody_recorded_is_asked_for_and_not_called_unknown(
    client: Client,
) -> None:
    officer = factories.officer()
    draft = factories.complete_draft(by=officer)
    page = reverse("applications:add_address", args=[draft.case_id])
    html = body(client, officer, "overview", case=draft.case_id)
    assert "No address of the subject is recorded" in html
    assert f'href="{page}">{MEND}<' in html
    paper = layout.lay_out(ApplicationForCourt.of(draft))
    assert "not known to the applicant" not in paper
    assert draft.case.subject
    people.add_address(draft.case.subject, by=officer, lines="1 Sample Street, Testham")
    html = body(client, officer, "overview", case=draft.case_id)
    assert "No address of the subject is recorded" not in html
