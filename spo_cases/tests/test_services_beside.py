"""A command typed beside a running service reaches it; what the caller set stays as it is."""

import os
from pathlib import Path

import pytest

from spo_cases.services import beside

GIVEN = {"DATABASE_URL": "postgresql://app@/app", "SPO_SECURE": "false", "OTHER": "not shared"}


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("DATABASE_URL", "SPO_SECURE", "OTHER"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setenv("SPO_VAR", str(tmp_path))


def test_a_command_borrows_what_the_service_left(tmp_path: Path) -> None:
    beside.leave(GIVEN, tmp_path)
    beside.borrow(tmp_path)
    assert os.environ["DATABASE_URL"] == "postgresql://app@/app"
    assert os.environ["SPO_SECURE"] == "false"
    assert "OTHER" not in os.environ
    assert (tmp_path / beside.FILE).stat().st_mode & 0o077 == 0


def test_what_the_caller_set_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    beside.leave(GIVEN, tmp_path)
    monkeypatch.setenv("DATABASE_URL", "postgresql://other@/other")
    beside.borrow(tmp_path)
    assert os.environ["DATABASE_URL"] == "postgresql://other@/other"
    assert "SPO_SECURE" not in os.environ


def test_without_a_service_nothing_is_borrowed(tmp_path: Path) -> None:
    beside.borrow(tmp_path)
    assert "DATABASE_URL" not in os.environ
