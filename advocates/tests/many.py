"""Many clients at once: rows alone, where a hundred acts would say no more."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from accounts.models import Grant, User
from accounts.tests import factories as accounts
from advocates.models import Consent
from casework import clock
from casework.models import Case, Party
from law.periods import end_instant
from people.models import Person
from spo_cases.tests import roles

GIVEN = ("Rhian", "Siân", "Carys", "Nia", "Bethan", "Elin", "Megan", "Ffion", "Lowri", "Mari")
FAMILY = ("Samplewell", "Exampleby", "Ffugiwr", "Testwood", "Sampleford")


def clients(advocate: User, count: int, *, year: int = 25) -> list[Case]:
    """Requests in one unit, each with a client who agreed; asked for an hour apart, the newest first."""
    officer, now = accounts.user(), clock.now()
    unit: dict[str, Any] = {"force": officer.force, "unit": officer.unit, "officer": officer}
    cases = [
        Case(reference=f"TS-{year}-{n:04d}", asked_at=now - timedelta(hours=n), **unit)
        for n in range(count)
    ]
    people = [
        Person(
            force=cases[n].force,
            given_names=GIVEN[n % len(GIVEN)],
            family_name=FAMILY[n % len(FAMILY)],
        )
        for n in range(count)
    ]
    pairs = list(zip(cases, people, strict=True))
    until = clock.today() + timedelta(days=90)
    consents = [
        Consent(
            case=case,
            person=person,
            advocate=advocate,
            given_on=clock.today(),
            valid_until=until,
            how="By telephone",
            recorded_by=officer,
        )
        for case, person in pairs
    ]
    doors = [
        Grant(
            case_id=case.pk,
            user=advocate,
            basis=Grant.Basis.CONSENT,
            valid_from=now,
            valid_until=end_instant(until),
        )
        for case in cases
    ]
    with transaction.atomic():
        Case.objects.bulk_create(cases)
        Person.objects.bulk_create(people)
        Party.objects.bulk_create(
            Party(case=case, person=person, role=Party.Role.BOTH, called=f"Ms {n}")
            for n, (case, person) in enumerate(pairs)
        )
        Consent.objects.bulk_create(consents)
        Grant.objects.bulk_create(doors)
    with roles.as_owner() as cursor:  # as the database does by itself, soon after so many rows
        for model in (Case, Person, Party, Consent, Grant):
            cursor.execute(f"ANALYZE {model._meta.db_table}")
    return cases
