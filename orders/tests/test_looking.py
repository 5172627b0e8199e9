"""How many order checks one person makes, on both sides of each limit; whoever says why goes on."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as project
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from accounts.tests import factories as accounts
from alerts import addressing
from alerts.models import Alert
from audit import looks
from audit.models import Entry
from casework import clock
from orders import looking
from orders.tests import factories

pytestmark = pytest.mark.django_db
CHECK = {"text": "Nobody Ffugiwr", "reason": "live_incident"}
WHY = "A man with a knife, and four spellings of his name"


@pytest.fixture
def control() -> User:
    return accounts.user(Role.CONTROL_ROOM)


@pytest.fixture
def client(control: User, settings: Any) -> Client:
    settings.ORDER_CHECK_LIMITS = ((3, 300), (5, 3600))
    client = Client()
    client.force_login(control)
    return client


def check(client: Client, **more: str) -> Any:
    return client.post("/order-check/", CHECK | more)


def by_program(client: Client, **more: str) -> Any:
    return client.post("/api/order-check/", CHECK | more, content_type="application/json")


def checked(user: User, times: int) -> None:
    for _ in range(times):
        looks.save(
            [looks.Look("order_check", "orders.order", "")],
            actor=user.username,
            path="/order-check/",
            status=200,
        )


def later(monkeypatch: pytest.MonkeyPatch, **by: int) -> None:
    """The log's own moments cannot be set, so that the clock goes on instead."""
    now = clock.database_now() + timedelta(**by)
    monkeypatch.setattr(clock, "database_now", lambda: now)


def test_the_limits_are_what_the_settings_say() -> None:
    assert project.ORDER_CHECK_LIMITS == ((30, 300), (200, 3600))


def test_the_last_one_within_the_limit_is_answered_and_the_next_is_not(
    client: Client, control: User
) -> None:
    checked(control, 2)
    assert check(client).status_code == 200
    answer = check(client)
    page = answer.content.decode()
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 301
    assert "You have made 3 order checks in 5 minutes. You can go on at" in page
    assert "In a live incident go on now" in page
    assert "Nobody Ffugiwr" in page, "what was typed is kept"
    assert looking.checks_of(control).count() == 3, "what is not answered is no check"
    told = by_program(client)
    assert (told.status_code, told.headers["Content-Type"]) == (429, "application/problem+json")
    assert int(told.headers["Retry-After"]) > 0
    assert "in `beyond` why you go on" in told.json()["detail"]


@pytest.mark.parametrize(("ago", "stopped"), [(290, True), (301, False)])
def test_five_minutes_later_it_goes_on(
    client: Client, control: User, ago: int, stopped: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked(control, 3)
    later(monkeypatch, seconds=ago)
    assert (looking.limit_of(control) is not None) is stopped


@pytest.mark.parametrize(("times", "stopped"), [(4, False), (5, True)])
def test_the_hour_counts_too(
    client: Client, control: User, times: int, stopped: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked(control, times)
    later(monkeypatch, minutes=30)
    assert (check(client).status_code == 429) is stopped


def test_another_person_is_not_stopped_and_cards_are_no_checks(
    client: Client, control: User
) -> None:
    checked(accounts.user(), 9)
    order = factories.made()
    for _ in range(4):
        assert client.get(f"/order-check/{order.pk}/?reason=live_incident").status_code == 200
    assert check(client).status_code == 200


@pytest.mark.parametrize("way", [check, by_program])
def test_whoever_says_why_goes_on_and_somebody_hears_of_it(
    client: Client, control: User, way: Any
) -> None:
    standards = accounts.user(Role.PROFESSIONAL_STANDARDS)
    assert way(client, beyond=WHY).status_code == 200
    assert not Alert.objects.filter(kind="many_checks").exists(), "nothing was used up"
    checked(control, 3)
    for _ in range(2):
        assert way(client, beyond=WHY).status_code == 200
    addressing.run()
    alert = Alert.objects.get(kind="many_checks")
    assert {message.user for message in alert.messages.all()} == {standards}
    assert WHY in Entry.objects.filter(verb="order_check").latest("id").details["reason"]
    client.force_login(standards)
    page = client.get(alert.path).content.decode()
    assert str(control) in page
    assert WHY in page


@pytest.mark.parametrize(
    ("role", "status"), [(Role.CONTROL_ROOM, 403), (Role.LEGAL, 403), (Role.AUDITOR, 200)]
)
def test_who_looked_is_for_those_who_may_see_it(control: User, role: Role, status: int) -> None:
    client, address = Client(), f"/order-check/by/{control.pk}/"
    client.force_login(accounts.user(role))
    assert client.get(address).status_code == status
    client.force_login(accounts.user(Role.AUDITOR, of=accounts.other_force()))
    assert client.get(address).status_code == 404
