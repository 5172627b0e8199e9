"""What beat asks for exists, and what time must do is asked for."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import transaction

from casework import clock, once
from casework.models import Submission
from casework.tasks import forget_submissions
from spo_cases.celery import app

ENTRIES = settings.CELERY_BEAT_SCHEDULE


@pytest.fixture(scope="module", autouse=True)
def _rooms_tasks() -> None:
    app.loader.import_default_modules()


@pytest.mark.parametrize("name", ENTRIES)
def test_every_entry_names_a_task_that_is_there(name: str) -> None:
    assert ENTRIES[name]["task"] in app.tasks
    assert ENTRIES[name]["options"]["expires"], "a ring that nobody heard is no work for later"


def test_every_task_that_asks_nothing_is_asked_for() -> None:
    """One that takes arguments is rung for by an act; any other has only the schedule."""
    alone = {
        name
        for name, task in app.tasks.items()
        if not name.startswith("celery.") and task.run.__code__.co_argcount == 0
    }
    assert alone == {entry["task"] for entry in ENTRIES.values()}


def test_no_worker_waits_for_the_brokers_word_on_a_ring() -> None:
    """A lost acknowledgement would hold the only pair of hands of its queue for ever."""
    routed = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()}
    queues = {queue.name: queue for queue in app.amqp.queues.values()}
    assert set(queues) == routed | {app.conf.task_default_queue}
    assert all(queue.no_ack for queue in queues.values())


@pytest.mark.django_db
def test_tokens_of_yesterday_are_forgotten() -> None:
    with transaction.atomic():
        for key in ("old", "new"):
            Submission.objects.create(
                key=key, username="somebody", route="/", body_hash="", status=303
            )
        Submission.objects.filter(key="old").update(
            at=clock.now() - once.KEPT - timedelta(minutes=1)
        )
    assert forget_submissions() == 1
    assert [s.key for s in Submission.objects.all()] == ["new"]
