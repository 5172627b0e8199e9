"""The record of the order was put right: the duty, and the paper that names the order, follow it."""

from datetime import timedelta
from typing import Any

import pytest

from casework import clock
from casework.actions import waits
from documents.models import Document
from law.periods import local_date
from notifications import lifecycle
from notifications.models import Duty
from notifications.tests import factories
from orders import lifecycle as orders_acts
from orders.lifecycle import Right
from orders.models import Order
from orders.tests import factories as orders

pytestmark = pytest.mark.django_db


def correct(order: Order, **facts: Any) -> None:
    order = Order.objects.get(pk=order.pk)
    held = {name: getattr(order, name) for name in ("made_at", "court", "last_day")}
    orders_acts.correct_order(
        order,
        by=orders.officer(),
        right=Right(**(held | facts)),
        reason="Typed wrongly.",
        had_right_paper=True,
    )


def test_a_full_order_that_replaced_nothing_has_its_own_duty() -> None:
    """s9(1)(a) asks whether the interim order had effect as the full one was made."""
    interim = orders.served(clock.now() - timedelta(days=9), kind="interim")
    full = orders.full_after(interim, clock.now() - timedelta(hours=5))
    orders_acts.serve(full, by=orders.officer(), proof=orders.proof())
    duty = Duty.objects.get(order=full)
    assert (duty.status, duty.due_on) == (Duty.Status.NOT_OWED, None)
    correct(interim, last_day=local_date(full.made_at) - timedelta(days=2))
    duty.refresh_from_db()
    assert (duty.status, duty.due_on) == (Duty.Status.OPEN, clock.today() + timedelta(days=2))
    assert waits(full.case, "notify_initial", about=duty.pk)
    correct(interim, last_day=local_date(full.made_at))
    duty.refresh_from_db()
    assert duty.status == Duty.Status.NOT_OWED
    assert not waits(full.case, "notify_initial", about=duty.pk)


def test_he_is_handed_another_acknowledgement_where_his_named_the_order_wrongly() -> None:
    order = orders.served(clock.now() - timedelta(hours=9))
    attendance = factories.attended(factories.duty(order))
    handed_at = clock.now()
    lifecycle.hand_over(
        attendance,
        by=factories.manager(order.force),
        handed_at=handed_at,
        handed_by_name="PC Placeholder",
    )
    paper = Document.objects.get(about_id=attendance.pk)
    correct(order, last_day=None)  # which the acknowledgement does not say
    attendance.refresh_from_db()
    assert attendance.status == "handed"
    correct(order, court_reference="TM-26-9")
    attendance.refresh_from_db()
    paper.refresh_from_db()
    assert paper.superseded_at
    assert (attendance.status, attendance.handed_at) == ("to_hand", None)
    assert waits(order.case, "hand_acknowledgement", about=attendance.pk)
    assert any("before the order was corrected" in f["message"] for f in attendance.findings)
