"""What an advocate does herself: she asks for an order, and reports what happened."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.tests import factories as accounts
from advocates.forms import AskForm, IncidentForm
from advocates.tests import factories
from advocates.tests.stages import interim_served, lapsed, status_of
from advocates.views import HOSTED, HOSTED_ACTS
from advocates.words import initials
from applications.models import Request
from applications.tests import factories as drafts
from breaches.lifecycle import acknowledge
from breaches.models import Breach
from breaches.tests import factories as breaches
from casework import clock, forms
from casework.api import act_name
from casework.models import Deadline

pytestmark = pytest.mark.django_db


HOST = {"HTTP_HOST": factories.HOST}


def test_she_asks_for_an_order(browser: Client, advocate: User) -> None:
    values = {
        "force": accounts.force(),
        "subject_as_told": "Martin T, works at the garage",
        "concerns": "He follows her home.",
        "crime_reference": "",
        **drafts.CLIENT,
    }
    answer = browser.post("/ask/", forms.as_data(AskForm(), values))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    request = Request.objects.get()
    assert (request.asked_by, request.source) == (advocate, Request.Source.ADVOCATE)
    html = browser.get("/").content.decode()
    assert request.case.reference in html
    assert "You have asked for an order" in html
    assert browser.get(f"/clients/{request.case_id}/").status_code == 404, "no consent yet"


def test_what_she_left_out_is_said(browser: Client) -> None:
    answer = browser.post("/ask/", {})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "<title>Error: " in html.replace("\n", "").replace("    ", "")
    assert "Select a police force" in html
    assert "Enter what has happened" in html
    assert not Request.objects.exists()


def incident(**facts: Any) -> Any:
    values = {
        "happened_at": clock.now() - timedelta(hours=1),
        "what_happened": "He stood at the school gate.",
        "place": "Testham",
    }
    return forms.as_data(IncidentForm(), values | facts)


def test_she_reports_what_happened(browser: Client, advocate: User) -> None:
    case = interim_served()
    person = factories.consent(case).person
    assert f'href="/clients/{case.pk}/report/"' in status_of(browser, case)
    page = f"/clients/{case.pk}/report/"
    html = browser.get(page).content.decode()
    assert "Report something that happened" in html
    assert f"About <strong>{initials([person.given_names, person.family_name])}</strong>" in html
    assert "About is enough" in html
    assert f'href="/clients/{case.pk}/">Cancel' in html
    assert case.reference not in html.partition("</title>")[0]
    answer = browser.post(page, incident())
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/clients/{case.pk}/")
    breach = Breach.objects.get()
    assert (breach.source, breach.reported_by) == (Breach.Source.ADVOCATE, advocate)
    assert breach.what_happened == "He stood at the school gate."
    assert Deadline.objects.filter(about_id=breach.pk, kind="acknowledge_breach").exists()
    html = status_of(browser, case)
    assert "The police have your report" in html
    assert "He stood at the school gate." not in html
    assert "nobody has taken it yet" in html
    taker = breaches.lead(case.force)
    acknowledge(breach, by=taker)
    html = status_of(browser, case)
    assert "somebody of the police has taken it" in html
    assert "nobody has taken it yet" not in html
    assert taker.name not in html
    other = breaches.reported(breach.order, by=breaches.officer(case.force))
    html = status_of(browser, case)
    assert "nobody has taken it yet" not in html, "what others reported is not hers"
    assert other.what_happened not in html


def test_her_own_acts_have_their_interface_on_her_own_host(browser: Client, advocate: User) -> None:
    case = interim_served()
    factories.consent(case)
    told = {"happened_at": clock.now().isoformat(), "what_happened": "He stood at the gate."}
    address = f"/api/cases/{case.pk}/report-incident/"
    answer = browser.post(address, told, content_type="application/json")
    assert answer.status_code == 201, answer.content
    assert Breach.objects.get().reported_by == advocate
    for acted in HOSTED_ACTS:
        assert reverse(
            f"api:{act_name(acted)}", urlconf=HOSTED, args=[case.pk][: bool(acted.model)]
        )
    for closed in ("/api/cases/", f"/api/cases/{case.pk}/", "/api/schema/", "/api/orders/"):
        assert browser.get(closed).status_code == 404


def test_the_future_is_refused_and_nothing_is_lost(browser: Client) -> None:
    case = interim_served()
    factories.consent(case)
    answer = browser.post(
        f"/clients/{case.pk}/report/", incident(happened_at=clock.now() + timedelta(days=1))
    )
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "He stood at the school gate." in html
    assert not Breach.objects.exists()


def test_before_there_is_an_order_there_is_nothing_to_break(browser: Client) -> None:
    case = drafts.lodged().case
    factories.consent(case)
    assert "/report/" not in status_of(browser, case)
    answer = browser.post(f"/clients/{case.pk}/report/", incident())
    assert answer.status_code == 422
    assert "There is no order yet" in answer.content.decode()
    assert not Breach.objects.exists()


def test_after_the_order_she_still_can(browser: Client) -> None:
    case = lapsed()
    factories.consent(case)
    assert "/report/" in status_of(browser, case)
    assert browser.post(f"/clients/{case.pk}/report/", incident()).status_code == 302
    (breach,) = Breach.objects.all()
    assert breach.findings, "with the warning that no order had effect"
