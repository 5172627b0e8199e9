"""An officer leaves, or has other work now: somebody must find another one for each open case."""

import pytest

from accounts import actions as keeping
from accounts.models import AccountChange, User
from accounts.roles import Role
from accounts.tests import factories as accounts
from applications.tests import factories
from casework.models import Case, Deadline
from spo_cases.standing_of_cases import misassigned

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(shared: None) -> dict[str, Case]:
    officer = factories.officer()
    declined = factories.request()
    factories.lifecycle.decide_request(declined, by=officer, **factories.DECLINE)
    return {"open": factories.request().case, "over": declined.case}


@pytest.fixture
def admin() -> User:
    return accounts.user(Role.FORCE_ADMINISTRATOR)


def asked(case: Case) -> list[tuple[str, str]]:
    """The kinds and owners of what the case asks of a lead or of its officer."""
    rows = Deadline.objects.filter(case=case, done_at=None).order_by("kind")
    return list(rows.values_list("kind", "owner_role"))


NOBODYS = [("assign_case", "stalking_lead"), ("decide_request", "stalking_lead")]
HIS = [("decide_request", "officer")]


def test_a_closed_account_has_no_case(made: dict[str, Case], admin: User) -> None:
    case, officer = made["open"], factories.officer()
    assert asked(case) == HIS
    keeping.close_account(officer, by=admin)
    assert asked(case) == NOBODYS
    assert not Deadline.objects.filter(case=made["over"], kind="assign_case").exists()
    assert list(misassigned()) == []
    keeping.reopen_account(officer, by=admin)
    assert asked(case) == HIS
    assert list(misassigned()) == []


def test_nor_has_one_whose_role_works_on_no_case(made: dict[str, Case], admin: User) -> None:
    case, officer = made["open"], factories.officer()
    keeping.edit_account(officer, by=admin, role=Role.CONTROL_ROOM)
    assert asked(case) == NOBODYS
    keeping.edit_account(officer, by=admin, role=Role.OFFICER)
    assert asked(case) == HIS


def test_a_role_that_was_confirmed_counts_too(made: dict[str, Case], admin: User) -> None:
    case, officer = made["open"], factories.officer()
    keeping.edit_account(officer, by=admin, role=Role.PROFESSIONAL_STANDARDS)
    assert asked(case) == HIS
    change = AccountChange.objects.get(account=officer)
    keeping.confirm_change(change, by=accounts.user(Role.DATA_PROTECTION_OFFICER))
    assert asked(case) == NOBODYS


def test_reconciling_finds_a_case_whose_officer_left_past_the_acts(made: dict[str, Case]) -> None:
    User.objects.filter(pk=factories.officer().pk).update(is_active=False)
    assert list(misassigned()) == [made["open"]]
