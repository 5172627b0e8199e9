from typing import Any

from django.core.management.base import BaseCommand, CommandError

from spo_cases import grants


class Command(BaseCommand):
    help = "Gives the roles of the addresses their rights, and no others. `migrate` does it too."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            given = grants.apply()
        except grants.NoSuchRole as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"These roles have their rights: {', '.join(given)}."
            if given
            else "No address names a role that is not the owner: the service owns its tables."
        )
        if grants.open_to_all():
            self.stdout.write(f"Warning: {grants.OPEN}")
