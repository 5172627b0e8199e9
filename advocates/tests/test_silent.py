"""Nothing of the investigation, and no client without her consent."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Grant, User
from advocates import lifecycle
from advocates.tests import factories
from advocates.tests.stages import interim_served, status_of
from applications.models import Application
from applications.tests import factories as drafts
from breaches.models import Breach
from breaches.tests import factories as breaches
from casework import actions as casework
from casework import clock
from casework.models import Case
from orders import lifecycle as orders_lifecycle
from orders.tests import factories as orders
from people import actions as people
from people.tests import factories as persons

pytestmark = pytest.mark.django_db


HOST = {"HTTP_HOST": factories.HOST}


CANARIES = {
    "address": "9 Canary Wharf-Lane, Testham",
    "postcode": "ZZ9 9ZZ",
    "phone": "07700 900999",
    "account": "@canary.account",
    "alias": "Canaryname",
    "breach": "CANARY what happened",
    "breach place": "CANARY place",
    "log": "CANARY-LOG",
    "risk": "CANARY risk",
    "necessity": "CANARY necessity",
    "other orders": "CANARY other orders",
    "reaction": "CANARY reaction",
    "service place": "CANARY service place",
    "decision": "CANARY note of the court",
}


@pytest.fixture
def secretive() -> Case:
    """A case in which everything that is not hers to know bears a canary."""
    application = drafts.lodged()
    case = application.case
    Application.objects.filter(pk=application.pk).update(
        risk=CANARIES["risk"],
        necessity=CANARIES["necessity"],
        other_orders=CANARIES["other orders"],
    )
    hearing = orders.hearing(application=application)
    order = orders.make(hearing, kind="interim", note=CANARIES["decision"])
    proof = orders.proof(reaction=CANARIES["reaction"], place=CANARIES["service place"])
    by = factories.officer(case)
    orders_lifecycle.serve(order, by=by, proof=proof)
    subject = order.subject
    people.add_address(
        subject, by=by, lines=CANARIES["address"], postcode=CANARIES["postcode"], told_by="Canary"
    )
    people.add_identifier(subject, by=by, kind="phone", text=CANARIES["phone"])
    people.add_identifier(subject, by=by, kind="account", text=CANARIES["account"])
    people.add_name(subject, by=by, kind="alias", text=CANARIES["alias"])
    breaches.reported(
        order,
        what_happened=CANARIES["breach"],
        place=CANARIES["breach place"],
        log_reference=CANARIES["log"],
        happened_at=clock.now(),
    )
    return case


def test_no_canary_sings(browser: Client, secretive: Case) -> None:
    factories.consent(secretive)
    pages = [status_of(browser, secretive), browser.get("/").content.decode()]
    pages.append(browser.get(f"/clients/{secretive.pk}/report/").content.decode())
    for html in pages:
        for name, secret in CANARIES.items():
            assert secret not in html, name
        for part in ("14 Ffug Road", "TS1 4ZZ"):
            assert part in persons.HOME
            assert part not in html, "not even her own address"
        assert "Mockford" not in html, "nor his name"
    assert "Something that may break the order was reported." in pages[0]


def test_what_can_be_seen_is_seen_by_the_police(client: Client, secretive: Case) -> None:
    """The canaries do sing where they should: else the test above could not fail."""
    client.force_login(factories.officer(secretive))
    breach = Breach.objects.get(case=secretive)
    html = client.get(reverse("breaches:detail", args=[breach.pk])).content.decode()
    assert CANARIES["breach"] in html


def test_without_consent_a_client_does_not_exist(browser: Client) -> None:
    case = interim_served()
    for page in (f"/clients/{case.pk}/", f"/clients/{case.pk}/report/"):
        assert browser.get(page).status_code == 404
    html = browser.get("/").content.decode()
    assert "No client has agreed yet" in html
    assert case.reference not in html


def test_a_withdrawn_consent_closes_the_page_at_once(browser: Client) -> None:
    case = interim_served()
    consent = factories.consent(case)
    status_of(browser, case)
    lifecycle.withdraw_consent(consent, by=factories.officer(case))
    for page in (f"/clients/{case.pk}/", f"/clients/{case.pk}/report/"):
        assert browser.get(page).status_code == 404
    assert "No client has agreed yet" in browser.get("/").content.decode()


def test_a_consent_that_ran_out_closes_it_too(browser: Client) -> None:
    case = interim_served()
    factories.consent(case)
    now = clock.now()
    Grant.objects.filter(case_id=case.pk, basis="consent").update(
        valid_from=now - timedelta(days=2), valid_until=now - timedelta(seconds=1)
    )
    assert browser.get(f"/clients/{case.pk}/").status_code == 404


def test_whoever_is_no_longer_protected_takes_her_consent_along(browser: Client) -> None:
    case = interim_served()
    consent = factories.consent(case)
    with transaction.atomic():
        casework.remove_party(case.parties.get(person=consent.person))
    for page in (f"/clients/{case.pk}/", f"/clients/{case.pk}/report/"):
        assert browser.get(page).status_code == 404
    assert "No client has agreed yet" in browser.get("/").content.decode()


def test_another_advocate_sees_nothing(advocate: User) -> None:
    case = interim_served()
    factories.consent(case, to=advocate)
    other = Client(**HOST)
    other.force_login(factories.advocate("advocate.other"))
    assert other.get(f"/clients/{case.pk}/").status_code == 404
