"""The forms of sign-in, in the service's words."""

from typing import Any

from allauth.account.forms import LoginForm
from django.conf import settings
from django.contrib.auth.forms import SetPasswordForm
from django.db.models import QuerySet

from accounts import sites
from accounts.models import User
from accounts.roles import Role


class SignInForm(LoginForm):  # type: ignore[misc]
    """User name and password; errors say what to enter, and never which of the two was wrong."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["label_suffix"] = ""
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label = "User name", "Password"
        login.error_messages["required"] = "Enter your user name"
        password.error_messages["required"] = "Enter your password"
        login.widget.attrs.pop("placeholder", None)
        password.help_text = ""

    def nobody_yet(self) -> bool:
        """A new installation: there is no account to sign in with, so the page says how to make one."""
        return not sites.is_advocates(self.request) and not User.objects.exists()

    def demonstration(self) -> QuerySet[User]:
        """The accounts that belong on this site, in a demonstration; otherwise none."""
        if not settings.DEMONSTRATION:
            return User.objects.none()
        accounts = User.objects.filter(is_demonstration=True).select_related(
            "force", "organisation"
        )
        advocates = accounts.filter(role=Role.ADVOCATE)
        theirs = sites.is_advocates(self.request)
        chosen = advocates if theirs else accounts.exclude(role=Role.ADVOCATE)
        return chosen.order_by("force_id", "username")


class ChoosePasswordForm(SetPasswordForm):  # type: ignore[type-arg]
    """A new password, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["label_suffix"] = ""
        super().__init__(*args, **kwargs)
        first, again = self.fields["new_password1"], self.fields["new_password2"]
        first.label, again.label = "New password", "The same again"
        first.help_text = (
            "At least 12 characters. Three words that only you would put together are good"
        )
        first.error_messages["required"] = "Enter a new password"
        again.error_messages["required"] = "Enter the new password again"
