"""The pages of one case: a long story costs hardly more questions than a short one."""

from collections import Counter
from datetime import timedelta
from re import sub

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from breaches.tests import factories as breaches
from casework import clock
from casework.frame import CASE
from casework.models import Case
from desk.tests import factories as desk
from notifications.models import Duty
from notifications.tests import factories as notifications

pytestmark = pytest.mark.django_db
MANY = 6
BUDGET = 60  # queries of any page of a case, however long its story


def case_of(many: int) -> Case:
    """A served order with so many breaches and so many changes of name."""
    order = breaches.order()
    for number in range(many):
        breaches.reported(order, happened_at=clock.now() - timedelta(minutes=20 + number))
        notifications.changed(order, clock.today(), told=f"Name {number}")
    return order.case


def asked(client: Client, address: str) -> Counter[str]:
    """What the page asks the database, the keys left out, and how often."""
    client.get(address)  # fills what is kept for the process
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return Counter(sub(r"'[^']*'|\d+", "?", query["sql"]) for query in found.captured_queries)


@pytest.mark.parametrize("place", [name for _, name in CASE])
def test_a_long_story_costs_no_more_questions(client: Client, place: str) -> None:
    client.force_login(desk.lead())
    few = asked(client, reverse(place, args=[case_of(1).pk]))
    many = asked(client, reverse(place, args=[case_of(MANY).pk]))
    more = {sql[:300]: count for sql, count in (many - few).items()}
    assert many.total() <= few.total() + MANY, more  # the answer of the policy to each record
    assert many.total() <= BUDGET, many.most_common(12)


def test_the_clocks_of_a_record_are_found_by_its_case(client: Client) -> None:
    """No page and no act reads the clocks of all cases, of all years, for those of one record."""
    client.force_login(desk.lead())
    with CaptureQueriesContext(connection) as found:
        breach = breaches.assigned()
        duty = Duty.objects.get(order=breach.order)
        for place, key in (
            ("breaches:detail", breach.pk),
            ("notifications:duty", duty.pk),
            ("notifications:overview", breach.case_id),
        ):
            assert client.get(reverse(place, args=[key])).status_code == 200
    clock_of_a_record = '"casework_deadline"."about_id"'
    asks = [query["sql"].partition(" WHERE ")[2] for query in found.captured_queries]
    asks = [ask for ask in asks if clock_of_a_record in ask]
    assert len(asks) > MANY
    assert [ask for ask in asks if '"casework_deadline"."case_id"' not in ask] == []
