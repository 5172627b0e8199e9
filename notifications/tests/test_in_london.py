"""People read London days and times, wherever a record is named."""

from datetime import UTC, datetime

import pytest

from documents.queries import possible
from notifications.tests import factories
from orders.forms import CorrectForm
from orders.models import Order
from orders.queries import wordings
from orders.terms import Act, Change
from orders.tests import factories as orders

pytestmark = pytest.mark.django_db
LATE = datetime(2026, 6, 13, 23, 20, tzinfo=UTC)  # 00:20 on 14 June in London


@pytest.fixture
def order() -> Order:
    return orders.served(LATE, served_at=LATE)


def test_records_are_named_by_their_london_day(order: Order) -> None:
    attendance = factories.attended(factories.duty(order), LATE)
    assert str(order) == "Full order of 14 June 2026"
    assert str(order.services.get()) == "Served 14 June 2026"
    assert str(attendance) == "Attended 14 June 2026"


def test_a_document_of_an_attendance_is_named_by_its_london_time(order: Order) -> None:
    factories.attended(factories.duty(order), LATE)
    labels = [one.label for one in possible(order.case)]
    assert [label for label in labels if "attended Sunday 14 June 2026 at 00:20" in label]
    assert [label for label in labels if "(Full order of 14 June 2026)" in label]
    assert not [label for label in labels if "23:20" in label or "13 Jun" in label]


def test_which_record_of_service_is_wrong(order: Order) -> None:
    orders.varied(order, changes=(Change(Act.REMOVE, 3),))
    order.refresh_from_db()
    orders.lifecycle.serve(
        order,
        by=orders.officer(),
        proof=orders.proof(),
        variation=order.variations.get(),
    )
    form = CorrectForm(words=wordings(order))
    labels = [label for _, label in form.fields["wrong"].choices]  # type: ignore[attr-defined]
    assert labels[0] == "Sun 14 Jun 2026 at 00:20, in person"
