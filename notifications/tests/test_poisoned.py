"""One row that cannot be done keeps no other waiting, and the silence it leaves is noticed."""

import json
import logging
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, transaction

from alerts import heartbeat, rooms
from alerts.management.commands import watch
from applications import tasks as applications_tasks
from applications.tests import factories as applications
from casework import clock
from casework.announce import _handlers
from casework.models import Deadline
from notifications import tasks as notifications_tasks
from notifications.models import SuspectedFailure
from notifications.tests import factories
from orders import tasks as orders_tasks
from orders.models import Order
from orders.tests import factories as orders
from spo_cases.logs import formatter

pytestmark = pytest.mark.django_db
AGO = timedelta(days=40)


@pytest.fixture(autouse=True)
def _untried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "_tried", {})


class Poison(Exception):
    """What a bug of ours would raise, with a person's words in it."""


@pytest.fixture
def poisoned(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Call with a topic and a case: the act on that case's rows breaks, as a handler's bug would."""

    def poison(topic: str, case_id: Any, error: Exception | None = None) -> None:
        def fail(record: Any, *, by: Any) -> None:
            if record.case_id == case_id:
                raise error or Poison("Siôn Mockford of Testham")

        monkeypatch.setitem(_handlers, topic, [*_handlers[topic], fail])

    return poison


def over() -> list[Order]:
    """Two interim orders whose period ran out, the first one before the other."""
    return [orders.served(clock.now() - AGO + timedelta(days=n), kind="interim") for n in range(2)]


def ended() -> set[Any]:
    return set(Order.objects.filter(status="ended").values_list("pk", flat=True))


def test_an_order_that_cannot_be_ended_keeps_no_other_alive(
    poisoned: Any, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = over()
    poisoned("orders.expire", bad.case_id)
    with caplog.at_level(logging.ERROR):
        assert orders_tasks.run_clock() == 1
    assert ended() == {good.pk}
    assert "orders" not in heartbeat.ages(), "and somebody is told: it leaves no sign of life"
    [record] = [r for r in caplog.records if r.name == "alerts.rooms"]
    line = formatter().format(record)
    assert json.loads(line)["row"] == str(bad.pk)
    assert json.loads(line)["error"] == "Poison"
    assert "Mockford" not in line


def test_nor_does_an_error_of_the_database_on_one_row(poisoned: Any) -> None:
    bad, good = over()
    poisoned("orders.expire", bad.case_id, OperationalError("deadlock detected"))
    assert orders_tasks.run_clock() == 1
    assert ended() == {good.pk}


def test_a_duty_that_cannot_fail_keeps_no_other_open(poisoned: Any) -> None:
    bad, good = (
        factories.duty(orders.served(clock.now() - timedelta(days=10 - n))) for n in range(2)
    )
    poisoned("notifications.open_failure", bad.case_id)
    assert notifications_tasks.run_clock() == 1
    assert list(SuspectedFailure.objects.values_list("duty", flat=True)) == [good.pk]
    assert "notifications" not in heartbeat.ages()


def test_a_hearing_that_cannot_begin_keeps_no_other_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    soon = clock.now() + timedelta(hours=1)
    bad, good = (applications.hearing(applications.lodged(), starts_at=soon) for _ in range(2))
    begin = applications_tasks.begin

    def broken(hearing: Any, *, by: Any) -> object:
        if hearing.pk == bad.pk:
            raise Poison("Siôn Mockford of Testham")
        return begin(hearing, by=by)

    monkeypatch.setattr(applications_tasks, "begin", broken)
    with orders.at(soon):
        assert applications_tasks.run_clock() == 1
    waits = Deadline.objects.filter(kind="hearing", done_at=None)
    assert list(waits.values_list("about_id", flat=True)) == [bad.pk]
    assert Deadline.objects.get(kind="hearing", about_id=good.pk).done_at


def test_a_turn_without_a_fault_is_a_sign_of_life() -> None:
    for tasks in (applications_tasks, notifications_tasks, orders_tasks):
        tasks.run_clock()
    assert {"applications", "notifications", "orders"} <= set(heartbeat.ages())


def test_the_watch_takes_the_rooms_turns_when_the_broker_is_gone() -> None:
    first, second = over()
    watch.look()
    assert ended() == {first.pk, second.pk}
    assert {"applications", "notifications", "orders"} <= set(heartbeat.ages())


def test_the_watch_leaves_a_living_schedule_alone() -> None:
    over()
    with transaction.atomic():
        for room in ("anchors", "applications", "notifications", "orders"):
            heartbeat.beat(room)
    watch.look()
    assert ended() == set()


def test_the_watch_does_not_hammer_at_a_row_that_fails(
    poisoned: Any, caplog: pytest.LogCaptureFixture
) -> None:
    bad, _ = over()
    poisoned("orders.expire", bad.case_id)
    for _ in range(3):
        watch.look()
    assert len([r for r in caplog.records if r.name == "alerts.rooms"]) == 1


def test_one_room_that_cannot_say_what_is_due_stops_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken() -> list[Order]:
        raise Poison

    over()
    monkeypatch.setitem(rooms._kept, "applications", rooms.Turn("applications", broken, print))
    rooms.take_silent()
    assert len(ended()) == 2
    assert "applications" not in heartbeat.ages()
