"""A result that was recorded wrongly: an order made from it stands, one that ended by it goes on."""

from datetime import timedelta

import pytest

from applications import lifecycle as applications
from applications.models import Hearing
from applications.tests import factories as application_factories
from casework import clock
from casework.errors import Refused
from casework.models import Case, Deadline
from orders.models import Order
from orders.tests import factories

pytestmark = pytest.mark.django_db
WHY = "It was another case"
REFUSED = {"outcome": "refused", "reason": "not_proved", "note": "Not proved"}


def running(order: Order) -> set[str]:
    kinds = Deadline.objects.filter(about_id=order.pk, done_at=None).values_list("kind", flat=True)
    return set(kinds)


def refused(order: Order) -> Hearing:
    """The application of an interim order is recorded as refused."""
    assert order.application is not None
    hearing = application_factories.hearing(
        order.application, starts_at=clock.now(), late_reason="Now"
    )
    applications.result_hearing(hearing, by=application_factories.legal(), **REFUSED)
    order.refresh_from_db()
    assert order.end_reason == Order.EndReason.DETERMINED
    return hearing


def test_an_order_that_was_made_from_the_result_is_corrected_by_itself(client) -> None:
    order, legal = factories.made(), application_factories.legal()
    assert order.hearing is not None
    for act, facts in ((applications.take_back_result, {}), (applications.correct_result, REFUSED)):
        with pytest.raises(Refused, match="correct the order on its own page"):
            act(order.hearing, by=legal, why=WHY, **facts)
    assert Order.objects.get().ended_at is None
    client.force_login(legal)
    page = f"/applications/hearings/{order.hearing.pk}/correct-result/"
    assert "An order was made from this result" in client.get(page).content.decode()


@pytest.mark.parametrize("served", [False, True])
def test_an_interim_order_that_a_wrong_refusal_ended_goes_on(served: bool) -> None:
    order = (factories.served if served else factories.made)(kind="interim")
    before = running(order)
    hearing = refused(order)
    assert running(order) == set()
    applications.take_back_result(hearing, by=application_factories.legal(), why=WHY)
    order.refresh_from_db()
    assert (order.status, order.ended_at, order.end_reason) == (
        "served" if served else "made",
        None,
        "",
    )
    assert running(order) == before
    assert Case.objects.get(pk=order.case_id).status == Case.Status.ORDER


def test_a_refusal_that_was_a_withdrawal_ends_it_all_the_same() -> None:
    order = factories.made(kind="interim")
    hearing = refused(order)
    applications.correct_result(
        hearing,
        by=application_factories.legal(),
        why=WHY,
        outcome="withdrawn",
        reason="evidence",
    )
    order.refresh_from_db()
    assert order.end_reason == Order.EndReason.DETERMINED
    assert order.ended_at is not None


def test_other_words_of_an_earlier_adjournment_revive_nothing() -> None:
    order, legal = factories.made(kind="interim"), application_factories.legal()
    assert order.application is not None
    first = application_factories.hearing(
        order.application, starts_at=clock.now() - timedelta(minutes=1), late_reason="Now"
    )
    applications.result_hearing(first, by=legal, outcome="adjourned", note="No time")
    refused(order)
    applications.correct_result(first, by=legal, why=WHY, outcome="adjourned", note="No judge")
    order.refresh_from_db()
    assert order.end_reason == Order.EndReason.DETERMINED
