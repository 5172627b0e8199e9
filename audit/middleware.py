"""After sign-in: names the actor for every write, and keeps every look, refused ones too."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from audit import looks
from audit.actor import acting_as

ANONYMOUS = "anonymous"


class AuditMiddleware:
    """The looks are written outside the view's transaction and before the response leaves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor = request.user.get_username() or ANONYMOUS
        with acting_as(actor), looks.noting() as noted:
            response = self.get_response(request)
            seen_by = request.user.get_username() or actor  # a token is read later than a session
            looks.save(noted, actor=seen_by, path=request.path, status=response.status_code)
        return response
