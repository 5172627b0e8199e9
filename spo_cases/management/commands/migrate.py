from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS

from spo_cases import grants


class Command(migrate.Command):
    """Django's own, and then every role has its rights on the tables as they are now."""

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if options["plan"] or options["check_unapplied"] or options["database"] != DEFAULT_DB_ALIAS:
            return
        try:
            grants.apply()
        except grants.NoSuchRole as error:
            raise CommandError(str(error)) from error
