"""What becomes of the duties of an order that ends: a change after the end owes nothing, s9(3), (4)."""

from datetime import datetime, timedelta

import pytest

from accounts.models import CLOCK
from casework.models import Deadline
from law.periods import LONDON
from notifications import lifecycle
from notifications.models import Duty, SuspectedFailure
from notifications.tests import factories
from orders import lifecycle as order_acts
from orders.models import Order
from orders.tests import factories as orders

pytestmark = pytest.mark.django_db
S = Duty.Status
MADE = datetime(2026, 5, 4, 10, 0, tzinfo=LONDON)


def at(day: int, hour: int = 12) -> datetime:
    return datetime(2026, 5, day, hour, 0, tzinfo=LONDON)


@pytest.fixture(scope="module")
def served(shared: None) -> dict[str, Order]:
    return {kind: orders.served(MADE, kind=kind) for kind in ("interim", "full")}


def told_of(order: Order, day: int, told_on: int, **facts: str) -> Duty:
    with orders.at(at(told_on)):
        return factories.changed(Order.objects.get(pk=order.pk), at(day).date(), **facts)


def discharge(order: Order, day: int) -> None:
    with orders.at(at(day)):
        held = Order.objects.get(pk=order.pk)
        order_acts.discharge(held, by=orders.officer(of=held.force), at=at(day))


def now(duty: Duty) -> tuple[str, int, list[str]]:
    """Its status, the clocks that run on it, and the findings shown with it."""
    held = Duty.objects.get(pk=duty.pk)
    running = Deadline.objects.filter(about_id=duty.pk, done_at=None).count()
    return held.status, running, [found["field"] for found in held.findings]


def test_each_change_is_settled_by_the_day_of_the_end(served: dict[str, Order]) -> None:
    order = served["full"]
    for_good = told_of(order, 8, 8)
    with orders.at(at(12)):
        lifecycle.open_failure(for_good, by=CLOCK, today=at(12).date())
        failure = SuspectedFailure.objects.get(duty=for_good)
        lifecycle.decide_failure(
            failure, by=factories.manager(), outcome="no_action", reason="He is dying"
        )
    to_come = told_of(order, 23, 13)
    before = told_of(order, 13, 13, kind="address")
    assert [now(one) for one in (for_good, to_come, before)] == [(S.OPEN, 1, [])] * 3
    discharge(order, 14)
    assert now(to_come) == (S.NOT_OWED, 0, [])
    assert now(for_good) == (S.OPEN, 0, [])
    assert now(before) == (S.OPEN, 1, ["order_last_day"])
    held = Duty.objects.get(pk=to_come.pk)
    assert (held.provision, held.due_on) == ("s9(3)", None)
    assert not SuspectedFailure.objects.filter(duty=to_come).exists()


def test_an_order_that_replaces_an_interim_one_keeps_its_changes(served: dict[str, Order]) -> None:
    interim = served["interim"]
    to_come, just_before = told_of(interim, 23, 13), told_of(interim, 13, 13, kind="address")
    orders.full_after(Order.objects.get(pk=interim.pk), at(14))
    assert Order.objects.get(pk=interim.pk).end_reason == Order.EndReason.REPLACED
    assert [now(one) for one in (to_come, just_before)] == [(S.OPEN, 1, [])] * 2


def test_a_deadline_after_the_last_day_is_kept_with_a_question(served: dict[str, Order]) -> None:
    interim = served["interim"]  # to the end of 31 May
    change = told_of(interim, 30, 13)
    assert now(change) == (S.OPEN, 1, ["order_last_day"])
    with orders.at(at(31) + timedelta(days=1)):
        order_acts.expire(Order.objects.get(pk=interim.pk), by=CLOCK)
    assert now(change) == (S.OPEN, 1, ["order_last_day"])
