"""What was typed when a session ended: kept for the same person, for half an hour, given back once.

What is kept is sealed with a key that only the address of the form has, and to the person who opened the
form (see `casework.openers`): the table alone, the address alone, and another person at the same terminal
open nothing. So it does not matter which of several windows met the end of the session first.
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
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

from accounts.sessions import ended_for
from casework import openers
from casework.errors import Refused, Stale
from casework.lifecycle import Step

KEPT_SECONDS = 30 * 60
NAME = "typed"  # in the address of the form
LEFT_OUT = ("csrfmiddlewaretoken", "once")


def keep(path: str, data: QueryDict, opener: openers.Opener) -> str:
    """Seal what was typed into the form at this path; gives the key. Files are not kept."""
    key = secrets.token_urlsafe(16)
    fields = {name: data.getlist(name) for name in data if name not in LEFT_OUT}
    sealed = _seal(key, opener, path).encrypt(json.dumps(fields).encode())
    cache.set(_place(key), f"{opener.random}.{sealed.decode()}", KEPT_SECONDS)
    return key


def take(user_pk: Any, path: str, key: str) -> QueryDict | None:
    """What this person typed there, once. None for anybody else, elsewhere, later or again."""
    random, _, sealed = cache.get(_place(key), "").partition(".")
    if not sealed:
        return None
    try:
        opener = openers.opener(random, user_pk)
        plain = _seal(key, opener, path).decrypt(sealed.encode(), ttl=KEPT_SECONDS)
    except InvalidToken:
        return None
    cache.delete(_place(key))
    return QueryDict(urlencode(json.loads(plain), doseq=True))


def _place(key: str) -> str:
    """Where it lies; the key itself is nowhere but in the address."""
    return f"typed:{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()}"


def _seal(key: str, opener: openers.Opener, path: str) -> Fernet:
    told = json.dumps([key, opener.seal, path]).encode()
    return Fernet(
        base64.urlsafe_b64encode(hmac.digest(settings.SECRET_KEY.encode(), told, "sha256"))
    )


def kept_at(request: HttpRequest) -> str | None:
    """Keep what this request sent: the form's address with the key, or None where nobody can say whose it is.

    The form itself says who opened it; else it was of the session that this request ended.
    """
    opener = openers.read(request.POST.get("once", ""))
    if opener is None and (user_pk := ended_for(request)) is not None:
        opener = openers.new(user_pk)
    if request.method != "POST" or opener is None:
        return None
    asked = request.GET.copy()
    asked[NAME] = keep(request.path, request.POST, opener)
    return f"{request.path}?{asked.urlencode()}"


def sent_in_vain(request: HttpRequest) -> HttpResponse | None:
    """A form of a window that is older than the sign-in, which the token against forgery refuses.

    Nothing of it is done; who opened it finds it in the form again. None where it was not theirs: what
    one person typed is not put before another.
    """
    view = getattr(getattr(request.resolver_match, "func", None), "view_class", None)
    if not (isinstance(view, type) and issubclass(view, KeepsTyped)):
        return None
    opener, user = openers.read(request.POST.get("once", "")), request.user
    if opener is None or (
        user.is_authenticated and opener != openers.opener(opener.random, user.pk)
    ):
        return None
    address = kept_at(request) or request.path
    return HttpResponseRedirect(address) if user.is_authenticated else redirect_to_login(address)


class KeepsTyped(AccessMixin):
    """A form's page whose sender is signed out by the clock gets back to it with what was typed."""

    request: HttpRequest

    def handle_no_permission(self) -> Any:
        """To the sign-in page, and from there to the form again."""
        address = kept_at(self.request)
        if address is None:
            return super().handle_no_permission()
        return redirect_to_login(address, self.get_login_url())

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


def require_readable(sent: QueryDict, step: object, record: object) -> None:
    """Raises Stale where nobody can tell what the sender saw: the form of an act on a record that has
    versions carries none, or what can be none."""
    versioned = isinstance(step, Step) and hasattr(record, "version")
    if versioned and seen(sent.get("version", "")) is None:
        raise Stale("The form does not say which version you saw.")


class NotAccepted(Exception):
    """The form has errors: the submit is undone and the page shown again."""

    def __init__(self, form: Any) -> None:
        super().__init__("not accepted")
        self.form = form


def refuse(form: Any, no: Refused) -> None:
    """A refusal of the law stands at its field, or above the form if the form has no such field.

    Everything that it found stands there, each at its own field.
    """
    for field, message in no.all:
        form.add_error(field if field in form.fields else None, message)
