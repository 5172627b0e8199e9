"""Two sites on two hosts: the police's and the advocates'. Nobody is signed in on the other one."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.http.request import split_domain_port

if TYPE_CHECKING:
    from accounts.models import User

ADVOCATES_URLS = "advocates.hosted_urls"


def is_advocates(request: HttpRequest) -> bool:
    """Whether the request came to the advocates' host. Raises DisallowedHost for an unknown one."""
    return names_advocates(request.get_host())


def name_of(request: HttpRequest) -> str:
    """How the site is called on its pages; the advocates' name says nothing, for whoever looks over."""
    try:
        return "Client updates" if is_advocates(request) else "SPO Cases"
    except DisallowedHost:
        return "This service"


def names_advocates(host: str) -> bool:
    """Whether this is how somebody may write the advocates' host."""
    return _folded(host) == _folded(settings.ADVOCATES_HOST)


def _folded(host: str) -> str:
    """A host as names are compared: without its port, in lower case, without the root's dot."""
    return split_domain_port(host)[0].removesuffix(".")


def elsewhere(request: HttpRequest, user: "User") -> str:
    """The address of the site where this person belongs; empty where that is this one."""
    if user.is_advocate == is_advocates(request):
        return ""
    if not user.is_advocate:
        return f"{settings.SITE_URL}/"
    _, colon, port = request.get_host().partition(":")
    return f"{request.scheme}://{settings.ADVOCATES_HOST}{colon}{port}/"


def advocates_address() -> str:
    """The advocates' site, for a message: on the same scheme and port as the police's."""
    police = urlsplit(settings.SITE_URL)
    port = f":{police.port}" if police.port else ""
    return f"{police.scheme}://{settings.ADVOCATES_HOST}{port}/"
