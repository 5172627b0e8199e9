"""What the sheet that is served on him says of s9, from the facts: s9(1), s9(1)(a), s9(5), W15."""

from datetime import date, datetime, timedelta

import pytest

from documents.models import Document
from law.periods import LONDON
from notifications import lifecycle
from notifications.tests import factories
from orders.documents import OrderForSubject
from orders.models import Order
from orders.tests import factories as orders

pytestmark = pytest.mark.django_db
MADE = datetime(2026, 5, 4, 10, tzinfo=LONDON)
LATER = MADE + timedelta(days=7)


def sheet(order: Order) -> str:
    """What the paper that would be served now says."""
    paper = Document.objects.get(about_id=order.pk, kind="order", superseded_at=None)
    said: str = paper.snapshot["data"]["notifying"]
    assert said == OrderForSubject.of(order).notifying
    return said


def exempt(order: Order, soa_from: date, soa_until: date | None = None) -> None:
    lifecycle.record_soa_duty(
        factories.duty(order),
        by=factories.manager(order.force),
        soa_from=soa_from,
        soa_until=soa_until,
    )


@pytest.mark.parametrize("kind", ["interim", "full"])
def test_a_first_order_must_be_notified(kind: str) -> None:
    assert sheet(orders.made(MADE, kind=kind)) == "must"


def test_a_full_order_that_replaces_one_that_was_served_need_not() -> None:
    interim = orders.served(MADE, kind="interim")
    assert sheet(orders.full_after(interim, LATER)) == "replaced"


def test_w15_the_interim_was_never_served() -> None:
    interim = orders.made(MADE, kind="interim")
    full = orders.full_after(interim, LATER)
    assert sheet(full) == "unclear"
    interim.refresh_from_db()
    factories.served_on(interim, MADE + timedelta(hours=1))
    assert sheet(full) == "replaced", "its service was typed late, and the paper is made again"


def test_w14_one_that_had_lapsed_is_not_replaced() -> None:
    interim = orders.served(MADE, kind="interim", last_day=date(2026, 5, 6))
    assert sheet(orders.full_after(interim, LATER)) == "must"


def test_s9_5_while_he_is_under_the_sexual_offences_duty() -> None:
    order = orders.made(MADE)
    exempt(order, date(2020, 1, 1))
    assert sheet(order) == "exempt"


@pytest.mark.parametrize("facts", [(date(2020, 1, 1), date(2026, 6, 10)), (date(2026, 5, 5), None)])
def test_where_that_duty_ends_or_began_later_he_must_ask(facts: tuple[date, date | None]) -> None:
    order = orders.made(MADE)
    exempt(order, *facts)
    assert sheet(order) == "unclear"


def test_what_he_was_given_is_not_made_again() -> None:
    order = orders.served(MADE)
    exempt(order, date(2020, 1, 1))
    paper = Document.objects.get(about_id=order.pk, kind="order", superseded_at=None)
    assert paper.snapshot["data"]["notifying"] == "must"


def test_the_known_duty_is_on_the_paper_of_the_next_order_at_once() -> None:
    interim = orders.served(MADE, kind="interim")
    exempt(interim, date(2020, 1, 1))
    assert sheet(orders.full_after(interim, LATER)) == "exempt"
