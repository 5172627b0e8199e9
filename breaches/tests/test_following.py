"""The record of the order was put right after a breach was reported."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from breaches.lifecycle import save_point
from breaches.models import Breach
from breaches.tests import factories
from casework import clock
from law.periods import local_date
from orders import lifecycle
from orders.lifecycle import Right
from orders.models import Order
from orders.terms import Act, Change
from orders.tests import factories as orders

pytestmark = pytest.mark.django_db
SAID = replace(orders.NO_CONTACT, text="You must not contact Ms A or her sister.")


def correct(order: Order, *changes: Change, **facts: object) -> None:
    held = {name: getattr(order, name) for name in ("made_at", "court", "last_day")}
    lifecycle.correct_order(
        Order.objects.get(pk=order.pk),
        by=factories.officer(),
        right=Right(conditions=changes, **(held | facts)),  # type: ignore[arg-type]
        reason="Typed wrongly.",
    )


@pytest.fixture
def breach() -> Breach:
    return factories.reported()


def evidence(breach: Breach, key: str) -> tuple[bool, str]:
    point = breach.points.get(key=key)
    return point.held, point.evidence


def test_it_points_to_the_same_condition_and_says_how_that_read(
    breach: Breach, client: Client
) -> None:
    condition = breach.condition
    assert condition
    assert evidence(breach, "served")[0]
    correct(breach.order, Change(Act.AMEND, 1, SAID))
    breach.refresh_from_db()
    assert breach.condition_id == condition.pk
    assert "her sister" in evidence(breach, "condition")[1]
    assert evidence(breach, "served") == (False, "")  # his paper had the mistake
    client.force_login(factories.officer(breach.force))
    page = client.get(reverse("breaches:detail", kwargs={"pk": breach.pk})).content.decode()
    assert "were corrected after this report" in page
    assert orders.NO_CONTACT.text in page
    assert SAID.text in page


def test_a_breach_after_the_correction_says_nothing_of_it(client: Client) -> None:
    order = factories.order()
    correct(order, Change(Act.AMEND, 1, SAID))
    breach = factories.reported(Order.objects.get(pk=order.pk))
    client.force_login(factories.officer(breach.force))
    page = client.get(reverse("breaches:detail", kwargs={"pk": breach.pk})).content.decode()
    assert "were corrected after this report" not in page


def test_what_somebody_wrote_as_evidence_stays_and_what_the_law_says_is_found_anew() -> None:
    # The day before the breach is one that an order of two days earlier could have ended on,
    # at whatever hour of the night these tests run.
    order = orders.served(clock.now() - timedelta(days=2), kind="interim")
    breach = factories.reported(order)
    save_point(
        breach,
        by=factories.officer(breach.force),
        key="condition",
        held=True,
        evidence="Certified copy, exhibit TP/1",
    )
    correct(breach.order, last_day=local_date(breach.happened_at) - timedelta(days=1))
    breach.refresh_from_db()
    assert evidence(breach, "condition") == (True, "Certified copy, exhibit TP/1")
    assert evidence(breach, "in_force") == (False, "")
    assert breach.findings
