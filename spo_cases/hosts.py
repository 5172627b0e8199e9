"""Advocates have a host of their own, with addresses of its own: the police pages are not there."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from accounts import sites


class HostMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if sites.is_advocates(request):
            request.urlconf = sites.ADVOCATES_URLS
        return self.get_response(request)
