"""What must never be in the tables of orders: the database refuses it, whoever writes."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from casework import clock
from casework.models import Case
from casework.tests.refusals import forbidden
from law.periods import LONDON
from orders.models import Condition, Order, Service, Variation
from orders.tests import factories
from people.tests import factories as people

pytestmark = pytest.mark.django_db


def at_the_end(write: Callable[[], Any]) -> Callable[[], Any]:
    """The write, and what is held only when its transaction ends."""
    return lambda: (write(), connection.check_constraints())


@pytest.fixture
def order() -> Order:
    return factories.served(kind="interim")


def change(order: Order, **facts: Any) -> Callable[[], Any]:
    return lambda: Order.objects.filter(pk=order.pk).update(**facts)


def test_an_order_is_ended_exactly_when_it_has_its_end(order: Order) -> None:
    name = "an_order_is_ended_when_it_has_its_end"
    forbidden(name, change(order, status="ended"))
    forbidden(name, change(order, ended_at=clock.now(), end_reason="discharged"))


def test_no_interim_order_without_its_application(order: Order) -> None:
    """R5.1: whatever its origin is said to be, there is none by itself."""
    name = "an_interim_order_has_its_application"
    forbidden(name, change(order, application=None))
    forbidden(name, change(order, application=None, origin="court_conviction"))
    change(order, application=None, kind="full")()


@pytest.mark.parametrize(
    ("made_at", "made_on"),
    [
        (datetime(2026, 6, 13, 23, 20, tzinfo=UTC), datetime(2026, 6, 14, tzinfo=LONDON).date()),
        (datetime(2026, 1, 13, 23, 20, tzinfo=UTC), datetime(2026, 1, 13, tzinfo=UTC).date()),
    ],
)
def test_its_last_day_is_not_before_the_london_day_on_which_it_was_made(
    order: Order, made_at: datetime, made_on: Any
) -> None:
    change(order, made_at=made_at, last_day=made_on)()
    forbidden(
        "last_day_not_before_the_day_it_was_made",
        change(order, last_day=made_on - timedelta(days=1)),
    )


def test_a_hearing_makes_one_order_of_a_kind(order: Order) -> None:
    other = factories.made(kind="interim")
    forbidden("one_order_of_a_kind_from_a_hearing", change(other, hearing=order.hearing))


def test_an_interim_order_is_replaced_once(order: Order) -> None:
    factories.full_after(order)
    other = factories.made()
    forbidden("one_order_replaces_an_interim", change(other, replaces_interim=order))


@pytest.mark.parametrize(
    "facts",
    [
        {"superseded_at": datetime(2026, 5, 5, tzinfo=UTC)},
        {"superseded_reason": "The wrong hour"},
        {"superseded_at": datetime(2026, 5, 5, tzinfo=UTC), "superseded_reason": "The wrong hour"},
    ],
)
def test_a_service_is_superseded_by_somebody_at_a_moment_for_a_reason(
    order: Order, facts: dict[str, Any]
) -> None:
    forbidden(
        "service_superseded_at_by_and_why_together",
        lambda: Service.objects.filter(order=order).update(**facts),
    )
    nobody_says_why = {"superseded_by": factories.officer(), "superseded_at": clock.now()}
    forbidden(
        "service_superseded_at_by_and_why_together",
        lambda: Service.objects.filter(order=order).update(**nobody_says_why),
    )


def test_a_condition_forbids_or_requires(order: Order) -> None:
    forbidden(
        "a_condition_forbids_or_requires",
        lambda: Condition.objects.filter(order=order).update(kind="advice"),
    )


def test_it_binds_the_subject_of_its_case_and_the_case_keeps_him(order: Order) -> None:
    other = people.person(factories.officer())
    name = "order_binds_the_subject_of_its_case"
    case = Case.objects.filter(pk=order.case_id)
    forbidden(name, at_the_end(change(order, subject=other)))
    forbidden(name, at_the_end(lambda: case.update(subject=other)))


SERVED = "an_order_is_served_once_it_was_made"


def test_an_order_is_served_once_it_was_made(order: Order) -> None:
    """By the end of the act: both moments may be put right in it. What was superseded was wrong."""
    service = Service.objects.filter(order=order)
    before, after = order.made_at - timedelta(seconds=1), clock.now() + timedelta(days=1)
    forbidden(SERVED, at_the_end(lambda: service.update(served_at=before)))
    forbidden(SERVED, at_the_end(change(order, made_at=after)))
    service.update(served_at=before)
    change(order, made_at=before)()
    connection.check_constraints()
    service.update(
        served_at=before - timedelta(days=1),
        superseded_at=clock.now(),
        superseded_by=factories.officer(),
        superseded_reason="The wrong day",
    )
    connection.check_constraints()
    alive = {"superseded_at": None, "superseded_by": None, "superseded_reason": ""}
    forbidden(SERVED, at_the_end(lambda: service.update(**alive)))


REPLACED = "an_interim_order_of_the_case_is_replaced"


def test_an_order_replaces_an_interim_order_of_its_own_case(order: Order) -> None:
    full = factories.full_after(order)
    connection.check_constraints()
    elsewhere = factories.made(kind="interim")
    forbidden(REPLACED, at_the_end(change(full, replaces_interim=elsewhere)))
    forbidden(REPLACED, at_the_end(change(full, replaces_interim=factories.made())))
    forbidden(REPLACED, at_the_end(change(full, replaces_interim=full)))
    forbidden(REPLACED, at_the_end(change(order, kind="full")))


def test_what_is_of_an_order_has_its_case(order: Order) -> None:
    other = factories.made()
    for model in (Condition, Service):
        rows = model.objects.filter(order=order)
        forbidden(
            f"{model._meta.db_table}_repeats_case_id_by_order_id",
            at_the_end(lambda rows=rows: rows.update(case=other.case_id)),
        )


def test_a_status_is_one_of_those_that_we_know(order: Order) -> None:
    forbidden("an_order_is_ended_when_it_has_its_end", change(order, status="lost"))
    assert order.last_day is not None
    factories.varied(order, renewed_until=order.last_day + timedelta(days=7))
    forbidden(
        "a_decided_variation_has_its_moment",
        lambda: Variation.objects.filter(order=order).update(status="lost"),
    )
