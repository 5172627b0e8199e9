"""Two people at once, in real transactions: exactly one act happens, the other is told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from audit.actor import acting_as
from casework import clock
from casework.errors import Stale, WrongState
from casework.tests.at_once import at_once
from orders import lifecycle
from orders.lifecycle import Decision, Right
from orders.models import Condition, Correction, Order, Service
from orders.terms import Act, Change
from orders.tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def came_to(*acts: Callable[[], Any]) -> list[str]:
    """What the acts came to, whichever of them came first."""
    words: dict[type, str] = {Stale: "stale", WrongState: "wrong state"}
    return sorted(words.get(type(one), "done") for one in at_once(*acts))


ONE_WINS = ["done", "wrong state"]


def again(order: Order) -> Order:
    return Order.objects.get(pk=order.pk)


def test_two_services() -> None:
    order = factories.made()
    first, second = factories.officer(), factories.applications.lead()
    assert (
        came_to(
            lambda: lifecycle.serve(again(order), by=first, proof=factories.proof()),
            lambda: lifecycle.serve(again(order), by=second, proof=factories.proof()),
        )
        == ONE_WINS
    )
    assert Service.objects.filter(order=order).count() == 1


def test_two_results_of_one_hearing() -> None:
    hearing = factories.hearing()
    by, moment = factories.officer(), clock.now()
    assert (
        came_to(
            lambda: factories.make(hearing, by=by, kind="full", made_at=moment),
            lambda: factories.make(hearing, by=by, kind="interim", made_at=moment),
        )
        == ONE_WINS
    )
    assert Order.objects.filter(hearing=hearing).count() == 1


def test_two_corrections_of_one_record() -> None:
    """Who saw the record as it was is told that somebody else put it right."""
    order = factories.made()
    by, right = factories.officer(), Right(order.made_at, order.court, None)

    def correct(reason: str) -> Order:
        return lifecycle.correct_order(
            again(order), by=by, right=right, reason=reason, version=order.version
        )

    assert came_to(lambda: correct("first"), lambda: correct("second")) == ["done", "stale"]
    assert Correction.objects.filter(order=order).count() == 1


def test_two_decisions_on_one_variation() -> None:
    order = factories.served(clock.now() - timedelta(days=3))
    change = Change(Act.REMOVE, 3)
    by = factories.officer()
    variation = lifecycle.apply_to_vary(
        order, by=by, asked=factories.asked(order, changes=(change,))
    )
    moment = clock.now()

    def decide(outcome: str) -> Any:
        changes = (change,) if outcome == "granted" else ()
        decision = Decision(outcome, moment, heard=("subject",), changes=changes)
        return lifecycle.decide_variation(
            type(variation).objects.get(pk=variation.pk), by=by, decision=decision
        )

    assert came_to(lambda: decide("granted"), lambda: decide("refused")) == ONE_WINS
    variation.refresh_from_db()
    closed = order.conditions.get(number=3).in_force.upper is not None
    assert closed == (variation.status == "granted")


def test_a_service_and_the_full_order_at_once_never_deadlock() -> None:
    """Both hold the case first: the interim is served and replaced, in either order."""
    interim = factories.made(clock.now() - timedelta(days=3), kind="interim")
    hearing = factories.hearing(application=interim.application)
    by, moment = factories.officer(), clock.now()
    earlier = factories.proof(interim.made_at + timedelta(hours=1))

    def serve() -> Order:
        return lifecycle.serve(again(interim), by=by, proof=earlier)

    found = came_to(serve, lambda: factories.make(hearing, by=by, made_at=moment))
    assert "done" in found
    assert again(interim).end_reason == Order.EndReason.REPLACED
    if "wrong state" in found:  # it ended between the look and the lock: the second try is late
        serve()
    assert Service.objects.filter(order=interim).count() == 1


def test_the_database_itself_forbids_two_wordings_at_a_time() -> None:
    order = factories.made()
    condition = order.conditions.get(number=1)
    condition.pk, condition.wording = None, 2
    condition.in_force = DateTimeTZRange(order.made_at + timedelta(days=1), None)
    with (
        pytest.raises(IntegrityError, match="one_wording_of_a_condition_at_a_time"),
        transaction.atomic(),
        acting_as("test"),
    ):
        Condition.objects.bulk_create([condition])
