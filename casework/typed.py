"""What was typed when a session ended: kept for the same person, for half an hour, given back once.

What is kept is sealed with a key that only the address of the form has, and with the person's id: the
table alone, the address alone, and another person at the same terminal open nothing.
"""

import base64
import hashlib
import hmac
import json
import secrets
from typing import Any
from urllib.parse import urlencode

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.auth.mixins import AccessMixin
from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, QueryDict

from accounts.sessions import ended_for
from casework.errors import Refused

KEPT_SECONDS = 30 * 60
NAME = "typed"  # in the address of the form
LEFT_OUT = ("csrfmiddlewaretoken", "once")


def keep(user_pk: Any, path: str, data: QueryDict) -> str:
    """Seal what was typed into the form at this path; gives the key. Files are not kept."""
    key = secrets.token_urlsafe(16)
    fields = {name: data.getlist(name) for name in data if name not in LEFT_OUT}
    sealed = _seal(key, user_pk, path).encrypt(json.dumps(fields).encode())
    cache.set(_place(key), sealed.decode(), KEPT_SECONDS)
    return key


def take(user_pk: Any, path: str, key: str) -> QueryDict | None:
    """What this person typed there, once. None for anybody else, elsewhere, later or again."""
    sealed = cache.get(_place(key))
    if sealed is None:
        return None
    try:
        plain = _seal(key, user_pk, path).decrypt(sealed.encode(), ttl=KEPT_SECONDS)
    except InvalidToken:
        return None
    cache.delete(_place(key))
    return QueryDict(urlencode(json.loads(plain), doseq=True))


def _place(key: str) -> str:
    """Where it lies; the key itself is nowhere but in the address."""
    return f"typed:{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()}"


def _seal(key: str, user_pk: Any, path: str) -> Fernet:
    told = json.dumps([key, str(user_pk), path]).encode()
    return Fernet(
        base64.urlsafe_b64encode(hmac.digest(settings.SECRET_KEY.encode(), told, "sha256"))
    )


class KeepsTyped(AccessMixin):
    """A form's page whose sender is signed out by the clock gets back to it with what was typed."""

    request: HttpRequest

    def handle_no_permission(self) -> Any:
        """To the sign-in page, and from there to the form again."""
        user_pk = ended_for(self.request)
        if self.request.method != "POST" or user_pk is None:
            return super().handle_no_permission()
        asked = self.request.GET.copy()
        asked[NAME] = keep(user_pk, self.request.path, self.request.POST)
        return redirect_to_login(f"{self.request.path}?{asked.urlencode()}", self.get_login_url())

    def given_back(self) -> HttpResponse | None:
        """The form with what was typed before the session ended; None where nothing is kept."""
        key = self.request.GET.get(NAME, "")
        typed = take(self.request.user.pk, self.request.path, key) if key else None
        if typed is None:
            return None
        page: Any = self
        answer: HttpResponse = page.page(
            page.form(typed), version=typed.get("version", ""), given_back=True
        )
        return answer


def seen(version: str) -> int | None:
    """The version that a form carried; none where it carried nothing that can be one."""
    return int(version) if version.isdecimal() and len(version) < 10 else None


class NotAccepted(Exception):
    """The form has errors: the submit is undone and the page shown again."""

    def __init__(self, form: Any) -> None:
        super().__init__("not accepted")
        self.form = form


def refuse(form: Any, no: Refused) -> None:
    """A refusal of the law stands at its field, or above the form if the form has no such field."""
    form.add_error(no.field if no.field in form.fields else None, str(no))
