"""No account that reads where protected people are is opened or moved unnoticed."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts import actions, queries
from accounts.models import AccountChange, User
from accounts.policy import Denied
from accounts.roles import OPENS_VAULT, TAKE_TWO, Role
from accounts.tests import factories
from alerts import addressing, wording
from alerts.models import Alert
from audit.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_hashes")]
NEW: dict[str, Any] = {"username": "p.mockley", "name": "Priya Mockley"}
PHRASE = "a made-up pass phrase"
K, S = AccountChange.Kind, AccountChange.Status


@pytest.fixture
def admin() -> User:
    return factories.user(Role.FORCE_ADMINISTRATOR)


@pytest.fixture
def watchers() -> set[User]:
    return {factories.user(Role.STALKING_LEAD), factories.user(Role.PROFESSIONAL_STANDARDS)}


def puppet(admin: User, **facts: Any) -> User:
    facts = NEW | {"role": Role.OFFICER, "unit": factories.unit()} | facts
    return actions.add_account(by=admin, **facts)


def shown() -> list[tuple[str, str]]:
    rows = AccountChange.objects.filter(status=S.DONE).order_by("asked_at")
    return [(row.kind, row.role) for row in rows]


def alerts() -> list[Alert]:
    return list(Alert.objects.filter(kind="account_opened").order_by("created_at"))


def test_who_opens_one_is_told_of(admin: User, watchers: set[User], client: Client) -> None:
    user = puppet(admin)
    assert user.is_active, "nobody new waits for a second person"
    assert shown() == [(K.OPEN, Role.OFFICER)]
    addressing.run()
    (alert,) = alerts()
    assert {message.user for message in alert.messages.all()} == watchers
    for said in (alert.title, wording.subject(alert), wording.body(wording.subject(alert), alert)):
        assert "Mockley" not in said
    for watcher in watchers:
        client.force_login(watcher)
        page = client.get(alert.path).content.decode()
        for said in (
            "What was done to an account",
            "Priya Mockley",
            str(admin),
            str(factories.unit()),
            "It was opened",
        ):
            assert said in page, said
    client.force_login(admin)
    assert "Priya Mockley: it was opened" in client.get("/administration/changes/").content.decode()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CLOCK} - OPENS_VAULT))
def test_what_reads_no_vault_is_no_news(admin: User, role: Role) -> None:
    facts = {"unit": None, "organisation": "Sample Aid"} if role is Role.ADVOCATE else {}
    puppet(admin, role=role, rank="superintendent", **facts)
    assert alerts() == []


def test_those_who_watch_for_another_force_are_not_told(admin: User, client: Client) -> None:
    puppet(admin)
    other = factories.user(Role.STALKING_LEAD, of=factories.other_force())
    client.force_login(other)
    assert client.get(alerts()[0].path).status_code == 404
    client.force_login(factories.user())
    assert client.get(alerts()[0].path).status_code == 404, "an officer is no watcher"


def test_another_role_that_reads_it_and_an_account_opened_again_are_told_of(admin: User) -> None:
    user = puppet(admin, role=Role.CONTROL_ROOM)
    actions.edit_account(user, by=admin, role=Role.OFFICER)
    actions.close_account(user, by=admin)
    actions.reopen_account(user, by=admin)
    assert shown() == [(K.ROLE, Role.OFFICER), (K.OPEN, Role.OFFICER)]


def test_a_move_of_what_nobody_used_is_told_of(admin: User) -> None:
    user, other = puppet(admin), actions.add_unit(by=admin, name="North CID")
    actions.edit_account(user, by=admin, unit=other)
    actions.edit_account(user, by=admin, title="DC")
    actions.edit_account(user, by=admin, unit=None)
    assert [kind for kind, _ in shown()] == [K.OPEN, K.UNIT]
    assert AccountChange.objects.get(kind=K.UNIT).unit == other


@pytest.mark.parametrize("role", [Role.STALKING_LEAD, Role.PROFESSIONAL_STANDARDS])
def test_a_move_of_what_somebody_uses_takes_two(
    admin: User, watchers: set[User], role: Role
) -> None:
    user, other = puppet(admin), actions.add_unit(by=admin, name="North CID")
    actions.choose_password(actions.invite(user, by=admin), PHRASE)
    actions.edit_account(user, by=admin, unit=other, title="DC")
    user.refresh_from_db()
    assert (user.unit, user.title) == (factories.unit(), "DC"), "the other facts do not wait"
    change = AccountChange.objects.get(status=S.WAITING)
    assert (change.kind, change.unit) == (K.UNIT, other)
    assert {*queries.who_can_confirm(change)} == watchers
    with pytest.raises(Denied):
        actions.confirm_change(change, by=admin)
    actions.confirm_change(change, by=factories.user(role))
    user.refresh_from_db()
    assert user.unit == other
    assert user.check_password(PHRASE), "it is still the same person's account"
    assert [a for a in alerts() if "another unit" in a.title], (
        "two who act together are told of too"
    )


def test_a_lead_answers_a_move_and_nothing_else(admin: User, client: Client) -> None:
    lead = factories.user(Role.STALKING_LEAD)
    user, other = puppet(admin), actions.add_unit(by=admin, name="North CID")
    actions.choose_password(user, PHRASE)
    actions.edit_account(user, by=admin, unit=other)
    actions.edit_account(user, by=admin, email="else@police.invalid")
    client.force_login(lead)
    move = AccountChange.objects.get(kind=K.UNIT)
    address = AccountChange.objects.get(kind=K.EMAIL)
    assert client.post(f"/administration/changes/{address.pk}/confirm-change/").status_code == 403
    assert client.post(f"/administration/changes/{move.pk}/confirm-change/").status_code == 302
    user.refresh_from_db()
    assert user.unit == other
    assert client.get("/administration/changes/").status_code == 403


def test_who_opened_it_and_makes_the_link_leaves_that(admin: User) -> None:
    second = factories.user(Role.FORCE_ADMINISTRATOR, username="second.ts")
    user = actions.invite(puppet(admin), by=second)
    assert K.LINK not in [kind for kind, _ in shown()], "another one made it"
    actions.invite(user, by=admin)
    assert shown()[-1] == (K.LINK, Role.OFFICER)
    assert "whoever opened it" in alerts()[-1].title
    events = Entry.objects.filter(kind="event", verb="invite").order_by("id")
    assert [entry.details.get("opened_by_the_same", False) for entry in events] == [False, True]


def test_what_takes_two_is_told_of_by_its_own_way(admin: User) -> None:
    for role in sorted(OPENS_VAULT & TAKE_TWO):
        puppet(admin, role=role, username=f"new.{role}"[:20])
    assert shown() == []
    with pytest.raises(ValidationError):
        actions.edit_account(admin, by=admin, role=Role.OFFICER)
