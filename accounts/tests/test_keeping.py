"""An administrator opens, changes and closes the accounts of the own force, and no others."""

import re
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from accounts import actions, passwords, queries
from accounts.models import Organisation, Rank, User
from accounts.policy import Denied
from accounts.roles import Role
from accounts.tests import factories
from audit.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_hashes")]
NEW: dict[str, Any] = {"username": "p.mockley", "name": "Priya Mockley", "role": Role.OFFICER}
PHRASE = "a made-up pass phrase"


@pytest.fixture
def admin() -> User:
    return factories.user(Role.FORCE_ADMINISTRATOR)


def events(user: User) -> list[tuple[str, str]]:
    found = Entry.objects.filter(kind="event", row_id=str(user.pk)).order_by("id")
    return [(entry.actor, entry.verb) for entry in found]


def test_a_new_account_is_of_the_own_force_and_has_no_password(admin: User) -> None:
    user = actions.add_account(by=admin, unit=factories.unit(), **NEW)
    assert (user.force, user.unit, user.is_active) == (admin.force, factories.unit(), True)
    assert not user.has_usable_password()
    assert events(user) == [(admin.username, "add_account")]


def test_an_advocate_is_of_an_organisation(admin: User) -> None:
    facts = NEW | {"role": Role.ADVOCATE}
    first = actions.add_account(by=admin, organisation="Sample  Aid", **facts)
    again = actions.add_account(
        by=admin, organisation="sample aid", **(facts | {"username": "second"})
    )
    assert first.organisation == again.organisation == Organisation.objects.get()
    assert (first.force, first.unit) == (None, None)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"username": "P Mockley"}, "username"),
        ({"username": "x"}, "username"),
        ({"username": "officer.ts"}, "username"),
        ({"username": "OFFICER.TS"}, "username"),
        ({"name": ""}, "name"),
        ({"role": Role.CLOCK}, "role"),
        ({"role": "king"}, "role"),
        ({"role": Role.AUTHORISING_OFFICER, "rank": Rank.INSPECTOR}, "rank"),
        ({"role": Role.ADVOCATE}, "organisation"),
        ({"is_demonstration": True}, "is_demonstration"),
    ],
)
def test_what_does_not_go_together_is_refused(
    admin: User, facts: dict[str, Any], field: str
) -> None:
    factories.user()
    with pytest.raises(ValidationError) as no, transaction.atomic():
        actions.add_account(by=admin, **(NEW | facts))
    assert field in no.value.message_dict
    assert User.objects.count() == 2


def test_a_unit_or_a_manager_of_another_force_is_refused(admin: User) -> None:
    theirs = factories.other_force()
    for facts in ({"unit": factories.unit(theirs)}, {"line_manager": factories.user(of=theirs)}):
        with pytest.raises(ValidationError, match="Select one of your own force"):
            actions.add_account(by=admin, **NEW, **facts)


def test_nobody_is_their_own_manager(admin: User) -> None:
    user = factories.user(username="alone")
    with pytest.raises(ValidationError) as no, transaction.atomic():
        actions.edit_account(user, by=admin, line_manager=user)
    assert "line_manager" in no.value.message_dict


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CLOCK, Role.FORCE_ADMINISTRATOR}))
def test_nobody_else_may(role: Role) -> None:
    other = factories.user(role, username="asks")
    user = factories.user(username="asked")
    for act in (actions.close_account, actions.reopen_account, actions.invite):
        with pytest.raises(Denied):
            act(user, by=other)
    with pytest.raises(Denied):
        actions.add_account(by=other, **NEW)
    with pytest.raises(Denied):
        actions.edit_account(user, by=other, name="X")
    with pytest.raises(Denied):
        queries.kept_by(other)


def test_another_forces_account_is_not_hers_to_keep(admin: User) -> None:
    theirs = factories.user(of=factories.other_force())
    advocate = factories.user(Role.ADVOCATE)
    assert set(queries.kept_by(admin)) == {admin, advocate}
    for act in (actions.close_account, actions.reopen_account, actions.invite):
        with pytest.raises(Denied):
            act(theirs, by=admin)
    theirs.refresh_from_db()
    assert theirs.is_active
    assert events(theirs) == []


def test_an_advocate_whom_another_force_keeps_is_not_hers_either(admin: User) -> None:
    """An advocate has clients in many forces: one force's administrator must not become her."""
    theirs = factories.user(Role.ADVOCATE, of=factories.other_force())
    assert theirs not in queries.kept_by(admin)
    for act in (actions.close_account, actions.reopen_account, actions.invite):
        with pytest.raises(Denied):
            act(theirs, by=admin)
    with pytest.raises(Denied):
        actions.edit_account(theirs, by=admin, name="X")
    ours = actions.add_account(
        by=admin, organisation="Advice here", **(NEW | {"role": Role.ADVOCATE})
    )
    assert ours.keeping_force_id == admin.force_id
    assert ours in queries.kept_by(admin)


@pytest.mark.parametrize(
    ("before", "after"), [(Role.ADVOCATE, Role.OFFICER), (Role.OFFICER, Role.ADVOCATE)]
)
def test_nobody_becomes_or_ceases_to_be_an_advocate(admin: User, before: Role, after: Role) -> None:
    user = factories.user(before)
    with pytest.raises(ValidationError, match="stays one"):
        actions.edit_account(user, by=admin, role=after, organisation="Advice here")
    user.refresh_from_db()
    assert user.role == before


def test_closing_ends_sessions_and_keys_and_leaves_the_log(admin: User, client: Client) -> None:
    user = factories.user()
    client.force_login(user)
    assert client.get("/caseload/").status_code == 200
    actions.close_account(user, by=admin)
    assert client.get("/caseload/").status_code == 302
    assert [verb for _, verb in events(user)] == ["close_account", "revoke_tokens"]
    actions.reopen_account(user, by=admin)
    user.refresh_from_db()
    assert user.is_active


def test_nobody_locks_herself_out(admin: User) -> None:
    with pytest.raises(ValidationError, match="your own account"):
        actions.close_account(admin, by=admin)
    with pytest.raises(ValidationError, match="your own role"):
        actions.edit_account(admin, by=admin, role=Role.PROFESSIONAL_STANDARDS)
    admin.refresh_from_db()
    assert (admin.is_active, admin.role) == (True, Role.FORCE_ADMINISTRATOR)


def test_another_role_counts_at_once_and_both_are_in_the_log(admin: User) -> None:
    user = factories.user()
    actions.edit_account(user, by=admin, role=Role.CONTROL_ROOM)
    entry = Entry.objects.get(verb="edit_account")
    assert (entry.details["before"], entry.details["after"]) == ("officer", "control_room")


def choose(link: str, first: str, again: str = "") -> Any:
    browser = Client()
    page = browser.get(link, follow=True)
    assert page.status_code == 200
    address = page.redirect_chain[-1][0] if page.redirect_chain else link
    typed = {"new_password1": first, "new_password2": again or first}
    return browser.post(address, typed)


def test_a_link_lets_a_person_choose_a_password_once(admin: User) -> None:
    user = actions.invite(actions.add_account(by=admin, **NEW), by=admin)
    link = passwords.path_of_link(user)
    assert "at least 12 characters" in choose(link, "short").content.decode()
    assert choose(link, PHRASE)["Location"] == "/accounts/login/"
    user.refresh_from_db()
    assert user.check_password(PHRASE)
    assert ("p.mockley", "choose_password") in events(user)
    assert PHRASE not in str(list(Entry.objects.values_list("details", flat=True)))
    used = Client().get(link, follow=True).content.decode()
    assert "This link does not work" in used


def test_the_next_link_ends_the_one_before(admin: User) -> None:
    user = actions.invite(actions.add_account(by=admin, **NEW), by=admin)
    older = passwords.path_of_link(user)
    newer = passwords.path_of_link(actions.invite(user, by=admin))
    assert "This link does not work" in Client().get(older, follow=True).content.decode()
    assert choose(newer, PHRASE)["Location"] == "/accounts/login/"


def test_a_password_is_not_the_user_name(admin: User) -> None:
    user = actions.invite(
        actions.add_account(by=admin, **NEW | {"username": "priya.mockley.testshire"}), by=admin
    )
    answer = choose(passwords.path_of_link(user), "priya.mockley.testshire")
    assert answer.status_code == 200
    assert "too similar to the username" in answer.content.decode()


def test_a_link_of_a_closed_account_does_not_work(admin: User) -> None:
    user = actions.add_account(by=admin, **NEW)
    link = passwords.path_of_link(user)
    actions.close_account(user, by=admin)
    assert "This link does not work" in Client().get(link, follow=True).content.decode()
    with pytest.raises(ValidationError, match="closed"):
        actions.invite(user, by=admin)


@pytest.mark.parametrize("path", ["x/y/", "eA/set-password/", "%00/a-b/", "w7w/a-b/"])
def test_a_link_that_nobody_made_does_not_work(path: str) -> None:
    answer = Client().get(f"/accounts/choose/{path}")
    assert answer.status_code in (200, 400)
    assert answer.status_code == 400 or "does not work" in answer.content.decode()


def test_the_first_administrator_comes_from_a_command() -> None:
    factories.force()
    out = StringIO()
    call_command("add_administrator", "TS", "a.first", "Ann First", stdout=out)
    user = User.objects.get(username="a.first")
    assert user.role == Role.FORCE_ADMINISTRATOR
    assert events(user) == [("command:add_administrator", "add_account")]
    assert re.fullmatch(r"/accounts/choose/[\w-]+/[\w-]+/", link := out.getvalue().strip())
    assert choose(link, PHRASE).status_code == 302
    with pytest.raises(CommandError, match="There is no force XX"):
        call_command("add_administrator", "XX", "b", "B")
    with pytest.raises(CommandError, match="taken"):
        call_command("add_administrator", "TS", "a.first", "Ann First")
