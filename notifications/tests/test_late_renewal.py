"""A court renewed in time; the paper was typed after the clock had ended the order (R4.6)."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from accounts.models import CLOCK
from casework import clock, forms
from casework.errors import Refused
from casework.models import Case, Deadline
from law.periods import LONDON
from notifications.tests import factories
from orders import lifecycle, queries
from orders.forms import RenewForm
from orders.models import Order, Variation
from orders.tests import factories as orders

pytestmark = pytest.mark.django_db
MADE = datetime(2026, 2, 27, 10, tzinfo=LONDON)
IN_COURT = datetime(2026, 3, 24, 11, tzinfo=LONDON)
TYPED = datetime(2026, 3, 27, 9, tzinfo=LONDON)
LAST, NEW_LAST = date(2026, 3, 26), date(2026, 4, 30)


def over(*, served_at: datetime | None = None) -> Order:
    """An interim order of which the clock has written that it ended with 26 March."""
    order = orders.made(MADE, kind="interim", last_day=LAST)
    if served_at:
        factories.served_on(order, served_at)
    with orders.at(TYPED):
        lifecycle.expire(order, by=CLOCK)
    return order


def renew(order: Order, **facts: object) -> Variation:
    """Applied for and granted on 24 March, recorded on 27 March."""
    by = orders.officer(of=order.force)
    facts = {"applied_on": IN_COURT.date(), "asked_until": NEW_LAST} | facts
    with orders.at(TYPED):
        variation = lifecycle.apply_to_renew(order, by=by, asked=orders.asked(order, **facts))
        decision = lifecycle.Decision("granted", IN_COURT, heard=("subject",), last_day=NEW_LAST)
        lifecycle.decide_variation(variation, by=by, decision=decision)
    order.refresh_from_db()
    return variation


def shown(order: Order) -> tuple[int, int]:
    """How many cards the order check shows as binding, and how many others."""
    answer = queries.check(
        orders.officer(), order.subject.family_name, reason=queries.Reason.STOP, moment=TYPED
    )
    return len(answer.cards), len(answer.others)


def test_it_binds_again_in_the_order_check() -> None:
    order = over(served_at=MADE + timedelta(hours=1))
    assert shown(order) == (0, 1)
    renew(order)
    assert (order.status, order.ended_at, order.end_reason) == ("served", None, "")
    assert order.last_day == NEW_LAST
    assert shown(order) == (1, 0)
    assert Case.objects.get(pk=order.case_id).status == Case.Status.ORDER


def test_the_duty_to_notify_is_owed_on_as_before() -> None:
    """Served on the day before it ended: the deadline is after that end, and then no more."""
    order = over(served_at=datetime(2026, 3, 25, 12, tzinfo=LONDON))
    duty = factories.duty(order)
    assert [f["field"] for f in duty.findings] == ["order_last_day"]
    renew(order)
    duty = factories.duty(order)
    assert (duty.status, duty.due_on, duty.findings) == ("open", date(2026, 3, 27), [])
    assert Deadline.objects.get(kind="notify_initial", about_id=duty.pk).done_at is None


def test_one_that_was_never_served_is_to_be_served_and_notified_from_then() -> None:
    order = over()
    assert factories.duty(order).status == "not_owed"
    renew(order)
    assert (order.status, factories.duty(order).status) == ("made", "waiting")
    assert Deadline.objects.filter(kind="serve_order", about_id=order.pk, done_at=None).exists()
    factories.served_on(order, TYPED)
    assert factories.duty(order).due_on == date(2026, 3, 29)


def test_an_application_after_the_last_day_is_refused_whatever_the_clock_has_done() -> None:
    for order in (over(), orders.made(MADE, kind="interim", last_day=LAST)):
        with pytest.raises(Refused, match="had ended with 26 March 2026") as refused:
            renew(order, applied_on=TYPED.date())
        assert refused.value.field == "applied_on"
        assert not order.variations.exists()


def test_the_page_offers_it_with_the_conditions_that_the_order_had(client: Client) -> None:
    order = over()
    user = orders.officer(of=order.force)
    client.force_login(user)
    body = client.get(f"/orders/cases/{order.case_id}/").content.decode()
    assert f"/orders/{order.pk}/renew/" in body
    assert orders.NO_CONTACT.text in client.get(f"/orders/{order.pk}/vary/").content.decode()
    values = {
        "applicant": "chief_officer",
        "applicant_force": order.force_id,
        "applied_on": IN_COURT.date(),
        "area": "ours",
        "grounds": "He has not stopped.",
        "period": "fixed",
        "asked_until": NEW_LAST,
    }
    form = RenewForm(order=order)
    page = client.post(f"/orders/{order.pk}/renew/", forms.as_data(form, values))
    assert page.status_code == 302, page.content.decode()
    assert order.variations.get().applied_on == IN_COURT.date() < clock.today()
