"""What every test has: an actor for the audit triggers, forces, and a maker of users."""

from collections.abc import Iterator

import pytest

from audit.actor import acting_as


@pytest.fixture(autouse=True)
def _somebody_acts() -> Iterator[None]:
    """Set-up writes are by a named actor, as every write is."""
    with acting_as("test:setup"):
        yield
