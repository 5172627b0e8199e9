"""One submit, one act: a form's one-time token and the API's Idempotency-Key are the same thing.

The row is written in the act's own transaction, so there is never an act without its row nor a row
without its act: an act that is refused leaves the key free, and two identical submits at once give one
act and one answer.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import connection, transaction

from casework import clock
from casework.models import Submission

KEPT = timedelta(hours=24)
LONGEST_KEY = 80


class InFlight(Exception):
    """The same submit is being worked on at this moment (409)."""


class OtherBody(Exception):
    """The key was used for something else (422)."""


@dataclass(frozen=True)
class Answer:
    """What was answered: the same again for the same submit."""

    status: int
    location: str = ""
    body: dict[str, Any] = field(default_factory=dict)


def fingerprint(body: Any) -> str:
    """SHA-256 of what was sent, whatever the order of its fields."""
    text = json.dumps(body, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def answer(
    act: Callable[[], Answer],
    *,
    key: str,
    username: str,
    route: str,
    body: Any,
    wait: bool,
    door: Callable[[], object] | None = None,
) -> Answer:
    """Do `act` once for this user and key, in one transaction, and give its answer every time.

    Without a key the act is simply done. `wait=True` (a page, where somebody clicked twice) waits for
    the first submit and gives its answer; `wait=False` (the API) raises InFlight. The same key with
    another route or body raises OtherBody. `door` is opened before an earlier answer is given again: who
    may not see the record any more is not told of it.
    """
    with transaction.atomic():
        if not key:
            return act()
        key = key if len(key) <= LONGEST_KEY else hashlib.sha256(key.encode()).hexdigest()
        claim(username, key, wait=wait)
        said = Submission.objects.filter(username=username, key=key).first()
        if said and said.at < clock.now() - KEPT:
            said.delete()
            said = None
        if said:
            if (said.route, said.body_hash) != (route, fingerprint(body)):
                raise OtherBody
            if door:
                door()
            return Answer(said.status or 200, said.location, said.body or {})
        given = act()
        Submission.objects.create(
            username=username,
            key=key,
            route=route,
            body_hash=fingerprint(body),
            status=given.status,
            location=given.location,
            body=given.body,
        )
        return given


def claim(username: str, key: str, *, wait: bool) -> None:
    """Hold this user's key until the transaction ends, so that a second submit queues or is told."""
    number = int.from_bytes(
        hashlib.sha256(f"{username}\0{key}".encode("utf-8", "replace")).digest()[:8], signed=True
    )
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
        else:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
            if not cursor.fetchone()[0]:
                raise InFlight


def purge() -> int:
    """Forget submits older than a day. Gives how many."""
    gone, _ = Submission.objects.filter(at__lt=clock.now() - KEPT).delete()
    return gone
