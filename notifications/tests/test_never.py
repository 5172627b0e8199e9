"""What must never be in the tables of the duties: the database refuses it, whoever writes."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from casework import clock
from casework.tests.refusals import forbidden
from law.periods import LONDON
from notifications.models import Duty, SuspectedFailure
from notifications.tests import factories
from orders.tests import factories as orders

pytestmark = pytest.mark.django_db
MADE = datetime(2026, 5, 4, 10, tzinfo=LONDON)
DAYS = "a_duty_has_its_days_where_one_is_owed"
DECIDED = "a_decided_failure_has_who_when_and_why"


@pytest.fixture
def duty() -> Duty:
    return factories.duty(orders.served(MADE))


@pytest.mark.parametrize("status", ["open", "met", "late"])
def test_what_is_owed_has_its_days(duty: Duty, status: str) -> None:
    rows = Duty.objects.filter(pk=duty.pk)
    forbidden(DAYS, lambda: rows.update(status=status, due_on=None))
    forbidden(DAYS, lambda: rows.update(status=status, starts_on=None))
    forbidden(DAYS, lambda: rows.update(status=status, due_on=date(2026, 5, 3)))


@pytest.mark.parametrize("status", ["waiting", "not_owed"])
def test_what_is_not_owed_has_no_last_day(duty: Duty, status: str) -> None:
    forbidden(DAYS, lambda: Duty.objects.filter(pk=duty.pk).update(status=status))


@pytest.fixture
def failure(duty: Duty) -> SuspectedFailure:
    factories.attended(duty, MADE + timedelta(days=1), fingerprints="refused")
    return SuspectedFailure.objects.get(duty=duty)


def test_a_decision_has_who_when_and_why_and_nothing_else_has(failure: SuspectedFailure) -> None:
    rows = SuspectedFailure.objects.filter(pk=failure.pk)
    who = {"decided_by": factories.manager(), "decided_at": clock.now()}
    for status in ("investigated", "excused", "no_action"):
        forbidden(DECIDED, lambda s=status: rows.update(status=s))
        forbidden(DECIDED, lambda s=status: rows.update(status=s, **who))
    for status in ("open", "cleared"):
        forbidden(DECIDED, lambda s=status: rows.update(status=s, reason="Why", **who))
    forbidden(DECIDED, lambda: rows.update(decided_at=clock.now()))


def test_a_failure_ends_after_it_begins(failure: SuspectedFailure) -> None:
    before = failure.failed_from - timedelta(days=1)
    forbidden(
        "a_failure_ends_after_it_begins",
        lambda: SuspectedFailure.objects.filter(pk=failure.pk).update(failed_until=before),
    )


def test_a_duty_has_the_case_of_its_order(duty: Duty) -> None:
    other = orders.made()

    def move() -> None:
        Duty.objects.filter(pk=duty.pk).update(case=other.case_id)
        connection.check_constraints()

    forbidden("notifications_duty_repeats_case_id_by_order_id", move)
