"""The advocates' own host: whose it is, how she comes in, and how she leaves."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from accounts.actions import issue_token
from accounts.models import ApiToken, User
from accounts.roles import Role
from accounts.tests import factories as accounts
from accounts.tokens import hash_of
from advocates.tests import factories
from advocates.tests.stages import (
    interim_served,
    status_of,
)
from audit.models import Entry
from breaches.models import Breach
from casework import clock
from spo_cases.tests import roles

pytestmark = pytest.mark.django_db


HOST = {"HTTP_HOST": factories.HOST}


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


@pytest.mark.parametrize("role", [Role.OFFICER, Role.STALKING_LEAD])
def test_these_pages_are_for_advocates_alone(role: Role) -> None:
    case = interim_served()
    officer = Client(**HOST)
    with roles.one_role():
        for page in ("/", "/ask/", f"/clients/{case.pk}/"):
            officer.force_login(accounts.user(role))
            assert officer.get(page).headers["Location"].startswith("/accounts/login/")


def test_an_address_that_cannot_be_read_is_400_with_the_links_of_this_site(browser: Client) -> None:
    for path in ("/?x=%00", "/asked/?cursor=%00", "/?search=%ED%A0%80", "/clients/%00/", "/%00"):
        answer = browser.get(path)
        assert answer.status_code == 400, path
        assert (
            f'href="{reverse("asked", urlconf="advocates.hosted_urls")}"' in answer.content.decode()
        )
