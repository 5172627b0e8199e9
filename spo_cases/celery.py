"""Celery: a doorbell and a second pair of hands. What must not be lost is in PostgreSQL."""

import os
from collections.abc import Callable
from typing import Any

from celery import Celery
from celery.contrib.django.task import DjangoTask
from kombu.entity import Queue

from audit.actor import acting_as

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spo_cases.settings")


class ActingTask(DjangoTask):  # type: ignore[misc]  # celery has no types
    """A task writes as itself, so that the audit triggers have a name to record."""

    name: str
    run: Callable[..., Any]

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with acting_as(f"task:{self.name}"):
            return super().__call__(*args, **kwargs)


app = Celery("spo_cases", task_cls=ActingTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
# A ring is gone when it was heard. A worker that waits for the broker's word on it stops for ever where
# that word is lost: with one pair of hands, after one broker that hung for some seconds.
app.conf.task_queues = [
    Queue(name, routing_key=name, no_ack=True)  # type: ignore[no-untyped-call]
    for name in ("celery", "documents", "searches")
]
app.autodiscover_tasks()
