"""What goes wrong, said once for pages and API: the right status, what it is, and what to do.

Pages get a page in the service's frame, the API gets `application/problem+json` (RFC 9457).
"""

import re
import sys
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    TooManyFieldsSent,
)
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import get_template
from rest_framework import exceptions
from rest_framework.views import set_rollback

from accounts import sites
from accounts.policy import Denied
from casework import typed
from casework.errors import Refused, Stale, WrongState
from casework.masks import Undecided
from casework.once import InFlight, OtherBody
from casework.parsers import TooBig

API = "/api/"
UNREADABLE = re.compile(r"%00|\x00|%ED%[AB][0-9A-F]%", re.IGNORECASE)


def problem(status: int, detail: str, **more: Any) -> JsonResponse:
    """One problem for a program to read."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    return JsonResponse(
        body | {"detail": detail} | more, status=status, content_type="application/problem+json"
    )


def kind_of(error: Exception) -> tuple[int, str] | None:
    """The status and the words of an error that is an answer; None for a bug."""
    if isinstance(error, Denied):
        return 403, str(error)
    if isinstance(error, Stale):
        return 409, "Somebody saved this since you opened it. Look at it again."
    if isinstance(error, WrongState):
        return 409, str(error)
    if isinstance(error, Refused):
        return 422, str(error)
    if isinstance(error, InFlight):
        return 409, "The same request is being worked on. Ask again in a moment."
    if isinstance(error, OtherBody):
        return 422, "This Idempotency-Key was used for another request. Use a new one."
    return None


def errors_of(error: Exception) -> dict[str, list[str]]:
    """What a refusal says of each field; nothing of another error."""
    found: dict[str, list[str]] = {}
    for field, message in error.all if isinstance(error, Refused) else ():
        if field:
            found.setdefault(field, []).append(message)
    return found


def api_problem(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """The exception handler that `settings.REST_FRAMEWORK` names."""
    if known := kind_of(error):
        status, detail = known
        set_rollback()
        errors = errors_of(error)
        return problem(status, detail, **({"errors": errors} if errors else {}))
    error = as_api_error(error)
    if not isinstance(error, exceptions.APIException):
        return None
    set_rollback()
    if isinstance(error, exceptions.ValidationError):
        detail = "Some values are missing or wrong. `errors` names them."
        return problem(422, detail, errors=error.detail)
    response = problem(error.status_code, str(error.detail))
    if header := getattr(error, "auth_header", None):
        response["WWW-Authenticate"] = header
    if wait := getattr(error, "wait", None):
        response["Retry-After"] = str(int(wait))
    return response


def as_api_error(error: Exception) -> Exception:
    """Django's own refusals, in the framework's words."""
    if isinstance(error, Http404):
        return exceptions.NotFound("There is no such record, or it is not open to you.")
    if isinstance(error, PermissionDenied):
        return exceptions.PermissionDenied()
    if isinstance(error, RequestDataTooBig):
        return TooBig()
    return error


class ProblemMiddleware:
    """Turns the errors that are answers into pages, and unreadable addresses into 400."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if UNREADABLE.search(request.META.get("QUERY_STRING", "")) or "\0" in request.path_info:
            return answer(request, 400, "The address contains a character that cannot be read.")
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if known := kind_of(error):
            return answer(request, *known)
        if isinstance(error, ValueError) and "NUL (0x00)" in str(error):
            return answer(request, 400, "What was sent contains a NUL character. Delete it.")
        if isinstance(error, ValueError) and "Invalid IPv6 URL" in str(error):
            return answer(request, 400, "The address to go to next cannot be read.")
        return None


def answer(request: HttpRequest, status: int, detail: str) -> HttpResponse:
    """A problem as a page, or as JSON under /api/."""
    if request.path.startswith(API):
        return problem(status, detail)
    return render(request, f"{status}.html", {"message": detail}, status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The view that `settings.CSRF_FAILURE_VIEW` names. What was typed in another window is not lost."""
    return typed.sent_in_vain(request) or answer(
        request,
        403,
        "This page was open for too long, or in another window you signed out. "
        "Go back, reload the page and send it again.",
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400"""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return answer(
            request,
            413,
            "What you sent is too big, so nothing was saved. Go back and shorten it, or put long papers "
            "into a file.",
        )
    detail = "The request could not be read. Nothing was changed."
    if isinstance(exception, BadRequest):
        detail = str(exception) or detail
    return answer(request, 400, detail)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403"""
    return answer(request, 403, str(exception) or "This is not open to you.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404: the same words for what does not exist and for what is not open to the reader."""
    return answer(request, 404, "There is no such page, or it is not open to you.")


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500: needs neither the database nor a session, and says 503 where something is gone."""
    status, detail = 500, "Something is wrong with the service, not with what you did."
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        status, detail = 503, "The service cannot reach its database. Nothing was changed."
    if isinstance(sys.exc_info()[1], Undecided):
        status, detail = 503, "The service cannot tell at the moment what it may show here."
    if request.path.startswith(API):
        return problem(status, detail)
    said = {"message": detail, "help_phone": settings.HELP_PHONE, "site": sites.name_of(request)}
    page = get_template("500.html").render(said)
    return HttpResponse(page, status=status)
