from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from alerts import queries
from alerts.tests.fakes import API_KEY, NotifyFake, SmtpFake


@pytest.fixture(autouse=True)
def outbox(settings: Any, tmp_path: Path) -> Path:
    """Mail goes to files of this test's own."""
    settings.EMAIL_URL = f"file://{tmp_path / 'outbox'}"
    queries.forget()
    return tmp_path / "outbox"


@pytest.fixture
def notify(settings: Any) -> Iterator[NotifyFake]:
    """A Notify on the loopback interface, and a service that uses it."""
    fake = NotifyFake()
    settings.NOTIFY_API_KEY, settings.NOTIFY_BASE_URL = API_KEY, fake.url
    yield fake
    fake.close()


@pytest.fixture
def smtp(settings: Any) -> Iterator[SmtpFake]:
    """A mail server on the loopback interface, and a service that uses it."""
    fake = SmtpFake()
    settings.EMAIL_URL = fake.url
    yield fake
    fake.close()
