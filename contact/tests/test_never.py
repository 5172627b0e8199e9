"""What the database refuses of what is told, whatever the code does."""

import pytest
from django.db import IntegrityError, connection, transaction

from casework import clock
from contact.models import Matter
from contact.tests import factories
from orders.tests import factories as orders

pytestmark = pytest.mark.django_db
K = Matter.Kind


@pytest.mark.parametrize("column", ["case_id", "person_id"])
def test_nobody_is_told_by_a_conversation_with_somebody_else(column: str) -> None:
    mine, other = orders.made(), orders.made()
    second = factories.another_person(mine.case)
    matters = Matter.objects.filter(kind=K.MADE).select_related("case", "person")
    telling = factories.tell(matters.get(case=other.case))
    wrong = {
        "case_id": matters.filter(case=mine.case),
        "person_id": matters.filter(case=other.case),
    }
    rows = wrong[column].exclude(person=second)
    told = {"telling": telling, "settled_at": clock.now(), "status": Matter.Status.TOLD}
    if column == "person_id":
        told["person"] = second

    def write() -> None:
        with transaction.atomic():
            rows.update(**told)
            connection.check_constraints()

    with pytest.raises(IntegrityError, match=f"repeats_{column}_by_telling_id"):
        write()
