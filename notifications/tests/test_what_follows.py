"""What a page says of the acknowledgement after he came is true in each case: made, not made, or never."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from accounts.tests import factories as accounts
from casework import forms
from casework.tests.browsing import fill
from documents import queries as documents
from documents.models import Document
from law.periods import LONDON
from notifications import lifecycle
from notifications.forms import AttendForm, CorrectAttendanceForm
from notifications.models import Duty
from notifications.tests import factories
from orders.tests import factories as orders

pytestmark = pytest.mark.django_db
MADE = datetime(2026, 5, 4, 10, 0, tzinfo=LONDON)
CAME = MADE + timedelta(days=1)


@pytest.fixture(scope="module")
def initial(shared: None) -> Duty:
    return factories.duty(orders.served(MADE, kind="interim"))


@pytest.fixture
def duty(initial: Duty) -> Duty:
    return Duty.objects.get(pk=initial.pk)


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(factories.manager())
    return client


def open_one(duty: Duty) -> Duty:
    return duty


def unserved(duty: Duty) -> Duty:
    return factories.duty(orders.made(MADE, kind="interim"))


def not_owed(duty: Duty) -> Duty:
    lifecycle.record_soa_duty(duty, by=factories.manager(), soa_from=date(2025, 1, 1))
    return duty


def recorded(client: Client, duty: Duty, **facts: Any) -> str:
    """He came, on the page; and the page that follows, and the duty's own."""
    given = vars(factories.given(CAME))
    given.pop("heard_by_constable")
    values = given | {"heard_by": "constable", "station": factories.station().pk} | facts
    data = forms.as_data(AttendForm(), values)
    page = fill(client, f"/notifications/duties/{duty.pk}/attend/", data, follow=True)
    assert page.status_code == 200
    own = client.get(f"/notifications/duties/{duty.pk}/")
    return page.content.decode() + own.content.decode()


@pytest.mark.parametrize("state", [open_one, unserved, not_owed])
def test_who_said_nothing_aloud_gets_none(client: Client, duty: Duty, state: Any) -> None:
    about = state(duty)
    said = recorded(client, about, oral_statement=False)
    assert "no acknowledgement is made" in said
    assert "No acknowledgement: nothing was notified" in said
    assert ("The deadline stands." in said) == (state is open_one)
    assert "being made" not in said
    assert "in time" not in said.split("What they did")[-1], "nothing was notified in time"
    assert not Document.objects.filter(about_id=about.attendances.get().pk).exists()
    assert not [
        one for one in documents.possible(about.case) if one.paper.kind == "acknowledgement"
    ]


@pytest.mark.parametrize("state", [open_one, unserved, not_owed])
def test_who_said_it_aloud_waits_for_it(client: Client, duty: Duty, state: Any) -> None:
    about = state(duty)
    said = recorded(client, about)
    assert "The acknowledgement is being made: print it and give it to him." in said
    paper = Document.objects.get(about_id=about.attendances.get().pk)
    page = f"/notifications/duties/{about.pk}/"
    for status, words in (
        ("failed", "The acknowledgement could not be made"),
        ("blocked", "The acknowledgement could not be made"),
    ):
        with transaction.atomic():
            Document.objects.filter(pk=paper.pk).update(status=status)
        said = client.get(page).content.decode()
        assert words in said
        assert "being made" not in said


def test_where_it_is_in_doubt_that_is_said_at_once(client: Client, duty: Duty) -> None:
    away = factories.station(accounts.other_force(), "Sampleford Road")
    said = recorded(client, duty, station=away.pk)
    assert "Whether it counts is in doubt: force legal is asked to decide." in said


def test_a_corrected_record_says_what_becomes_of_its_paper(client: Client, duty: Duty) -> None:
    factories.attended(duty, CAME)
    path = f"/notifications/duties/{duty.pk}/correct-attendance/"
    given = vars(factories.given(CAME))
    given.pop("heard_by_constable")
    values = given | {"heard_by": "constable", "station": factories.station().pk}
    values |= {"oral_statement": False, "right": duty.pk, "reason": "He said nothing"}
    data = forms.as_data(CorrectAttendanceForm(), values)
    said = fill(client, path, data, follow=True).content.decode()
    assert "no acknowledgement is made" in said
    assert "being made" not in said
