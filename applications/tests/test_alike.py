"""A request sent twice is found before it is two cases; another one is recorded all the same."""

from datetime import timedelta

import pytest

from accounts.models import Unit
from accounts.roles import Role
from accounts.tests import factories as accounts
from applications import forms as own_forms
from applications import lifecycle
from applications.models import Request
from applications.tests import factories
from applications.tests.sending import api, page, send, text_of
from applications.tests.traces import no_trace
from casework import clock
from casework.errors import Refused
from casework.models import Case

pytestmark = pytest.mark.django_db


@pytest.fixture
def first():
    at = (clock.now() - timedelta(hours=1)).replace(second=0, microsecond=0)
    return factories.request(asked_at=at)


def same(first, **facts):
    return factories.request(**{"asked_at": first.asked_at, "again": False} | facts)


def form_of(first):
    return own_forms.RequestForm(force=first.force), {
        "source": "partner",
        "asker_name": "Sampleford Housing",
        "asked_at": first.asked_at,
        "subject_as_told": first.subject_as_told,
        "concerns": first.concerns,
        "domestic_abuse": True,
        "online_acts": False,
    }


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"concerns": "He waits outside her work, mended after Back was pressed."},
        {"subject_as_told": "Siôn Mockford of Testham, aged 40"},
        {"subject_as_told": "  sion MOCKFORD, of Testham ", "concerns": "Else"},
        {"asker_name": "The housing officer", "source": "victim"},
    ],
)
def test_the_same_minute_and_the_same_words_look_like_it(first, facts):
    with no_trace(Refused, field="again"):
        same(first, **facts)
    assert same(first, again=True, **facts).case.reference != first.case.reference


def test_another_minute_or_other_words_are_another_request(first):
    same(first, asked_at=first.asked_at + timedelta(minutes=1))
    same(first, subject_as_told="Somebody else", concerns="Something else")
    assert Request.objects.count() == 3


def test_another_force_and_a_restricted_case_are_like_none(first):
    same(first, by=factories.officer(accounts.other_force()))
    lead = factories.lead()
    lifecycle.restrict_case(first.case, by=lead, reason="Known here", named=[lead])
    same(first)
    with pytest.raises(Refused, match=first.case.reference):
        same(first, by=lead)


def test_the_reference_of_a_case_that_is_closed_to_the_reader_is_not_said(first):
    elsewhere = Unit.objects.create(force=first.force, name="Testham North")
    other = accounts.user(Role.OFFICER, username="of.another.unit", unit=elsewhere)
    with pytest.raises(Refused, match="your force recorded") as no:
        same(first, by=other)
    assert first.case.reference not in str(no.value)


def test_the_page_says_which_and_keeps_what_was_typed(client, first):
    client.force_login(factories.officer())
    form, typed = form_of(first)
    assert "This is a second request" not in text_of(client.get(page("record_request")))
    answer = send(client, page("record_request"), form, typed)
    text = text_of(answer)
    assert answer.status_code == 422
    assert f"This looks like {first.case.reference}, recorded on" in text
    assert f'href="/applications/{first.case_id}/"' in text
    assert first.concerns in text
    assert Case.objects.count() == 1
    assert send(client, page("record_request"), form, typed, again="on").status_code == 302
    assert Case.objects.count() == 2


def test_the_interface_asks_the_same(client, first):
    client.force_login(factories.officer())
    body = form_of(first)[1] | {"asked_at": first.asked_at.isoformat()}
    answer = api(client, "record_request", None, body)
    assert answer.status_code == 422
    assert [*answer.json()["errors"]] == ["again"]
    assert api(client, "record_request", None, body | {"again": True}).status_code == 201


def test_an_advocate_who_asks_again_for_the_same_client_is_asked_whether_she_means_it():
    asking = {
        "by": accounts.user(Role.ADVOCATE),
        "force": accounts.force(),
        "subject_as_told": "Martin Exampleby",
        "concerns": "He waits at the bus stop.",
        **factories.CLIENT,
    }
    lifecycle.ask_for_order(**asking)
    with no_trace(Refused, field="again"):
        lifecycle.ask_for_order(**asking)
    lifecycle.ask_for_order(**asking | {"client_as_told": "D. Ff."})
    lifecycle.ask_for_order(**asking | {"by": accounts.user(Role.ADVOCATE, username="second")})
    lifecycle.ask_for_order(**asking, again=True)
    assert Request.objects.count() == 4
