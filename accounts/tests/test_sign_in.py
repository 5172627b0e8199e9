"""Signing in and out, how long it lasts, and that nothing but a password opens the door."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import ApiToken, User
from accounts.roles import Role
from accounts.tests import factories
from accounts.tokens import hash_of
from audit.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.urls("casework.tests.acts")]
PASSWORD = "a made-up pass phrase"
SIGN_IN = "/accounts/login/"
HOME = "/acts/clocks/"


class QuickHasher(PBKDF2PasswordHasher):
    """The real algorithm with few rounds: what is tested here is not the rounds."""

    iterations = 1000


@pytest.fixture(autouse=True)
def _quick_and_anew(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["accounts.tests.test_sign_in.QuickHasher"]
    cache.clear()


@pytest.fixture
def officer() -> User:
    user = factories.user()
    with transaction.atomic():
        user.set_password(PASSWORD)
        user.save()
    return user


def sign_in(browser: Client, officer: User, password: str = PASSWORD, **more: Any) -> Any:
    return browser.post(SIGN_IN, {"login": officer.username, "password": password} | more)


def signed_in(browser: Client) -> bool:
    return browser.get(HOME).status_code == 200


def test_where_nobody_has_an_account_the_page_says_how_the_first_is_made() -> None:
    command = "manage.py add_administrator PREFIX USERNAME"
    assert command in Client().get(SIGN_IN).content.decode()
    advocates = Client(headers={"host": "advocates.localhost"})
    assert command not in advocates.get(SIGN_IN).content.decode()
    factories.user(is_active=False)
    assert command not in Client().get(SIGN_IN).content.decode()


def test_the_page_asks_in_the_services_words() -> None:
    html = Client().get(SIGN_IN).content.decode()
    assert "<title>Sign in – SPO Cases</title>" in html
    assert "User name" in html
    assert 'autocomplete="current-password"' in html
    assert "placeholder" not in html
    assert "sign up" not in html.lower()


def test_a_person_signs_in_and_the_log_says_so(officer: User) -> None:
    browser = Client()
    before = browser.session.session_key
    answer = sign_in(browser, officer)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert signed_in(browser)
    assert browser.session.session_key != before
    event = Entry.objects.get(kind="event", verb="sign_in")
    assert (event.actor, event.row_id) == (officer.username, str(officer.pk))


def test_the_next_page_is_one_of_ours(officer: User) -> None:
    assert sign_in(Client(), officer, next=HOME)["Location"] == HOME
    for elsewhere in ("//evil.invalid/", "https://evil.invalid/", "javascript:alert(1)"):
        assert sign_in(Client(), officer, next=elsewhere)["Location"] == "/"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"login": "", "password": ""}, "Enter your user name"),
        ({"login": "officer.ts", "password": ""}, "Enter your password"),
        ({"login": "officer.ts", "password": "wrong"}, "that belong together"),
        ({"login": "nobody", "password": PASSWORD}, "that belong together"),
        ({"login": "officer.ts\0", "password": PASSWORD}, "Null characters are not allowed"),
        ({"login": "x" * 100_000, "password": PASSWORD}, "at most 60 characters"),
        ({"login": "officer.ts", "password": "x" * 100_000}, "that belong together"),
    ],
)
def test_a_refusal_says_what_to_enter_and_keeps_the_door_shut(
    officer: User, typed: dict[str, str], words: str
) -> None:
    browser = Client()
    answer = browser.post(SIGN_IN, typed)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert "<title>Error: Sign in" in answer.content.decode()
    assert not signed_in(browser)


def test_a_cookie_that_names_no_session_is_none(officer: User) -> None:
    for host in ("testserver", "advocates.localhost"):
        answer = Client(HTTP_HOST=host, HTTP_COOKIE='session="abcdefgh\\000ijkl"').get(SIGN_IN)
        assert answer.status_code == 200


def test_an_address_to_go_to_next_that_cannot_be_read_is_400(officer: User) -> None:
    asked = {"next": "http://[::1"}
    for path in (SIGN_IN, "/accounts/logout/", "/accounts/inactive/"):
        assert Client().get(path, asked).status_code in (302, 400), path
    assert Client().get(SIGN_IN, asked).status_code == 400
    assert sign_in(Client(), officer, next=asked["next"]).status_code == 400


def test_a_failed_try_is_noted_without_what_was_typed(officer: User) -> None:
    sign_in(Client(), officer, "wrong")
    look = Entry.objects.get(kind="look", verb="sign_in_failed")
    assert look.row_id == str(officer.pk)
    Client().post(SIGN_IN, {"login": "my secret typed here", "password": "x"})
    assert "secret" not in str(list(Entry.objects.values_list("details", "row_id", "actor")))


def test_after_five_wrong_tries_a_name_waits(officer: User) -> None:
    for _ in range(5):
        sign_in(Client(), officer, "wrong")
    answer = sign_in(Client(), officer)
    assert "Wait 5 minutes" in answer.content.decode()


def at(address: str) -> Client:
    """A browser at an address, as the one trusted proxy tells it."""
    return Client(headers={"X-Forwarded-For": f"192.0.2.66, {address}"})


@pytest.fixture
def proxied(settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1


@pytest.mark.usefixtures("proxied")
def test_wrong_tries_at_another_address_stop_nobody(officer: User) -> None:
    for _ in range(6):
        answer = sign_in(at("198.51.100.7"), officer, "wrong")
    assert "Wait 5 minutes" in answer.content.decode()
    assert "Wait 5 minutes" in sign_in(at("198.51.100.7"), officer).content.decode()
    assert sign_in(at("203.0.113.5"), officer).status_code == 302


@pytest.mark.usefixtures("proxied")
def test_an_address_that_somebody_claims_is_not_believed(officer: User) -> None:
    """Only what the proxy adds counts: a new made-up address each time is still one stranger."""
    for number in range(5):
        claim = Client(headers={"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.9"})
        sign_in(claim, officer, "wrong")
    assert "Wait 5 minutes" in sign_in(at("203.0.113.9"), officer).content.decode()


@pytest.mark.usefixtures("proxied")
def test_many_addresses_guess_no_quicker_and_lock_no_known_place(officer: User) -> None:
    home = "203.0.113.5"
    assert sign_in(at(home), officer).status_code == 302
    for number in range(30):
        sign_in(at(f"198.51.100.{number}"), officer, "wrong")
    stopped = sign_in(at("198.51.100.99"), officer).content.decode()
    assert "wait an hour" in stopped
    assert sign_in(at(home), officer).status_code == 302
    other = factories.user(username="somebody.else")
    assert "belong together" in sign_in(at("198.51.100.1"), other, "wrong").content.decode()


@pytest.mark.usefixtures("proxied")
def test_made_up_names_at_an_address_stop_nobody_who_is_known_there(officer: User) -> None:
    here, stranger = "203.0.113.5", factories.user(username="somebody.else")
    assert sign_in(at(here), officer).status_code == 302
    for number in range(31):
        at(here).post(SIGN_IN, {"login": f"nobody{number}", "password": "x"})
    assert "Wait 5 minutes" in sign_in(at(here), stranger).content.decode()
    assert sign_in(at(here), officer).status_code == 302
    assert sign_in(at("203.0.113.6"), officer).status_code == 302


@pytest.mark.usefixtures("proxied")
def test_a_right_try_counts_against_nobody(officer: User, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "", "login_failed_anywhere": "2/h/key"}
    for number in range(3):
        assert sign_in(at(f"198.51.100.{number}"), officer).status_code == 302
    assert cache_keys()
    assert "198.51.100" not in "".join(cache_keys())


def cache_keys() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM spo_cache WHERE cache_key LIKE '%known:%'")
        return [key for (key,) in cursor.fetchall()]


def test_a_request_past_the_proxies_is_of_whoever_connected(officer: User, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    for _ in range(5):
        sign_in(Client(headers={"X-Forwarded-For": "198.51.100.7"}), officer, "wrong")
    assert "Wait 5 minutes" in sign_in(Client(), officer).content.decode()


def test_a_hash_with_fewer_rounds_is_renewed_at_sign_in(officer: User) -> None:
    hasher = QuickHasher()
    with transaction.atomic():
        User.objects.filter(pk=officer.pk).update(
            password=hasher.encode(PASSWORD, "saltsaltsaltsaltsaltsa", iterations=500)
        )
    browser = Client()
    assert sign_in(browser, officer).status_code == 302
    officer.refresh_from_db()
    assert f"${hasher.iterations}$" in officer.password
    assert Entry.objects.filter(table="accounts_user", actor="sign-in").exists()


def test_signing_out_ends_the_session_on_the_server(officer: User) -> None:
    browser = Client()
    sign_in(browser, officer)
    stolen = Client()
    stolen.cookies = browser.cookies.copy()
    answer = browser.post("/accounts/logout/")
    assert (answer.status_code, answer["Location"]) == (302, SIGN_IN)
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert not signed_in(stolen)
    assert Entry.objects.filter(verb="sign_out", actor=officer.username).exists()


def test_a_link_does_not_sign_out(officer: User) -> None:
    browser = Client()
    sign_in(browser, officer)
    assert "Sign out" in browser.get("/accounts/logout/").content.decode()
    assert signed_in(browser)


def test_15_idle_minutes_end_it(officer: User) -> None:
    browser = Client()
    with time_machine.travel(start := timezone.now(), tick=False) as clock:
        sign_in(browser, officer)
        assert signed_in(browser)
        for minutes in (14, 28, 42):
            clock.move_to(start + timedelta(minutes=minutes))
            assert signed_in(browser)
        clock.move_to(start + timedelta(minutes=42 + 15, seconds=1))
        assert not signed_in(browser)


def test_12_hours_end_it_however_busy(officer: User) -> None:
    browser = Client()
    with time_machine.travel(start := timezone.now(), tick=False) as clock:
        sign_in(browser, officer)
        assert signed_in(browser)
        for minutes in range(14, 12 * 60 + 1, 14):
            clock.move_to(start + timedelta(minutes=minutes))
            assert signed_in(browser), minutes
        clock.move_to(start + timedelta(hours=12, minutes=1))
        assert not signed_in(browser)


def test_a_closed_account_ends_at_the_next_request(officer: User) -> None:
    browser = Client()
    sign_in(browser, officer)
    assert signed_in(browser)
    with transaction.atomic():
        User.objects.filter(pk=officer.pk).update(is_active=False)
    assert not signed_in(browser)
    assert sign_in(browser, officer)["Location"] == "/accounts/inactive/"
    assert "This account is closed" in browser.get("/accounts/inactive/").content.decode()


def test_a_new_password_ends_other_sessions(officer: User) -> None:
    browser = Client()
    sign_in(browser, officer)
    with transaction.atomic():
        officer.set_password("another made-up phrase")
        officer.save()
    assert not signed_in(browser)


@pytest.mark.parametrize(
    "path",
    [
        "signup/",
        "password/reset/",
        "email/",
        "password/change/",
        "login/code/confirm/",
        "3rdparty/",
    ],
)
def test_nothing_else_of_allauth_is_there(path: str) -> None:
    assert Client().get(f"/accounts/{path}").status_code == 404


def test_a_session_cookie_is_not_for_scripts_nor_for_keeps(officer: User) -> None:
    answer = sign_in(Client(), officer)
    cookie = answer.cookies["session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == ""
    assert answer["Cache-Control"] == "no-store" or "no-store" in answer["Cache-Control"]


def test_a_key_is_shown_once_and_kept_as_a_hash(officer: User) -> None:
    out = StringIO()
    call_command("api_token", officer.username, label="roster", days=1, stdout=out)
    key = out.getvalue().strip()
    token = ApiToken.objects.get()
    assert (token.key_hash, token.label) == (hash_of(key), "roster")
    assert key not in str(list(Entry.objects.values_list("details", flat=True)))
    assert token.key_hash not in str(list(Entry.objects.values_list("details", flat=True)))
    asking = Client(headers={"Authorization": f"Token {key}"})
    assert asking.get("/api/cases/").status_code == 200
    call_command("api_token", officer.username, revoke=True, stdout=out)
    assert asking.get("/api/cases/").status_code == 401


def test_a_key_ends_by_itself_and_with_its_user(officer: User) -> None:
    out = StringIO()
    call_command("api_token", officer.username, days=1, stdout=out)
    asking = Client(headers={"Authorization": f"Token {out.getvalue().strip()}"})
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert asking.get("/api/cases/").status_code == 401
    with transaction.atomic():
        User.objects.filter(pk=officer.pk).update(is_active=False)
    assert asking.get("/api/cases/").status_code == 401


def test_a_key_for_nobody(db: None) -> None:
    with pytest.raises(CommandError, match="There is no user nobody"):
        call_command("api_token", "nobody")


def test_migrations_made_the_cache_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgrelid = 'spo_cache'::regclass")
        assert cursor.fetchone() == (0,)


def test_too_many_requests_are_told_to_wait(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    browser = Client()
    typed = {"login": "nobody", "password": "x"}
    answers = [browser.post(SIGN_IN, typed) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "Wait a minute" in answers[2].content.decode()


@pytest.mark.parametrize(
    ("host", "shown", "hidden"),
    [
        ("testserver", "demo.officer", "demo.advocate"),
        ("advocates.localhost", "demo.advocate", "demo.officer"),
    ],
)
def test_a_demonstration_lists_the_accounts_of_this_site(
    settings: Any, host: str, shown: str, hidden: str
) -> None:
    settings.DEMONSTRATION = True
    for role in (Role.OFFICER, Role.ADVOCATE):
        factories.user(role, username=f"demo.{role}", is_demonstration=True)
    factories.user(username="somebody.real")
    html = Client().get(SIGN_IN, headers={"host": host}).content.decode()
    assert "<code>demonstration-only</code>" in html
    assert shown in html
    assert hidden not in html
    assert "somebody.real" not in html
    settings.DEMONSTRATION = False
    html = Client().get(SIGN_IN, headers={"host": host}).content.decode()
    assert shown not in html
    assert "demonstration-only" not in html
