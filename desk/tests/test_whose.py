"""Who has a clock: nobody is called a holder who is not there."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from accounts.tests import factories as accounts
from casework import clock
from casework.models import Case
from desk import whose
from desk.tests import factories

pytestmark = pytest.mark.django_db
EVERYBODY = frozenset(Role)


def holder(roles: Any = EVERYBODY, owner: Role = Role.LEGAL, **facts: Any) -> whose.Holder:
    one = factories.clock_on(factories.case(**facts), clock.now(), owner_role=owner)
    return whose.of(one, roles)


def test_a_role_is_named_where_somebody_has_it() -> None:
    assert holder() == whose.Holder("Force legal")
    assert holder(owner=Role.OFFENDER_MANAGER) == whose.Holder("Offender manager")


def test_a_role_that_nobody_has_holds_nothing() -> None:
    assert holder(EVERYBODY - {Role.LEGAL}) == whose.Holder(
        "Nobody", "there is no force legal", nobody=True
    )


def test_an_officers_clock_is_the_officers_in_the_case_or_nobodys() -> None:
    officer = factories.officer()
    assert holder(owner=Role.OFFICER, officer=officer) == whose.Holder(str(officer))
    with transaction.atomic():
        User.objects.filter(pk=officer.pk).update(is_active=False)
    officer.refresh_from_db()
    gone = holder(owner=Role.OFFICER, officer=officer)
    assert gone == whose.Holder("Nobody", "the case has no officer", nobody=True)


def test_the_pages_say_so(client: Client) -> None:
    case = factories.case()
    factories.clock_on(case, clock.now() - timedelta(hours=1), owner_role=Role.LEGAL)
    client.force_login(factories.lead())
    pages = (reverse("desk:today"), reverse("desk:overview", args=[case.pk]))
    for page in pages:
        assert "there is no force legal" in client.get(page).content.decode()
    accounts.user(Role.LEGAL)
    for page in pages:
        html = client.get(page).content.decode()
        assert "there is no force legal" not in html
        assert "Force legal" in html
    with transaction.atomic():
        Case.objects.filter(pk=case.pk).update(officer=None)
    factories.clock_on(case, clock.now(), owner_role=Role.OFFICER, kind="lodge")
    for page in pages:
        assert "the case has no officer" in client.get(page).content.decode()
