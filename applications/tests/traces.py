"""What a refusal must leave: nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from alerts.models import Alert
from audit.models import Entry
from documents.models import Document


@contextmanager
def no_trace(error: type[Exception], *, field: str | None = None) -> Iterator[None]:
    """The act raises `error` (a Refused at `field`), and no row, event or message is there."""

    def counts() -> tuple[int, ...]:
        return (Entry.objects.count(), Alert.objects.count(), Document.objects.count())

    before = counts()
    with pytest.raises(error) as raised:
        yield
    if field is not None:
        assert raised.value.field == field, raised.value  # type: ignore[attr-defined]
    assert counts() == before
