"""The list behind the timeline, where its facts have a day and no hour."""

from datetime import UTC, date, datetime, timedelta

import pytest

from advocates import happened
from applications import lifecycle as drafting
from applications.models import Application, Authority
from applications.tests import factories as drafts
from desk import happenings
from desk.tests import factories
from notifications.tests import factories as notifications
from orders import lifecycle
from orders.tests import factories as orders

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("lodged_on", "noon"),
    [
        (date(2026, 12, 4), datetime(2026, 12, 4, 12, tzinfo=UTC)),
        (date(2026, 6, 4), datetime(2026, 6, 4, 11, tzinfo=UTC)),
    ],
)
def test_a_day_of_lodging_is_shown_on_that_day(lodged_on: date, noon: datetime) -> None:
    case = factories.lodged()
    Application.objects.filter(case=case).update(lodged_on=lodged_on)
    (lodged,) = [h for h in happenings.of_case(case) if h.short == "lodged"]
    (told,) = [t for t in happened.happened(case, factories.officer()) if "We asked" in t.text]
    assert lodged.at == told.at == noon


def test_what_a_court_changed_stands_among_what_happened() -> None:
    order = orders.served(NOW - timedelta(days=30))
    until = order.last_day + timedelta(days=200)
    orders.varied(order, NOW - timedelta(days=3), renewed_until=until)
    with orders.at(NOW - timedelta(days=1)):
        lifecycle.apply_to_discharge(
            order, by=factories.officer(), asked=orders.by_subject(order, hearing_on=None)
        )
    said = [
        (h.short, h.text) for h in happenings.of_case(order.case) if h.at > NOW - timedelta(days=4)
    ]
    assert said == [
        ("renewal asked for", "The court was asked to renew the full order (ST19503)"),
        ("renewed", "The court renewed the full order"),
        ("discharge asked for", "The court was asked to discharge the full order (ST19504)"),
    ]


def test_a_temporary_order_that_was_refused_does_not_end_the_application() -> None:
    heard = drafts.heard(purpose="interim")
    outcome = {"outcome": "interim_refused", "reason": "not_appropriate"}
    drafting.result_hearing(heard, by=drafts.legal(), **outcome)
    [mark] = [h for h in happenings.of_case(heard.case) if h.lane == happenings.Lane.HEARINGS]
    assert mark.short == "interim refused"
    assert mark.text == "Hearing: interim order refused, the application goes on"
    (told,) = [
        t for t in happened.happened(heard.case, factories.officer()) if "temporary" in t.text
    ]
    assert told.text == (
        "The court did not make a temporary order. It will still decide about the full order."
    )


@pytest.mark.parametrize(
    ("decision", "void", "said"),
    [
        (Authority.Decision.GIVEN, False, "authority"),
        (Authority.Decision.GIVEN, True, "authority void"),
        (Authority.Decision.RETURNED, False, "returned"),
        (Authority.Decision.REFUSED, False, "no authority"),
    ],
)
def test_the_drawing_says_what_became_of_the_asking(decision: str, void: bool, said: str) -> None:
    authority = Authority(decision=decision, voided_at=NOW if void else None)
    assert happenings.authority_said(authority) == said


@pytest.mark.parametrize(
    ("days", "aloud", "short", "text"),
    [
        (2, True, "notified", "Notified at Testham Central"),
        (2, False, "came, said nothing aloud", "Came to Testham Central, said nothing aloud"),
        (5, True, "notified, late", "Notified at Testham Central, late"),
        (5, False, "came, said nothing aloud", "Came to Testham Central, said nothing aloud"),
    ],
)
def test_only_what_he_said_aloud_is_a_notification(
    days: int, aloud: bool, short: str, text: str
) -> None:
    served = NOW - timedelta(days=30)
    order = orders.served(served, kind="interim")
    duty = notifications.duty(order)
    notifications.attended(duty, served + timedelta(days=days), oral_statement=aloud)
    said = [(h.short, h.text) for h in happenings.of_case(order.case) if h.shape == "dot"]
    assert (short, text) in said
