"""The service's addresses and the page that every other page is measured by."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from spo_cases.urls import handler400, handler403, handler404, handler500
from spo_cases.urls import urlpatterns as of_the_service

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@login_required
def hello(request: HttpRequest) -> HttpResponse:
    """All that the stack costs by itself: middleware, session, user."""
    return HttpResponse(f"Hello {request.user}", content_type="text/plain")


urlpatterns: list[Any] = [path("hello/", hello), *of_the_service]
