"""How long a sign-in lasts: 15 minutes without a request, 12 hours at most, no longer than the account
itself, and only on the site that it was made on."""

import time
from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse

from accounts import sites

BEGAN, SEEN = "began", "seen"
ENDED_FOR = "spo.session_ended_for"
NOTED_EVERY = 30  # seconds: a session is not written on each request
CLEAR = '"cache", "cookies", "storage"'


def ended_for(request: HttpRequest) -> UUID | None:
    """Whose session ended by the clock as this request came; None where it was nobody's."""
    found: UUID | None = request.META.get(ENDED_FOR)
    return found


class ReadableSessionMiddleware(SessionMiddleware):
    """A cookie that names no session at all is none: no database can be asked for a NUL."""

    def process_request(self, request: HttpRequest) -> None:
        if "\0" in request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""):
            del request.COOKIES[settings.SESSION_COOKIE_NAME]
        super().process_request(request)


class SessionLimitMiddleware:
    """Ends sessions that are over, and lets the browser forget what it holds at sign-out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        signed_in = SESSION_KEY in request.session
        if signed_in and not self.lasts(request):
            request.META[ENDED_FOR] = request.user.pk  # nobody's where the account itself is closed
            logout(request)
        response = self.get_response(request)
        if signed_in and not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = CLEAR
        return response

    def lasts(self, request: HttpRequest) -> bool:
        """Whether the session may go on; notes when it was last used."""
        if not request.user.is_authenticated:
            return False  # the account was closed, or its password changed
        if sites.elsewhere(request, request.user):
            return False  # a cookie carried to the other site: browsers send it to its own alone
        now = int(time.time())
        began = request.session.setdefault(BEGAN, now)
        seen = request.session.setdefault(SEEN, now)
        if now - seen > settings.SESSION_IDLE_SECONDS or now - began > settings.SESSION_COOKIE_AGE:
            return False
        if now - seen >= NOTED_EVERY:
            request.session[SEEN] = now
        return True
