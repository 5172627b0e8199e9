"""How often a password may be guessed, without giving strangers a way to lock anybody out.

Wrong tries are counted against the name at one address: somebody else's elsewhere stop nobody. So that
many addresses guess no quicker, they are also counted together; so are all names that are tried at one
address. Where a name has signed in of late its owner gets a try of their own all the same.
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from allauth.core.internal.httpkit import clean_client_ip
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

APP = "allauth.account"
ANYWHERE, HERE = "login_failed_anywhere", "login_failed_here"
TOO_MANY = {ANYWHERE: "too_many_tries_anywhere", HERE: "too_many_login_attempts"}
KNOWN_FOR = 30 * 24 * 60 * 60  # seconds since the last sign-in at an address


def name_of(credentials: dict[str, Any]) -> str:
    return str(credentials.get("username", "")).strip().lower()


def known_here(request: HttpRequest, name: str) -> bool:
    """Has this name signed in from this address of late?"""
    return cache.get(_place(request, name)) is not None


def remember(request: HttpRequest, name: str) -> None:
    """It has just now."""
    cache.set(_place(request, name), 1, KNOWN_FOR)


def _place(request: HttpRequest, name: str) -> str:
    """Name and address, as nobody reads them in the cache."""
    said = f"{ratelimit.get_ip(request)} {name.lower()}"
    return f"known:{salted_hmac('accounts.tries', said, algorithm='sha256').hexdigest()}"


class CountedTries(DefaultAccountAdapter):  # type: ignore[misc]
    """Allauth's limits, by name and address; and two more, by name and by address."""

    counted: tuple[ratelimit.RateLimitUsage, ...] = ()

    def get_client_ip(self, request: HttpRequest) -> str:
        """As the trusted proxies tell it; a request that came past them is of whoever connected."""
        try:
            found: str = super().get_client_ip(request)
        except ImproperlyConfigured:
            found = clean_client_ip(request.META.get("REMOTE_ADDR", "")) or "unknown"
        return found

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        key: str = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{ratelimit.get_ip(request)}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts a wrong try, which `tried_well` takes back. Raises ValidationError: too many."""
        super().pre_authenticate(request, **credentials)
        name = name_of(credentials)
        self.counted = ()
        if known_here(request, name):
            return
        for action, error in TOO_MANY.items():
            usage = ratelimit.consume(request, app=APP, action=action, key=name)
            if usage is None:
                raise self.validation_error(error)
            self.counted += (usage,)

    def tried_well(self, request: HttpRequest, name: str) -> None:
        """The password was right: nothing is counted against the name, and it is known here."""
        for usage in self.counted:
            usage.rollback()
        remember(request, name)
