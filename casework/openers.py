"""Whose form it is: the one-time token of a form, which names nobody and which only its opener answers to.

In each form stands a random text and its seal under the person who opened the page. The page, a copy of
it or a log tells by it nobody's name; but of a person who comes with it the service can say whether it is
the same. So what is typed in a second window is kept for the right person, though a first window ended
the session.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing

SALT = "casework.openers"


@dataclass(frozen=True)
class Opener:
    """A random text, and its seal under one person."""

    random: str
    seal: str


def opener(random: str, user_pk: Any) -> Opener:
    """This person, under this random text: equal where it is the same person."""
    told = f"{SALT}:{random}:{user_pk}".encode()
    seal = hmac.new(settings.SECRET_KEY.encode(), told, hashlib.sha256).hexdigest()
    return Opener(random, seal[:32])


def new(user_pk: Any) -> Opener:
    return opener(secrets.token_urlsafe(18), user_pk)


def token(user_pk: Any) -> str:
    """A token for one form, of the person who opens it."""
    one = new(user_pk)
    return _signer().sign(f"{one.random}.{one.seal}")


def read(sent: str) -> Opener | None:
    """Who opened the form that carries this token; None where it is none of ours, or too old.

    A sign-in lasts no longer: so old a page is nobody's any more.
    """
    try:
        random, _, seal = _signer().unsign(sent, settings.SESSION_COOKIE_AGE).partition(".")
    except signing.BadSignature:
        return None
    return Opener(random, seal)


def _signer() -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=SALT)
