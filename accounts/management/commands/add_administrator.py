"""manage.py add_administrator PREFIX USERNAME NAME: the account that makes a force's other accounts."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import actions, passwords
from accounts.models import Force

BY = "command:add_administrator"


class Command(BaseCommand):
    help = (
        "Make a force's first administrator. Prints a link to choose a password: once, for a day."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("prefix", help="the force, by the prefix of its references")
        parser.add_argument("username")
        parser.add_argument("name")

    def handle(self, *args: Any, **options: Any) -> None:
        force = Force.objects.filter(prefix=options["prefix"]).first()
        if force is None:
            known = ", ".join(Force.objects.order_by("prefix").values_list("prefix", flat=True))
            raise CommandError(f"There is no force {options['prefix']}. There are: {known}")
        try:
            user = actions.first_administrator(
                force, username=options["username"], name=options["name"], by=BY
            )
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(passwords.path_of_link(user))
