"""Nothing that was typed is lost when the session ends, and nobody else gets it."""

from base64 import b64decode
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.tests import factories as accounts
from casework.models import Case
from casework.tests import factories

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("casework.tests.acts"),
    pytest.mark.usefixtures("quick_hashes"),
]
PASSWORD = "a made-up pass phrase"
TYPED = "Canary: ŵyr ‘quotes’ & <b>more</b>"


def person(**facts: Any) -> User:
    user = accounts.user(**facts)
    with transaction.atomic():
        user.set_password(PASSWORD)
        user.save()
    return user


@pytest.fixture
def officer() -> User:
    return person()


@pytest.fixture
def case() -> Case:
    return factories.case()


def form_of(case: Case) -> str:
    return f"/acts/cases/{case.pk}/note/"


def send(browser: Client, case: Case, **typed: str) -> Any:
    fields = {"restricted_reason": TYPED, "online_acts": "yes", "version": "1", "once": "x"}
    return browser.post(form_of(case), fields | typed)


def sent_too_late(browser: Client, user: User, case: Case) -> str:
    """Sent after the session has ended: the address to which sign-in will lead."""
    browser.force_login(user)
    with time_machine.travel(timezone.now() - timedelta(minutes=16)):
        assert browser.get(form_of(case)).status_code == 200
    answer = send(browser, case)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/?next=")
    assert "Canary" not in str(answer.headers) + answer.content.decode()
    return parse_qs(urlsplit(answer["Location"]).query)["next"][0]


def sign_in(browser: Client, user: User, to: str) -> Any:
    page = browser.get("/accounts/login/", {"next": to})
    assert "what you typed is in the form again" in page.content.decode()
    typed = {"login": user.username, "password": PASSWORD, "next": to}
    answer = browser.post("/accounts/login/", typed)
    assert (answer.status_code, answer["Location"]) == (302, to)
    return browser.get(to)


def test_the_same_person_finds_it_in_the_form_and_sends_it(officer: User, case: Case) -> None:
    browser = Client()
    to = sent_too_late(browser, officer, case)
    assert urlsplit(to).path == form_of(case)
    shown = unescape(sign_in(browser, officer, to).content.decode())
    assert "What you typed is here again" in shown
    assert f'value="{TYPED}"' in shown
    assert 'name="version" value="1"' in shown
    case.refresh_from_db()
    assert case.restricted_reason == "", "nothing is saved before it is sent again"
    assert send(browser, case)["Location"].startswith("/acts/case/")
    case.refresh_from_db()
    assert case.restricted_reason == TYPED


def test_it_is_given_once(officer: User, case: Case) -> None:
    browser = Client()
    to = sent_too_late(browser, officer, case)
    assert "Canary" in sign_in(browser, officer, to).content.decode()
    again = browser.get(to)
    assert again.status_code == 200
    assert "Canary" not in again.content.decode()


def test_another_person_at_the_terminal_gets_nothing(officer: User, case: Case) -> None:
    browser, other = Client(), person(username="another.officer")
    to = sent_too_late(browser, officer, case)
    theirs = sign_in(browser, other, to).content.decode()
    assert "Canary" not in theirs
    assert "here again" not in theirs
    assert "Canary" in sign_in(Client(), officer, to).content.decode(), "it still waits for its own"


def test_another_page_gets_nothing(officer: User, case: Case) -> None:
    browser = Client()
    to = sent_too_late(browser, officer, case)
    browser.force_login(officer)
    other = form_of(factories.case())
    assert "Canary" not in browser.get(f"{other}?{urlsplit(to).query}").content.decode()


def test_after_half_an_hour_it_is_gone(officer: User, case: Case) -> None:
    browser = Client()
    to = sent_too_late(browser, officer, case)
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        assert "Canary" not in sign_in(browser, officer, to).content.decode()


def test_the_table_alone_tells_nothing(officer: User, case: Case) -> None:
    to = sent_too_late(Client(), officer, case)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM spo_cache")
        rows = [(k, b64decode(value)) for k, value in cursor.fetchall() if "typed:" in k]
    assert len(rows) == 1
    key = parse_qs(urlsplit(to).query)["typed"][0]
    for hidden in ("Canary", "restricted_reason", key, str(officer.pk)):
        assert hidden not in str(rows)


def test_what_others_changed_meanwhile_is_shown(officer: User, case: Case) -> None:
    browser = Client()
    to = sent_too_late(browser, officer, case)
    with transaction.atomic():
        Case.objects.filter(pk=case.pk).update(restricted_reason="theirs", version=2)
    sign_in(browser, officer, to)
    answer = send(browser, case)
    assert answer.status_code == 409
    assert "theirs" in answer.content.decode()


def test_signing_out_and_closing_an_account_forget(officer: User, case: Case) -> None:
    browser = Client()
    browser.force_login(officer)
    browser.get(form_of(case))
    browser.post("/accounts/logout/")
    assert "typed" not in send(browser, case)["Location"]
    browser.force_login(officer)
    with transaction.atomic():
        User.objects.filter(pk=officer.pk).update(is_active=False)
    assert "typed" not in send(browser, case)["Location"]


# Two windows: one of them met the end of the session first


def open_form(browser: Client, case: Case) -> dict[str, str]:
    """The hidden names of the form in a second window, as its page has them."""
    html = browser.get(form_of(case)).content.decode()
    return {
        name: html.partition(f'name="{name}" value="')[2].partition('"')[0]
        for name in ("once", "csrfmiddlewaretoken", "version")
    }


@pytest.fixture
def windows() -> Client:
    """A browser, which holds the token against forgery as a real one does."""
    return Client(enforce_csrf_checks=True)


def first_window_ends_it(browser: Client) -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        answer = browser.get("/")
    assert "cookies" in answer["Clear-Site-Data"]
    for name in list(browser.cookies):
        del browser.cookies[name]  # as the browser was told


def test_a_second_window_finds_it_though_the_first_ended_the_session(
    officer: User, case: Case, windows: Client
) -> None:
    windows.force_login(officer)
    held = open_form(windows, case)
    assert str(officer.pk) not in held["once"]
    first_window_ends_it(windows)
    answer = send(windows, case, **held)
    assert answer.status_code == 302
    to = parse_qs(urlsplit(answer["Location"]).query)["next"][0]
    assert (
        "Canary" not in sign_in(Client(), person(username="another.officer"), to).content.decode()
    )
    shown = unescape(sign_in(Client(), officer, to).content.decode())
    assert "What you typed is here again" in shown
    assert f'value="{TYPED}"' in shown


def test_a_second_window_is_sent_after_its_person_has_signed_in_again(
    officer: User, case: Case, windows: Client
) -> None:
    windows.force_login(officer)
    held = open_form(windows, case)
    first_window_ends_it(windows)
    windows.force_login(officer)
    answer = send(windows, case, **held)
    assert answer["Location"].startswith(f"{form_of(case)}?typed=")
    shown = unescape(windows.get(answer["Location"]).content.decode())
    assert f'value="{TYPED}"' in shown
    case.refresh_from_db()
    assert case.restricted_reason == "", "nothing is saved before it is sent again"


def test_a_second_window_of_somebody_else_is_neither_done_nor_shown(
    officer: User, case: Case, windows: Client
) -> None:
    windows.force_login(officer)
    held = open_form(windows, case)
    first_window_ends_it(windows)
    windows.force_login(person(username="another.officer"))
    answer = send(windows, case, **held)
    assert answer.status_code == 403
    assert "Canary" not in answer.content.decode()
    assert "Canary" not in windows.get(form_of(case)).content.decode()


@pytest.mark.parametrize("spoilt", ["", "x", "a.b:c:d"])
def test_a_form_that_this_service_did_not_make_is_not_kept(
    officer: User, case: Case, windows: Client, spoilt: str
) -> None:
    windows.force_login(officer)
    held = open_form(windows, case) | {"once": spoilt}
    first_window_ends_it(windows)
    assert send(windows, case, **held).status_code == 403


def test_a_form_that_is_older_than_any_sign_in_is_nobodys(
    officer: User, case: Case, windows: Client
) -> None:
    with time_machine.travel(timezone.now() - timedelta(hours=13)):
        windows.force_login(officer)
        held = open_form(windows, case)
    windows.cookies.clear()
    assert send(windows, case, **held).status_code == 403


@pytest.mark.parametrize("key", ["x", "%00", "%ff", "x" * 2000, "ŵ"])
def test_a_key_that_nobody_gave_is_no_error(officer: User, case: Case, key: str) -> None:
    browser = Client()
    browser.force_login(officer)
    assert browser.get(f"{form_of(case)}?typed={key}").status_code in (200, 400)


def test_an_impossible_entry_comes_back_with_its_error(officer: User, case: Case) -> None:
    browser = Client()
    browser.force_login(officer)
    with time_machine.travel(timezone.now() - timedelta(minutes=16)):
        browser.get(form_of(case))
    answer = send(browser, case, restricted_reason="Canary" * 20)
    to = parse_qs(urlsplit(answer["Location"]).query)["next"][0]
    shown = sign_in(browser, officer, to).content.decode()
    assert "Canary" * 20 in shown
    assert "<title>Error: " in shown
