"""Which entry of the service navigation a page belongs to; by which force a list is read."""

from uuid import uuid4

import pytest

from accounts import policy
from accounts.models import Unit, User
from accounts.roles import Permission, Role
from casework import frame
from casework.models import Deadline


@pytest.mark.parametrize(
    ("place", "role", "in_case", "marked"),
    [
        ("breaches:list", Role.STALKING_LEAD, False, "breaches:list"),
        ("breaches:detail", Role.STALKING_LEAD, True, "breaches:list"),
        ("notifications:duty", Role.OFFENDER_MANAGER, True, "notifications:due"),
        (
            "orders:service",
            Role.STALKING_LEAD,
            True,
            "desk:caseload",
        ),  # order check is not a list of cases
        ("desk:history", Role.STALKING_LEAD, True, "desk:caseload"),
        ("breaches:detail", Role.AUDITOR, True, "desk:caseload"),  # has no list of breaches
        ("desk:history", Role.STALKING_LEAD, False, ""),
    ],
)
def test_the_entry_that_is_marked(place: str, role: Role, in_case: bool, marked: str) -> None:
    assert frame.service_place(place, User(role=role), in_case=in_case) == marked


@pytest.mark.parametrize("role", [Role.OFFICER, Role.STALKING_LEAD, Role.AUDITOR])
def test_a_list_of_one_force_is_read_by_the_force_of_its_rows(role: Role) -> None:
    """So that the index serves which begins with it."""
    reader = User(role=role, force_id="X23000001", unit=Unit(pk=uuid4()))
    sql = str(policy.visible(reader, Deadline.objects.all()).query)
    assert '"casework_deadline"."force_id" = X23000001' in sql


def test_who_reads_across_forces_is_not_narrowed() -> None:
    reader = User(role=Role.STALKING_LEAD, force_id="X23000001")
    sql = str(policy.visible(reader, Deadline.objects.all(), Permission.REPORT_BREACH).query)
    assert '"casework_deadline"."force_id" =' not in sql
