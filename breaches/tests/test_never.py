"""What the database refuses of a breach, whoever writes."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

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
