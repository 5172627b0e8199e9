"""Advocates, and clients who agreed: made by the acts."""

from datetime import date, timedelta
from typing import Any

from accounts.models import User
from accounts.roles import Role
from accounts.tests import factories as accounts
from advocates import lifecycle
from advocates.models import Consent
from casework import clock
from casework.models import PROTECTED_ROLES, Case
from people.models import Person

HOST = "advocates.localhost"


def advocate(username: str = "advocate", **facts: Any) -> User:
    return accounts.user(Role.ADVOCATE, username=username, **facts)


def officer(case: Case) -> User:
    return accounts.user(of=case.force)


def client_of(case: Case) -> Person:
    """The first protected person of a case."""
    party = case.parties.filter(role__in=PROTECTED_ROLES).select_related("person").first()
    assert party
    return party.person


def consent(
    case: Case, *, to: User | None = None, until: date | None = None, **facts: Any
) -> Consent:
    """The client agreed today, for 30 days, unless said otherwise."""
    given: dict[str, Any] = {
        "person": client_of(case),
        "advocate": to or advocate(),
        "given_on": clock.today(),
        "valid_until": until or clock.today() + timedelta(days=30),
        "how": "By telephone to the officer in the case",
    }
    return lifecycle.record_consent(case, by=officer(case), **(given | facts))
