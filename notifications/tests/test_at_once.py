"""Two at the same moment, with real threads on the real database."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from accounts.models import CLOCK
from accounts.roles import Role
from accounts.tests import factories as accounts
from casework.errors import WrongState
from casework.models import Deadline
from casework.tests.at_once import at_once
from law.periods import LONDON
from notifications import lifecycle, tasks
from notifications.models import Attendance, Duty, SuspectedFailure
from notifications.tests import factories
from orders.tests import factories as orders

pytestmark = pytest.mark.django_db(transaction=True)
MADE = datetime(2026, 5, 4, 10, 0, tzinfo=LONDON)


@pytest.fixture
def duty() -> Duty:
    return factories.duty(orders.served(MADE, kind="interim"))


def fresh(duty: Duty) -> Duty:
    return Duty.objects.get(pk=duty.pk)


def test_two_clocks_open_a_failure_once(duty: Duty) -> None:
    assert sorted(at_once(tasks.run_clock, tasks.run_clock)) in ([0, 1], [1, 1])
    today = date(2026, 5, 9)
    again = at_once(*[lambda: lifecycle.open_failure(fresh(duty), by=CLOCK, today=today)] * 3)
    assert all(isinstance(error, WrongState) for error in again)
    assert SuspectedFailure.objects.count() == 1
    assert Deadline.objects.filter(kind="decide_failure").count() == 1


def test_two_officers_record_one_attendance(duty: Duty) -> None:
    manager, given = factories.manager(), factories.given(MADE + timedelta(days=1))
    found = at_once(
        *[lambda: lifecycle.record_attendance(fresh(duty), by=manager, given=given)] * 2
    )
    assert sum(isinstance(result, WrongState) for result in found) == 1, found
    assert duty.attendances.count() == 1


def test_he_attends_while_the_clock_runs_out(duty: Duty) -> None:
    """Whichever comes first: he is late, one failure waits, and it has its last day."""
    manager, given = factories.manager(), factories.given(MADE + timedelta(days=5))
    found = at_once(
        lambda: lifecycle.record_attendance(fresh(duty), by=manager, given=given),
        tasks.run_clock,
    )
    assert not any(isinstance(result, Exception) for result in found), found
    failure = SuspectedFailure.objects.get()
    assert fresh(duty).status == Duty.Status.LATE
    assert failure.failed_until == date(2026, 5, 9)


def test_service_is_corrected_while_he_attends(duty: Duty) -> None:
    """Order, case and duty are locked in one order: both wait, neither deadlocks."""
    manager, given = factories.manager(), factories.given(MADE + timedelta(days=1, hours=2))
    officer, right = orders.officer(), orders.proof(MADE + timedelta(days=1))
    order = duty.order
    found = at_once(
        lambda: lifecycle.record_attendance(fresh(duty), by=manager, given=given),
        lambda: orders.lifecycle.correct_service(
            order, by=officer, proof=right, reason="Typed the wrong day"
        ),
    )
    assert not any(isinstance(result, Exception) for result in found), found
    assert (fresh(duty).status, fresh(duty).due_on) == (Duty.Status.MET, date(2026, 5, 7))


def test_an_order_that_is_derived_twice_at_once_has_one_duty() -> None:
    order = orders.made(MADE, kind="interim")
    with transaction.atomic():
        Duty.objects.filter(order=order).delete()
    found = at_once(*[lambda: lifecycle.derive_duty(order, by=CLOCK)] * 3)
    assert not any(isinstance(result, Exception) for result in found), found
    assert Duty.objects.filter(order=order).count() == 1


def test_two_decide_at_once_and_one_decision_is_kept(duty: Duty) -> None:
    attendance = factories.attended(duty, MADE + timedelta(days=1), heard_by_constable=False)

    def decide(outcome: str) -> Callable[[], Any]:
        return lambda: lifecycle.decide_attendance(
            Attendance.objects.get(pk=attendance.pk), by=legal, outcome=outcome, reason=outcome
        )

    legal = accounts.user(Role.LEGAL)
    found = at_once(decide("accepted"), decide("again"), decide("accepted"))
    assert len([one for one in found if isinstance(one, WrongState)]) == 2
    attendance.refresh_from_db()
    assert attendance.decision == attendance.decision_reason
    owed = {"accepted": Duty.Status.MET, "again": Duty.Status.OPEN}
    assert fresh(duty).status == owed[attendance.decision]
