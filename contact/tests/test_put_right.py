"""What of an order or its service was recorded wrongly: nobody is told it, or goes on believing it."""

from datetime import datetime, timedelta

import pytest

from accounts.models import CLOCK
from applications import lifecycle as applications
from applications.tests import factories as drafting
from casework import clock
from contact.models import Matter
from contact.tests import factories
from contact.words import at_time, day, words_of
from orders import lifecycle
from orders.models import Order, Service
from orders.terms import Act, Change
from orders.tests import factories as orders

pytestmark = pytest.mark.django_db
K = Matter.Kind


@pytest.fixture(scope="module")
def shared_order(shared: None) -> Order:
    """Served an hour after it was made, and it seems to have run out meanwhile."""
    order = orders.made(clock.now() - timedelta(days=40), kind="interim")
    return lifecycle.serve(
        order,
        by=factories.officer(order.case),
        proof=orders.proof(order.made_at + timedelta(hours=1)),
    )


@pytest.fixture
def order(shared_order: Order) -> Order:
    return again(shared_order)


def again(order: Order) -> Order:
    return Order.objects.select_related("case").get(pk=order.pk)


def waiting(order: Order) -> dict[str, Matter]:
    return factories.waiting(order.case)


def said(matter: Matter) -> str:
    return words_of(matter.case, [matter])[matter.pk].sentences


def tell(order: Order, *kinds: str) -> None:
    for kind in kinds:
        factories.tell(waiting(order)[kind])


def correct(order: Order, days: int) -> Order:
    """The last day is in so many days from today."""
    held = again(order)
    last_day = clock.today() + timedelta(days=days)
    right = lifecycle.Right(held.made_at, held.court, last_day)
    lifecycle.correct_order(
        held, by=drafting.legal(), right=right, reason="Typed wrongly", had_right_paper=True
    )
    return again(order)


class TestAnEndThatDidNotCome:
    def test_who_heard_nothing_of_the_order_hears_that_it_was_made_and_served(
        self, order: Order
    ) -> None:
        lifecycle.expire(order, by=CLOCK)
        assert set(waiting(order)) == {K.ENDED}
        correct(order, 9)
        assert set(waiting(order)) == factories.clocks(order.case) == {K.MADE, K.SERVED}

    @pytest.mark.parametrize("told", [K.MADE, K.SERVED, K.ENDED])
    def test_who_was_told_anything_of_it_hears_that_it_counts(
        self, order: Order, told: str
    ) -> None:
        if told != K.ENDED:
            tell(order, told)
        lifecycle.expire(order, by=CLOCK)
        if told == K.ENDED:
            tell(order, told)
        order = correct(order, 9)
        found = waiting(order)
        assert set(found) == {K.CORRECTED} | ({K.SERVED} - {told})
        assert order.last_day
        words = said(found[K.CORRECTED])
        assert f"It lasts to the end of {day(order.last_day)}. It says to them:" in words

    def test_one_that_had_run_out_in_truth_is_told_to_have_ended(self, order: Order) -> None:
        tell(order, K.MADE, K.SERVED)
        order = correct(order, -3)
        found = waiting(order)
        assert set(found) == {K.CORRECTED, K.ENDED}
        assert order.last_day
        ended = f"ended on {day(order.last_day)}. "
        assert f"It {ended}Until then it said to them:" in said(found[K.CORRECTED])
        assert ended in said(found[K.ENDED])

    def test_the_same_end_is_told_again_to_who_was_told_that_it_did_not_come(
        self, order: Order
    ) -> None:
        tell(order, K.MADE, K.SERVED)
        correct(order, -3)
        tell(order, K.CORRECTED, K.ENDED)
        correct(order, 9)
        tell(order, K.CORRECTED)
        correct(order, -3)
        assert set(waiting(order)) == {K.CORRECTED, K.ENDED}

    def test_an_interim_order_that_goes_on_is_told_after_all(self) -> None:
        order = orders.served(clock.now() - timedelta(days=2), kind="interim")
        heard = drafting.hearing(order.application, starts_at=drafting.earlier(5))
        applications.result_hearing(
            heard, by=drafting.legal(), outcome="refused", reason="not_proved"
        )
        tell(order, K.REFUSED)
        applications.take_back_result(heard, by=drafting.legal(), why="Another case")
        found = waiting(order)
        assert set(found) == {K.PUT_RIGHT, K.MADE, K.SERVED}
        assert said(found[K.PUT_RIGHT]).endswith(
            "The temporary order that there was before still counts."
        )


class TestService:
    def correct(self, order: Order, at: datetime, **facts: str) -> Service:
        lifecycle.correct_service(
            again(order),
            by=factories.officer(order.case),
            proof=orders.proof(at, **facts),
            reason="The wrong day",
        )
        return order.services.get(superseded_at=None)

    def test_another_moment_is_told_to_who_was_told_of_the_wrong_one(self, order: Order) -> None:
        tell(order, K.SERVED)
        right = self.correct(order, order.made_at + timedelta(days=2))
        matter = waiting(order)[K.SERVICE_PUT_RIGHT]
        assert matter.about_id == right.pk
        assert K.SERVICE_PUT_RIGHT in factories.clocks(order.case)
        assert said(matter) == (
            "We told you when they were given the order. That was wrong. They were given the order "
            f"on {at_time(right.served_at)}. It was explained to them."
        )

    def test_who_was_told_of_no_moment_hears_the_right_one_alone(self, order: Order) -> None:
        right = self.correct(order, order.made_at + timedelta(days=2))
        found = waiting(order)
        assert set(found) == {K.MADE, K.SERVED}
        assert at_time(right.served_at) in said(found[K.SERVED])

    def test_what_she_was_not_told_of_it_may_be_corrected_in_silence(self, order: Order) -> None:
        tell(order, K.SERVED)
        self.correct(order, order.services.get().served_at, place="At court")
        assert K.SERVICE_PUT_RIGHT not in waiting(order)

    def test_each_correction_is_of_what_she_was_told_last(self, order: Order) -> None:
        first = order.services.get().served_at
        tell(order, K.SERVED)
        self.correct(order, first + timedelta(days=1))
        self.correct(order, first)
        assert K.SERVICE_PUT_RIGHT not in waiting(order), "as she was told"
        self.correct(order, first + timedelta(days=1))
        tell(order, K.SERVICE_PUT_RIGHT)
        last = self.correct(order, first)
        assert waiting(order)[K.SERVICE_PUT_RIGHT].about_id == last.pk
        last = self.correct(order, first, place="At court")
        assert waiting(order)[K.SERVICE_PUT_RIGHT].about_id == last.pk

    def test_that_he_was_given_other_words_is_told(self) -> None:
        order = orders.served(clock.now() - timedelta(days=2))
        tell(order, K.SERVED)
        variation = orders.varied(again(order), changes=(Change(Act.AMEND, 1, orders.KEEP_OUT),))
        lifecycle.correct_service(
            again(order),
            by=factories.officer(order.case),
            proof=orders.proof(),
            reason="It was the new paper",
            variation=variation,
        )
        assert "given the order in its new words on" in said(waiting(order)[K.SERVICE_PUT_RIGHT])

    def test_it_is_told_though_the_order_has_ended(self, order: Order) -> None:
        tell(order, K.SERVED)
        lifecycle.expire(order, by=CLOCK)
        self.correct(order, order.made_at + timedelta(days=2))
        assert set(waiting(order)) == {K.ENDED, K.SERVICE_PUT_RIGHT}
