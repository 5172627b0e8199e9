"""Files of tests lie in a folder of their own, and one renderer serves them all."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from documents.press import PRESS


@pytest.fixture(autouse=True)
def _own_shelf(settings: Any, tmp_path: Path) -> None:
    files = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path / "files"},
    }
    settings.STORAGES = settings.STORAGES | {"default": files}


@pytest.fixture(autouse=True, scope="session")
def _renderer_ends_with_the_tests() -> Iterator[None]:
    yield
    PRESS.stop()
