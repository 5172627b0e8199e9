"""What the court was asked about an order always has a clock: to get a day, or to write what it decided."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from applications import lifecycle as applications
from applications.changing import NOT_ASKED
from applications.models import Hearing
from applications.tests import factories as drafts
from casework import clock
from casework.errors import Refused
from casework.models import Deadline
from law.periods import end_instant
from orders import lifecycle
from orders.models import Order
from orders.tests import factories
from spo_cases.standing_of_cases import mislisted, unwatched

pytestmark = pytest.mark.django_db
KINDS = ("list_hearing", "decide_variation")


@pytest.fixture(scope="module")
def made(shared: None) -> Order:
    return factories.served(clock.now() - timedelta(days=30))


@pytest.fixture
def order(made: Order) -> Order:
    return Order.objects.get(pk=made.pk)


def asked(order: Order) -> list[tuple[str, object]]:
    """The clocks about what the court was asked: their kinds, and what they are about."""
    rows = Deadline.objects.filter(case_id=order.case_id, kind__in=KINDS, done_at=None)
    return list(rows.values_list("kind", "about_id"))


def listed(order: Order) -> Hearing:
    return applications.list_hearing(
        order.case,
        by=drafts.legal(),
        court=drafts.court(),
        starts_at=clock.now(),
        purpose="variation",
        late_reason="Now",
    )


def result(hearing: Hearing, outcome: str) -> None:
    applications.result_hearing(hearing, by=drafts.legal(), outcome=outcome, note="As it said")


def correct(hearing: Hearing, outcome: str, **told: Any) -> None:
    applications.correct_result(
        hearing, by=drafts.legal(), why="Typed wrongly", outcome=outcome, note="As it was", **told
    )


def test_without_a_day_it_waits_for_one_until_what_the_court_did_is_written(order: Order) -> None:
    by_subject = factories.by_subject(order)
    variation = lifecycle.apply_to_discharge(order, by=drafts.officer(), asked=by_subject)
    assert asked(order) == [("list_hearing", order.case_id)]
    first = listed(order)
    assert asked(order) == []
    result(first, "adjourned")
    assert asked(order) == [("list_hearing", order.case_id)]
    result(listed(order), "variation_decided")
    assert asked(order) == [("decide_variation", variation.pk)]
    due = Deadline.objects.get(kind="decide_variation")
    assert due.due_at == end_instant(clock.today() + timedelta(days=1))
    assert [*unwatched(), *mislisted()] == []
    decision = lifecycle.Decision(outcome="refused", decided_at=clock.now(), heard=("subject",))
    lifecycle.decide_variation(variation, by=drafts.legal(), decision=decision)
    assert asked(order) == []
    assert [*unwatched(), *mislisted()] == []


def test_a_clock_that_runs_keeps_its_end(order: Order) -> None:
    on = clock.today()
    asking = factories.by_subject(order, hearing_on=on)
    variation = lifecycle.apply_to_vary(order, by=drafts.officer(), asked=asking)
    result(listed(order), "variation_decided")
    assert asked(order) == [("decide_variation", variation.pk)]
    assert Deadline.objects.get(kind="decide_variation").due_at == end_instant(on)


def test_one_that_waits_without_a_clock_is_found(order: Order) -> None:
    by_subject = factories.by_subject(order)
    variation = lifecycle.apply_to_vary(order, by=drafts.officer(), asked=by_subject)
    assert list(unwatched()) == []
    Deadline.objects.filter(kind="list_hearing").delete()
    assert list(unwatched()) == [variation]
    listed(order)
    assert list(unwatched()) == []


def test_decided_that_was_adjourned_in_truth_needs_another_day_and_nothing_recorded(
    order: Order,
) -> None:
    by_subject = factories.by_subject(order)
    variation = lifecycle.apply_to_vary(order, by=drafts.officer(), asked=by_subject)
    hearing = listed(order)
    result(hearing, "variation_decided")
    assert asked(order) == [("decide_variation", variation.pk)]
    correct(hearing, "adjourned")
    assert asked(order) == [("list_hearing", order.case_id)]
    correct(hearing, "variation_decided")
    assert asked(order) == [("decide_variation", variation.pk)]
    correct(hearing, "adjourned", next_starts_at=clock.now() + timedelta(days=20))
    assert asked(order) == [], "the next hearing is in the list, and its result is awaited"
    assert [*unwatched(), *mislisted()] == []


def test_one_that_was_adjourned_has_nothing_to_record(order: Order) -> None:
    asking = factories.by_subject(order, hearing_on=clock.today())
    lifecycle.apply_to_vary(order, by=drafts.officer(), asked=asking)
    result(listed(order), "adjourned")
    assert asked(order) == [("list_hearing", order.case_id)]


def test_a_result_that_is_taken_back_is_awaited_and_nothing_else(order: Order) -> None:
    by_subject = factories.by_subject(order)
    lifecycle.apply_to_vary(order, by=drafts.officer(), asked=by_subject)
    hearing = listed(order)
    result(hearing, "variation_decided")
    applications.take_back_result(hearing, by=drafts.legal(), why="Nothing was decided")
    open_now = Deadline.objects.filter(case_id=order.case_id, done_at=None)
    assert asked(order) == []
    assert open_now.filter(kind="result_hearing", about_id=hearing.pk).exists()
    assert [*unwatched(), *mislisted()] == []


def test_what_another_hearing_decided_is_still_to_be_recorded(order: Order) -> None:
    by_subject = factories.by_subject(order)
    variation = lifecycle.apply_to_vary(order, by=drafts.officer(), asked=by_subject)
    second = listed(order)
    result(listed(order), "variation_decided")
    applications.vacate_hearing(second, by=drafts.legal(), note="It was decided on the first")
    assert asked(order) == [("decide_variation", variation.pk)]


def test_a_hearing_is_about_an_order_once_the_court_is_asked_to_change_it(
    order: Order, client: Client
) -> None:
    client.force_login(drafts.legal())
    url = reverse("applications:list_hearing", kwargs={"pk": order.case_id})
    with pytest.raises(Refused) as refused:
        listed(order)
    assert (refused.value.field, str(refused.value)) == ("purpose", NOT_ASKED)
    assert "the court is asked nothing about the order" in client.get(url).content.decode()
    lifecycle.apply_to_discharge(
        order, by=drafts.legal(), asked=factories.by_subject(order, hearing_on=None)
    )
    assert "the court is asked nothing about the order" not in client.get(url).content.decode()
    assert listed(order).application is None


def test_a_hearing_that_has_been_is_recorded_after_what_it_decided(order: Order) -> None:
    asked = factories.by_subject(order, hearing_on=None)
    variation = lifecycle.apply_to_discharge(order, by=drafts.legal(), asked=asked)
    decision = lifecycle.Decision(outcome="refused", decided_at=clock.now(), heard=("subject",))
    lifecycle.decide_variation(variation, by=drafts.legal(), decision=decision)
    assert listed(order).application is None
