"""What the database refuses of a breach, whoever writes."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from breaches.models import Breach
from breaches.tests import factories

pytestmark = pytest.mark.django_db
NAME = "breach_status_has_its_stamps"
UNDECIDED = {"decided_at": None, "decided_by": None, "outcome": "", "outcome_reason": ""}
WRONG: dict[str, list[dict[str, Any]]] = {
    "reported": [{"status": status} for status in ("acknowledged", "assigned", "decided", "lost")],
    "acknowledged": [{"status": status} for status in ("reported", "assigned", "decided")],
    "assigned": [
        {"status": "acknowledged"},
        {"acknowledged_at": None, "acknowledged_by": None},
        {"officer": None, "assigned_at": None, "assigned_by": None},
    ],
    "decided": [{"status": "assigned"}, UNDECIDED],
}


@pytest.mark.parametrize("stage", WRONG)
def test_a_status_has_the_stamps_that_it_says(stage: str) -> None:
    breach = getattr(factories, stage)()
    for facts in WRONG[stage]:
        with pytest.raises(IntegrityError, match=NAME), transaction.atomic():
            Breach.objects.filter(pk=breach.pk).update(**facts)


def test_it_happened_before_it_was_reported() -> None:
    breach = factories.reported()
    rows = Breach.objects.filter(pk=breach.pk)
    rows.update(happened_at=breach.reported_at)
    with (
        pytest.raises(IntegrityError, match="a_breach_happened_before_it_was_reported"),
        transaction.atomic(),
    ):
        rows.update(happened_at=breach.reported_at + timedelta(seconds=1))


def test_an_arrest_is_never_before_the_breach_and_says_by_whom() -> None:
    breach = factories.assigned()
    rows, at = Breach.objects.filter(pk=breach.pk), breach.happened_at
    rows.update(arrested_at=at, arrested_by_name="PC Mockley", custody_reference="C1")
    by = "breach_arrested_at_and_by_together"
    for facts, name in (
        ({"arrested_at": at - timedelta(seconds=1)}, "a_breach_happened_before_the_arrest"),
        ({"arrested_by_name": ""}, by),
        ({"arrested_at": None}, by),
        ({"arrested_at": None, "arrested_by_name": ""}, by),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            rows.update(**facts)


def test_it_is_of_an_order_of_its_case_and_of_a_condition_of_that_order() -> None:
    breach, other = factories.reported(), factories.order()
    condition = other.conditions.first()
    assert breach.condition is not None
    for facts, name in (
        ({"condition": condition}, "breaches_breach_repeats_order_id_by_condition_id"),
        (
            {"order": other, "condition": condition},
            "breaches_breach_repeats_case_id_by_order_id",
        ),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            at_the_end(breach, **facts)


def at_the_end(breach: Breach, **facts: Any) -> None:
    """Write it, and what is held only when the transaction ends."""
    Breach.objects.filter(pk=breach.pk).update(**facts)
    connection.check_constraints()
