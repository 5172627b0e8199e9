"""The way from a request to a draft: each page says what it is for, and asks nothing twice."""

from html import unescape

import pytest
from django.test import Client

from applications import lifecycle
from applications.models import Request
from applications.tests import factories
from applications.tests.sending import page, text_of
from casework.models import Deadline
from people import actions as people

pytestmark = pytest.mark.django_db


def test_the_clock_on_a_request_leads_to_the_decision(client: Client) -> None:
    request = factories.request()
    officer = factories.officer()
    client.force_login(officer)
    held = Deadline.objects.get(kind="decide_request", about_id=request.pk)
    assert "Record the decision" in text_of(client.get(held.path))
    lifecycle.decide_request(request, by=officer, **factories.DECLINE)
    client.force_login(factories.lead())
    again = Deadline.objects.get(kind="look_again", about_id=request.pk)
    assert "Look again at a declined request" in text_of(client.get(again.path))


def test_beginning_says_what_it_needs_and_starts(client: Client) -> None:
    case = factories.accepted().case
    client.force_login(factories.officer())
    html = unescape(text_of(client.get(f"/applications/cases/{case.pk}/start-draft/")))
    assert "You will need:" in html
    assert "within 14 days" in html


def test_the_subject_that_the_request_told_of_is_typed_already(client: Client) -> None:
    application = factories.draft()
    client.force_login(factories.officer())
    told = Request.objects.get(case=application.case).subject_as_told
    given, _, family = told.rpartition(" ")
    form = client.get(page("name_subject", application)).content.decode()
    assert f'value="{family}"' in form
    assert f'value="{given}"' in form


def test_what_is_saved_of_the_subject_is_shown(client: Client) -> None:
    application = factories.complete_draft()
    officer = factories.officer()
    client.force_login(officer)
    assert application.case.subject
    people.correct_person(application.case.subject, by=officer, gender="female")
    shown = text_of(client.get(f"/applications/{application.case_id}/people/"))
    assert "Gender" in shown
    assert "Female" in shown
