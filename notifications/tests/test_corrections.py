"""A corrected service moves the 3 days, and every alert goes with them: the old ones are over."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from accounts.roles import Role
from accounts.tests import factories as accounts
from alerts import addressing, queries, sweep
from alerts.models import Alert, Message
from casework import clock
from casework.models import Deadline
from law.periods import end_instant, local_date
from notifications import tasks
from notifications.models import Duty, SuspectedFailure
from notifications.tests import factories
from orders.models import Order
from orders.tests import factories as orders

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
S, F = Duty.Status, SuspectedFailure.Status


@pytest.fixture
def order() -> Order:
    """Made 9 days ago and served 6 days ago, so that the time to notify ended 4 days ago."""
    now = clock.now()
    accounts.user(Role.STALKING_LEAD, username="di.sampleford")
    order = orders.made(now - 9 * DAY)
    return factories.served_on(order, now - 6 * DAY)


def correct(order: Order, served_at: datetime) -> None:
    orders.lifecycle.correct_service(
        order, by=orders.officer(), proof=orders.proof(served_at), reason="The wrong day was typed"
    )


def due_of(served_at: datetime) -> date:
    return local_date(served_at) + 2 * DAY


def told(kind: str, *, clock_at: datetime) -> set[int]:
    """The rungs of which somebody was told, for this end of the clock."""
    rows = Alert.objects.filter(kind=kind, clock_at=clock_at, messages__isnull=False)
    return set(rows.values_list("rung", flat=True))


def tell() -> None:
    sweep.run()
    addressing.run()


def test_later_it_did_not_fail_and_the_new_end_is_told_in_its_turn(order: Order) -> None:
    duty = factories.duty(order)
    old_end = end_instant(due_of(clock.now() - 6 * DAY))
    tasks.run_clock()
    tell()
    assert told("notify_initial", clock_at=old_end) == {1}, (
        "a reminder that was missed comes as one"
    )
    served_at = clock.now() - DAY
    correct(order, served_at)
    duty.refresh_from_db()
    new_end = end_instant(due_of(served_at))
    assert (duty.status, duty.due_on) == (S.OPEN, due_of(served_at))
    assert duty.failures.get().status == F.CLEARED
    running = Deadline.objects.get(about_id=duty.pk, done_at=None)
    assert (running.kind, running.due_at) == ("notify_initial", new_end)
    assert not Deadline.objects.filter(kind="decide_failure", done_at=None).exists()
    old = Alert.objects.filter(clock_at=old_end)
    assert old.exists()
    assert all(alert.is_over for alert in old)
    before = Message.objects.count()
    tell()
    assert told("notify_initial", clock_at=new_end) <= {0}, "at most the reminder, which may be due"
    sweep.run(new_end)
    addressing.run()
    assert told("notify_initial", clock_at=new_end) >= {1}
    assert Message.objects.count() > before
    assert not any(a.is_over for a in Alert.objects.filter(clock_at=new_end))


def test_earlier_it_failed_already_and_is_told_at_once(order: Order) -> None:
    now = clock.now()
    correct(order, now - timedelta(minutes=1))
    assert tasks.run_clock() == 0
    order.refresh_from_db()
    correct(order, now - 8 * DAY)
    duty = factories.duty(order)
    assert duty.due_on == due_of(now - 8 * DAY)
    assert tasks.run_clock() == 1
    tell()
    assert told("notify_initial", clock_at=end_instant(duty.due_on)) == {1}
    failure = duty.failures.get()
    assert (failure.status, failure.failed_from) == (F.OPEN, duty.due_on + DAY)


def test_a_suspected_failure_is_told_at_once_to_who_decides_the_officer_and_the_lead(
    order: Order,
) -> None:
    accounts.user(Role.OFFENDER_MANAGER, username="om.sampleford")
    correct(order, clock.now() - 8 * DAY)
    assert tasks.run_clock() == 1
    tell()
    heard = Message.objects.filter(alert__kind="decide_failure")
    assert {message.user.username for message in heard} >= {
        *("om.sampleford", "di.sampleford", order.case.officer.username),
    }


def test_what_was_raised_and_not_told_yet_is_told_to_nobody(order: Order) -> None:
    assert sweep.run() > 0
    correct(order, clock.now() - timedelta(minutes=1))
    addressing.run()
    assert not Message.objects.filter(alert__kind="notify_initial").exists()
    assert not Alert.objects.filter(kind="nobody_on_rung").exists()
    assert not queries.unacknowledged(accounts.user(Role.STALKING_LEAD, username="di.sampleford"))


def test_an_attendance_is_judged_by_the_right_day(order: Order) -> None:
    now = clock.now()
    duty = factories.duty(order)
    attendance = factories.attended(duty, now - 2 * DAY)
    assert (duty.status, attendance.in_time) == (S.LATE, False)
    correct(order, now - 3 * DAY)
    duty.refresh_from_db()
    attendance.refresh_from_db()
    assert (duty.status, attendance.in_time) == (S.MET, True)
    assert duty.failures.get().status == F.CLEARED
    assert not Deadline.objects.filter(
        kind__in=("notify_initial", "decide_failure"), done_at=None
    ).exists()
    order.refresh_from_db()
    correct(order, now - 6 * DAY)
    duty.refresh_from_db()
    assert duty.status == S.LATE
    assert duty.failures.get().status == F.OPEN
    assert Deadline.objects.filter(kind="decide_failure", done_at=None).count() == 1


def test_the_page_of_an_old_alert_says_where_the_clock_is_now(order: Order, client: Client) -> None:
    tell()
    alert = Alert.objects.get(kind="notify_initial", rung=1)
    correct(order, clock.now() - DAY)
    client.force_login(factories.manager())
    page = client.get(f"/alerts/{alert.pk}/").content.decode()
    assert "The facts were corrected: the clock now ends" in page
