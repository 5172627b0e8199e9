"""The pages and the API of breaches, by client; also from the card of another force."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from accounts.models import Force, User
from accounts.roles import Role
from accounts.tests import factories as accounts
from alerts import addressing
from audit.models import Entry
from breaches import lifecycle
from breaches.forms import DecideForm, ReportForm
from breaches.lifecycle import reporting
from breaches.models import Breach
from breaches.reached import reached
from breaches.tests import factories
from casework import clock, forms
from casework.jinja import day
from casework.models import Case, Deadline, Party
from casework.tests.browsing import fill, hidden
from contact.forms import TellForm
from contact.models import Matter
from contact.words import at_time
from orders.models import Order

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def served(shared: None) -> Order:
    return factories.order()


@pytest.fixture
def order(served: Order) -> Order:
    return Order.objects.get(pk=served.pk)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def client() -> Client:
    return signed_in(factories.officer())


def told(order: Order, **facts: Any) -> Any:
    values = {
        "happened_at": clock.now() - timedelta(minutes=30),
        "condition": "1",
        "what_happened": "He sent four payments of 1p.",
        "source": "protected_person",
    }
    return forms.as_data(ReportForm(order=order), values | facts)


def title_of(page: str) -> str:
    return page.split("<title>")[1].split("</title>")[0]


def test_reporting_a_breach(client: Client, order: Order) -> None:
    path = f"/breaches/orders/{order.pk}/report/"
    page = client.get(path).content.decode()
    assert "1. Must not contact Ms A" in page
    assert "Not sure which" in page
    assert order.subject.full_name in page
    response = client.post(path, told(order) | {"once": "one"})
    breach = Breach.objects.get()
    assert (response.status_code, response.headers["Location"]) == (
        302,
        f"/breaches/{breach.pk}/",
    )
    again = client.post(path, told(order) | {"once": "one"})
    assert again.status_code in (302, 422)
    assert Breach.objects.count() == 1, "an identical second submit is not a second breach"


def test_what_is_wrong_is_said_and_nothing_is_lost(client: Client, order: Order) -> None:
    path = f"/breaches/orders/{order.pk}/report/"
    early = told(order, happened_at=order.made_at - timedelta(hours=3))
    response = client.post(path, early)
    page = response.content.decode()
    assert response.status_code == 422
    assert title_of(page).startswith("Error: ")
    assert "The order was made later than that, on " in page
    assert "He sent four payments of 1p." in page
    empty = client.post(path, {})
    for words in ("Enter the time it happened", "Enter what happened", "Select who reported it"):
        assert words in empty.content.decode()
    assert not Breach.objects.exists()


def test_the_control_room_of_another_force_learns_no_more_than_the_card(order: Order) -> None:
    client = signed_in(factories.control_room(accounts.other_force()))
    path = f"/breaches/orders/{order.pk}/report/"
    page = client.get(f"{path}?reason=live_incident").content.decode()
    assert "Who reported it" not in page
    assert "moj-side-navigation" not in page, "no way into the case"
    response = client.post(path, told(order, condition="unsure"))
    breach = Breach.objects.get()
    assert response.headers["Location"] == f"/breaches/{breach.pk}/reported/"
    taken = client.get(response.headers["Location"])
    assert taken.status_code == 200
    assert order.case.reference in taken.content.decode()
    assert order.subject.family_name not in taken.content.decode()
    for closed in (f"/breaches/{breach.pk}/", f"/breaches/cases/{order.case_id}/"):
        assert client.get(closed).status_code == 404
    stranger = signed_in(accounts.user(Role.OFFICER, of=accounts.other_force()))
    assert stranger.get(f"/breaches/{breach.pk}/reported/").status_code == 404


@pytest.mark.parametrize("own", [True, False])
def test_to_whom_the_case_is_closed_the_form_is_shown_with_a_reason_that_is_noted(
    order: Order, own: bool
) -> None:
    user = factories.control_room() if own else factories.control_room(accounts.other_force())
    client, path = signed_in(user), f"/breaches/orders/{order.pk}/report/"
    for without in (path, f"{path}?reason=", f"{path}?reason=x", f"{path}?typed=x"):
        answer = client.get(without)
        assert (answer.status_code, answer["Location"]) == (302, f"/order-check/{order.pk}/")
    looked = Entry.objects.filter(actor=user.username, verb="order_check", row_id=str(order.pk))
    assert not looked.exists()
    card = client.get(f"/order-check/{order.pk}/?reason=live_incident").content.decode()
    assert f'href="{path}?reason=live_incident"' in card
    assert client.get(f"{path}?reason=live_incident").status_code == 200
    assert [entry.details["reason"] for entry in looked] == ["Live incident"] * 2
    assert client.post(path, told(order, condition="unsure")).status_code == 302, "never held up"


def test_each_condition_is_offered_so_that_it_says_what_it_forbids(order: Order) -> None:
    page = signed_in(factories.control_room()).get(
        f"/breaches/orders/{order.pk}/report/?reason=live_incident"
    )
    html = page.content.decode()
    for words in ("1. Must not contact Ms A", "2. Must not go into Area A", "3. Must attend an"):
        assert words in html


def test_a_restricted_case_is_not_there(order: Order) -> None:
    order.case.restricted, order.case.restricted_reason = True, "Known here"
    order.case.save()
    client = signed_in(factories.control_room(accounts.other_force()))
    assert client.get(f"/breaches/orders/{order.pk}/report/").status_code == 404


def test_the_api_takes_a_report(order: Order) -> None:
    client = signed_in(factories.control_room())
    body = {
        "happened_at": (clock.now() - timedelta(minutes=5)).isoformat(),
        "condition": "unsure",
        "what_happened": "He is outside her work now.",
    }
    url = f"/api/orders/{order.pk}/report/"
    response = client.post(url, body, "application/json", headers={"Idempotency-Key": "k"})
    assert response.status_code == 201, response.content
    assert response.json()["number"] == 1
    again = client.post(url, body, "application/json", headers={"Idempotency-Key": "k"})
    assert again.json() == response.json()
    assert Breach.objects.count() == 1


def test_the_breach_from_report_to_decision(client: Client, order: Order) -> None:
    party = Party.objects.filter(case=order.case).first()
    breach = factories.reported(order)
    page = client.get(f"/breaches/{breach.pk}/").content.decode()
    assert f"Tell {party.called if party else 'the protected person'} first" in page
    assert "Nobody has acknowledged this report" in page
    assert order.subject.family_name not in title_of(page)
    assert "style=" not in page
    acknowledge = f"/breaches/{breach.pk}/acknowledge/"
    assert client.post(acknowledge, hidden(page)).status_code == 302, "the button carries a version"
    assert client.post(acknowledge, {}).status_code == 409
    officer = factories.officer()
    assign = f"/breaches/{breach.pk}/assign/"
    assert fill(client, assign, {"officer": str(officer.pk)}).status_code == 302
    matter = Matter.objects.get(about_id=breach.pk)
    tell = f"/contact/matters/{matter.pk}/tell/"
    assert tell in client.get(f"/breaches/{breach.pk}/").content.decode()
    assert "Safe contact" in client.get(tell).content.decode()
    told = {"outcome": "told", "told_at": clock.now(), "told_by_name": "DC Mockley", "how": "phone"}
    data = forms.as_data(TellForm(), told)
    assert fill(client, tell, data).status_code == 302
    shown = client.get(f"/breaches/{breach.pk}/").content.decode()
    assert "the evidence for: What the condition says" in shown
    assert "the evidence that" not in shown
    point = f"/breaches/{breach.pk}/save-point/"
    assert "It was the subject" in client.get(f"{point}?point=identity").content.decode()
    missing = fill(client, point, {"key": "identity", "held": "yes", "evidence": ""})
    assert "Enter what proves it" in missing.content.decode()
    saved = fill(client, point, {"key": "identity", "held": "no", "asked": "bank asked"})
    assert saved.status_code == 302
    assert "Missing: bank asked" in client.get(f"/breaches/{breach.pk}/").content.decode()
    decide = f"/breaches/{breach.pk}/decide/"
    assert "Evidence is missing" in client.get(decide).content.decode()
    data = forms.as_data(DecideForm(), {"outcome": "nfa", "note": "No evidence"})
    assert "Select why there is no further action" in fill(client, decide, data).content.decode()
    data = forms.as_data(DecideForm(), {"outcome": "charged", "note": "ST19001, bailed"})
    assert fill(client, decide, data).status_code == 302
    page = client.get(f"/breaches/{breach.pk}/").content.decode()
    assert "Charged" in page
    assert "was told</strong>" in page
    assert "(DC Mockley)" in page
    assert "ST19001, bailed" in page


def test_lists_and_the_case(client: Client, order: Order) -> None:
    breach = factories.reported(order)
    again = factories.reported(order)
    page = client.get("/breaches/").content.decode()
    assert order.case.reference in page
    assert "Protected person not told" in page
    assert order.case.reference not in client.get("/breaches/?state=decided").content.decode()
    overview = client.get(f"/breaches/cases/{order.case_id}/").content.decode()
    assert "Report a breach" in overview
    assert "May be the same incident" in overview
    assert "Breach open" in overview, "the case is marked"
    assert "may be the same incident" in client.get(f"/breaches/{breach.pk}/").content.decode()
    assert "same incident as" in client.get(f"/breaches/{again.pk}/").content.decode()
    results = client.get("/api/breaches/").json()["results"]
    assert {row["id"] for row in results} == {str(breach.pk), str(again.pk)}


def test_another_force_s_breach_does_not_exist(order: Order) -> None:
    breach = factories.reported(order)
    client = signed_in(factories.lead(accounts.other_force()))
    for path in (
        f"/breaches/{breach.pk}/",
        f"/breaches/{breach.pk}/acknowledge/",
        f"/breaches/{breach.pk}/decide/",
        f"/breaches/cases/{order.case_id}/",
    ):
        assert client.get(path).status_code == 404, path
    assert order.case.reference not in client.get("/breaches/").content.decode()


# A reporter who may not open the case, and a report sent twice


def said(answer: Any) -> str:
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(answer.content.decode())).split())


def test_the_control_room_sees_its_own_reports_and_who_took_them(order: Order) -> None:
    desk = factories.control_room()
    other = accounts.user(Role.CONTROL_ROOM, username="control.two")
    mine = factories.reported(order, by=desk)
    factories.reported(order, by=other, happened_at=clock.now() - timedelta(hours=5))
    browser = signed_in(desk)
    listed = browser.get("/breaches/", follow=True)
    page = said(listed)
    assert f"Breach {mine.number} of {order.case.reference}" in page
    assert "Nobody has taken it yet" in page
    assert "Breach 2" not in page
    assert order.subject.family_name not in page
    assert factories.told().what_happened not in page
    assert "Nobody has taken it yet" in said(browser.get(f"/breaches/{mine.pk}/reported/"))
    lead = factories.lead()
    lifecycle.acknowledge(mine, by=lead)
    taken = f"{lead} took it"
    assert taken in said(browser.get("/breaches/mine/"))
    assert taken in said(browser.get(f"/breaches/{mine.pk}/reported/"))
    assert browser.get(f"/breaches/{mine.pk}/").status_code == 404
    assert taken not in said(signed_in(other).get("/breaches/mine/"))


@pytest.mark.parametrize("role", [Role.STALKING_LEAD, Role.ANALYST])
def test_who_reported_nothing_has_an_empty_list(role: Role) -> None:
    factories.reported()
    page = said(signed_in(accounts.user(role)).get("/breaches/mine/"))
    assert "You have reported no breach" in page


def test_the_same_report_sent_twice_is_one(order: Order) -> None:
    browser = signed_in(factories.control_room())
    path, sent = f"/breaches/orders/{order.pk}/report/", told(order)
    del sent["source"]
    first = browser.post(path, sent | {"once": "one"}, follow=True)
    assert "You reported this already" not in said(first)
    again = browser.post(path, sent | {"once": "two"}, follow=True)
    assert "You reported this already at" in said(again)
    breach = Breach.objects.get()
    assert Deadline.objects.filter(about_id=breach.pk).count() == len(reporting.CLOCKS)
    assert Entry.objects.filter(kind="event", verb="report").count() == 1
    other = sent | {"what_happened": "He stood outside.", "once": "three"}
    assert "You reported this already" not in said(browser.post(path, other, follow=True))
    assert Breach.objects.count() == 2


def test_the_same_words_of_somebody_else_or_much_later_are_a_report_of_their_own(
    order: Order,
) -> None:
    desk, moment = factories.control_room(), clock.now() - timedelta(hours=3)
    with clock.at(clock.now() - timedelta(minutes=16)):
        factories.reported(order, by=desk, happened_at=moment)
    assert not factories.reported(order, by=desk, happened_at=moment).repeated
    assert not factories.reported(order, by=factories.officer(), happened_at=moment).repeated
    assert factories.reported(order, by=desk, happened_at=moment).repeated
    assert Breach.objects.count() == 3


def test_the_card_says_whether_somebody_took_what_was_reported_and_who_answers_it(
    order: Order,
) -> None:
    """Until somebody has taken it, to ring or to report again is right."""
    desk, lead = factories.control_room(), factories.lead()
    stranger = signed_in(accounts.user(Role.CONTROL_ROOM, of=accounts.other_force()))
    asked = f"/order-check/{order.pk}/?reason=live_incident"
    assert "nobody has taken it" not in said(signed_in(desk).get(asked))
    with clock.at(clock.now() - timedelta(minutes=20)):
        mine = factories.reported(order, by=desk)
    text = "1 breach is reported, and nobody has taken it yet : reported 20 minutes ago"
    shown = signed_in(desk).get(asked)
    assert text in said(shown)
    assert "Ring, or report it again: both are right" in said(shown)
    assert "Do not report" not in said(shown)
    assert f"/breaches/{mine.pk}/reported/" in shown.content.decode()
    assert f"/breaches/{mine.pk}/" in signed_in(lead).get(asked).content.decode()
    assert text in said(stranger.get(asked))
    assert str(mine.pk) not in stranger.get(asked).content.decode()
    found = signed_in(desk).post(
        "/order-check/", {"text": order.subject.family_name, "reason": "live_incident"}
    )
    assert text in said(found)
    lifecycle.acknowledge(mine, by=lead)
    for browser, who in ((signed_in(desk), str(lead)), (stranger, str(order.force))):
        answered = said(browser.get(asked))
        assert f"1 breach is being answered already : {who} has" in answered
        assert "Do not report the same again" in answered
        assert "nobody has taken" not in answered
    assert str(lead) not in said(stranger.get(asked))
    factories.reported(order, by=lead, happened_at=clock.now() - timedelta(hours=5))
    both = said(signed_in(desk).get(asked))
    assert "1 breach is reported, and nobody has taken it yet" in both
    assert "1 breach is being answered already" in both
    lifecycle.decide(mine, by=factories.officer(), outcome="charged", note="ST19001")
    assert "being answered already" not in said(signed_in(desk).get(asked))


def test_who_comes_second_to_acknowledge_reads_who_took_it_and_when(
    client: Client, order: Order
) -> None:
    breach, lead = factories.reported(order), factories.lead()
    lifecycle.acknowledge(breach, by=lead)
    assert breach.acknowledged_at is not None
    page = client.post(f"/breaches/{breach.pk}/acknowledge/", {})
    assert page.status_code == 409
    assert f"{lead} took it on {at_time(breach.acknowledged_at)}" in unescape(page.content.decode())
    url, key = f"/api/breaches/{breach.pk}/acknowledge/", {"Idempotency-Key": "second"}
    answer = client.post(url, {}, "application/json", headers=key)
    assert answer.status_code == 409
    assert f"{lead} took it on" in answer.json()["detail"]


def test_two_reports_may_be_of_one_incident_and_one_is_no_course_of_conduct(
    client: Client, order: Order
) -> None:
    first = factories.reported(order)
    assert "it may be part of a course of conduct" in said(client.get(f"/breaches/{first.pk}/"))
    factories.reported(order, happened_at=clock.now() - timedelta(minutes=5))
    page = said(client.get(f"/breaches/{first.pk}/"))
    assert "2 breaches are reported in this case: they may be part" in page
    assert "Breach 2 , reported" in page
    assert "may be the same incident" in page
    assert "Reported again as" not in page


def test_what_is_to_be_told_of_several_breaches_says_of_which(client: Client, order: Order) -> None:
    yesterday = clock.now() - timedelta(hours=20)
    first = factories.reported(order, happened_at=yesterday)
    matter = Matter.objects.get(about_id=first.pk)
    tell = f"/contact/matters/{matter.pk}/tell/"
    assert "breach 1" not in said(client.get(tell)), "it is the only one"
    factories.reported(order)
    page = said(client.get(tell))
    named = f"Of the reported breach, safely: breach 1, {day(yesterday)}"
    other = f"Of the reported breach, safely: breach 2, {day(clock.now() - timedelta(minutes=20))}"
    assert named in page
    assert page.count(other) == 2, "in its heading and in the box to tick"
    listed = said(client.get(f"/advocates/{order.case_id}/"))
    assert "of the reported breach, safely: breach 1" in listed
    assert "of the reported breach, safely: breach 2" in listed


def test_about_when_is_enough(client: Client, order: Order) -> None:
    assert "About is enough" in said(client.get(f"/breaches/orders/{order.pk}/report/"))


def test_the_list_says_in_plain_words_where_each_breach_stands(order: Order) -> None:
    lead, officer = factories.lead(), factories.officer()
    breach = factories.reported(order)
    browser = signed_in(lead)
    for act, words in (
        (None, "Nobody has taken it"),
        (lambda: lifecycle.acknowledge(breach, by=lead), f"{lead} took it, nobody is assigned"),
        (lambda: lifecycle.assign(breach, by=lead, officer=officer), f"{officer} answers it"),
        (
            lambda: lifecycle.decide(breach, by=officer, outcome="charged", note="ST19001"),
            "Decided: charged",
        ),
    ):
        if act:
            act()
        assert words in said(browser.get("/breaches/?state=all"))
        assert words in said(browser.get(f"/breaches/cases/{order.case_id}/"))


@pytest.mark.parametrize("addressed", [False, True])
def test_nobody_is_said_to_be_told_who_is_not_there(order: Order, *, addressed: bool) -> None:
    """No duty inbox is named, and no stalking lead is there: the page says so at once, and later."""
    with transaction.atomic():
        Case.objects.filter(pk=order.case_id).update(officer=factories.officer())
    Force.objects.filter(pk=order.force_id).update(duty_inbox="")
    breach = factories.reported(order)
    if addressed:
        addressing.run()
    found = reached(breach)
    assert (found.told, found.nobody) == (
        "the officer in the case",
        "the duty inbox and the stalking lead",
    )
    browser = signed_in(factories.control_room())
    path = f"/breaches/orders/{order.pk}/report/"
    shown = said(browser.post(path, told(order, what_happened="Another"), follow=True))
    assert "Told of it: the officer in the case. Nobody could be told as the duty inbox" in shown
    assert "could be told as the duty inbox and the stalking lead." in shown
    Force.objects.filter(pk=order.force_id).update(duty_inbox="duty.ts@police.invalid")
    factories.lead()
    everybody = reached(factories.reported(order, by=factories.lead()))
    assert everybody.told == "the officer in the case, the duty inbox and the stalking lead"
    assert everybody.sentence.endswith("the duty inbox and the stalking lead")


def test_where_nobody_could_be_told_at_all_the_reporter_is_told_to_ring(order: Order) -> None:
    with transaction.atomic():
        Case.objects.filter(pk=order.case_id).update(officer=None)
    Force.objects.filter(pk=order.force_id).update(duty_inbox="")
    breach = factories.reported(order, by=factories.control_room())
    assert "ring them now" in reached(breach).sentence
    page = said(signed_in(factories.control_room()).get(f"/breaches/{breach.pk}/reported/"))
    assert "could be told: ring them now" in page
