"""The list of clients: the most urgent first, cut by keyset, and each line says what is its own."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.tests import factories as accounts
from advocates.lifecycle import report_incident
from advocates.tests import factories, many
from applications import lifecycle as applications
from applications.tests import factories as drafts
from audit.models import Entry
from casework import clock
from casework.models import Case
from orders import lifecycle
from orders.terms import Act, Change
from orders.tests import factories as orders
from people import actions as people

pytestmark = pytest.mark.django_db
HOST = {"HTTP_HOST": factories.HOST}
FIND = {"q": "ffug"}


@pytest.fixture
def advocate() -> User:
    return factories.advocate()


@pytest.fixture
def browser(advocate: User) -> Client:
    client = Client(**HOST)
    client.force_login(advocate)
    return client


def body(browser: Client, address: str = "/") -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def shown(html: str) -> list[str]:
    """The references of the list, in its order."""
    return re.findall(r'aria-hidden="true">([A-Z]+-\d\d-\d{4})</span>', html)


def line_of(html: str, case: Case) -> str:
    row = html.split(f">{case.reference}</span></td>")[1].split("</td>")[0]
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", "", row)).strip()


def link(html: str, words: str) -> str:
    found = re.search(rf'href="([^"]+)"[^>]*>(?:(?!</a>).)*{words}', html, re.S)
    return found[1].replace("&amp;", "&") if found else ""


def consented(case: Case) -> Case:
    factories.consent(case)
    return case


def look_at(browser: Client, *cases: Case) -> None:
    for case in cases:
        body(browser, f"/clients/{case.pk}/")


def test_what_presses_comes_first(browser: Client) -> None:
    long = consented(orders.served(clock.now() - timedelta(days=1)).case)
    in_nine_days = clock.now() + timedelta(days=9)
    heard = consented(drafts.hearing(drafts.lodged(), starts_at=in_nine_days).case)
    ending = consented(orders.served(clock.now() - timedelta(days=1), kind="interim").case)
    new = consented(orders.made().case)
    look_at(browser, long, heard, ending, new)
    lifecycle.serve(new.orders.get(), by=orders.officer(), proof=orders.proof())
    html = body(browser)
    assert shown(html) == [case.reference for case in (new, ending, heard, long)]
    assert re.match(r"New on \w+day .*: They were given the order\.", line_of(html, new))
    assert "The temporary order lasts until" in line_of(html, ending)
    assert "The court meets on" in line_of(html, heard)
    assert line_of(html, long).startswith("The full order lasts until")
    look_at(browser, new)
    assert shown(body(browser))[0] == ending.reference, "what she has seen presses no more"


def test_a_client_never_looked_at_is_first(browser: Client) -> None:
    ending = consented(orders.served(clock.now() - timedelta(days=1), kind="interim").case)
    look_at(browser, ending)
    unseen = consented(drafts.complete_draft().case)
    html = body(browser)
    assert shown(html) == [unseen.reference, ending.reference]
    assert line_of(html, unseen).startswith("Not looked at yet: We are getting ready")


def test_protection_that_ends_within_days_comes_before_what_is_new(browser: Client) -> None:
    days = consented(orders.served(clock.now() - timedelta(days=20), kind="interim").case)
    later = consented(orders.served(clock.now() - timedelta(days=1), kind="interim").case)
    new = consented(drafts.complete_draft().case)
    html = body(browser)
    assert shown(html)[0] == days.reference
    assert {*shown(html)[1:]} == {later.reference, new.reference}
    assert line_of(html, days).startswith("Not looked at yet: The temporary order lasts until")


def test_a_longer_order_that_the_court_has_not_decided_on_is_what_comes_next(
    browser: Client,
) -> None:
    said = "The court has not yet decided on a longer order. No day is fixed yet."
    interim = consented(orders.served(clock.now() - timedelta(days=1), kind="interim").case)
    full = consented(orders.served(clock.now() - timedelta(days=1)).case)
    assert said in body(browser, f"/clients/{interim.pk}/")
    assert said not in body(browser, f"/clients/{full.pk}/")


def test_one_day_is_told_in_the_order_of_a_cases_life(browser: Client) -> None:
    case = consented(orders.made().case)
    html = body(browser, f"/clients/{case.pk}/")
    steps = ("The court made a full order", "We asked the court for an order", "asked us for an")
    places = [html.index(step, html.index("What happened")) for step in steps]
    assert places == sorted(places)


def test_protection_that_has_ended_presses(browser: Client) -> None:
    served = orders.served(clock.now() - timedelta(days=40), kind="interim")
    lapsed, heard = consented(served.case), consented(drafts.heard().case)
    look_at(browser, lapsed, heard)
    html = body(browser)
    assert shown(html) == [lapsed.reference, heard.reference]
    assert line_of(html, lapsed).startswith("There is no order now. The last one ended on")


def test_an_order_that_he_has_not_been_given_says_so(browser: Client) -> None:
    case = consented(orders.made().case)
    look_at(browser, case)
    assert line_of(body(browser), case).endswith("They have not been given it yet.")


def test_what_she_reported_herself_is_no_news(browser: Client, advocate: User) -> None:
    case = consented(orders.served().case)
    look_at(browser, case)
    report_incident(case, by=advocate, happened_at=clock.now(), what_happened="He rang.")
    assert not line_of(body(browser), case).startswith("New")


def test_what_she_is_not_told_is_no_news(browser: Client) -> None:
    """A change of the draft, a point to prove, a new address of his: nothing of it shows here."""
    order = orders.served()
    case = consented(order.case)
    look_at(browser, case)
    before = line_of(body(browser), case)
    applications.add_address(case, by=factories.officer(case), lines="1 Ffug Lane, Testham")
    assert line_of(body(browser), case) == before


def test_who_is_listed_agreed_and_is_still_protected(browser: Client) -> None:
    consent = factories.consent(orders.served().case)
    consent.case.parties.filter(person=consent.person).update(role="witness")
    assert shown(body(browser)) == []


def test_pages_of_two_hundred_clients(browser: Client, advocate: User) -> None:
    cases = many.clients(advocate, 200)
    pages, address = [], "/"
    with CaptureQueriesContext(connection) as first:
        html = body(browser)
    while address:
        html = body(browser, address)
        pages.append(shown(html))
        following = link(html, "Next 25")
        address = f"/{following}" if following.startswith("?") else following
    assert [len(page) for page in pages] == [25] * 8
    assert sum(pages, []) == [case.reference for case in cases], "each once, the newest first"
    assert len(first) <= 17
    back = link(html, "Previous 25")
    assert shown(body(browser, back)) == pages[-2]
    assert browser.get("/?cursor=made-up")["Location"] == "/"


def test_a_page_asks_as_much_for_two_hundred_clients_as_for_one(
    browser: Client, advocate: User
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            body(browser)
        return len(found)

    many.clients(advocate, 1)
    body(browser)
    one = asked()
    many.clients(advocate, 199, year=24)
    assert asked() == one


@pytest.mark.parametrize("text", ["carys", "FFUG", "ffugiwr carys", "c f", "cf", "C. F."])
def test_a_client_is_found_by_name_or_initials(browser: Client, text: str) -> None:
    case, other = consented(drafts.complete_draft().case), consented(drafts.complete_draft().case)
    people.correct_person(
        factories.client_of(other), by=factories.officer(other), given_names="N", family_name="Ex"
    )
    answer = browser.post("/", {"q": text})
    assert answer.status_code == 302
    assert shown(body(browser, answer["Location"])) == [case.reference]


def test_a_client_is_found_by_reference(browser: Client) -> None:
    case, other = consented(drafts.complete_draft().case), consented(drafts.complete_draft().case)
    for text in (case.reference, case.reference.lower(), case.reference[-4:]):
        found = shown(body(browser, browser.post("/", {"q": text})["Location"]))
        assert found == [case.reference]
    assert other.reference != case.reference


def test_nobody_is_found_who_did_not_agree(browser: Client) -> None:
    drafts.complete_draft()
    html = body(browser, browser.post("/", {"q": "carys"})["Location"])
    assert shown(html) == []
    assert "No client of yours is found by that" in html


def test_a_search_stands_in_no_address_and_is_kept_in_the_log(
    browser: Client, advocate: User
) -> None:
    case = consented(drafts.complete_draft().case)
    where = browser.post("/", FIND)["Location"]
    assert "ffug" not in where.lower()
    html = body(browser, where)
    assert "ffug" not in "".join(re.findall(r'href="([^"]*)"', html)).lower()
    looks = Entry.objects.filter(kind="look", actor=advocate.username, verb="search")
    assert {look.case_id for look in looks} == {None, case.pk}
    assert Client(**HOST).get(where).status_code == 302, "only for who signed in"
    other = Client(**HOST)
    other.force_login(factories.advocate("advocate.other"))
    assert "kept no longer" in body(other, where)


def test_finding_a_client_is_not_looking_at_her(browser: Client) -> None:
    case = consented(drafts.complete_draft().case)
    assert line_of(body(browser), case).startswith("Not looked at yet")
    body(browser, browser.post("/", FIND)["Location"])
    assert line_of(body(browser), case).startswith("Not looked at yet")


def test_without_a_client_the_page_says_what_to_do(browser: Client) -> None:
    html = body(browser)
    assert "No client has agreed yet" in html
    assert "The officer records it" in html
    assert "Ask for an order" in html
    assert "Find a client" not in html


@pytest.mark.parametrize(("path", "current"), [("", "page"), ("clients/{}/", "true")])
def test_your_clients_is_where_a_clients_page_is(browser: Client, path: str, current: str) -> None:
    case = consented(orders.served().case)
    for page in (path, "clients/{}/report/") if path else (path,):
        html = body(browser, "/" + page.format(case.pk))
        assert re.search(rf'href="/" aria-current="{current}"><strong[^>]*>Your clients<', html)


def test_what_was_asked_for_is_short_here_and_whole_on_its_page(
    browser: Client, advocate: User
) -> None:
    for n in range(4):
        told = drafts.CLIENT | {"client_as_told": f"Client {n}"}
        facts = {"subject_as_told": "Martin T", "concerns": "He follows her."}
        applications.ask_for_order(by=advocate, force=accounts.force(), **facts, **told)
    html = body(browser)
    assert [n for n in range(4) if f"For Client {n}" in html] == [1, 2, 3]
    assert "Everything that you asked for" in html
    whole = body(browser, "/asked/")
    assert [n for n in range(4) if f"For Client {n}" in whole] == [0, 1, 2, 3]


def test_what_the_court_did_with_an_order_is_told(browser: Client) -> None:
    removed = (Change(Act.REMOVE, 3),)
    full = orders.served(clock.now() - timedelta(days=2))
    varied = consented(orders.varied(full, changes=removed).case)
    assert "The court changed the order." in body(browser, f"/clients/{varied.pk}/")
    interim = orders.served(clock.now() - timedelta(days=2), kind="interim")
    replaced = consented(orders.full_after(interim).case)
    said = "The full order took the place of the temporary one."
    assert said in body(browser, f"/clients/{replaced.pk}/")
