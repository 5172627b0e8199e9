"""Real senders, killed at random: nothing is lost, and nothing is taken twice."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.db import connection, transaction

from alerts.models import UNSENT, Alert, Message
from alerts.tests.factories import breach, case, officer
from spo_cases.tests import roles

ALERTS = 300
KILLS, SENDERS = 10, 3
pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]


def environment(outbox: Path, notify_url: str) -> dict[str, str]:
    """This test's database and providers, for a process of its own."""
    of: dict[str, Any] = connection.settings_dict
    folder = {"host": of["HOST"]} if of["HOST"].startswith("/") else {}
    query = urlencode(folder | of["OPTIONS"])  # the role of the service is among the options
    host = "" if folder else f"{of['HOST']}{':' + of['PORT'] if of['PORT'] else ''}"
    user = f"{quote(of['USER'])}{':' + quote(of['PASSWORD']) if of['PASSWORD'] else ''}"
    return os.environ | {
        "DATABASE_URL": f"postgresql://{user}@{host}/{quote(of['NAME'])}?{query}",
        "SECRET_KEY": settings.SECRET_KEY,
        "EMAIL_URL": f"file://{outbox}",
        "STORAGE_URL": f"file://{outbox.parent / 'files'}",
        "NOTIFY_API_KEY": settings.NOTIFY_API_KEY,
        "NOTIFY_BASE_URL": notify_url,
    }


class Senders:
    """Processes of `manage.py watch`; who is killed is replaced."""

    def __init__(self, env: dict[str, str]) -> None:
        self.env = env
        self.running = [self.start() for _ in range(SENDERS)]

    def start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "manage.py", "watch"],
            cwd=settings.BASE_DIR,
            env=self.env,
            stderr=subprocess.DEVNULL,
        )

    def kill(self, number: int) -> None:
        self.running[number].kill()
        self.running[number].wait()
        self.running[number] = self.start()

    def stop(self) -> None:
        for process in self.running:
            process.terminate()
        for process in self.running:
            process.wait(30)


@pytest.fixture
def senders(outbox, notify) -> Iterator[Senders]:
    started = Senders(environment(outbox, notify.url))
    yield started
    started.stop()


def waiting() -> int:
    """Alerts and messages that somebody has still to be told."""
    unsent = Message.objects.filter(state__in=UNSENT).count()
    return unsent + Alert.objects.filter(addressed_at=None).count()


def break_connections() -> None:
    """What a restart of PostgreSQL does to the senders."""
    with roles.as_owner() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_killed_senders_lose_nothing_and_send_nothing_twice(notify, outbox, senders):
    seed = int(os.environ.get("SPO_SEED") or random.randrange(1_000_000))  # noqa: S311
    print(f"SPO_SEED={seed}")  # noqa: T201
    chance = random.Random(seed)  # noqa: S311
    notify.delay = lambda: chance.uniform(0.05, 0.4)
    officer(phone="07700 900123")
    of = case()
    with transaction.atomic():
        for _ in range(ALERTS):
            breach(of)
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.2, 1.2))
        if chance.random() < 0.75:
            senders.kill(chance.randrange(SENDERS))
        else:
            break_connections()
    until = time.monotonic() + 120
    while waiting() and time.monotonic() < until:
        time.sleep(0.2)
    assert waiting() == 0
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}
    assert len(notify.taken) == ALERTS  # none lost
    assert set(notify.taken.values()) == {1}  # none taken twice
    mails = Message.objects.filter(channel="email")
    assert mails.filter(alert__kind="breach_reported").count() == 2 * ALERTS
    assert len(list(outbox.glob("*.eml"))) == mails.count()
    senders.stop()
    assert 0 in {process.returncode for process in senders.running}  # asked to stop, they stop
