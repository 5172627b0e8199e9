"""Which order and which conditions bound when: the function and the queryset say the same."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import product

import pytest

from casework import clock
from casework.models import Case
from casework.tests import factories as cases
from law.duration import has_effect_at
from law.periods import LONDON, end_instant, local_date, moments_at
from orders import queries
from orders.models import Order
from orders.tests import factories

pytestmark = pytest.mark.django_db
MADE = (
    datetime(2024, 2, 29, 14, 0, tzinfo=LONDON),
    datetime(2026, 3, 27, 10, 15, tzinfo=LONDON),
    datetime(2026, 3, 28, 23, 50, tzinfo=LONDON),  # the night before the clocks go forward
    datetime(2026, 10, 24, 0, 5, tzinfo=LONDON),
    moments_at(datetime(2026, 10, 25, 1, 30))[0],  # noqa: DTZ001
    moments_at(datetime(2026, 10, 25, 1, 30))[1],  # noqa: DTZ001
)
PERIODS = (None, 0, 1, 27, 730)  # days of the fixed period after the first; None: no end
ENDS = (None, timedelta(0), timedelta(hours=1), timedelta(days=20, minutes=3))
TICK = timedelta(microseconds=1)


def around(made_at: datetime, last_day: date | None, ended_at: datetime | None) -> list[datetime]:
    """The moments at which an answer can change, and those beside them."""
    edges = [made_at, made_at + timedelta(hours=1)]
    edges += [end_instant(last_day)] if last_day else []
    edges += [ended_at] if ended_at else []
    edges += [datetime.combine(local_date(made_at), time(1, 30), LONDON)]
    return [moment + tick for moment in edges for tick in (-TICK, timedelta(0), TICK)]


def table() -> Iterator[tuple[datetime, date | None, datetime | None]]:
    for made_at, days, lasts in product(MADE, PERIODS, ENDS):
        last_day = None if days is None else local_date(made_at) + timedelta(days=days)
        yield made_at, last_day, None if lasts is None else made_at + lasts


def test_the_queryset_is_the_rule_of_the_law() -> None:
    """`queries.in_force` = `law.duration.has_effect_at`, over every edge of every order."""
    case = cases.case()
    court = factories.applications.court()
    rows = list(table())
    orders = Order.objects.bulk_create(
        Order(
            case=case,
            force=case.force,
            subject=case.subject,
            kind="full",
            status="ended" if ended_at else "made",
            court=court,
            made_at=made_at,
            last_day=last_day,
            ended_at=ended_at,
            end_reason="discharged" if ended_at else "",
            recorded_by=case.officer,
        )
        for made_at, last_day, ended_at in rows
    )
    moments = sorted({moment for row in rows for moment in around(*row)})
    looked_at = 0
    for moment in moments:
        binding = set(queries.in_force(Order.objects.all(), moment).values_list("pk", flat=True))
        for order, (made_at, last_day, ended_at) in zip(orders, rows, strict=True):
            by_law = has_effect_at(
                made_at=made_at, last_day=last_day, ended_at=ended_at, moment=moment
            )
            assert (order.pk in binding) == by_law, (made_at, last_day, ended_at, moment)
            looked_at += 1
    assert looked_at >= 500


class TestAsAt:
    def test_nothing_before_the_making_and_nothing_after_the_end(self) -> None:
        """An order made at 14:00 did not forbid a call at 13:00."""
        order = factories.made(clock.now() - timedelta(days=40), kind="interim")
        assert not queries.as_at(order, order.made_at - TICK).exists()
        assert queries.as_at(order, order.made_at).count() == 3
        over = end_instant(order.last_day)
        assert queries.as_at(order, over - TICK).count() == 3
        assert not queries.as_at(order, over).exists()

    def test_a_condition_s_own_last_day_counts(self) -> None:
        own = clock.today() + timedelta(days=3)
        term = factories.ASSESSMENT
        order = factories.made(
            terms=(factories.NO_CONTACT, type(term)(**(vars(term) | {"own_last_day": own})))
        )
        assert queries.as_at(order, end_instant(own) - TICK).count() == 2
        assert [c.number for c in queries.as_at(order, end_instant(own))] == [1]

    def test_the_full_order_is_the_current_one(self) -> None:
        interim = factories.served(clock.now() - timedelta(days=2), kind="interim")
        case = Case.objects.get(pk=interim.case_id)
        assert queries.current_order(case, clock.now()) == interim
        full = factories.full_after(interim)
        assert queries.current_order(case, clock.now()) == full
        assert queries.current_order(case, full.made_at - TICK) == interim
        assert queries.current_order(case, interim.made_at - TICK) is None
