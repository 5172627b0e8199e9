from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS

from spo_cases import grants, windows


class Command(migrate.Command):
    """Django's own, and then every role has its rights on the tables as they are now."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Windows go first: a table is not altered while somebody looks at it through one."""
        only_asks = options["plan"] or options["check_unapplied"]
        if only_asks or options["database"] != DEFAULT_DB_ALIAS:
            super().handle(*args, **options)
            return
        windows.clear()
        super().handle(*args, **options)
        try:
            grants.apply()
        except grants.NoSuchRole as error:
            raise CommandError(str(error)) from error
