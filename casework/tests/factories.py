"""Cases for tests of the rooms below the request: everything above makes them by the real acts."""

from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.tests import factories as accounts
from casework import clock
from casework.actions import next_reference
from casework.models import Case
from people.models import Person


def case(*, officer: User | None = None, **fields: Any) -> Case:
    """A request about Martin Testwood in the officer's unit."""
    officer = officer or accounts.user()
    with transaction.atomic():
        fields.setdefault("subject", person(officer))
        fields.setdefault("unit", officer.unit)
        fields.setdefault("asked_at", clock.now())
        if fields.get("restricted"):
            fields.setdefault("restricted_reason", "Known here")
        return Case.objects.create(
            force=officer.force,
            officer=officer,
            reference=next_reference(officer.force, clock.now()),
            **fields,
        )


def person(officer: User) -> Person:
    with transaction.atomic():
        return Person.objects.create(
            force=officer.force,
            given_names="Martin",
            family_name="Testwood",
            born_on=date(1988, 3, 14),
        )
