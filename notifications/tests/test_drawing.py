"""The drawing of the days says what each day is: today, in doubt, or that coming did not count."""

from datetime import date, datetime, timedelta

import pytest

from accounts.roles import Role
from accounts.tests import factories as accounts
from law.periods import LONDON
from notifications import lifecycle
from notifications.drawing import days_of
from notifications.models import Duty
from notifications.tests import factories
from orders.tests import factories as orders

pytestmark = pytest.mark.django_db
MADE = datetime(2026, 5, 4, 10, 0, tzinfo=LONDON)
CAME = MADE + timedelta(days=1)


@pytest.fixture(scope="module")
def initial(shared: None) -> Duty:
    return factories.duty(orders.served(MADE))


@pytest.fixture
def duty(initial: Duty) -> Duty:
    return Duty.objects.get(pk=initial.pk)


def said(duty: Duty, today: date = date(2026, 6, 1)) -> dict[int, str]:
    return {day.on.day: day.said for day in days_of(Duty.objects.get(pk=duty.pk), today)}


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 5, 3), "Today"),
        (date(2026, 5, 4), "Day 1: served, today"),
        (date(2026, 5, 5), "Day 2: today"),
        (date(2026, 5, 6), "Day 3: today, until midnight"),
        (date(2026, 5, 9), "The failure goes on, today"),
    ],
)
def test_today_is_said(duty: Duty, today: date, words: str) -> None:
    assert said(duty, today)[today.day] == words


def test_what_nobody_notified_goes_on(duty: Duty) -> None:
    days = said(duty)
    assert (days[7], days[8], days[9]) == (
        "Failure from here, ST19002",
        "Goes on until notified",
        "The failure goes on",
    )


def test_in_doubt_accepted_and_not_counted(duty: Duty) -> None:
    came = factories.attended(duty, CAME, heard_by_constable=False)
    assert said(duty)[5] == "They notified, in doubt"
    lifecycle.decide_attendance(
        came, by=accounts.user(Role.LEGAL), outcome="again", reason="Nobody authorised it"
    )
    assert said(duty)[5] == "They came: it does not count"
    assert said(duty)[7].startswith("Failure from here")
    factories.attended(Duty.objects.get(pk=duty.pk), CAME + timedelta(days=3))
    assert said(duty)[8] == "They notified, late"
    assert said(duty)[9] == ""
