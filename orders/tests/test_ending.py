"""An order's end: its period, its application's determination, and what the case is then."""

from datetime import timedelta

import pytest

from accounts.models import CLOCK
from accounts.policy import Denied
from applications import lifecycle as applications
from applications.tests import factories as application_factories
from casework import clock
from casework.errors import Refused, WrongState
from casework.models import Case, Deadline
from law.periods import end_instant, local_date
from orders import lifecycle
from orders.models import Order
from orders.tasks import run_clock
from orders.tests import factories

pytestmark = pytest.mark.django_db


def running(order: Order) -> set[str]:
    kinds = Deadline.objects.filter(about_id=order.pk, done_at=None).values_list("kind", flat=True)
    return set(kinds)


class TestExpiry:
    def test_an_order_whose_period_ran_out_ends_at_its_last_midnight(self) -> None:
        order = factories.made(clock.now() - timedelta(days=40), kind="interim")
        lifecycle.expire(order, by=CLOCK)
        assert (order.status, order.end_reason) == ("ended", Order.EndReason.EXPIRED)
        assert order.ended_at == end_instant(order.last_day)
        assert running(order) == set()
        assert Case.objects.get(pk=order.case_id).status == Case.Status.COURT

    def test_a_full_order_takes_the_case_with_it(self) -> None:
        made_at = clock.now() - timedelta(days=10)
        order = factories.made(made_at, last_day=clock.today() - timedelta(days=1))
        lifecycle.expire(order, by=CLOCK)
        assert Case.objects.get(pk=order.case_id).status == Case.Status.ENDED

    def test_not_on_its_last_day_and_never_without_one(self) -> None:
        last_day = factories.made(
            clock.now() - timedelta(days=5), kind="interim", last_day=clock.today()
        )
        endless = factories.made(until_further_order=True)
        for order in (last_day, endless):
            with pytest.raises(Refused, match="still has effect"):
                lifecycle.expire(order, by=CLOCK)

    def test_only_the_clock_and_only_once(self) -> None:
        order = factories.made(clock.now() - timedelta(days=40), kind="interim")
        with pytest.raises(Denied):
            lifecycle.expire(order, by=factories.officer())
        lifecycle.expire(order, by=CLOCK)
        with pytest.raises(WrongState):
            lifecycle.expire(order, by=CLOCK)


class TestTheClock:
    def test_it_ends_what_is_over_and_nothing_else_and_only_once(self) -> None:
        over = factories.made(clock.now() - timedelta(days=40), kind="interim")
        factories.made(until_further_order=True)
        assert run_clock() == 1
        assert run_clock() == 0
        over.refresh_from_db()
        assert over.status == Order.Status.ENDED


class TestDetermination:
    """s5(6)(b)."""

    @pytest.mark.parametrize(
        ("outcome", "reason"), [("refused", "not_necessary"), ("withdrawn", "not_needed")]
    )
    def test_a_refusal_and_a_withdrawal_in_court_end_the_interim(
        self, outcome: str, reason: str
    ) -> None:
        interim = factories.served(clock.now() - timedelta(days=3), kind="interim")
        hearing = factories.hearing(application=interim.application)
        applications.result_hearing(
            hearing, by=application_factories.legal(), outcome=outcome, reason=reason
        )
        interim.refresh_from_db()
        assert (interim.status, interim.end_reason) == ("ended", Order.EndReason.DETERMINED)
        assert interim.ended_at == hearing.resulted_at
        assert running(interim) == set()
        assert Case.objects.get(pk=interim.case_id).status == Case.Status.ENDED

    def test_a_result_typed_days_later_ends_it_with_the_hearing_s_day(self) -> None:
        interim = factories.served(clock.now() - timedelta(days=9), kind="interim")
        day = clock.now() - timedelta(days=4)
        hearing = factories.hearing(day, application=interim.application)
        applications.result_hearing(
            hearing, by=application_factories.legal(), outcome="refused", reason="not_proved"
        )
        interim.refresh_from_db()
        assert interim.ended_at == end_instant(local_date(day))

    def test_a_withdrawal_outside_a_hearing_ends_it_too(self) -> None:
        interim = factories.served(clock.now() - timedelta(days=3), kind="interim")
        applications.withdraw_application(
            interim.application, by=application_factories.legal(), reason="other"
        )
        interim.refresh_from_db()
        assert interim.end_reason == Order.EndReason.DETERMINED

    def test_an_adjournment_ends_nothing(self) -> None:
        interim = factories.served(clock.now() - timedelta(days=3), kind="interim")
        hearing = factories.hearing(application=interim.application)
        applications.result_hearing(
            hearing,
            by=application_factories.legal(),
            outcome="adjourned",
            note="The defence asked for time",
            next_starts_at=clock.now() + timedelta(days=7),
        )
        interim.refresh_from_db()
        assert interim.status == Order.Status.SERVED
