"""What an act is refused, by the law or by the database; and that nothing is left of it."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model

from casework.errors import Refused


def refused(tables: Iterable[type[Model]], field: str | None, act: Callable[[], Any]) -> str:
    """What is said at the field, after a look that none of these tables got a row."""

    def rows() -> list[int]:
        return [table._default_manager.count() for table in tables]

    before = rows()
    with pytest.raises(Refused) as error:
        act()
    assert error.value.field == field
    assert rows() == before
    return str(error.value)


def forbidden(constraint: str, write: Callable[[], Any]) -> None:
    """The database itself does not take it."""
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        write()
