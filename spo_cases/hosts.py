"""Advocates have a host of their own, with addresses of its own: the police pages are not there."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class HostMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.get_host().partition(":")[0] == settings.ADVOCATES_HOST:
            request.urlconf = "advocates.hosted_urls"
        return self.get_response(request)
