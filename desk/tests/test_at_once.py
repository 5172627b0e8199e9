"""Two administrators give one name at the same moment: the first has it, the second is told."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from accounts import actions as accounts_actions
from accounts.models import Actor
from accounts.roles import Role
from accounts.tests import factories as accounts
from applications import actions as courts
from casework.errors import Refused
from notifications import actions as stations

pytestmark = pytest.mark.django_db(transaction=True)
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"
ACTS: dict[str, Callable[[Actor, str], Any]] = {
    "station": lambda by, name: stations.add_station(by=by, name=name),
    "court": lambda by, name: courts.add_court(by=by, name=name),
    "unit": lambda by, name: accounts_actions.add_unit(by=by, name=name),
    "account": lambda by, name: accounts_actions.add_account(
        by=by, username=name, name="Sam Exampleby", role=Role.OFFICER
    ),
}


def held_up() -> bool:
    """Whether somebody waits for a lock."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return bool(cursor.fetchone()[0])


@pytest.mark.parametrize("what", ACTS)
def test_one_name_is_given_once(what: str) -> None:
    by, act, came_to = accounts.user(Role.FORCE_ADMINISTRATOR), ACTS[what], list[str]()

    def second() -> None:
        try:
            act(by, "TESTHAM.ONE")
            came_to.append("done")
        except (Refused, ValidationError):
            came_to.append("told")
        finally:
            connection.close()

    thread = threading.Thread(target=second)
    with transaction.atomic():
        act(by, "testham.one")
        thread.start()
        until = time.monotonic() + 30
        while thread.is_alive() and not held_up() and time.monotonic() < until:
            time.sleep(0.05)
    thread.join(30)
    assert came_to == ["told"]
