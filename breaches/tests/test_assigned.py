"""Whoever a breach is given to is told so, has its clocks, and is who their alerts go to."""

from datetime import timedelta
from uuid import UUID

import pytest

from accounts import actions as keeping
from accounts import policy
from accounts.models import User
from accounts.roles import Permission, Role
from accounts.tests import factories as accounts
from alerts import addressing, sweep
from alerts.ladders import LEADS
from alerts.models import Alert, Message
from applications import lifecycle as applications
from breaches import lifecycle
from breaches.models import Breach
from breaches.tests import factories
from casework import clock
from casework.models import Deadline
from contact.models import Matter
from desk import queries as desk

pytestmark = pytest.mark.django_db
CLOCKS = {"tell_protected_person", "decide_breach"}


@pytest.fixture(scope="module")
def acknowledged(shared: None) -> Breach:
    return factories.acknowledged()


@pytest.fixture
def breach(acknowledged: Breach) -> Breach:
    return Breach.objects.get(pk=acknowledged.pk)


@pytest.fixture
def given() -> User:
    """An officer of another unit than the case's."""
    unit = accounts.unit(name="CID unit")
    return accounts.user(
        Role.OFFICER, username="officer.cid", unit=unit, email="cid@testham.example"
    )


def abouts(breach: Breach) -> list[UUID]:
    """The breach, and what is to be told of it: what its clocks are about."""
    return [breach.pk, *Matter.objects.filter(about_id=breach.pk).values_list("pk", flat=True)]


def mine(user: User, breach: Breach) -> set[str]:
    """The kinds of the breach's clocks that wait for this reader."""
    rows = desk.my_clocks(user).filter(about_id__in=abouts(breach))
    return set(rows.filter(desk.waiting_for(user)).values_list("kind", flat=True))


def test_the_officer_is_told_and_has_its_clocks(breach: Breach, given: User) -> None:
    officer = breach.case.officer
    assert officer is not None
    assert (mine(given, breach), mine(officer, breach)) == (set(), CLOCKS)
    lifecycle.assign(breach, by=factories.lead(), officer=given)
    assert (mine(given, breach), mine(officer, breach)) == (CLOCKS, set())
    assert desk.my_clocks(officer).filter(about_id__in=abouts(breach), kind__in=CLOCKS).count() == 2
    alert = Alert.objects.get(kind="breach_assigned")
    assert (alert.path, alert.late) == (f"/breaches/{breach.pk}/", False)
    addressing.run()
    assert {m.user for m in Message.objects.filter(alert=alert)} == {given}
    shown = {row.kind: row.officer for row in desk.clocks_of(breach.case) if row.kind in CLOCKS}
    assert set(shown.values()) == {given}


def test_its_late_clocks_climb_to_that_officer(breach: Breach, given: User) -> None:
    lifecycle.assign(breach, by=factories.lead(), officer=given)
    sweep.run(at=clock.now() + timedelta(hours=24, minutes=1))
    addressing.run()
    late = Alert.objects.filter(deadline__kind="decide_breach", late=True, rung=1)
    told = set(Message.objects.filter(alert__in=late).values_list("user", flat=True))
    assert given.pk in told
    assert breach.case.officer_id not in told


def test_who_assigns_it_to_themselves_is_not_told(breach: Breach) -> None:
    officer = factories.officer()
    lifecycle.assign(breach, by=officer, officer=officer)
    assert not Alert.objects.filter(kind="breach_assigned").exists()
    assert set(
        Deadline.objects.filter(
            about_id__in=abouts(breach), done_at=None, officer=officer
        ).values_list("kind", flat=True)
    ) == (CLOCKS)


def test_when_that_officer_leaves_the_clocks_go_back_and_a_lead_hears_of_it(
    breach: Breach, given: User
) -> None:
    admin, officer = accounts.user(Role.FORCE_ADMINISTRATOR), breach.case.officer
    assert officer is not None
    lifecycle.assign(breach, by=factories.lead(), officer=given)
    keeping.close_account(given, by=admin)
    assert (mine(given, breach), mine(officer, breach)) == (set(), CLOCKS)
    alert = Alert.objects.get(kind="breach_without_officer")
    assert (alert.recipients, alert.path) == (LEADS, f"/breaches/{breach.pk}/assign/")
    keeping.reopen_account(given, by=admin)
    assert mine(given, breach) == CLOCKS
    keeping.close_account(given, by=admin)
    assert Alert.objects.filter(kind="breach_without_officer").count() == 2


def test_when_that_officer_leaves_a_decided_breach_what_is_to_be_told_of_it_goes_back(
    breach: Breach, given: User
) -> None:
    """Whose account is closed, and whom a restricted case does not name."""
    admin, officer = accounts.user(Role.FORCE_ADMINISTRATOR), breach.case.officer
    assert officer is not None
    told = {"tell_protected_person"}
    lifecycle.assign(breach, by=factories.lead(), officer=given)
    lifecycle.decide(breach, by=factories.lead(), outcome="charged", note="The points are proved")
    assert mine(given, breach) >= told
    keeping.close_account(given, by=admin)
    assert (mine(given, breach), mine(officer, breach) >= told) == (set(), True)
    keeping.reopen_account(given, by=admin)
    assert mine(given, breach) >= told
    restrict(breach, officer)
    assert (mine(given, breach), mine(officer, breach) >= told) == (set(), True)
    assert not Alert.objects.filter(kind="breach_without_officer").exists(), "it is decided"


def restrict(breach: Breach, *named: User) -> None:
    applications.restrict_case(
        breach.case, by=factories.lead(), reason="Known here", named=list(named)
    )


def test_where_the_case_is_restricted_from_that_officer_the_clocks_go_back_and_a_lead_hears_of_it(
    breach: Breach, given: User
) -> None:
    officer, lead = breach.case.officer, factories.lead()
    assert officer is not None
    lifecycle.assign(breach, by=lead, officer=given)
    restrict(breach, officer)
    assert (mine(given, breach), mine(officer, breach)) == (set(), CLOCKS)
    alert = Alert.objects.get(kind="breach_without_officer")
    addressing.run()
    assert {m.user for m in Message.objects.filter(alert=alert)} == {lead}
    restrict(breach, officer, lead)
    assert Alert.objects.filter(kind="breach_without_officer").count() == 1
    restrict(breach, officer, given)
    assert (mine(given, breach), mine(officer, breach)) == (CLOCKS, set())
    restrict(breach, officer)
    assert mine(given, breach) == set()
    applications.lift_restriction(breach.case, by=lead, reason="It is known now")
    assert mine(given, breach) == CLOCKS
    assert policy.can(given, Permission.ANSWER_BREACH, breach)


def test_an_account_that_is_opened_again_gets_no_clock_of_a_case_that_is_closed_to_it(
    breach: Breach, given: User
) -> None:
    admin, officer = accounts.user(Role.FORCE_ADMINISTRATOR), breach.case.officer
    assert officer is not None
    lifecycle.assign(breach, by=factories.lead(), officer=given)
    keeping.close_account(given, by=admin)
    restrict(breach, officer)
    keeping.reopen_account(given, by=admin)
    assert Deadline.objects.filter(about_id=breach.pk, officer=given).count() == 0


def test_the_ladder_means_the_officer_in_the_case_where_the_clocks_own_may_not_see_it(
    breach: Breach, given: User
) -> None:
    """Whatever put them out: here the clock was not given back."""
    officer = breach.case.officer
    assert officer is not None
    lifecycle.assign(breach, by=factories.lead(), officer=given)
    restrict(breach, officer)
    Deadline.objects.filter(about_id=breach.pk).update(officer=given)
    sweep.run(at=clock.now() + timedelta(hours=22, minutes=1))
    addressing.run()
    alert = Alert.objects.get(deadline__kind="decide_breach", rung=0)
    assert {m.user for m in Message.objects.filter(alert=alert)} == {officer}
    assert (alert.nobody, alert.missing) == (False, "")
