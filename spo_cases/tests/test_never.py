"""What no room's tables may hold: another force than the case's, and a status that nobody knows."""

from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import CheckConstraint, Model, Q

from accounts.models import Grant
from accounts.roles import Role
from accounts.tests import factories as accounts
from casework import actions, clock
from casework.models import Case, Deadline
from desk.tests import factories

pytestmark = pytest.mark.django_db
KEYS = """
    SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'f'
        AND confrelid = 'casework_case'::regclass AND conname LIKE '%_repeats_force_id_by_case_id'
"""


def fields(model: type[Model]) -> dict[str, Any]:
    return {field.name: field for field in model._meta.concrete_fields}


def test_what_is_of_a_case_and_names_its_force_has_the_force_of_its_case() -> None:
    with connection.cursor() as cursor:
        cursor.execute(KEYS)
        held = {table for (table,) in cursor.fetchall()}
    asked = {m._meta.db_table for m in apps.get_models() if {"case", "force"} <= fields(m).keys()}
    assert held == asked


def test_another_force_is_refused() -> None:
    case = factories.case()
    factories.clock_on(case, clock.now())
    name = "casework_deadline_repeats_force_id_by_case_id"

    def move() -> None:
        Deadline.objects.filter(case=case).update(force=accounts.other_force())
        connection.check_constraints()

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        move()


STATUSES = [
    (model, name)
    for model in apps.get_models()
    for name in ("status", "state")
    if name in fields(model) and fields(model)[name].choices
]


@pytest.mark.parametrize(("model", "name"), STATUSES, ids=lambda part: str(part))
def test_a_status_that_nobody_knows_is_refused(model: type[Model], name: str) -> None:
    """By a constraint that holds with one of the words that are known, and in no other way."""
    words = {word for word, _ in fields(model)[name].choices}
    checks = [c for c in model._meta.constraints if isinstance(c, CheckConstraint)]
    assert any(wants(check.condition, name, words) for check in checks)


def wants(condition: Any, name: str, words: set[str]) -> bool:
    """Is this true only where the field is one of the words?"""
    if isinstance(condition, tuple):
        field, said = condition
        return field == name and said in words or field == f"{name}__in" and {*said} <= words
    if not isinstance(condition, Q) or condition.negated:
        return False
    each = [wants(child, name, words) for child in condition.children]
    return all(each) if condition.connector == Q.OR else any(each)


def test_a_case_is_not_restricted_without_a_reason() -> None:
    case = factories.case()
    with pytest.raises(IntegrityError, match="a_restricted_case_says_why"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(restricted=True)


@pytest.mark.parametrize("facts", [{"revoked_at": clock.now()}, {"revoked_by": "somebody"}])
def test_access_is_taken_away_at_a_moment_by_somebody(facts: dict[str, Any]) -> None:
    case, officer = factories.case(), accounts.user(Role.OFFICER, username="dc.given")
    if "revoked_by" in facts:
        facts = {"revoked_by": officer}
    grant = actions.let_in(case.pk, officer, basis=Grant.Basis.NAMED, by=officer)
    name = "grant_revoked_at_and_by_together"
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Grant.objects.filter(pk=grant.pk).update(**facts)
