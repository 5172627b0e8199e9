"""How somebody may be reached safely is for those who work with the person, on every page and in no log."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import GRANTS, Permission, Role
from accounts.tests import factories as accounts
from advocates.tests import factories
from applications import lifecycle
from audit.models import Entry
from breaches.models import Breach
from breaches.tests import factories as breaches
from contact.models import Matter

pytestmark = pytest.mark.django_db
RULE = "Only the Thursday call from the library of Testham"
READERS = [role for role in Role if Permission.VIEW_CASE in GRANTS[role] and role != Role.CLOCK]
WORK_WITH_HER = {Role.OFFICER, Role.STALKING_LEAD}


@pytest.fixture
def breach() -> Breach:
    """A breach in a case whose protected person has said how to reach her."""
    reported = breaches.acknowledged()
    agree(reported)
    return reported


def agree(breach: Breach, rule: str = RULE) -> None:
    case = breach.case
    person = factories.client_of(case)
    by = factories.officer(case)
    lifecycle.agree_safe_contact(case, by=by, person=person, method="phone", rule=rule)


def pages_of(breach: Breach) -> list[str]:
    case = {"case": breach.case_id}
    return [
        reverse("applications:people", kwargs=case),
        reverse("advocates:contact", kwargs=case),
        reverse("breaches:detail", kwargs={"pk": breach.pk}),
    ]


@pytest.mark.parametrize("role", READERS)
def test_only_who_works_with_her_reads_the_rule(breach: Breach, role: Role) -> None:
    browser = Client()
    browser.force_login(accounts.user(role))
    for page in pages_of(breach):
        answer = browser.get(page)
        assert answer.status_code == 200, page
        shown = answer.content.decode()
        assert (RULE in shown) == (role in WORK_WITH_HER), page
        assert ("Ask the officer in the case before you do" in shown) != (role in WORK_WITH_HER)


def test_who_records_that_she_was_told_reads_it(breach: Breach) -> None:
    browser = Client()
    browser.force_login(factories.officer(breach.case))
    matter = Matter.objects.get(about_id=breach.pk)
    page = reverse("contact:tell", kwargs={"pk": matter.pk})
    assert RULE in browser.get(page).content.decode()


def test_no_log_has_the_rule(breach: Breach) -> None:
    agree(breach, "Another rule altogether")  # the old one is taken out, the new one written
    rows = Entry.objects.filter(table="people_safecontact")
    assert {row.verb for row in rows} == {"insert", "update"}
    assert all("method" in str(row.details) for row in rows)
    told = json.dumps(list(Entry.objects.values_list("details", flat=True)))
    assert RULE not in told
    assert "Another rule" not in told
