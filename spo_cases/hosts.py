"""Advocates have a host of their own, with addresses of its own: the police pages are not there.

Where their site has a role of the database of its own, it has processes of its own too: each of the two
answers for its own host and for no other, whatever a proxy sends it.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import set_urlconf

from accounts import sites
from spo_cases import health

HEALTH = {"/health/live": health.live, "/health/ready": health.ready}  # of their own process


class HostMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        theirs = sites.is_advocates(request)
        if settings.ADVOCATES_APART and theirs != (settings.DATABASE_ROLE == "advocates"):
            return HttpResponse("This host is served elsewhere.", "text/plain", status=421)
        if theirs and (asked := HEALTH.get(request.path)):
            return asked(request)
        if theirs:
            request.urlconf = sites.ADVOCATES_URLS
            # What is refused before an address is looked up has links too
            set_urlconf(sites.ADVOCATES_URLS)
        return self.get_response(request)
