"""Pages for everybody, an administrator's morning, and a form that outlives its session."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Browser

from accounts.models import User
from accounts.roles import Role
from accounts.tests import factories as accounts
from desk.tests import factories
from spo_cases.tests.browsing import PASSWORD, Somebody, chromium

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


def account(role: Role, username: str) -> User:
    user = accounts.user(role, username=username)
    user.set_password(PASSWORD)
    with transaction.atomic():
        user.save(update_fields=["password"])
    return user


def test_the_foot_of_the_page_leads_to_help_on_either_site(
    browser: Browser, live_server: Any
) -> None:
    account(Role.OFFICER, "officer")
    account(Role.ADVOCATE, "advocate")
    sites = {"officer": live_server.url, "advocate": live_server.url.replace("//", "//advocates.")}
    for username, site in sites.items():
        somebody = Somebody(browser, site, username)
        for link in ("Help", "Accessibility statement", "Privacy"):
            somebody.follow(link)
            assert somebody.page.inner_text("h1") == link


def test_the_way_out_of_the_advocates_site_stays_in_sight_and_back_shows_nothing(
    browser: Browser, live_server: Any, settings: Any
) -> None:
    settings.EXIT_ADDRESS = f"{live_server.url}/help/"
    account(Role.ADVOCATE, "advocate")
    site = live_server.url.replace("//", "//advocates.")
    somebody = Somebody(browser, site, "advocate")
    somebody.follow("Help")
    way_out = somebody.page.locator(".govuk-exit-this-page__button")
    for width in (1280, 390):
        somebody.page.set_viewport_size({"width": width, "height": 300})
        somebody.page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        assert somebody.page.evaluate("window.scrollY") > 100
        box = way_out.bounding_box()
        assert box is not None
        assert 0 <= box["y"] < 300, f"{width}: {box}"
    somebody.go("/ask/")
    way_out.click()
    somebody.page.wait_for_url(settings.EXIT_ADDRESS)
    somebody.page.go_back()
    somebody.page.wait_for_load_state()
    assert "/accounts/login/" in somebody.page.url


def test_a_search_and_what_was_typed_stand_in_no_address_and_are_not_lost(
    browser: Browser, live_server: Any, settings: Any
) -> None:
    account(Role.STALKING_LEAD, "lead")
    case = factories.requested()
    somebody = Somebody(browser, live_server.url, "lead")
    somebody.go("/caseload/")
    somebody.page.fill("#q", case.reference)
    somebody.press("Apply filters")
    somebody.reads("1 case.", case.reference)
    assert case.reference not in somebody.page.url

    somebody.go("/applications/record-request/")
    somebody.page.fill("[name=subject_as_told]", "Canary Ffugiwr")
    settings.SESSION_IDLE_SECONDS = -1
    somebody.page.locator("main form button").last.click()
    somebody.page.wait_for_load_state()
    somebody.look()
    settings.SESSION_IDLE_SECONDS = 900
    somebody.reads("what you typed is in the form again")
    somebody.page.fill("[name=login]", "lead")
    somebody.page.fill("[name=password]", PASSWORD)
    somebody.press("Sign in")
    somebody.reads("What you typed is here again")
    assert somebody.page.input_value("[name=subject_as_told]") == "Canary Ffugiwr"
    assert "Canary" not in somebody.page.url


def test_an_administrator_lets_somebody_in(browser: Browser, live_server: Any) -> None:
    account(Role.FORCE_ADMINISTRATOR, "admin")
    admin = Somebody(browser, live_server.url, "admin")
    admin.follow("Add an account")
    admin.page.fill("[name=username]", "p.mockley")
    admin.page.fill("[name=name]", "Priya Mockley")
    admin.page.select_option("[name=role]", "officer")
    admin.press("Add an account")
    admin.reads("Make a link", "Priya Mockley")
    admin.follow("Priya Mockley")
    admin.follow("Make a link to choose a password")
    admin.press("Make the link")
    link = admin.page.inner_text(".govuk-inset-text").strip()
    admin.follow("Courts and stations")
    admin.follow("Add a police station")
    admin.page.fill("[name=name]", "Testham police station")
    admin.press("Add a police station")
    admin.reads("Testham police station")

    page = browser.new_page()
    page.goto(link)
    assert "choose/" in page.url
    assert link not in page.url, "the token leaves the address at once"
    page.fill("[name=new_password1]", PASSWORD)
    page.fill("[name=new_password2]", PASSWORD)
    page.get_by_role("button", name="Keep this password").click()
    page.wait_for_load_state()
    somebody = Somebody(browser, live_server.url, "p.mockley")
    somebody.reads("What needs me today")
