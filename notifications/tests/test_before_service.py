"""He came before he was served: a fact that is recorded with what the law says to it, s9(1)."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from accounts.models import CLOCK
from casework.errors import Refused
from documents.layout import lay_out
from law.periods import LONDON
from notifications.documents import AcknowledgementForSubject
from notifications.models import Duty
from notifications.tests import factories
from orders import lifecycle
from orders.models import Order
from orders.tests import factories as orders

pytestmark = pytest.mark.django_db
S = Duty.Status
MADE = datetime(2026, 5, 4, 10, tzinfo=LONDON)
SERVED = datetime(2026, 5, 6, 12, tzinfo=LONDON)
EARLY = [("s9(1)", "warn", "attended_on")]


def said(attendance: object) -> list[tuple[str, str, str]]:
    found = attendance.findings  # type: ignore[attr-defined]
    return [(f["provision"], f["weight"], f["field"]) for f in found]


@pytest.fixture
def order() -> Order:
    return orders.made(MADE)


def test_half_an_hour_earlier_on_the_same_day_is_in_time(order: Order) -> None:
    factories.served_on(order, SERVED)
    attendance = factories.attended(factories.duty(order), SERVED - timedelta(minutes=30))
    assert (attendance.in_time, attendance.findings) == (True, [])
    assert factories.duty(order).status == S.MET


def test_the_day_before_is_recorded_and_warned_of(order: Order) -> None:
    factories.served_on(order, SERVED)
    attendance = factories.attended(factories.duty(order), SERVED - timedelta(days=1))
    assert (attendance.in_time, said(attendance)) == (True, EARLY)
    assert factories.duty(order).status == S.MET


def test_while_he_is_not_served_it_is_kept_and_judged_at_service(order: Order) -> None:
    duty = factories.duty(order)
    attendance = factories.attended(duty, SERVED - timedelta(days=1))
    duty.refresh_from_db()
    assert (duty.status, said(attendance)) == (S.WAITING, EARLY)
    data = AcknowledgementForSubject.of(attendance)
    paper = lay_out(data)
    assert "in time" not in paper
    assert "after the last day" not in paper
    factories.served_on(order, SERVED)
    duty.refresh_from_db()
    attendance.refresh_from_db()
    assert (duty.status, duty.due_on, said(attendance)) == (S.MET, date(2026, 5, 8), EARLY)


def test_a_service_that_turns_out_to_be_earlier_takes_the_remark_away(order: Order) -> None:
    attendance = factories.attended(factories.duty(order), SERVED - timedelta(days=1))
    factories.served_on(order, SERVED - timedelta(days=1, hours=2))
    attendance.refresh_from_db()
    assert attendance.findings == []


def test_the_page_of_a_duty_that_waits_offers_it(client: Client, order: Order) -> None:
    client.force_login(factories.manager(order.force))
    duty = factories.duty(order)
    factories.attended(duty, SERVED - timedelta(days=1))
    page = client.get(f"/notifications/duties/{duty.pk}/").content.decode()
    assert f"/notifications/duties/{duty.pk}/attend/" in page
    assert "Notified before service" in page
    assert client.get(f"/notifications/duties/{duty.pk}/attend/").status_code == 200


def test_before_the_order_was_made_there_was_nothing(order: Order) -> None:
    with pytest.raises(Refused) as no:
        factories.attended(factories.duty(order), MADE - timedelta(minutes=1))
    assert no.value.field == "attended_at"


@pytest.mark.parametrize("clock_ran", [False, True])
def test_an_order_that_is_over_is_served_and_starts_nothing(clock_ran: bool) -> None:
    """The act is the same before and after the clock has written down the end."""
    order = orders.made(MADE, kind="interim", last_day=date(2026, 5, 5))
    if clock_ran:
        with orders.at(SERVED):
            lifecycle.expire(order, by=CLOCK)
    factories.served_on(order, SERVED)
    service = order.services.get()
    assert said(service) == [("s9(1)", "warn", "served_on")]
    with orders.at(SERVED):
        if not clock_ran:
            lifecycle.expire(order, by=CLOCK)
    duty = factories.duty(order)
    assert (duty.status, duty.due_on) == (S.NOT_OWED, None)
    assert ("s9(1)", "warn", "served_on") in said(duty)
