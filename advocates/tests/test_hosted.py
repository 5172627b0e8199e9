"""The advocates' own site: only consented clients, in plain words, and nothing of the investigation."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from accounts.actions import issue_token
from accounts.models import ApiToken, Grant, User
from accounts.roles import Role
from accounts.tests import factories as accounts
from accounts.tokens import hash_of
from advocates import lifecycle
from advocates.forms import AskForm, IncidentForm
from advocates.tests import factories
from advocates.views import HOSTED, HOSTED_ACTS
from advocates.words import initials
from applications import lifecycle as applications
from applications.models import Application, Request
from applications.tests import factories as drafts
from audit.models import Entry
from breaches.lifecycle import acknowledge
from breaches.models import Breach
from breaches.tests import factories as breaches
from casework import actions as casework
from casework import clock, forms
from casework.api import act_name
from casework.models import Case, Deadline
from contact.models import Matter
from contact.words import day
from law.periods import end_instant
from orders import lifecycle as orders_lifecycle
from orders.tests import factories as orders
from people import actions as people
from people.tests import factories as persons
from spo_cases.tests import roles

pytestmark = pytest.mark.django_db
HOST = {"HTTP_HOST": factories.HOST}
WITHDRAWN_FOR = Application.WithdrawalReason.values[0]


@pytest.fixture
def advocate() -> User:
    return factories.advocate()


@pytest.fixture
def browser(advocate: User) -> Client:
    """The advocate, signed in on her own host."""
    client = Client(**HOST)
    client.force_login(advocate)
    return client


def status_of(browser: Client, case: Case) -> str:
    answer = browser.get(f"/clients/{case.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def headline(html: str) -> str:
    found = re.search(r'class="adv-status[^"]*"><p>([^<]+)</p>', html)
    assert found
    return found[1]


# Where things stand, at every stage


def accepted() -> Case:
    return drafts.draft().case


def interim_made() -> Case:
    return orders.made(kind="interim").case


def interim_served() -> Case:
    return orders.served(clock.now() - timedelta(days=1), kind="interim").case


def full_open_ended() -> Case:
    return orders.served(clock.now() - timedelta(days=1), until_further_order=True).case


def refused() -> Case:
    heard = drafts.heard()
    facts = {"outcome": "refused", "reason": "not_proved", "note": "Not proved"}
    applications.result_hearing(heard, by=drafts.officer(), **facts)
    return heard.case


def temporary_refused() -> Case:
    heard = drafts.heard(purpose="interim")
    facts = {"outcome": "interim_refused", "reason": "not_appropriate"}
    applications.result_hearing(heard, by=drafts.officer(), **facts)
    return heard.case


def lapsed() -> Case:
    """The interim order's period is over, and the hearing is still to come."""
    order = orders.served(clock.now() - timedelta(days=40), kind="interim")
    return order.case


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


# Nothing that is not hers to know


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


# Who sees whom


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


# Two sites


def addresses(urlconf: str) -> list[str]:
    """Each address of a site that takes nothing or one id, with an id that nobody has."""
    nobody = "00000000-0000-4000-8000-000000000000"
    found = []
    for prefix, pattern in flat(get_resolver(urlconf).url_patterns):
        path = re.sub(r"<(uuid|int|str|slug|path):\w+>", nobody, f"{prefix}{pattern.pattern}")
        found.append("/" + path.replace("^", "").replace("$", "").replace("\\.", "."))
    return found


def flat(patterns: list[Any], prefix: str = "") -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            found += flat(pattern.url_patterns, f"{prefix}{pattern.pattern}")
        else:
            found.append((prefix, pattern))
    return found


SHARED = ("/accounts/", "/health/", "/help/", "/accessibility/", "/privacy/")
OWN = ("/ask-for-order/", "/report-incident/")  # the interface of the advocates' own acts


def of_one_site(urlconf: str) -> list[str]:
    """The addresses that the other site must not have."""
    shared = (a for a in addresses(urlconf) if a == "/" or a.startswith(SHARED) or a.endswith(OWN))
    return sorted({*addresses(urlconf)} - {*shared})


def test_police_pages_are_not_on_the_advocates_host() -> None:
    officer = Client(**HOST)
    officer.force_login(accounts.user())
    for address in of_one_site("spo_cases.urls"):
        assert officer.get(address).status_code == 404, address
    officer.force_login(accounts.user())
    assert officer.get("/").headers["Location"].startswith("/accounts/login/"), "nor is the session"


def test_advocates_pages_are_not_on_the_police_host(client: Client) -> None:
    client.force_login(factories.advocate())
    assert "/ask/" in of_one_site("advocates.hosted_urls")
    for address in of_one_site("advocates.hosted_urls"):
        assert client.get(address).status_code == 404, address


@pytest.mark.parametrize(
    "host", ["advocates.localhost.", "ADVOCATES.localhost", "Advocates.Localhost.:8000"]
)
def test_no_spelling_of_the_advocates_host_opens_the_police_site(host: str) -> None:
    browser = Client(headers={"host": host})
    browser.force_login(accounts.user(Role.CONTROL_ROOM))
    for address in ("/order-check/", "/caseload/", "/health/deep", "/api/schema/"):
        assert browser.get(address).status_code == 404, address


def test_an_advocate_opens_no_police_page(client: Client) -> None:
    case = interim_served()
    factories.consent(case)
    for name in ("desk:overview", "desk:history", "orders:overview", "documents:list"):
        client.force_login(factories.advocate())
        answer = client.get(reverse(name, args=[case.pk]))
        assert answer.headers["Location"].startswith("/accounts/login/"), name


PASSWORD = "a long enough password"


def sign_in(client: Client, user: User) -> Any:
    user.set_password(PASSWORD)
    user.save()
    return client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})


def test_an_advocate_who_signs_in_with_the_police_is_shown_the_way(client: Client) -> None:
    answer = sign_in(client, factories.advocate())
    assert answer.status_code == 403
    assert 'href="http://advocates.localhost/"' in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_an_officer_who_signs_in_with_the_advocates_too(settings: Any) -> None:
    browser = Client(**HOST)
    officer = accounts.user()
    answer = sign_in(browser, officer)
    assert answer.status_code == 200, "their passwords are not known there, right or wrong"
    assert "Enter a user name and password that belong together" in answer.content.decode()
    assert "_auth_user_id" not in browser.session
    with roles.one_role():
        browser = Client(**HOST)
        answer = sign_in(browser, officer)
        assert answer.status_code == 403
        assert f'href="{settings.SITE_URL}/"' in answer.content.decode()
        assert "_auth_user_id" not in browser.session


def test_an_advocate_signs_in_on_her_own_host() -> None:
    browser = Client(**HOST)
    answer = sign_in(browser, factories.advocate())
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert browser.get("/").status_code == 200


def test_the_port_stays_where_there_is_one(client: Client) -> None:
    user = factories.advocate()
    user.set_password(PASSWORD)
    user.save()
    answer = client.post(
        "/accounts/login/",
        {"login": user.username, "password": PASSWORD},
        HTTP_HOST="127.0.0.1:8000",
    )
    assert 'href="http://advocates.localhost:8000/"' in answer.content.decode()


@pytest.mark.parametrize("page", ["/accounts/login/", "/", "/ask/", "/no-such-page/"])
def test_every_page_is_neutral_and_left_in_one_key_press(
    browser: Client, settings: Any, page: str
) -> None:
    settings.EXIT_ADDRESS = "https://weather.example/"
    client = Client(**HOST) if page.startswith("/accounts") else browser
    html = client.get(page).content.decode()
    assert 'href="/accounts/leave/"' in html
    assert "weather.example" not in html, "the way out goes through the end of the session"
    assert "govuk-exit-this-page" in html
    for word in ("SPO Cases", "OFFICIAL-SENSITIVE", "police.invalid"):
        assert word not in html
    title = html.partition("<title>")[2].partition("</title>")[0]
    assert "stalk" not in title.lower()
    assert "order" not in title.lower() or page == "/ask/"


def test_leaving_ends_her_session_and_opens_another_site(
    browser: Client, advocate: User, settings: Any
) -> None:
    settings.EXIT_ADDRESS = "https://weather.example/"
    case = interim_served()
    factories.consent(case)
    status_of(browser, case)
    answer = browser.get("/accounts/leave/")
    assert (answer.status_code, answer["Location"]) == (302, "https://weather.example/")
    assert "no-store" in answer["Cache-Control"]
    assert '"cache"' in answer["Clear-Site-Data"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert Entry.objects.filter(verb="sign_out", actor=advocate.username).exists()
    back = browser.get(f"/clients/{case.pk}/")
    assert back.headers["Location"].startswith("/accounts/login/")
    again = browser.get("/accounts/leave/")
    assert (again.status_code, again["Location"]) == (302, "https://weather.example/")
    assert again["Clear-Site-Data"] == '"cache"'
    assert browser.post("/accounts/leave/").status_code == 405
    assert Client().get("/accounts/leave/").status_code == 404, "the police's site has no such door"


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


# What an advocate does


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


def test_her_session_ends_on_the_police_host(advocate: User) -> None:
    """A browser sends its cookie to its own host alone."""
    case = interim_served()
    factories.consent(case)
    client = Client()  # of the police host
    told = {"happened_at": clock.now().isoformat(), "what_happened": "He stood at the gate."}
    address = f"/api/cases/{case.pk}/report-incident/"
    for police in ("/alerts/", "/notifications/", "/api/schema/"):
        client.force_login(advocate)
        answer = client.get(police)
        assert answer.status_code in (302, 401), police
        assert answer.headers["Clear-Site-Data"]
        assert SESSION_KEY not in client.session
    client.force_login(advocate)
    assert client.post(address, told, content_type="application/json").status_code == 401


def test_a_key_of_an_advocate_and_any_key_on_her_host_is_one_that_never_was(advocate: User) -> None:
    """Keys are bound to the site of their person, as sessions are."""
    case = interim_served()
    factories.consent(case)
    until = clock.now() + timedelta(days=1)
    theirs = issue_token(
        factories.officer(case), label="Program", valid_until=until, by="command:test"
    )
    with pytest.raises(ValidationError, match="Advocates have no keys"):
        issue_token(advocate, label="Program", valid_until=until, by="command:test")
    with transaction.atomic():  # as one was made for her before
        ApiToken.objects.create(
            user=advocate, key_hash=hash_of("hers"), made_by="test:setup", valid_until=until
        )

    def answer(key: str, **host: str) -> Any:
        told = {"happened_at": clock.now().isoformat(), "what_happened": "He stood at the gate."}
        client = Client(HTTP_AUTHORIZATION=f"Token {key}", **host)
        address = f"/api/cases/{case.pk}/report-incident/"
        return client.post(address, told, content_type="application/json")

    unknown = answer("nobodys")
    assert unknown.status_code == 401
    for key, host in (("hers", {}), ("hers", HOST), (theirs, HOST), ("nobodys", HOST)):
        said = answer(key, **host)
        assert (said.status_code, said.content) == (401, unknown.content), host
        assert said["WWW-Authenticate"] == unknown["WWW-Authenticate"]
    assert answer(theirs).status_code == 404, "known; and there is no such act for an officer"
    assert not Breach.objects.exists()


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


@pytest.mark.parametrize("role", [Role.OFFICER, Role.STALKING_LEAD])
def test_these_pages_are_for_advocates_alone(role: Role) -> None:
    case = interim_served()
    officer = Client(**HOST)
    with roles.one_role():
        for page in ("/", "/ask/", f"/clients/{case.pk}/"):
            officer.force_login(accounts.user(role))
            assert officer.get(page).headers["Location"].startswith("/accounts/login/")


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


def test_an_address_that_cannot_be_read_is_400_with_the_links_of_this_site(browser: Client) -> None:
    for path in ("/?x=%00", "/asked/?cursor=%00", "/?search=%ED%A0%80", "/clients/%00/", "/%00"):
        answer = browser.get(path)
        assert answer.status_code == 400, path
        assert (
            f'href="{reverse("asked", urlconf="advocates.hosted_urls")}"' in answer.content.decode()
        )
