"""What a report says of a place that the vault holds is read by those who may read the vault."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import GRANTS, SCOPES, Permission, Role, Scope
from accounts.tests import factories as accounts
from audit.models import Entry
from breaches.models import Breach
from breaches.tests import factories
from casework.models import PROTECTED_ROLES
from documents.masking import KEPT
from people.tests import factories as people

pytestmark = pytest.mark.django_db
HOME = "Flat 3, 41 Zelkova Lane, Canaryford, ZZ4 1QZ"
SEES_CASES = [
    role
    for role in Role
    if role is not Role.CLOCK
    and SCOPES[role] is Scope.FORCE
    and Permission.VIEW_CASE in GRANTS[role]
]


@pytest.fixture
def breach() -> Breach:
    breach = factories.reported(what_happened="He rang at 41 Zelkova Ln.", place="Zelkova Lane")
    party = breach.case.parties.get(role__in=PROTECTED_ROLES)
    people.confidential(party.person, factories.officer(breach.force), "home", HOME)
    return breach


def page_for(role: Role, breach: Breach) -> str:
    client = Client()
    client.force_login(accounts.user(role, of=breach.force))
    answer = client.get(reverse("breaches:detail", kwargs={"pk": breach.pk}))
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize("role", SEES_CASES)
def test_only_who_may_read_the_vault_reads_it_in_a_report(breach: Breach, role: Role) -> None:
    page = page_for(role, breach)
    may = Permission.VIEW_CONFIDENTIAL in GRANTS[role]
    assert ("elkova" in page) is may
    assert (KEPT in page) is not may


def test_there_are_roles_of_both_sorts() -> None:
    may = {Permission.VIEW_CONFIDENTIAL in GRANTS[role] for role in SEES_CASES}
    assert may == {True, False}


def test_an_innocent_report_is_read_by_all(breach: Breach) -> None:
    other = factories.reported(breach.order, what_happened="He sent four payments of 1p.")
    page = page_for(Role.AUDITOR, other)
    assert "He sent four payments of 1p." in page
    assert KEPT not in page


def test_the_log_that_never_forgets_does_not_have_the_words(breach: Breach) -> None:
    rows = Entry.objects.filter(table="breaches_breach", row_id=str(breach.pk))
    assert rows.exists()
    assert not [row for row in Entry.objects.all() if "elkova" in str(row.details)]
