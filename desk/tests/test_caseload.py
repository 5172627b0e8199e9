"""The caseload shows what its filters ask for, in the order of the clocks, and nothing that is closed."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from accounts.tests import factories as accounts
from advocates import standing
from alerts import queries as alerts
from applications import lifecycle as drafting
from audit.models import Entry
from casework import actions, searches
from casework.models import Case
from desk import caseload
from desk import tags as marks
from desk.tests import factories
from notifications.models import Duty
from notifications.tests import factories as duties
from orders import lifecycle
from orders.models import Order
from orders.terms import Act, Change
from orders.tests import factories as orders
from people.tests import factories as persons

CASELOAD = "/caseload/"
REFERENCE = re.compile(r'app-ref" href="/cases/[0-9a-f-]+/">([A-Z0-9-]+)</a>')
NEXT = re.compile(r'href="([^"]+)" rel="next"')
PREVIOUS = re.compile(r'href="([^"]+)" rel="prev"')
pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(client: Client) -> User:
    user = factories.lead()
    client.force_login(user)
    return user


def body(client: Client, query: str = "") -> str:
    answer = client.get(f"{CASELOAD}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def shown(client: Client, query: str = "") -> list[str]:
    """The references on the first page."""
    return REFERENCE.findall(body(client, query))


def searched(client: Client, text: str, **filters: Any) -> str:
    """The address that a search leads to."""
    answer = client.post(CASELOAD, {"q": text, **filters})
    assert answer.status_code == 302
    return str(answer["Location"])


def found(client: Client, text: str, **filters: Any) -> list[str]:
    """The references on the first page of a search."""
    return shown(client, searched(client, text, **filters).removeprefix(CASELOAD))


def walk(client: Client, query: str = "") -> list[list[str]]:
    """Every page, by its own links; and the way back shows the same."""
    pages, html = [], body(client, query)
    while True:
        pages.append(REFERENCE.findall(html))
        if not (link := NEXT.search(html)):
            break
        html = body(client, unescape(link[1]))
    back = [REFERENCE.findall(html)]
    while link := PREVIOUS.search(html):
        html = body(client, unescape(link[1]))
        back.insert(0, REFERENCE.findall(html))
    assert back == pages
    return pages


def names(cases: Iterable[Case]) -> set[str]:
    return {case.reference for case in cases}


# What is asked for


@pytest.mark.usefixtures("lead")
def test_each_filter_and_their_combinations(client: Client) -> None:
    request, declined = factories.requested(), factories.declined()
    court, drafted = factories.listed(), factories.drafted()
    not_served, interim = factories.made("full"), factories.served("interim")
    breached, ended = factories.breached(), factories.ended()
    everything = [request, declined, court, drafted, not_served, interim, breached, ended]
    Case.objects.filter(pk__in=[request.pk, interim.pk]).update(domestic_abuse=True)
    Case.objects.filter(pk=interim.pk).update(online_acts=True)
    other = accounts.user(username="officer.two", name="Second Ffugiwr")
    Case.objects.filter(pk=interim.pk).update(officer=other)
    Case.objects.filter(pk=request.pk).update(next_due_at=timezone.now() - timedelta(minutes=1))
    Case.objects.filter(pk=court.pk).update(next_due_at=timezone.now() + timedelta(days=6))
    far = timezone.now() + timedelta(days=40)
    Case.objects.exclude(pk__in=[request.pk, court.pk]).update(next_due_at=far)
    expected: dict[str, list[Case]] = {
        "": everything,
        "?stage=request": [request, drafted],
        "?stage=court": [court],
        "?stage=interim": [interim, breached],
        "?stage=full": [not_served],
        "?stage=ended": [declined, ended],
        "?stage=interim&stage=full": [interim, breached, not_served],
        "?stage=interim&flag=breach": [breached],
        "?flag=da": [request, interim],
        "?flag=online": [interim],
        "?flag=da&flag=online": [interim],
        "?flag=not_served": [not_served],
        "?flag=breach": [breached],
        "?clock=late": [request],
        "?clock=7": [request, court],
        "?clock=28": [request, court],
        "?clock=7&stage=court": [court],
        f"?officer={other.pk}": [interim],
        "?stage=request&flag=breach": [],
        # What nobody knows changes nothing
        "?stage=nonsense&clock=1&flag=x&officer=somebody&order=name&q=nobody": everything,
    }
    for query, cases in expected.items():
        assert set(shown(client, query)) == names(cases), query
    assert found(client, interim.reference.lower()) == [interim.reference]
    assert found(client, interim.reference, stage="full") == []
    assert found(client, "no such name") == []


@pytest.mark.usefixtures("lead")
def test_a_name_is_found_as_it_sounds(client: Client) -> None:
    court = factories.listed()
    assert court.subject
    factories.requested()
    assert found(client, "Siôn Mockford") == [court.reference]
    assert found(client, "sion mokford") == [court.reference]


@pytest.mark.usefixtures("lead")
def test_everybody_of_a_name_is_found_however_many(client: Client) -> None:
    officer = factories.officer()
    for number in range(55):
        name = {"given_names": f"Owen {number}", "family_name": "Fictionby"}
        factories.case(subject=persons.person(officer, **name))
    alike = factories.case(subject=persons.person(officer, family_name="Fiktionby"))
    theirs = accounts.user(of=accounts.other_force())
    factories.case(officer=theirs, subject=persons.person(theirs, family_name="Fictionby"))
    query = searched(client, "fictionby").removeprefix(CASELOAD)
    pages = []
    while query:
        html = body(client, query)
        pages.append(REFERENCE.findall(html))
        query = unescape(next(iter(NEXT.findall(html)), ""))
    assert [len(page) for page in pages] == [25, 25, 5]
    assert len(set(sum(pages, []))) == 55
    assert found(client, "fiktionby") == [alike.reference]
    assert len(found(client, "Fictionby Owen 7")) == 1


@pytest.mark.usefixtures("lead")
def test_filters_are_said_and_can_be_taken_away_one_by_one(client: Client) -> None:
    asked = searched(client, "x", stage=["court", "full"], flag="da", clock="7", officer="")
    html = body(client, asked.removeprefix(CASELOAD))
    tags = re.findall(r'moj-filter__tag" href="([^"]+)">.*?</span> ([^<]+)</a>', html)
    assert [text for _, text in tags] == [
        "“x”",
        "Before the court",
        "Full order in force",
        "Domestic abuse",
        "Ends within 7 days",
    ]
    without_court = parse_qs(urlsplit(unescape(tags[1][0])).query)
    (key,) = without_court.pop("search")
    assert key != "x"
    assert without_court == {"stage": ["full"], "flag": ["da"], "clock": ["7"]}
    assert 'id="stage-full" name="stage" type="checkbox" value="full" checked' in html
    assert "No case that you may see fits these filters" in html


def test_an_address_says_only_what_is_known() -> None:
    asked = "q=a&search=b&stage=court&stage=zzz&clock=soon&flag=da&officer=1&order=up"
    read = caseload.read(QueryDict(asked))
    assert read == caseload.Filters(stages=("court",), flags=("da",))
    assert read.pairs() == [("stage", "court"), ("flag", "da")]


# What is searched for


@pytest.mark.usefixtures("lead")
def test_what_is_searched_for_stands_in_no_address(client: Client) -> None:
    officer = factories.officer()
    for _ in range(26):
        factories.case(subject=persons.person(officer, family_name="Canaryby"))
    address = searched(client, "Canaryby", clock="any", order="newest")
    html = body(client, address.removeprefix(CASELOAD))
    addresses = [address, *re.findall(r'(?:href|action)="([^"]*)"', html)]
    assert NEXT.search(html)
    assert not [a for a in addresses if "canary" in a.lower()]
    assert 'value="Canaryby"' in html
    assert 'method="post" action="/caseload/"' in html
    assert [len(page) for page in walk(client, address.removeprefix(CASELOAD))] == [25, 1]


def test_a_search_is_a_look_and_so_is_each_case_that_it_shows(client: Client, lead: User) -> None:
    officer = factories.officer()
    case = factories.case(subject=persons.person(officer, family_name="Canaryby"))
    factories.case()
    assert found(client, " Canaryby ") == [case.reference]
    noted = Entry.objects.filter(kind="look", verb="search").order_by("id")
    assert [(e.actor, e.case_id, e.details["reason"]) for e in noted] == [
        (lead.username, None, "Canaryby"),
        (lead.username, case.pk, ""),
    ]
    assert "Canaryby" not in str([e.details["path"] for e in noted])
    body(client)
    assert noted.count() == 2, "a list that nobody searched is no search"


@pytest.mark.usefixtures("lead")
def test_a_search_belongs_to_its_session(client: Client) -> None:
    officer = factories.officer()
    factories.case(subject=persons.person(officer, family_name="Canaryby"))
    other = factories.case()
    address = searched(client, "Canaryby")
    client.force_login(accounts.user(Role.STALKING_LEAD, username="another.lead"))
    html = body(client, address.removeprefix(CASELOAD))
    assert "kept no longer" in html
    assert "“Canaryby”" not in html
    assert other.reference in html
    assert client.get(f"{address}&page=made-up").status_code == 200


@pytest.mark.usefixtures("lead")
@pytest.mark.parametrize("text", ["", "   ", "\0"])
def test_an_empty_search_asks_for_nothing(client: Client, text: str) -> None:
    assert searched(client, text, stage="court") == f"{CASELOAD}?stage=court"
    assert searched(client, text) == CASELOAD


@pytest.mark.usefixtures("lead")
def test_searches_of_odd_texts_are_no_errors(client: Client) -> None:
    factories.case()
    for text in ("x" * 5000, "a\0b", "%", "'", "\ud800".encode("utf-8", "surrogatepass"), "٣"):
        assert found(client, text) == []  # type: ignore[arg-type]


def test_a_session_keeps_its_last_searches() -> None:
    session: dict[str, Any] = {}
    keys = [searches.keep(session, f"name {n}") for n in range(searches.KEPT + 1)]
    assert searches.text_of(session, keys[0]) == ""
    assert searches.text_of(session, keys[-1]) == f"name {searches.KEPT}"
    assert searches.keep(session, "name 5") == keys[5], "the same search has one key"


@pytest.mark.usefixtures("lead")
def test_a_search_costs_as_much_for_one_case_as_for_a_page(client: Client) -> None:
    def add() -> None:
        person = persons.person(factories.officer(), family_name="Canaryby")
        factories.clock_on(factories.case(subject=person), timezone.now() + timedelta(days=1))

    def asked() -> int:
        alerts.forget()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    add()
    address = searched(client, "Canaryby")
    client.get(address)
    one = asked()
    for _ in range(25):
        add()
    assert asked() <= one + 1 <= 16  # of several pages it asks whether there are many


# Who may see what


@pytest.mark.usefixtures("lead")
def test_another_forces_case_is_absent(client: Client) -> None:
    theirs = accounts.user(of=accounts.other_force())
    case = factories.case(officer=theirs)
    ours = factories.case()
    assert shown(client) == [ours.reference]
    assert found(client, case.reference) == []
    assert found(client, "Testwood") == []  # the name has no token in either force


def test_restricted_cases_leave_no_gap(client: Client, lead: User) -> None:
    """30 cases of which 8 are closed to the reader: one page of 22, and 22 is the number said."""
    cases = [factories.case() for _ in range(30)]
    closed = cases[::4]
    Case.objects.filter(pk__in=[c.pk for c in closed]).update(
        restricted=True, restricted_reason="Known here"
    )
    html = body(client)
    assert set(REFERENCE.findall(html)) == names(cases) - names(closed)
    assert "<strong>22 cases.</strong>" in html
    assert not NEXT.search(html)
    with transaction.atomic():
        actions.let_in(closed[0].pk, lead, basis="named", by=lead)
    html = body(client)
    assert set(REFERENCE.findall(html)) == (names(cases) - names(closed)) | {closed[0].reference}
    assert "Restricted" in html


def test_an_officer_sees_the_unit_and_what_she_was_let_into(client: Client) -> None:
    user = factories.officer()
    mine = factories.case()
    elsewhere = accounts.unit(name="North CID")
    hers = accounts.user(username="north", unit=elsewhere)
    theirs, opened = factories.case(officer=hers), factories.case(officer=hers)
    with transaction.atomic():
        actions.let_in(opened.pk, user, basis="assignment", by=user)
    client.force_login(user)
    assert set(shown(client)) == names([mine, opened])
    assert theirs.reference not in body(client)


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.CONTROL_ROOM, 403), (Role.FORCE_ADMINISTRATOR, 403), (Role.ADVOCATE, 302)],
)
def test_who_has_no_caseload(client: Client, role: Role, status: int) -> None:
    client.force_login(accounts.user(role))
    assert client.get(CASELOAD).status_code == status


def test_nobody_sees_it_without_signing_in(client: Client) -> None:
    answer = client.get(CASELOAD)
    assert answer.status_code == 302
    assert "/accounts/login/" in answer.headers["Location"]


# Pages


@pytest.mark.usefixtures("lead")
def test_pages_follow_the_clocks_and_those_without_come_last(client: Client) -> None:
    now = timezone.now()
    days: list[int | None] = [5, 1, 1, 3, 2] * 6 + [None] * 25
    cases = [factories.case(next_due_at=now + timedelta(days=day) if day else None) for day in days]
    pages = walk(client)
    assert [len(page) for page in pages] == [25, 25, 5]
    listed = [reference for page in pages for reference in page]
    with_clock = sorted(
        (c for c in cases if c.next_due_at), key=lambda c: (c.next_due_at, str(c.pk))
    )
    without = sorted((c for c in cases if not c.next_due_at), key=lambda c: str(c.pk))
    assert listed == [c.reference for c in [*with_clock, *without]]


@pytest.mark.usefixtures("lead")
def test_newest_first(client: Client) -> None:
    now = timezone.now()
    cases = [factories.case(asked_at=now - timedelta(days=(n * 7) % 30)) for n in range(30)]
    listed = [reference for page in walk(client, "?order=newest") for reference in page]
    newest = sorted(cases, key=lambda c: (-c.asked_at.timestamp(), str(c.pk)))
    assert listed == [c.reference for c in newest]


@pytest.mark.usefixtures("lead")
def test_a_link_belongs_to_its_list(client: Client) -> None:
    for _ in range(26):
        factories.case(domestic_abuse=True)
    link = NEXT.search(body(client))
    assert link
    query = unescape(link[1])
    assert client.get(f"{CASELOAD}{query}").status_code == 200
    assert client.get(f"{CASELOAD}{query}&flag=da").status_code == 404
    assert client.get(f"{CASELOAD}?page=made-up").status_code == 404
    client.force_login(accounts.user(Role.STALKING_LEAD, username="another.lead"))
    assert client.get(f"{CASELOAD}{query}").status_code == 404


def order_on(case: Case) -> None:
    """An order that is not served: what the list asks of an order, and no more."""
    now = timezone.now()
    with transaction.atomic():
        Order.objects.create(
            case=case,
            force_id=case.force_id,
            subject_id=case.subject_id,
            kind="full",
            court=factories.applications.court(),
            made_at=now - timedelta(hours=2),
            last_day=(now + timedelta(days=20)).date(),
            recorded_by=factories.officer(),
        )


@pytest.mark.usefixtures("lead")
def test_a_page_of_any_size_asks_as_much(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    def many_queries() -> int:
        alerts.forget()
        with CaptureQueriesContext(connection) as asked:
            assert client.get(CASELOAD).status_code == 200
        return len(asked)

    def add() -> None:
        case = factories.case()
        factories.clock_on(case, timezone.now() + timedelta(days=1))
        factories.clock_on(case, timezone.now() + timedelta(days=2))
        order_on(case)

    add()
    client.get(CASELOAD)
    one = many_queries()
    for _ in range(25):
        add()
    assert many_queries() <= one + 1 <= 12  # of several pages it asks whether there are many
    assert body(client).count("Not served</strong>") == 25


@pytest.mark.usefixtures("lead")
def test_a_line_says_where_the_case_stands(client: Client) -> None:
    interim = factories.made("interim")
    html = body(client)
    assert "Interim order</strong>" in html
    assert "Not served</strong>" in html
    assert "Serve the interim order" in html
    assert "<title>Caseload" in html
    assert interim.subject
    assert interim.subject.full_name in html
    assert interim.subject.family_name not in html.partition("</title>")[0]


def test_the_day_of_the_ask_is_londons() -> None:
    late = datetime(2026, 6, 9, 23, 30, tzinfo=UTC)
    assert marks.note([], factories.case(asked_at=late)) == "Asked 10 Jun 2026"


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", unescape(html)).split())


def test_the_range_of_the_clocks_names_the_days_that_they_end_with(
    client: Client, lead: User
) -> None:
    for day in (10, 12, 15):
        factories.clock_on(factories.case(), datetime(2026, 11, day, tzinfo=UTC))
    html = words(body(client))
    assert "3 cases. Their clocks end from Mon 9 Nov 2026 to Sat 14 Nov 2026." in html
    assert "end of Mon 9 Nov" in html
    assert "end of Sat 14 Nov" in html


def test_a_list_of_several_pages_says_no_total(client: Client, lead: User) -> None:
    for _ in range(27):
        factories.clock_on(factories.case(), datetime(2026, 11, 10, tzinfo=UTC))
    first = body(client)
    said = "with clocks that end from Mon 9 Nov 2026 to Mon 9 Nov 2026."
    assert f"More than 25 cases. Here are 25, {said}" in words(first)
    last = words(body(client, unescape(NEXT.findall(first)[0])))
    assert f"More than 25 cases. Here are 2, {said}" in last
    said = re.sub(r"TS-\d\d-\d{4}", "", last)  # the last reference has the number too
    assert "27" not in said.partition("Caseload")[2].partition("By next")[0]


def test_one_case_is_one_case(client: Client, lead: User) -> None:
    factories.clock_on(factories.case(), datetime(2026, 11, 10, tzinfo=UTC))
    html = words(body(client))
    assert "1 case." in html
    assert "Here" not in html
    assert "1 case, by the clock that ends next" in html


def test_a_case_is_found_by_the_number_of_its_reference(client: Client, lead: User) -> None:
    ours = factories.case()
    other, others = factories.case(), accounts.user(of=accounts.other_force())
    theirs = factories.case(officer=others)
    year = timezone.now().year % 100
    for case, reference in ((ours, "0031"), (other, "0310"), (theirs, "0031")):
        prefix = case.force.prefix
        Case.objects.filter(pk=case.pk).update(reference=f"{prefix}-{year}-{reference}")
    for text in ("0031", "31", f"{year}-0031", f"{year}0031", f"ts-{year}-0031", f"TS{year}0031"):
        assert found(client, text) == [f"TS-{year}-0031"], text
    for text in ("0032", f"{year - 1}-0031", f"XX-{year}-0031", f"{year} 0"):
        assert found(client, text) == [], text


def tags(case: Case) -> list[str]:
    return [mark.text for mark in marks.marks_of(case, timezone.now())]


def test_the_bar_says_of_which_order_he_must_notify_and_nothing_where_no_clock_runs() -> None:
    interim = orders.served(timezone.now() - timedelta(hours=30), kind="interim")
    duty = Duty.objects.get(order=interim)
    due = duty.due_on
    assert due
    by = f"Must notify by {due.day} {due:%b}"
    assert by in tags(interim.case)
    full = orders.full_after(interim)
    lifecycle.serve(full, by=full.case.officer or orders.officer(), proof=orders.proof())
    assert f"{by} of the interim order" in tags(full.case)
    duties.attended(duty)
    assert tags(full.case) == ["Full order in force", "Served"]


def test_the_bar_says_that_he_did_not_notify() -> None:
    order = orders.served(timezone.now() - timedelta(days=9))
    [tag] = [tag for tag in tags(order.case) if "otif" in tag]
    assert tag.startswith("Not notified by")


def test_a_change_that_he_was_not_given_is_not_shown_as_served(client: Client) -> None:
    order = orders.served(timezone.now() - timedelta(days=30))
    client.force_login(order.case.officer)
    assert shown(client, "?flag=not_served") == []
    variation = orders.varied(order, changes=[Change(Act.REMOVE, 3)])
    assert shown(client, "?flag=not_served") == [order.case.reference]
    assert "Change not served" in body(client)
    now = timezone.now()
    assert marks.CHANGE_NOT_SERVED in marks.marks_of(order.case, now)
    assert standing.known_of([order.case], now)[order.case_id].change_unserved
    lifecycle.serve(
        Order.objects.get(pk=order.pk),
        by=order.case.officer,
        proof=orders.proof(now),
        variation=variation,
    )
    assert marks.SERVED in marks.marks_of(order.case, timezone.now())
    assert shown(client, "?flag=not_served") == []
    assert not standing.known_of([order.case], timezone.now())[order.case_id].change_unserved


def test_an_interim_order_that_ran_out_before_the_court_decided_is_seen(client: Client) -> None:
    """The first day without effect, wherever the case is shown, until the court decides."""
    order = orders.served(timezone.now() - timedelta(days=40), kind="interim")
    assert order.last_day is not None
    since = order.last_day + timedelta(days=1)
    year = "" if since.year == timezone.now().year else f" {since.year}"
    tag = f"No order since {since.day} {since:%b}{year}"
    bound = orders.served(timezone.now() - timedelta(days=1), kind="interim")
    client.force_login(factories.lead())
    assert tag in tags(Case.objects.get(pk=order.case_id))
    assert f"{tag}</strong>" in body(client)
    assert tag in client.get(f"/cases/{order.case_id}/").content.decode()
    assert not [told for told in tags(bound.case) if "No order" in told]
    assert shown(client, "?flag=no_order") == [order.case.reference]
    heard = orders.hearing(application=order.application)
    drafting.result_hearing(heard, by=factories.officer(), outcome="refused", reason="not_proved")
    assert shown(client, "?flag=no_order") == []
    assert tag not in tags(Case.objects.get(pk=order.case_id))
