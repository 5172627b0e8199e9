"""Help, accessibility and privacy are a link away from every page, for everybody, on both hosts."""

import re

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from accounts.tests import factories as accounts

pytestmark = pytest.mark.django_db
PAGES = {"/help/": "Help", "/accessibility/": "Accessibility statement", "/privacy/": "Privacy"}
HOSTS = {"police": "localhost", "advocates": "advocates.localhost"}


def user_of(host: str) -> User:
    return accounts.user(Role.ADVOCATE if host == "advocates" else Role.OFFICER)


def text(html: str) -> str:
    return " ".join(
        re.sub(r"<[^>]+>", " ", html.partition("<main")[2].partition("</main>")[0]).split()
    )


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("known", [True, False], ids=["signed in", "not signed in"])
def test_each_page_is_there_for_everybody(
    client: Client, host: str, address: str, *, known: bool
) -> None:
    if known:
        client.force_login(user_of(host))
    answer = client.get(address, HTTP_HOST=HOSTS[host])
    assert answer.status_code == 200
    html = answer.content.decode()
    assert f'<h1 class="govuk-heading-l">{PAGES[address]}</h1>' in html
    assert len(text(html)) > 800
    assert ("SPO Cases" in html) == (host == "police"), "the advocates' site has a neutral name"
    assert f'href="{address}" aria-current="page"' in html


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("path", ["/accounts/login/", "/no-such-page/", "/", "/help/"])
@pytest.mark.parametrize("known", [True, False], ids=["signed in", "not signed in"])
def test_every_page_leads_there(client: Client, host: str, path: str, *, known: bool) -> None:
    if known:
        client.force_login(user_of(host))
    html = client.get(path, HTTP_HOST=HOSTS[host], follow=True).content.decode()
    for address, name in PAGES.items():
        assert re.search(rf'class="govuk-footer__link" href="{address}"[^>]*>{name}</a>', html)


def test_what_they_say_of_sessions_and_cookies_is_so(client: Client, settings: object) -> None:
    settings.SESSION_IDLE_SECONDS, settings.SESSION_COOKIE_NAME = 7 * 60, "its-name"  # type: ignore[attr-defined]
    assert "after 7 minutes without use" in client.get("/help/").content.decode()
    assert "its-name" in client.get("/privacy/").content.decode()
