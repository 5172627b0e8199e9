"""How the API knows who asks: a signed-in browser, or `Authorization: Token <key>` of a program."""

import hashlib
from typing import Any

from django.db.models import Q
from django.utils import timezone
from rest_framework.authentication import SessionAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts import sites
from accounts.models import ApiToken, User

REFUSED = "This token is unknown, has ended or was revoked."


def hash_of(key: str) -> str:
    """SHA-256 of a key: it is 256 random bits, so a slow hash would add nothing."""
    return hashlib.sha256(key.encode()).hexdigest()


class SessionOrToken(SessionAuthentication):
    """A session (with its CSRF token) or a key. A key that is sent must be good.

    Keys are the police's and work on their host: anywhere else, and of anybody else, a key is unknown.
    """

    def authenticate(self, request: Request) -> Any:
        kind, _, key = get_authorization_header(request).decode("latin-1").partition(" ")
        if kind.lower() != "token":
            return super().authenticate(request)
        if sites.is_advocates(request):  # whose process has no keys to compare it with
            raise AuthenticationFailed(REFUSED)
        user = token_user(key.strip())
        if sites.elsewhere(request, user):
            raise AuthenticationFailed(REFUSED)
        return user, None

    def authenticate_header(self, request: Request) -> str:
        return "Token"


def token_user(key: str) -> User:
    """The active user that a key stands for. Raises AuthenticationFailed."""
    found = (
        ApiToken.objects.filter(
            Q(revoked_at=None), key_hash=hash_of(key), valid_until__gt=timezone.now()
        )
        .select_related("user__force")
        .first()
    )
    if found is None or not found.user.is_active:
        raise AuthenticationFailed(REFUSED)
    return found.user
