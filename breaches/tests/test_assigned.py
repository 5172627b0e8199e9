"""Whoever a breach is given to is told so, has its clocks, and is who their alerts go to."""

from datetime import timedelta

import pytest

from accounts import actions as keeping
from accounts.models import User
from accounts.roles import Role
from accounts.tests import factories as accounts
from alerts import addressing, sweep
from alerts.ladders import LEADS
from alerts.models import Alert, Message
from breaches import lifecycle
from breaches.models import Breach
from breaches.tests import factories
from casework import clock
from casework.models import Deadline
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


def mine(user: User, breach: Breach) -> set[str]:
    """The kinds of the breach's clocks that wait for this reader."""
    rows = desk.my_clocks(user).filter(about_id=breach.pk)
    return set(rows.filter(desk.waiting_for(user)).values_list("kind", flat=True))


def test_the_officer_is_told_and_has_its_clocks(breach: Breach, given: User) -> None:
    officer = breach.case.officer
    assert officer is not None
    assert (mine(given, breach), mine(officer, breach)) == (set(), CLOCKS)
    lifecycle.assign(breach, by=factories.lead(), officer=given)
    assert (mine(given, breach), mine(officer, breach)) == (CLOCKS, set())
    assert desk.my_clocks(officer).filter(about_id=breach.pk, kind__in=CLOCKS).count() == 2
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
        Deadline.objects.filter(about_id=breach.pk, done_at=None, officer=officer).values_list(
            "kind", flat=True
        )
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
