"""manage.py api_token USERNAME: give a program a key, or end all keys of a user."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts import actions
from accounts.models import User

BY = "command:api_token"


class Command(BaseCommand):
    help = "Make an API key that acts as a user. It is printed once and ends by itself."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--label", default="program")
        parser.add_argument("--days", type=int, default=90)
        parser.add_argument(
            "--revoke", action="store_true", help="end all keys of the user instead"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"There is no user {options['username']}.")
        if options["revoke"]:
            self.stdout.write(f"{actions.revoke_tokens(user, by=BY)} keys ended")
            return
        until = timezone.now() + timedelta(days=options["days"])
        try:
            key = actions.issue_token(user, label=options["label"], valid_until=until, by=BY)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(key)
