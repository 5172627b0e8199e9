"""Every list that programs read asks as much of the database for ten rows as for two."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.roles import Role
from accounts.tests import factories as accounts
from breaches.tests import factories as breaches
from casework import clock
from casework.api import ReadApi
from contact.models import Matter
from contact.tests import factories as contact
from notifications.tests import factories as notifications
from orders import lifecycle
from orders.models import Order
from orders.terms import Act, Change
from orders.tests import factories as orders

pytestmark = pytest.mark.django_db
FEW, MANY = 2, 10


def addresses(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[str]:
    """The address of each list that `casework.api.reads` makes."""
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, before + str(one.pattern))
        elif issubclass(getattr(one.callback, "cls", object), ReadApi) and "<" not in str(
            one.pattern
        ):
            yield before + str(one.pattern)


LISTS = sorted(addresses(get_resolver().url_patterns))


def story() -> None:
    """A case with a row in every list: an interim order, corrected, varied, notified, breached."""
    order = orders.served(clock.now() - timedelta(days=5), kind="interim")
    right = lifecycle.Right(
        made_at=order.made_at, court=order.court, last_day=clock.today() + timedelta(days=30)
    )
    lifecycle.correct_order(order, by=orders.officer(), right=right, reason="Typed wrongly.")
    order = Order.objects.get(pk=order.pk)
    orders.varied(order, changes=(Change(Act.REMOVE, 3),))
    lifecycle.apply_to_vary(
        order,
        by=orders.officer(),
        asked=orders.asked(order, changes=(Change(Act.REMOVE, 2),)),
    )
    duty = notifications.duty(order)
    notifications.attended(duty, clock.now() - timedelta(days=4), fingerprints="refused")
    breach = breaches.reported(order)
    contact.tell(Matter.objects.get(about_id=breach.pk))


def asked(client: Client, address: str) -> tuple[int, int]:
    """How many rows a list gave, and how many questions it asked."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return len(answer.json()["results"]), len(queries)


def test_there_are_lists() -> None:
    assert len(LISTS) >= 10
    assert "/api/orders/" in LISTS


def test_ten_rows_ask_as_much_as_two(client: Client) -> None:
    client.force_login(accounts.user(Role.STALKING_LEAD))
    for _ in range(FEW):
        story()
    asked(client, LISTS[0])  # what is asked once only, such as the session, is asked now
    few = {address: asked(client, address) for address in LISTS}
    for _ in range(MANY - FEW):
        story()
    asked(client, LISTS[0])  # and so is that it was used again
    many = {address: asked(client, address) for address in LISTS}
    assert {a: rows for a, (rows, _) in few.items() if rows < FEW} == {}
    assert {a: rows for a, (rows, _) in many.items() if rows < MANY} == {}
    more = {a: (few[a][1], many[a][1]) for a in LISTS if many[a][1] > few[a][1]}
    assert more == {}
