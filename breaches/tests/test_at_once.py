"""Two at the same moment, with real threads on the real database."""

from datetime import timedelta

import pytest

from alerts import actions as alerts
from alerts import addressing
from alerts.models import Alert
from breaches import lifecycle, queries
from breaches.models import Breach
from breaches.tests import factories
from casework import clock
from casework.errors import WrongState
from casework.tests.at_once import at_once
from orders.models import Order

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def order() -> Order:
    return factories.order()


def fresh(breach: Breach) -> Breach:
    return Breach.objects.get(pk=breach.pk)


def test_two_reports_get_two_numbers_and_know_each_other(order: Order) -> None:
    moment, officer, control = (
        clock.now() - timedelta(hours=1),
        factories.officer(),
        factories.control_room(),
    )
    found = at_once(
        lambda: lifecycle.report(order, by=officer, told=factories.told(moment)),
        lambda: lifecycle.report(order, by=control, told=factories.told(moment)),
    )
    assert not any(isinstance(result, Exception) for result in found), found
    first, second = Breach.objects.order_by("number")
    assert (first.number, second.number) == (1, 2)
    assert second.same_as == first


def test_one_of_two_takes_it(order: Order) -> None:
    breach, lead, control = factories.reported(order), factories.lead(), factories.control_room()
    found = at_once(
        lambda: lifecycle.acknowledge(fresh(breach), by=lead),
        lambda: lifecycle.acknowledge(fresh(breach), by=control),
    )
    assert sum(isinstance(result, WrongState) for result in found) == 1, found


@pytest.mark.parametrize("time", range(3))
def test_it_is_taken_from_the_inbox_and_from_the_page(order: Order, time: int) -> None:
    """Both ways lock in one order: the second waits, and there is one who has it."""
    breach, lead, control = factories.reported(order), factories.lead(), factories.control_room()
    alert = Alert.objects.get(thread=queries.thread_of(breach))
    addressing.run()
    found = at_once(
        lambda: lifecycle.acknowledge(fresh(breach), by=lead),
        lambda: alerts.acknowledge(alert, by=control),
    )
    assert all(isinstance(r, WrongState) for r in found if isinstance(r, Exception)), found
    alert.refresh_from_db()
    assert fresh(breach).acknowledged_by == alert.acknowledged_by


def test_one_decision(order: Order) -> None:
    breach, officer, lead = factories.acknowledged(order), factories.officer(), factories.lead()
    found = at_once(
        lambda: lifecycle.decide(fresh(breach), by=officer, outcome="charged", note="ST19001"),
        lambda: lifecycle.decide(fresh(breach), by=lead, outcome="other", note="Warned"),
    )
    assert sum(isinstance(result, WrongState) for result in found) == 1, found
