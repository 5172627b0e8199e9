"""`manage.py sweep --at`: another moment that is said, and never this one by mistake."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("said", ["", " ", "soon", "2026-13-01"])
def test_what_is_no_moment_sweeps_nothing(said: str, settings: Any, monkeypatch: Any) -> None:
    settings.DEMONSTRATION = True
    monkeypatch.setattr("alerts.turn.take", lambda **_: pytest.fail("it swept"))
    with pytest.raises(CommandError, match="Write it like"):
        call_command("sweep", at=said)


@pytest.mark.parametrize("said", ["", "2026-11-25T09:00"])
def test_it_is_for_demonstrations_alone(said: str, settings: Any) -> None:
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="demonstration data only"):
        call_command("sweep", at=said)
