"""Whom a force's alerts reach: what is missing is said with what follows and the way to mend it."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse

from accounts import actions
from accounts.models import Force, Unit, User
from accounts.policy import Denied
from accounts.roles import Role
from accounts.tests import factories as accounts
from alerts import addressing, ladders
from alerts.models import Alert
from applications.models import Court
from audit.models import Entry
from desk import reach
from notifications.models import Station

pytestmark = pytest.mark.django_db
INBOX = "control.room@police.invalid"


@pytest.fixture
def admin() -> User:
    return accounts.user(Role.FORCE_ADMINISTRATOR)


def without_inbox(force: Force) -> None:
    with transaction.atomic():
        Force.objects.filter(pk=force.pk).update(duty_inbox="")
    force.refresh_from_db()


def staffed() -> Force:
    """A force in which nothing is missing."""
    lead = accounts.user(Role.STALKING_LEAD)
    accounts.user(line_manager=lead)
    for role, _ in reach.NEEDED:
        accounts.user(role)
    with transaction.atomic():
        Unit.objects.update(phone="01632 960 001", hours="day and night")
        Station.objects.create(force=accounts.force(), name="Testham")
    return accounts.force()


def missing(force: Force) -> dict[str, reach.Fact]:
    return {fact.what: fact for fact in reach.facts(force) if fact.follows}


def said(client: Client, name: str) -> str:
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_of_a_force_with_everything_nothing_is_missing(admin: User) -> None:
    assert missing(staffed()) == {}


def test_of_a_new_force_everything_is_missing_and_each_has_its_way(admin: User) -> None:
    without_inbox(accounts.force())
    with transaction.atomic():
        User.objects.filter(pk=admin.pk).update(unit=None)
        Unit.objects.all().delete()
    found = missing(accounts.force())
    roles = {role.called.capitalize() for role, _ in reach.NEEDED}
    others = {"Duty inbox", "Units", "Police stations"}
    assert found.keys() == roles | others | {"People who can confirm an account"}
    for fact in found.values():
        place, words = fact.mend
        assert words
        assert resolve(reverse(place)).func
    assert {what for what, fact in found.items() if fact.stops} == roles | {"Duty inbox"}


@pytest.mark.parametrize(
    ("change", "what", "stands"),
    [
        (
            lambda f: User.objects.filter(role="legal").update(is_active=False),
            "Force legal",
            "Nobody",
        ),
        (
            lambda f: User.objects.filter(role="stalking_lead").update(email=""),
            "Stalking lead",
            "1 account, without an email address",
        ),
        (
            lambda f: User.objects.filter(role="officer").update(unit=None),
            "Units of officers",
            "1 officer without one",
        ),
        (
            lambda f: User.objects.filter(role="stalking_lead").update(is_active=False),
            "Line managers of officers",
            "1 officer without one",
        ),
        (
            lambda f: Unit.objects.create(
                force=f, name="Night unit", phone="01632 960 002", hours="x"
            ),
            "Units with nobody in them",
            "Night unit",
        ),
        (
            lambda f: Unit.objects.update(phone="", hours=""),
            "Units without a number",
            "Stalking unit",
        ),
        (
            lambda f: [court.closings.create(force=f) for court in Court.objects.all()],
            "Courts in use",
            "None",
        ),
    ],
    ids=["role", "address", "unit", "line", "empty unit", "number", "courts"],
)
def test_each_thing_that_is_missing(admin: User, change: Any, what: str, stands: str) -> None:
    force = staffed()
    with transaction.atomic():
        change(force)
    assert missing(force)[what].stands == stands


def test_every_role_that_a_ladder_names_is_needed() -> None:
    rungs = [r for of in (ladders.CLOCKS, ladders.IMMEDIATE) for many in of.values() for r in many]
    words = {choice for rung in rungs for word in rung.to for choice in word.split("|")}
    named = {word.removeprefix("role:") for word in words if word.startswith("role:")}
    assert named <= {role for role, _ in reach.NEEDED}


def test_the_administrator_names_the_duty_inbox(client: Client, admin: User) -> None:
    without_inbox(accounts.force())
    client.force_login(admin)
    html = said(client, "desk:reach")
    assert "None is named" in html
    assert reverse("desk:name_duty_inbox") in html
    assert "do not reach everybody" in said(client, "desk:accounts")
    wrong = client.post(reverse("desk:name_duty_inbox"), {"duty_inbox": "no address"})
    assert wrong.status_code == 422
    assert 'value="no address"' in wrong.content.decode()
    answer = client.post(reverse("desk:name_duty_inbox"), {"duty_inbox": INBOX})
    assert answer["Location"] == reverse("desk:reach")
    assert Force.objects.get(pk=admin.force_id).duty_inbox == INBOX
    assert f'value="{INBOX}"' in said(client, "desk:name_duty_inbox")
    assert INBOX in said(client, "desk:reach")
    assert Entry.objects.filter(verb="name_duty_inbox", actor=admin.username).count() == 1


def test_a_program_names_it_too(client: Client, admin: User) -> None:
    client.force_login(admin)
    body = f'{{"duty_inbox": "{INBOX}"}}'
    url = "/api/forces/name-duty-inbox/"
    answer = client.post(url, body, content_type="application/json")
    assert answer.status_code in (200, 201), answer.content
    assert Force.objects.get(pk=admin.force_id).duty_inbox == INBOX
    client.post(url, "{}", content_type="application/json")
    assert Force.objects.get(pk=admin.force_id).duty_inbox == INBOX, "left out is not left empty"


def test_the_stalking_lead_hears_of_it_and_the_same_again_is_no_news(admin: User) -> None:
    lead = accounts.user(Role.STALKING_LEAD)
    for _ in range(2):
        actions.name_duty_inbox(by=admin, duty_inbox=INBOX)
    addressing.run()
    (alert,) = Alert.objects.filter(kind=ladders.ACCOUNT)
    assert set(alert.messages.values_list("address", flat=True)) == {lead.email}
    assert alert.path == reverse("desk:reach")


def test_only_who_keeps_the_accounts_names_it_and_no_wrong_one(admin: User) -> None:
    for role in sorted(set(Role) - {Role.CLOCK, Role.FORCE_ADMINISTRATOR}):
        with pytest.raises(Denied):
            actions.name_duty_inbox(by=accounts.user(role), duty_inbox=INBOX)
    with pytest.raises(ValidationError):
        actions.name_duty_inbox(by=admin, duty_inbox="no address")
    assert not Entry.objects.filter(verb="name_duty_inbox").exists()


def test_the_lead_reads_the_same_and_whom_to_ask(client: Client, admin: User) -> None:
    lead = accounts.user(Role.STALKING_LEAD)
    without_inbox(accounts.force())
    client.force_login(lead)
    first = said(client, "desk:today")
    assert "do not reach everybody" in first
    assert "Duty inbox: none is named" in first
    html = said(client, "desk:reach")
    assert "None is named" in html
    assert str(admin) in html
    assert reverse("desk:name_duty_inbox") not in html
    client.force_login(accounts.user())
    assert client.get(reverse("desk:reach")).status_code == 403
    assert "do not reach everybody" not in said(client, "desk:today")
