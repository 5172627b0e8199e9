"""The clock on an order's end follows the court's list, and stops when it is decided to let it come."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from django.test import Client

from accounts.models import CLOCK
from accounts.policy import Denied
from accounts.roles import Role
from accounts.tests import factories as accounts
from alerts.ladders import CLOCKS
from applications import lifecycle as court
from applications.models import Hearing
from applications.tests import factories as applications
from casework import clock, forms
from casework.errors import Refused, WrongState
from casework.models import Deadline
from casework.tests.browsing import fill
from law.periods import LONDON, end_instant, written
from orders import lifecycle
from orders.forms import LeaveForm
from orders.lifecycle import guarding
from orders.lifecycle.guarding import NOTICE
from orders.models import Order
from orders.tests import factories
from spo_cases.reconciling import everything

pytestmark = pytest.mark.django_db
FULL = Hearing.Purpose.FULL


@pytest.fixture
def interim() -> Order:
    """It ends in 8 days: what there was to do was to be done 6 days ago."""
    return factories.served(clock.now() - timedelta(days=19), kind="interim")


@pytest.fixture
def full() -> Order:
    """It ends in 70 days."""
    return factories.served(
        clock.now() - timedelta(days=700), last_day=clock.today() + timedelta(days=70)
    )


def listed(order: Order, day: date, purpose: str = FULL) -> Hearing:
    assert order.application is not None
    starts_at = datetime.combine(day, time(10), LONDON)
    return applications.hearing(order.application, starts_at=starts_at, purpose=purpose)


def guard(order: Order) -> Deadline | None:
    kinds = ("interim_ends", "order_ends")
    return Deadline.objects.filter(about_id=order.pk, kind__in=kinds, done_at=None).first()


def ends(order: Order) -> datetime:
    held = guard(order)
    assert held is not None
    return held.due_at


def last(order: Order) -> date:
    assert order.last_day is not None
    return order.last_day


class TestAFullHearing:
    def test_that_is_listed_before_the_end_moves_the_clock_to_the_end(self, interim: Order) -> None:
        assert ends(interim) == end_instant(last(interim) - NOTICE[Order.Kind.INTERIM])
        assert ends(interim) < clock.now()
        day = last(interim) - timedelta(days=1)
        listed(interim, day)
        held = guard(interim)
        assert held is not None
        assert held.due_at == end_instant(last(interim))
        assert held.title == "See that the court decides before the interim order ends"
        assert f"listed for {written(day)}" in held.reason
        assert written(last(interim)) in held.reason

    def test_that_is_listed_too_late_or_for_something_else_moves_nothing(
        self, interim: Order
    ) -> None:
        before = ends(interim)
        listed(interim, last(interim) + timedelta(days=1))
        listed(interim, clock.today() + timedelta(days=1), Hearing.Purpose.MENTION)
        assert ends(interim) == before

    def test_that_is_vacated_brings_the_clock_back_and_nobody_was_late(
        self, interim: Order
    ) -> None:
        hearing = listed(interim, last(interim))
        court.vacate_hearing(hearing, by=factories.officer(), note="The court has no time")
        held = guard(interim)
        assert held is not None
        assert held.due_at == end_instant(clock.today())
        assert held.title.startswith("Get the full order")

    @pytest.mark.parametrize("days", [0, 1])
    def test_that_is_adjourned_past_the_end_brings_the_clock_back(
        self, interim: Order, days: int
    ) -> None:
        hearing = listed(interim, clock.today() + timedelta(days=2))
        with factories.at(hearing.starts_at + timedelta(hours=2)):
            court.result_hearing(
                hearing,
                by=factories.officer(),
                outcome=Hearing.Outcome.ADJOURNED,
                note="He has no solicitor",
                next_starts_at=datetime.combine(last(interim), time(10), LONDON)
                + timedelta(days=days),
            )
            back = end_instant(clock.today())
        assert ends(interim) == (back if days else end_instant(last(interim)))

    def test_that_is_listed_already_counts_when_the_interim_order_is_made(self) -> None:
        when = clock.now() - timedelta(days=1)
        today = factories.hearing(when)
        assert today.application is not None
        day = datetime.combine(clock.today() + timedelta(days=20), time(10), LONDON)
        applications.hearing(today.application, starts_at=day, purpose=FULL)
        order = factories.make(today, kind="interim")
        assert ends(order) == end_instant(last(order))


class TestLeavingItToEnd:
    def test_the_clock_stops_with_the_reason_until_somebody_asks_after_all(
        self, full: Order
    ) -> None:
        lead = accounts.user(Role.STALKING_LEAD, of=full.force)
        assert ends(full) > clock.now()
        lifecycle.leave_to_end(full, by=lead, reason="He has moved abroad for good.")
        assert guard(full) is None
        assert full.not_renewed_by == lead
        assert [c.wrong for c in everything(clock.now()) if "run out unseen" in c.what] == [0]
        with pytest.raises(WrongState, match="not to renew now"):
            lifecycle.leave_to_end(full, by=lead, reason="Twice.")
        until = last(full) + timedelta(days=365)
        asked = factories.asked(full, asked_until=until)
        lifecycle.apply_to_renew(full, by=factories.officer(), asked=asked)
        full.refresh_from_db()
        assert (full.not_renewed_at, full.not_renewed_by, full.not_renewed_reason) == (
            None,
            None,
            "",
        )
        assert ends(full) == end_instant(last(full))
        with pytest.raises(WrongState, match="not to renew now"):
            lifecycle.leave_to_end(full, by=lead, reason="The court is asked.")

    def test_a_renewal_that_is_typed_after_the_end_is_guarded_again(self, full: Order) -> None:
        lead = accounts.user(Role.STALKING_LEAD, of=full.force)
        lifecycle.leave_to_end(full, by=lead, reason="He has moved abroad for good.")
        ended, until = end_instant(last(full)), last(full) + timedelta(days=730)
        with factories.at(ended + timedelta(hours=9)):
            lifecycle.expire(full, by=CLOCK)
            full.refresh_from_db()
            assert full.status == Order.Status.ENDED
            on_time = factories.asked(full, applied_on=last(full), asked_until=until)
            asked = lifecycle.apply_to_renew(full, by=factories.officer(), asked=on_time)
            granted = lifecycle.Decision(
                outcome="granted",
                decided_at=ended - timedelta(hours=9),
                heard=("subject",),
                last_day=until,
            )
            lifecycle.decide_variation(asked, by=factories.officer(), decision=granted)
            full.refresh_from_db()
            assert full.status != Order.Status.ENDED
            assert (full.not_renewed_at, full.not_renewed_by) == (None, None)
            assert ends(full) == end_instant(until - NOTICE[Order.Kind.FULL])

    def test_only_a_full_order_near_its_end_and_with_a_reason(self, interim: Order) -> None:
        officer = factories.officer()
        long = factories.made()
        for order in (interim, long, factories.made(until_further_order=True)):
            before = guard(order)
            with pytest.raises(WrongState, match="last 6 months"):
                lifecycle.leave_to_end(order, by=officer, reason="It need not be.")
            assert guard(order) == before

    def test_a_reason_is_given_by_who_may_decide(self, full: Order) -> None:
        with pytest.raises(Refused) as no:
            lifecycle.leave_to_end(full, by=factories.officer(), reason=" ")
        assert no.value.field == "reason"
        with pytest.raises(Denied):
            lifecycle.leave_to_end(full, by=factories.legal(full), reason="It need not be.")

    def test_the_page_says_who_decided_and_why(self, full: Order, client: Client) -> None:
        client.force_login(factories.officer())
        overview, act = f"/orders/cases/{full.case_id}/", f"/orders/{full.pk}/leave-to-end/"
        assert act in client.get(overview).content.decode()
        given = forms.as_data(LeaveForm(), {"reason": "He has moved abroad for good."})
        assert fill(client, act, given).status_code == 302
        said = client.get(overview).content.decode()
        assert "He has moved abroad for good." in said
        assert act not in said


@pytest.mark.parametrize(("kind", "apart"), [("interim", 1), ("full", 7)])
def test_somebody_hears_of_an_order_to_its_last_day_however_short_it_is(
    kind: str, apart: int
) -> None:
    """Without a hearing in time and with no renewal asked: no week of silence before it ends."""
    made = date(2026, 3, 2)
    for days in range(2, 120):
        last = made + timedelta(days=days)
        end = end_instant(guarding.guarded_by(kind, last, since=made))
        rungs = [end + rung.after for rung in CLOCKS[guarding.KINDS[Order.Kind(kind)]]]
        heard = [moment for moment in rungs if moment < end_instant(last)]
        gaps = [b - a for a, b in pairwise([*heard, end_instant(last)]) if a >= end]
        assert max(gaps) <= timedelta(days=apart), f"{days} days"
