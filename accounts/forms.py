"""The sign-in form, in the service's words."""

from typing import Any

from allauth.account.forms import LoginForm


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
