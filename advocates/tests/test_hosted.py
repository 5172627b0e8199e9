"""Where a client's protection stands, in plain words."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.tests import factories as accounts
from advocates.tests import factories
from advocates.tests.stages import (
    WITHDRAWN_FOR,
    full_open_ended,
    headline,
    interim_made,
    interim_served,
    lapsed,
    refused,
    status_of,
    temporary_refused,
)
from applications import lifecycle as applications
from applications.models import Request
from applications.tests import factories as drafts
from casework import actions as casework
from casework import clock
from casework.models import Case, Deadline
from contact.models import Matter
from contact.words import day
from law.periods import end_instant
from orders import lifecycle as orders_lifecycle
from orders.tests import factories as orders
from people import actions as people
from people.tests import factories as persons

pytestmark = pytest.mark.django_db


HOST = {"HTTP_HOST": factories.HOST}


STAGES: dict[str, tuple[Callable[[], Case], str]] = {
    "drafting": (
        lambda: drafts.complete_draft().case,
        "We are getting ready to ask the court for an order.",
    ),
    "lodged": (lambda: drafts.lodged().case, "We have asked the court for an order."),
    "made": (interim_made, "There is an order. They have not been given it yet."),
    "served": (interim_served, "There is an order, and they have been given it."),
    "open ended": (full_open_ended, "There is an order, and they have been given it."),
    "refused": (refused, "The court did not make an order."),
    "temporary refused": (temporary_refused, "The court did not make a temporary order."),
    "lapsed": (lapsed, "There is no order now."),
}


LISTED = {  # with the days, which are each client's own
    "lodged": "We asked the court for an order on ",
    "made": "They have not been given it yet.",
    "served": "The temporary order lasts until ",
    "open ended": "The full order lasts until the court ends it.",
}


@pytest.mark.parametrize("stage", STAGES)
def test_each_stage(browser: Client, stage: str) -> None:
    make, said = STAGES[stage]
    case = make()
    factories.consent(case)
    html = status_of(browser, case)
    assert headline(html) == said
    assert "Where things stand for C. F." in html, "initials, never a name"
    assert "Carys" not in html
    assert "ring 999" in html
    listed = browser.get("/").content.decode()
    assert listed.count(LISTED.get(stage, said)) == 1, "the list says the same"
    assert case.reference in listed, "two clients may have the same initials"


@pytest.mark.parametrize(
    ("gender", "said"),
    [
        ("male", "and he has been given it"),
        ("female", "and she has been given it"),
        ("unknown", "they have"),
    ],
)
def test_pronouns_follow_what_is_known(browser: Client, gender: str, said: str) -> None:
    case = interim_served()
    assert case.subject
    people.correct_person(case.subject, by=factories.officer(case), gender=gender)
    factories.consent(case)
    assert said in status_of(browser, case)


def test_what_happens_next_says_who_does_what_by_when(browser: Client) -> None:
    case = interim_made()
    factories.consent(case)
    html = status_of(browser, case)
    assert re.search(r"The police give them the order by \w+day \d+ \w+ \d{4} at \d\d:\d\d\.", html)
    Deadline.objects.filter(case=case, kind="serve_order").update(due_at=clock.now())
    assert "This is late; we are chasing it." in status_of(browser, case)


def test_the_order_is_shown_as_the_court_worded_it(browser: Client) -> None:
    case = interim_served()
    factories.consent(case)
    html = status_of(browser, case)
    assert "The order says what they must not do:" in html
    assert "It says what they must do:" in html
    for told in ("Must not contact Ms A", "Must not go into Area A, Testham", "Must attend"):
        assert told in html


def test_a_declined_request_reaches_the_one_who_asked(browser: Client, advocate: User) -> None:
    request = applications.ask_for_order(
        by=advocate,
        force=accounts.force(),
        subject_as_told="Martin T",
        concerns="He follows her.",
        **drafts.CLIENT,
    )
    assert "The police have not decided yet" in browser.get("/").content.decode()
    lead = drafts.lead()
    applications.decide_request(request, by=lead, **drafts.DECLINE)
    html = browser.get("/").content.decode()
    assert drafts.DECLINE["told_requester"] in html
    assert "A second person is looking at that decision" in html
    again = drafts.lead(username="second.lead")
    applications.second_look(request, by=again, **drafts.DECLINE)
    assert "A second person looked at it and agreed" in browser.get("/").content.decode()
    other = Client(**HOST)
    other.force_login(factories.advocate("advocate.other"))
    assert drafts.DECLINE["told_requester"] not in other.get("/").content.decode()


def test_the_list_asks_as_much_for_many_clients_as_for_one(browser: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert browser.get("/").status_code == 200
        return len(found)

    factories.consent(interim_served())
    browser.get("/")
    one = asked()
    for _ in range(2):
        factories.consent(interim_made())
    assert asked() <= one <= 14
    assert browser.get("/").content.decode().count("C. F.") == 3


def test_what_the_requester_was_told_is_for_the_requester(browser: Client, advocate: User) -> None:
    """Whoever asked reads why; another advocate with her consent is told whom to ask."""
    request = drafts.request()
    case, lead = request.case, drafts.lead()
    applications.decide_request(request, by=lead, **drafts.DECLINE)
    with transaction.atomic():
        casework.add_party(case, persons.person(lead, family_name="Ffugiwr"), role="both")
    factories.consent(case)
    assert "The officer can tell you why." in status_of(browser, case)
    Request.objects.filter(case=case).update(asked_by=advocate)
    assert drafts.DECLINE["told_requester"] in status_of(browser, case)


def test_she_is_told_of_a_renewal_that_was_asked_and_of_the_days_without_an_order(
    browser: Client,
) -> None:
    order = orders.served(clock.now() - timedelta(days=3), kind="interim")
    factories.consent(order.case)
    assert order.application
    assert order.last_day
    gap = day(order.last_day + timedelta(days=1))
    assert "no order protects" not in status_of(browser, order.case)
    drafts.hearing(
        order.application,
        starts_at=clock.now() + (order.last_day - clock.today()) + timedelta(days=7),
    )
    said = f"If the court does not make it longer, no order protects C. F. from {gap}."
    assert said in status_of(browser, order.case)
    asked = orders.asked(order, asked_until=order.last_day + timedelta(days=28))
    renewal = orders_lifecycle.apply_to_renew(order, by=factories.officer(order.case), asked=asked)
    html = status_of(browser, order.case)
    assert said in html
    assert (
        f"The court was asked on {day(renewal.applied_on)} to make the temporary order longer, "
        "because the hearing is after it ends. The court has not decided that yet."
    ) in html
    orders_lifecycle.decide_variation(
        renewal,
        by=factories.officer(order.case),
        decision=orders_lifecycle.Decision(
            outcome="granted",
            decided_at=clock.now(),
            heard=("subject",),
            last_day=order.last_day + timedelta(days=28),
        ),
    )
    html = status_of(browser, order.case)
    assert "no order protects" not in html
    assert "The court was asked" not in html


def test_a_withdrawal_is_among_what_happened(browser: Client) -> None:
    lodged = drafts.lodged()
    factories.consent(lodged.case)
    applications.withdraw_application(
        lodged, by=factories.officer(lodged.case), reason=WITHDRAWN_FOR
    )
    html = status_of(browser, lodged.case)
    happened = html.partition("What happened")[2]
    gone = happened.index("We took back the request to the court.")
    assert gone < happened.index("We asked the court for an order."), "newest first"


def test_midnight_is_the_end_of_the_day_before(browser: Client) -> None:
    case = orders.made().case
    factories.consent(case)
    ends = end_instant(clock.today() + timedelta(days=1))
    Matter.objects.filter(case=case).update(due_at=ends, whole_day=False)
    html = status_of(browser, case)
    assert "00:00" not in html.partition("What happens next")[2].partition("What happened")[0]
    assert f"By the end of {day(clock.today() + timedelta(days=1))} the officer tells" in html


def test_the_unit_answers_when_the_officer_is_off(browser: Client) -> None:
    case = interim_served()
    factories.consent(case)
    html = status_of(browser, case)
    assert "and it cannot wait: <a" in html, "no number is made up"
    assert 'href="tel:101"' in html
    unit = case.unit or accounts.unit(case.force)
    Case.objects.filter(pk=case.pk).update(unit=unit)
    type(unit).objects.update(phone="01632 960 199", hours="day and night")
    html = status_of(browser, case)
    assert 'href="tel:01632960199">01632 960 199</a>, day and night' in html
    assert "In danger now: 999" in html


def test_the_day_by_which_she_is_told_is_not_read_as_the_day_of_what_she_is_told(
    browser: Client,
) -> None:
    case = orders.made().case
    factories.consent(case)
    page = status_of(browser, case)
    assert re.search(r"By [A-Z][^<]* the officer tells [^<]* that the court made an order\.<", page)
