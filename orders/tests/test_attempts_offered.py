"""An attempt that is written down after service is asked for as what it is."""

import pytest
from django.test import Client
from django.urls import reverse

from orders.models import Order
from orders.tests import factories

pytestmark = pytest.mark.django_db


def page_of(client: Client, order: Order) -> str:
    client.force_login(factories.officer())
    answer = client.get(reverse("orders:service", kwargs={"case": order.case_id}))
    return answer.content.decode()


def test_once_he_is_served_only_an_attempt_from_before_can_be_added(client: Client) -> None:
    assert "Record an attempt to serve" in page_of(client, factories.made())
    shown = page_of(client, factories.served())
    assert "Record an attempt to serve" not in shown
    assert "Add an attempt from before they were served" in shown
