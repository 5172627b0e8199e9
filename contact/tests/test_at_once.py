"""Two at the same moment, with real threads on the real database."""

import pytest

from casework.errors import WrongState
from casework.tests.at_once import at_once
from contact.models import Matter, Telling
from contact.tests import factories
from orders.tests import factories as orders

pytestmark = pytest.mark.django_db(transaction=True)


def test_she_is_told_once() -> None:
    """Two officers come from her door: one record counts, the other learns that it is there."""
    made = factories.waiting(orders.made().case)[Matter.Kind.MADE]
    first, second = (Matter.objects.get(pk=made.pk) for _ in range(2))
    found = at_once(lambda: factories.tell(first), lambda: factories.tell(second))
    assert sorted(type(one).__name__ for one in found) == ["Telling", "WrongState"]
    assert any(isinstance(one, WrongState) for one in found)
    assert Telling.objects.count() == 1
