"""The service's log: one JSON object a line, for machines, and nothing of a person in it.

What an error says may be what somebody typed, so of an error its type and where it happened are kept,
never its words. A line break in a message cannot begin another line.
"""

import logging
import time
import traceback
from collections.abc import Callable, MutableMapping
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse

PROCESS = logging.getLogger("spo_cases.requests")
Event = MutableMapping[str, Any]


def without_words(logger: Any, name: str, event: Event) -> Event:
    """An error as its type and its places; the message as it stands in the code, not filled in."""
    record: logging.LogRecord | None = event.get("_record")
    error = event.pop("exc_info", None)
    event.pop("stack_info", None)
    if error and error is not True and error[1] is not None:
        event["error"] = type(error[1]).__name__
        frames = traceback.extract_tb(error[2])
        event["at"] = [f"{f.filename}:{f.lineno} {f.name}" for f in frames[-12:]]
        if record is not None:
            event["event"] = str(record.msg)
    return event


def facts(logger: Any, name: str, event: Event) -> Event:
    """The numbers that a request's line carries (`RequestLogMiddleware`)."""
    record: logging.LogRecord | None = event.get("_record")
    event.update(getattr(record, "facts", {}))
    return event


def formatter() -> structlog.stdlib.ProcessorFormatter:
    """What `settings.LOGGING` names."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
        processors=[
            without_words,
            facts,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(),
        ],
    )


class RequestLogMiddleware:
    """One line for each request: which page, not whose; how it was answered, and how fast."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        if not request.path.startswith("/health/"):
            PROCESS.info("request", extra={"facts": line_of(request, response, began)})
        return response


def line_of(request: HttpRequest, response: HttpResponse, began: float) -> Event:
    """The route as it is declared, without what stands in it."""
    match = request.resolver_match
    return {
        "method": request.method if request.method in METHODS else "other",
        "route": match.route if match else "",
        "status": response.status_code,
        "ms": round((time.perf_counter() - began) * 1000, 1),
    }


METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
