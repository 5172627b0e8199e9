"""Whoever may not read the vault learns from no mask what is in it by writing guesses."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from accounts.tests import factories as accounts
from alerts import addressing, rooms
from alerts.models import Alert
from applications import tasks
from applications.lifecycle.guessing import ALARM_AFTER
from audit import looks
from audit.models import Entry
from casework import clock, forms
from casework.guessing import LATER, MOST
from casework.masks import KEPT
from casework.models import PROTECTED_ROLES
from casework.tests.browsing import fill
from orders.forms import AttemptForm
from orders.models import Order
from orders.tests import factories
from people.tests import factories as people

pytestmark = pytest.mark.django_db
HOME = "Flat 3, 41 Zelkova Lane, Canaryford, ZZ4 1QZ"
RIGHT, WRONG = "Zelkova Lane", "Garden Lane"


@pytest.fixture
def order() -> Order:
    order = factories.made(clock.now() - timedelta(hours=1))
    party = order.case.parties.get(role__in=PROTECTED_ROLES)
    people.confidential(party.person, factories.officer(), "home", HOME)
    return order


@pytest.fixture
def manager() -> User:
    return accounts.user(Role.OFFENDER_MANAGER)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def write(client: Client, order: Order, place: str) -> Any:
    facts = {"tried_at": clock.now(), "place": place, "what_happened": f"Nobody came in {place}."}
    data = forms.as_data(AttemptForm(), facts).dict()
    return fill(client, reverse("orders:attempt", kwargs={"pk": order.pk}), data)


def service(client: Client, order: Order) -> str:
    page = client.get(reverse("orders:service", kwargs={"case": order.case_id}))
    return str(page.content.decode())


def hits(user: User) -> int:
    return Entry.objects.filter(kind="look", verb="given_away", actor=user.username).count()


def seen_already(user: User, order: Order, times: int) -> None:
    table = order._meta.label_lower
    noted = [looks.Look("given_away", table, str(n), order.case_id) for n in range(times)]
    looks.save(noted, actor=user.username, path="/", status=302)


def test_a_guess_is_shown_as_it_was_typed_whether_it_is_right_or_not(
    order: Order, manager: User
) -> None:
    client = signed_in(manager)
    for guess in (RIGHT, WRONG):
        assert write(client, order, guess).status_code == 302
    page = service(client, order)
    for guess in (RIGHT, WRONG):
        assert f"Nobody came in {guess}." in page
    assert KEPT not in page
    attempt = order.attempts.get(place=RIGHT)
    told = client.get(f"/api/orders/{order.pk}/").content.decode()
    assert KEPT not in told, attempt.pk


def test_nobody_else_without_the_right_reads_it(order: Order, manager: User) -> None:
    write(signed_in(manager), order, RIGHT)
    for other in (
        accounts.user(Role.AUTHORISING_OFFICER),
        accounts.user(Role.OFFENDER_MANAGER, username="second.manager"),
    ):
        page = service(signed_in(other), order)
        assert RIGHT not in page
        assert KEPT in page
    assert RIGHT in service(signed_in(accounts.user(Role.STALKING_LEAD)), order)


def test_own_words_open_no_text_of_others(order: Order, manager: User) -> None:
    write(signed_in(accounts.user(Role.STALKING_LEAD)), order, "41 Zelkova Lane, at the door")
    client = signed_in(manager)
    write(client, order, RIGHT)
    page = service(client, order)
    assert "at the door" not in page
    assert KEPT in page


def test_a_list_of_guesses_opens_no_text_of_others(order: Order, manager: User) -> None:
    """Letter for letter the place that another officer wrote, among many that he did not."""
    write(signed_in(accounts.user(Role.STALKING_LEAD)), order, RIGHT)
    client = signed_in(manager)
    guesses = "\n".join([WRONG, "Somewhere else", "At the corner", RIGHT])
    facts = {"tried_at": clock.now(), "place": "x", "what_happened": guesses}
    data = forms.as_data(AttemptForm(), facts).dict()
    fill(client, reverse("orders:attempt", kwargs={"pk": order.pk}), data)
    assert hits(manager) == 1
    assert KEPT in service(client, order)


def test_hits_are_counted_and_told_and_not_kept_in_clear(order: Order, manager: User) -> None:
    standards, lead = accounts.user(Role.PROFESSIONAL_STANDARDS), accounts.user(Role.STALKING_LEAD)
    client = signed_in(manager)
    for guess in (WRONG, RIGHT):
        write(client, order, guess)
    assert hits(manager) == 1
    entry = Entry.objects.get(verb="given_away")
    assert (entry.actor, entry.case_id) == (manager.username, order.case_id)
    assert "elkova" not in str(entry.details)
    seen_already(manager, order, ALARM_AFTER - 2)
    rooms.take(tasks.GUESSED)
    assert not Alert.objects.filter(kind="words_refused").exists()
    write(client, order, "In ZZ4 1QZ")
    rooms.take(tasks.GUESSED)
    addressing.run()
    alert = Alert.objects.get(kind="words_refused")
    assert {message.user for message in alert.messages.all()} == {standards}
    assert lead not in {message.user for message in alert.messages.all()}


def test_who_may_read_the_vault_is_not_counted(order: Order) -> None:
    lead = accounts.user(Role.STALKING_LEAD)
    write(signed_in(lead), order, RIGHT)
    assert hits(lead) == 0


def test_it_ends_whatever_the_words_are_but_for_a_breach(order: Order, manager: User) -> None:
    client = signed_in(manager)
    seen_already(manager, order, MOST - 1)
    assert write(client, order, WRONG).status_code == 302
    seen_already(manager, order, 1)
    for guess in (RIGHT, WRONG):
        answer = write(client, order, guess)
        assert answer.status_code == 422
        page = answer.content.decode()
        assert LATER in page
        assert guess in page, "what was typed is kept"
    told = {"happened_at": clock.now().isoformat(), "what_happened": "He rang."}
    told |= {"source": "police", "condition": "unsure"}
    address = f"/api/orders/{order.pk}/report/"
    answer = client.post(address, told, content_type="application/json")
    assert answer.status_code == 201, answer.content
