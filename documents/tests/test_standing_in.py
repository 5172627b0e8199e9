"""Documents without the broker: whoever stands in prints and searches, as the role of that worker."""

from datetime import timedelta

import pytest

from alerts import heartbeat
from alerts.models import Heartbeat
from casework import clock
from documents import making
from documents.models import Document
from documents.standing_in import EVERYBODY, PRINTER, QUIET, SEARCHER, StandIn
from documents.tests import factories
from spo_cases.tests import roles

pytestmark = [pytest.mark.django_db, pytest.mark.renders]


def spoke(loop: str, *, ago: timedelta) -> None:
    Heartbeat.objects.update_or_create(loop=loop, defaults={"at": clock.database_now() - ago})


def stands(document: Document) -> tuple[str, str]:
    document.refresh_from_db()
    return document.status, document.stage


def test_what_waits_is_printed_and_searched_though_no_worker_is_there() -> None:
    document = factories.asked()
    with roles.as_role(roles.DOCUMENTS):
        PRINTER.look()
    assert stands(document) == ("waiting", "printed")
    SEARCHER.look()
    assert stands(document) == ("made", "printed")
    assert document.pages == 3
    assert heartbeat.silent_for("documents") == timedelta.max, "it never speaks for the worker"
    assert heartbeat.silent_for("searches") == timedelta.max


def test_a_worker_that_is_there_is_left_alone() -> None:
    document = factories.asked()
    spoke("documents", ago=QUIET - timedelta(seconds=2))
    PRINTER.look()
    assert stands(document) == ("waiting", "asked")
    spoke("documents", ago=QUIET + timedelta(seconds=1))
    spoke("searches", ago=QUIET - timedelta(seconds=2))
    PRINTER.look()
    SEARCHER.look()
    assert stands(document) == ("waiting", "printed")


@pytest.mark.parametrize("one", EVERYBODY, ids=lambda one: one.name)
def test_its_silence_is_an_alarm_and_nothing_ends_it(
    one: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert one.name in heartbeat.silent()
    one.look()
    assert one.name not in heartbeat.silent()
    monkeypatch.setattr(making, "due", lambda *stages: [None])  # a bug of ours
    one.look()
