"""Which entry of the service navigation a page belongs to."""

import pytest

from accounts.models import User
from accounts.roles import Role
from casework import frame


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
