"""The sexual offences duty is a person's, s9(5): it is the same in each of his cases in the force."""

from datetime import date, datetime

import pytest

from accounts.tests import factories as accounts
from casework.models import Case, Deadline
from documents.models import Document
from law.periods import LONDON
from notifications import lifecycle, queries
from notifications.models import Duty
from notifications.tests import factories
from orders.models import Order
from orders.tests import factories as orders

pytestmark = pytest.mark.django_db
S = Duty.Status
MADE = datetime(2026, 5, 4, 10, 0, tzinfo=LONDON)
SINCE = date(2020, 1, 1)


@pytest.fixture(scope="module")
def his(shared: None) -> list[Order]:
    """Two orders that bind one person, of two cases; the third is not served yet."""
    first, second = orders.served(MADE), orders.served(MADE, kind="interim")
    third = orders.made(MADE)
    for order in (second, third):
        Order.objects.filter(pk=order.pk).update(subject=first.subject)
        Case.objects.filter(pk=order.case_id).update(subject=first.subject)
    return [first, second, third]


def facts(order: Order) -> tuple[str, date | None, int]:
    duty = factories.duty(order)
    running = Deadline.objects.filter(about_id=duty.pk, kind="notify_initial", done_at=None)
    return duty.status, duty.soa_from, running.count()


def sheets(order: Order) -> int:
    return Document.objects.filter(about_id=order.pk).count()


def test_it_is_recorded_and_taken_back_in_all_his_cases(his: list[Order]) -> None:
    owed = [(S.OPEN, None, 1), (S.OPEN, None, 1), (S.WAITING, None, 0)]
    assert [facts(order) for order in his] == owed
    duty, by, before = factories.duty(his[0]), factories.manager(), sheets(his[2])
    lifecycle.record_soa_duty(duty, by=by, soa_from=SINCE)
    exempt, waits = (S.NOT_OWED, SINCE, 0), (S.WAITING, SINCE, 0)
    assert [facts(order) for order in his] == [exempt, exempt, waits]
    assert sheets(his[2]) > before, "the sheet that he will be given says something else"
    lifecycle.take_back_soa_duty(duty, by=by, reason="It is his brother who is under it")
    assert [facts(order) for order in his] == owed


def test_a_new_order_or_change_knows_it_and_another_force_does_not(his: list[Order]) -> None:
    lifecycle.record_soa_duty(factories.duty(his[0]), by=factories.manager(), soa_from=SINCE)
    change = factories.changed(Order.objects.get(pk=his[1].pk), date(2026, 5, 10))
    assert (change.status, change.provision) == (S.NOT_OWED, "s9(5)")
    theirs = Order.objects.get(pk=his[1].pk)
    theirs.force = accounts.other_force()
    assert queries.soa_facts(theirs) == (None, None)
