"""Every address of the police service. A room's pages and API are here as soon as the room has them."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.urls import URLPattern, include, path
from drf_spectacular.views import SpectacularAPIView

from spo_cases import health

ROOMS = (
    ("desk", ""),
    ("people", "people/"),
    ("documents", "documents/"),
    ("applications", "applications/"),
    ("orders", ""),  # its own prefix, and /order-check/
    ("notifications", "notifications/"),
    ("contact", "contact/"),
    ("breaches", "breaches/"),
    ("alerts", "alerts/"),
    ("advocates", "advocates/"),
)


def present(room: str) -> bool:
    return apps.is_installed(room) and find_spec(f"{room}.urls") is not None


def api_of(room: str) -> list[URLPattern]:
    """The room's `api_urlpatterns`: its acts and what it lets programs read."""
    return list(getattr(import_module(f"{room}.urls"), "api_urlpatterns", []))


PRESENT = [(room, prefix) for room, prefix in ROOMS if present(room)]
api_urlpatterns: list[Any] = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    *(pattern for room, _ in PRESENT for pattern in api_of(room)),
]
urlpatterns: list[Any] = [
    path("accounts/", include("accounts.urls")),
    path("api/", include((api_urlpatterns, "api"))),
    path("", include("casework.about")),
    path("health/live", health.live),
    path("health/ready", health.ready),
    path("health/deep", health.deep),
    *(path(prefix, include(f"{room}.urls")) for room, prefix in PRESENT),
]
handler400 = "casework.problems.bad_request"
handler403 = "casework.problems.forbidden"
handler404 = "casework.problems.not_found"
handler500 = "casework.problems.server_error"
