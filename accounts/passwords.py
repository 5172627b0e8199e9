"""The link with which a person chooses a password. It works once, for a day, and only while open."""

from typing import Any

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts import actions
from accounts.forms import ChoosePasswordForm
from accounts.models import User

KEPT_IN_SESSION = "_password_reset_token"  # Django's: the token leaves the address at once


class Links(PasswordResetTokenGenerator):
    """Django's, ended also by the next link: only the newest one opens anything."""

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.invitations}"


LINKS = Links()


def path_of_link(user: User) -> str:
    """Where this person may choose a password: a path, the same on the police's and advocates' site."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    token = LINKS.make_token(user)
    return reverse("choose_password", kwargs={"uidb64": uid, "token": token})


class ChoosePassword(PasswordResetConfirmView):
    """A password that nobody but the person knows."""

    template_name = "account/choose.html"
    token_generator = LINKS
    form_class = ChoosePasswordForm
    success_url = reverse_lazy("account_login")
    title = "Choose a password"

    def get_user(self, uidb64: str) -> Any:
        user = super().get_user(uidb64)
        return user if user is not None and user.is_active else None

    def form_valid(self, form: Any) -> HttpResponse:
        actions.choose_password(form.user, form.cleaned_data["new_password1"])
        self.request.session.pop(KEPT_IN_SESSION, None)
        return HttpResponseRedirect(str(self.success_url))
