"""Is it alive, can it serve, and are alerts leaving? For monitors: no sign-in, and nothing of a case."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from alerts import heartbeat, queries
from casework import clock
from documents import asking
from spo_cases import grants, relay

OLDEST_UNSENT = timedelta(seconds=60)
CLOCKS_APART = timedelta(seconds=5)
OWNER = (
    "the service owns its tables: give DATABASE_URL a role that does not, and the owner's address \
to DATABASE_URL_OWNER"
)
ADVOCATES = (
    "the advocates' site runs as the service: give it a role of its own in DATABASE_URL_ADVOCATES, and \
processes of its own"
)
STEERED = "the service's role or its database has settings of its own for spo.*: the log takes no actor from \
them, but they can hold its writers up. ALTER ROLE or ALTER DATABASE ... RESET them, and ask who set them"


@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """The web process answers; it asks nobody."""
    return JsonResponse({"live": True, "at": clock.now()})


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """The database answers and a scheduled job has run lately: 503 until both are true.

    Of the process of the advocates' site also: the keeper answers.
    """
    found = {"database": False, "scheduled_job_ran": False}
    try:
        silence = heartbeat.silent_for(heartbeat.SWEEP)
        found = {"database": True, "scheduled_job_ran": silence < heartbeat.SILENT}
    except Error:
        pass
    if settings.KEEPER:
        found["keeper"] = asking.answers(settings.KEEPER)
    return JsonResponse(found | {"at": clock.now()}, status=200 if all(found.values()) else 503)


@require_safe
def deep(request: HttpRequest) -> JsonResponse:
    """Every loop, the oldest unsent alert and the clocks: 503 where one of them needs a person."""
    try:
        found = measures()
    except Error:
        found = {"database": False, "wrong": ["the database does not answer"]}
    return JsonResponse(found | {"at": clock.now()}, status=503 if found["wrong"] else 200)


def measures() -> dict[str, Any]:
    """What `deep` answers. `wrong` names in words what is."""
    ages = heartbeat.ages()
    apart = abs(clock.database_now() - clock.now())
    waited = queries.oldest_unsent()
    wrong = [f"the loop {loop} is silent" for loop in heartbeat.silent()]
    if waited > OLDEST_UNSENT:
        wrong.append("an alert waits to be sent")
    if unreached := queries.unreached():
        wrong.append("an alarm reaches nobody")
    if apart > CLOCKS_APART:
        wrong.append("the clocks of the service and the database differ")
    if settings.ADVOCATES_SOCKET and not relay.is_ready(settings.ADVOCATES_SOCKET):
        wrong.append("the advocates' site is not ready")
    return {
        "database": True,
        "wrong": wrong,
        "warnings": list(warnings()),
        "loops": {loop: round(age.total_seconds(), 1) for loop, age in ages.items()},
        "oldest_unsent_seconds": round(waited.total_seconds(), 1),
        "unsent": queries.unsent(),
        "alarms_that_reach_nobody": unreached,
        "clocks_apart_seconds": round(apart.total_seconds(), 1),
    }


def warnings() -> Iterator[str]:
    """What works, and would be safer otherwise."""
    if grants.owns_its_tables():
        yield OWNER
    if not settings.ADVOCATES_APART:
        yield ADVOCATES
    if grants.has_settings_of_its_own():
        yield STEERED
