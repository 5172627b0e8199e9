"""How people sign in with django-allauth: no sign-up, every sign-in in the log, no cause for a 500.

A second factor (`allauth.mfa`) and single sign-on (`allauth.socialaccount.providers.openid_connect`)
plug in behind this adapter; see `docs/adr/0011-sign-in.md`.
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts import actions, sites, tries
from accounts.models import User
from audit import looks
from audit.actor import acting_as


class PoliceAccountAdapter(tries.CountedTries):
    """Accounts are made by an administrator, never by the person who comes."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.error_messages: dict[str, Any] = DefaultAccountAdapter.error_messages | {
            "username_password_mismatch": "Enter a user name and password that belong together",
            "account_inactive": "This account is closed. Ask your force's administrator",
            "too_many_login_attempts": "Wait 5 minutes before you try again: there were too many tries",
            "too_many_tries_anywhere": "There were too many tries in several places. "
            "Sign in where you have done so before, or wait an hour",
        }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """A password hash that is renewed at sign-in is a write: it needs an actor and a transaction."""
        with transaction.atomic(), acting_as("sign-in"):
            user: User | None = super().authenticate(request, **credentials)
        if user:
            self.tried_well(request, user.username)
        return user

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note whose account was tried. The name as typed is not kept: it may be a password."""
        name = tries.name_of(credentials)
        tried = User.objects.filter(username__iexact=name).values_list("pk", flat=True).first()
        looks.note(
            looks.Look(verb="sign_in_failed", table="accounts.user", row_id=str(tried or ""))
        )

    def pre_login(self, request: HttpRequest, user: User, **hooks: Any) -> HttpResponse | None:
        """The right password on the wrong site: no session there, but the way to the right one."""
        refused: HttpResponse | None = super().pre_login(request, user, **hooks)
        if refused is None and (address := sites.elsewhere(request, user)):
            clear_login(request)
            return render(request, "account/elsewhere.html", {"address": address}, status=403)
        return refused

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        actions.record_sign_in(user)

    def logout(self, request: HttpRequest) -> None:
        user = request.user
        super().logout(request)
        if isinstance(user, User):
            actions.record_sign_out(user)
