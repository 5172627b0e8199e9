"""Leaving the advocates' site in a hurry: signed out, and on another site, by one plain link.

A GET may do it: it must work without JavaScript, and whoever is made to follow it loses a session.
"""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

FORGET = '"cache"'  # so that Back has to ask us; with a session ended, more is forgotten


@never_cache
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """End the session, if there is one, and lead to a page that says nothing of this one."""
    if request.user.is_authenticated:
        get_adapter().logout(request)
    answer = HttpResponseRedirect(settings.EXIT_ADDRESS)
    answer.headers["Clear-Site-Data"] = FORGET
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
