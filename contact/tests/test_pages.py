"""The pages of telling and the same through the interface; what stands on the case's other pages."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from accounts.tests import factories as accounts
from advocates.tests import factories as advocates
from applications.tests import factories as drafting
from casework import clock, forms
from casework.tests.browsing import fill
from contact.forms import TellForm
from contact.models import Matter, Telling
from contact.tests import factories
from orders import lifecycle
from orders.models import Order
from orders.terms import Act, Change
from orders.tests import factories as orders

pytestmark = pytest.mark.django_db
K, S = Matter.Kind, Matter.Status
JSON = "application/json"


@pytest.fixture(scope="module")
def served(shared: None) -> Order:
    return orders.served(clock.now() - timedelta(hours=30))


@pytest.fixture
def order(served: Order) -> Order:
    return Order.objects.select_related("case").get(pk=served.pk)


@pytest.fixture
def made(order: Order) -> Matter:
    return factories.waiting(order.case)[K.MADE]


@pytest.fixture
def browser(order: Order) -> Client:
    client = Client()
    client.force_login(factories.officer(order.case))
    return client


def contact(order: Order) -> str:
    return reverse("advocates:contact", kwargs={"case": order.case_id})


def sent(**facts: Any) -> Any:
    values = {
        "outcome": "told",
        "told_at": clock.now(),
        "told_by_name": "DC Mockley",
        "how": "phone",
        "said": "She asked what happens next",
    }
    return forms.as_data(TellForm(), values | facts)


def test_the_page_lists_what_she_must_be_told_and_then_what_she_was(
    browser: Client, order: Order, made: Matter
) -> None:
    before = browser.get(contact(order)).content.decode()
    tell = reverse("contact:tell", kwargs={"pk": made.pk})
    assert tell in before
    assert "The court made a full order on" in before
    assert "“You must not contact Ms A by any means, or through anyone else.”" in before
    page = browser.get(tell).content.decode()
    assert "What else was the person told in the same conversation?" in page
    also = factories.waiting(order.case)[K.SERVED]
    after = fill(browser, tell, sent(also=[also.pk]), follow=True).content.decode()
    assert "It is recorded" in after
    assert "Nothing waits to be told" in after
    assert "That the court made an order; That the order was served" in after
    assert "She asked what happens next" in after
    again = browser.get(tell)
    assert again.status_code == 409


def test_what_was_typed_is_kept(browser: Client, made: Matter) -> None:
    tell = reverse("contact:tell", kwargs={"pk": made.pk})
    answer = fill(browser, tell, sent(how="", said="Her own words"))
    assert answer.status_code == 422
    assert "Her own words" in answer.content.decode()
    assert Telling.objects.count() == 0


def test_a_wrong_record_is_corrected(browser: Client, order: Order, made: Matter) -> None:
    telling = factories.tell(made)
    page = reverse("contact:correct_telling", kwargs={"pk": telling.pk})
    assert page in browser.get(contact(order)).content.decode()
    data = sent(how="in_court")
    data.setlist("matters", [str(made.pk)])
    data["reason"] = "It was at court"
    after = fill(browser, page, data, follow=True).content.decode()
    assert "In person, at court" in after
    assert "It was at court" in after


def test_the_bar_says_what_is_late(browser: Client, order: Order, made: Matter) -> None:
    overview = reverse("desk:overview", kwargs={"case": order.case_id})
    assert "Not told: order made and 1 more" in browser.get(overview).content.decode()
    for matter in factories.waiting(order.case).values():
        factories.tell(matter)
    assert "Not told" not in browser.get(overview).content.decode()


def test_the_clocks_lead_to_the_act(browser: Client, order: Order, made: Matter) -> None:
    today = browser.get(reverse("desk:today")).content.decode()
    assert f"/contact/matters/{made.pk}/tell/" in today
    assert "Tell the protected person that the court made an order" in today


def test_without_an_agreed_way_there_is_a_link_to_agree_one(
    browser: Client, order: Order, made: Matter
) -> None:
    agree = reverse("applications:agree_safe_contact", kwargs={"pk": order.case_id})
    link = f"{agree}?person={made.person_id}"
    pages = (contact(order), reverse("contact:tell", kwargs={"pk": made.pk}))
    for page in pages:
        assert link in browser.get(page).content.decode()
    assert made.person is not None
    factories.agree(made.person)
    for page in pages:
        shown = browser.get(page).content.decode()
        assert link not in shown
        assert "After 18:00 only" in shown
        assert re.search(r"It is \d\d:\d\d now\. Where that is not a time that was agreed", shown)


def test_an_advocates_word_stands_until_the_police_agree_with_her() -> None:
    request = drafting.lifecycle.ask_for_order(
        by=advocates.advocate(),
        force=accounts.force(),
        subject_as_told="Siôn Mockford",
        concerns="He waits for her every day",
        **drafting.CLIENT,
    )
    drafting.lifecycle.decide_request(request, by=drafting.lead(), **drafting.PROCEED)
    page = reverse("advocates:contact", kwargs={"case": request.case_id})
    assert request.safe_contact
    draft = drafting.draft(case=request.case, by=drafting.lead())
    party = drafting.protected(draft, by=drafting.lead())
    for role, reads in ((Role.STALKING_LEAD, True), (Role.LEGAL, False)):
        client = Client()
        client.force_login(accounts.user(role))
        shown = client.get(page).content.decode()
        assert "The advocate’s word, not yet agreed with the person" in shown
        assert (request.safe_contact in shown) == reads
    factories.agree(party.person)
    assert "The advocate’s word" not in client.get(page).content.decode()


def test_another_force_finds_nothing(order: Order, made: Matter) -> None:
    client = Client()
    client.force_login(orders.other_force_officer())
    for page in (
        contact(order),
        f"/contact/matters/{made.pk}/tell/",
        f"/api/matters/{made.pk}/",
    ):
        assert client.get(page).status_code == 404
    assert client.post(f"/api/matters/{made.pk}/tell/", {}, content_type=JSON).status_code == 404


def test_who_may_only_read_sees_no_link(order: Order, made: Matter) -> None:
    client = Client()
    client.force_login(accounts.user(Role.LEGAL))
    assert f"/contact/matters/{made.pk}/tell/" not in client.get(contact(order)).content.decode()
    assert client.get(f"/contact/matters/{made.pk}/tell/").status_code == 403


def test_the_interface_mirrors_the_page(browser: Client, order: Order, made: Matter) -> None:
    path = f"/api/matters/{made.pk}/tell/"
    body = {
        "outcome": "told",
        "told_at": clock.now().isoformat(),
        "told_by_name": "DC Mockley",
        "how": "phone",
    }
    stale = browser.post(path, body | {"version": 9}, content_type=JSON)
    assert stale.status_code == 409
    done = browser.post(path, body | {"version": made.version}, content_type=JSON)
    assert done.status_code == 200, done.content
    read = browser.get(f"/api/matters/{made.pk}/").json()
    assert (read["status"], read["kind"], read["telling"]) == ("told", "made", done.json()["id"])
    telling = browser.get(f"/api/tellings/{read['telling']}/").json()
    assert (telling["how"], telling["told_by_name"]) == ("phone", "DC Mockley")
    correct = f"/api/tellings/{telling['id']}/correct-telling/"
    facts = body | {"how": "in_court", "matters": [str(made.pk)], "reason": "At court"}
    assert browser.post(correct, facts, content_type=JSON).status_code == 200
    again = browser.post(path, body, content_type=JSON)
    assert again.status_code == 409


def test_more_to_tell_asks_no_more_of_the_database(browser: Client, order: Order) -> None:
    """The page's questions are as many for one person with two matters as for two with five."""
    browser.get(contact(order))
    with CaptureQueriesContext(connection) as few:
        browser.get(contact(order))
    factories.another_person(order.case)
    variation = orders.varied(order, changes=(Change(Act.AMEND, 1, orders.KEEP_OUT),))
    served = orders.proof()
    lifecycle.serve(order, by=factories.officer(order.case), proof=served, variation=variation)
    assert Matter.objects.filter(case=order.case, status=S.WAITING).count() >= 5
    with CaptureQueriesContext(connection) as many:
        browser.get(contact(order))
    assert len(many) <= len(few) + 1  # what changed the order
