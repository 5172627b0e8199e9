"""A powerful role, and the way into an account that has one, take two people."""

import threading
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from accounts import actions, passwords, queries
from accounts.models import AccountChange, ApiToken, User
from accounts.policy import Denied
from accounts.roles import (
    CONFIRMERS,
    GRANTS,
    TAKE_TWO,
    WITHOUT_POWER,
    Permission,
    Role,
    Scope,
    takes_two,
)
from accounts.tests import factories
from accounts.tokens import hash_of
from alerts import addressing
from alerts.models import Alert
from audit.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_hashes")]
NEW: dict[str, Any] = {"username": "p.mockley", "name": "Priya Mockley"}
PHRASE = "a made-up pass phrase"
S = AccountChange.Status


@pytest.fixture
def admin() -> User:
    return factories.user(Role.FORCE_ADMINISTRATOR)


@pytest.fixture
def second() -> User:
    return factories.user(Role.FORCE_ADMINISTRATOR, username="second.ts")


def role_of(user: User) -> str:
    return User.objects.get(pk=user.pk).role


def is_open(user: User) -> bool:
    return User.objects.get(pk=user.pk).is_active


def waiting() -> AccountChange:
    return AccountChange.objects.get(status=S.WAITING)


POWERFUL = {  # every role, and why it takes two; "" where one person gives it
    Role.OFFICER: "",
    Role.AUTHORISING_OFFICER: "authorises, in the whole force",
    Role.LEGAL: "sees the whole force's cases, and lodges and results in them",
    Role.STALKING_LEAD: "sees, decides, assigns and restricts in the whole force",
    Role.OFFENDER_MANAGER: "sees the whole force's cases, and decides failures in them",
    Role.CONTROL_ROOM: "",
    Role.ADVOCATE: "",
    Role.ANALYST: "",
    Role.FORCE_ADMINISTRATOR: "keeps accounts",
    Role.AUDITOR: "reads the log",
    Role.DATA_PROTECTION_OFFICER: "reads the log, confirms accounts",
    Role.PROFESSIONAL_STANDARDS: "opens what is restricted",
}


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CLOCK}))
def test_what_decides_or_sees_more_than_an_officer_takes_two(role: Role) -> None:
    assert (role in TAKE_TWO) == bool(POWERFUL[role])


def test_the_rule_is_of_what_a_role_may_do_and_not_of_its_name() -> None:
    officers = GRANTS[Role.OFFICER]
    for permission in Permission:
        more = takes_two(officers | {permission}, Scope.UNIT, opens_restricted=False)
        assert more == (permission not in officers | WITHOUT_POWER), permission
    for scope in Scope:
        wider = takes_two(officers, scope, opens_restricted=False)
        assert wider == (scope in (Scope.FORCE, Scope.EVERYWHERE)), scope
    assert takes_two(frozenset(), Scope.NONE, opens_restricted=True)


@pytest.mark.parametrize("role", sorted(TAKE_TWO))
def test_a_powerful_role_works_when_a_second_person_confirms_it(
    admin: User, second: User, role: Role
) -> None:
    user = factories.user(rank="superintendent")
    actions.edit_account(user, by=admin, role=role, title="DI")
    user.refresh_from_db()
    assert (user.role, user.title) == (Role.OFFICER, "DI"), "the other facts do not wait"
    actions.confirm_change(waiting(), by=second)
    assert role_of(user) == role
    verbs = Entry.objects.filter(kind="event", table="accounts.accountchange").order_by("id")
    assert [(e.actor, e.verb) for e in verbs] == [
        (admin.username, "ask_to_confirm"),
        (second.username, "confirm_change"),
    ]


@pytest.mark.parametrize("role", sorted(set(Role) - TAKE_TWO - {Role.CLOCK, Role.ADVOCATE}))
def test_any_other_role_is_given_at_once(admin: User, role: Role) -> None:
    user = factories.user(rank="superintendent")
    actions.edit_account(user, by=admin, role=role)
    assert role_of(user) == role
    assert not AccountChange.objects.exists()


def test_a_power_is_taken_away_by_one(admin: User) -> None:
    lead = factories.user(Role.STALKING_LEAD)
    actions.edit_account(lead, by=admin, role=Role.OFFICER)
    assert role_of(lead) == Role.OFFICER


def test_who_asked_cannot_confirm_nor_refuse(admin: User) -> None:
    user = factories.user()
    actions.edit_account(user, by=admin, role=Role.PROFESSIONAL_STANDARDS)
    for act in (actions.confirm_change, actions.refuse_change):
        with pytest.raises(Denied, match="You asked"):
            act(waiting(), by=admin)
    assert role_of(user) == Role.OFFICER


def test_nor_can_the_person_whose_account_it_is(admin: User, second: User) -> None:
    actions.edit_account(second, by=admin, role=Role.PROFESSIONAL_STANDARDS)
    with pytest.raises(Denied, match="your own account"):
        actions.confirm_change(waiting(), by=second)
    assert role_of(second) == Role.FORCE_ADMINISTRATOR


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CLOCK}))
def test_only_those_who_watch_may_confirm(admin: User, role: Role) -> None:
    user = factories.user(username="asked.for")
    actions.edit_account(user, by=admin, role=Role.STALKING_LEAD)
    other = factories.user(role, username="answers")
    if role in CONFIRMERS:
        assert other in queries.who_can_confirm(waiting())
        actions.confirm_change(waiting(), by=other)
    else:
        with pytest.raises(Denied):
            actions.confirm_change(waiting(), by=other)
        with pytest.raises(Denied):
            queries.waiting_changes(other)
    assert (role_of(user) == Role.STALKING_LEAD) == (role in CONFIRMERS)


def test_another_force_confirms_nothing(admin: User) -> None:
    theirs = factories.user(Role.FORCE_ADMINISTRATOR, of=factories.other_force())
    actions.edit_account(factories.user(), by=admin, role=Role.AUDITOR)
    for act in (actions.confirm_change, actions.refuse_change, actions.withdraw_change):
        with pytest.raises(Denied):
            act(waiting(), by=theirs)
    assert list(queries.waiting_changes(theirs)) == []


def test_a_new_powerful_account_is_closed_until_it_is_confirmed(admin: User, second: User) -> None:
    user = actions.add_account(by=admin, role=Role.FORCE_ADMINISTRATOR, **NEW)
    assert not is_open(user)
    with pytest.raises(ValidationError, match="closed"):
        actions.invite(user, by=admin)
    with pytest.raises(ValidationError, match="waits already"):
        actions.reopen_account(user, by=admin)
    actions.confirm_change(waiting(), by=second)
    assert is_open(user)
    assert actions.invite(user, by=admin).invitations == 1, "its first link was agreed to with it"
    assert actions.invite(user, by=admin).invitations == 1, "the next one takes another answer"
    assert waiting().kind == "link"


def test_a_refused_one_stays_as_it_was(admin: User, second: User) -> None:
    user = actions.add_account(by=admin, role=Role.AUDITOR, **NEW)
    actions.refuse_change(waiting(), by=second)
    assert not is_open(user)
    change = AccountChange.objects.get()
    with pytest.raises(ValidationError, match="refused already"):
        actions.confirm_change(change, by=second)


def test_the_way_into_a_powerful_account_takes_two(admin: User, second: User) -> None:
    """A link makes its maker the person: alone, an administrator would read what is restricted."""
    standards = factories.user(Role.PROFESSIONAL_STANDARDS)
    assert actions.invite(standards, by=admin).invitations == 0
    with pytest.raises(ValidationError, match="waits already"):
        actions.invite(standards, by=admin)
    actions.confirm_change(waiting(), by=second)
    assert actions.invite(standards, by=second).invitations == 0, "it was not theirs to make"
    actions.withdraw_change(waiting(), by=second)
    assert actions.invite(standards, by=admin).invitations == 1
    assert actions.invite(standards, by=admin).invitations == 1, "once"


def test_a_confirmed_link_is_made_within_a_day(admin: User, second: User) -> None:
    standards = factories.user(Role.PROFESSIONAL_STANDARDS)
    actions.invite(standards, by=admin)
    actions.confirm_change(waiting(), by=second)
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert actions.invite(standards, by=admin).invitations == 0


def test_a_closed_powerful_account_is_opened_by_two(admin: User, second: User) -> None:
    lead = factories.user(Role.STALKING_LEAD)
    actions.choose_password(lead, PHRASE)
    actions.close_account(lead, by=admin)
    actions.reopen_account(lead, by=admin)
    assert not is_open(lead)
    actions.confirm_change(waiting(), by=second)
    assert is_open(lead)
    assert actions.invite(lead, by=admin).invitations == 0, "to open it is not to become the person"


@pytest.mark.parametrize("role", sorted(TAKE_TWO))
def test_a_power_begins_in_an_account_that_nobody_is_in(
    admin: User, second: User, role: Role, client: Client
) -> None:
    """Who kept a link, a password, a session or a key of an ordinary account has no power by it."""
    user = actions.add_account(by=admin, role=Role.OFFICER, rank="superintendent", **NEW)
    actions.choose_password(actions.invite(user, by=admin), PHRASE)
    client.force_login(user)
    until = timezone.now() + timedelta(days=9)
    key = actions.issue_token(user, label="Kept", valid_until=until, by=admin.username)
    kept = passwords.LINKS.make_token(user)
    actions.edit_account(user, by=admin, role=role)
    actions.confirm_change(waiting(), by=second)
    user.refresh_from_db()
    assert user.role == role
    assert not passwords.LINKS.check_token(user, kept)
    assert not user.check_password(PHRASE)
    assert client.get("/caseload/").status_code == 302
    assert ApiToken.objects.get(key_hash=hash_of(key)).revoked_by == second.username
    assert actions.invite(user, by=admin).invitations == 1, "a new link takes an answer of its own"


def test_a_kept_link_does_not_open_what_another_opened(admin: User, second: User) -> None:
    user = actions.invite(actions.add_account(by=admin, role=Role.OFFICER, **NEW), by=admin)
    kept = passwords.LINKS.make_token(user)
    actions.edit_account(user, by=admin, role=Role.STALKING_LEAD)
    actions.confirm_change(waiting(), by=second)
    user.refresh_from_db()
    assert not passwords.LINKS.check_token(user, kept)


def test_an_ordinary_account_opened_again_has_no_links(admin: User) -> None:
    user = actions.invite(actions.add_account(by=admin, role=Role.OFFICER, **NEW), by=admin)
    kept = passwords.LINKS.make_token(user)
    actions.close_account(user, by=admin)
    user = actions.reopen_account(user, by=admin)
    assert not passwords.LINKS.check_token(user, kept)


def test_what_was_agreed_to_for_another_role_makes_no_link(admin: User, second: User) -> None:
    user = factories.user()
    actions.choose_password(user, PHRASE)
    actions.invite(user, by=admin)
    actions.confirm_change(waiting(), by=second)
    actions.edit_account(user, by=admin, role=Role.STALKING_LEAD)
    actions.confirm_change(waiting(), by=second)
    assert actions.invite(user, by=admin).invitations == 0


@pytest.mark.parametrize("role", [Role.OFFICER, Role.CONTROL_ROOM, Role.ADVOCATE])
@pytest.mark.parametrize("by", ["password", "sign_in"])
def test_the_way_into_what_somebody_uses_takes_two(
    admin: User, second: User, role: Role, by: str
) -> None:
    user = factories.user(role)
    assert actions.invite(user, by=admin).invitations == 1, "nobody was ever in it"
    if by == "password":
        actions.choose_password(user, PHRASE)
    else:
        actions.record_sign_in(user)
    assert actions.invite(user, by=admin).invitations == 1
    alert = Alert.objects.get(kind="own_account_change")
    assert f"user:{user.pk}" in alert.recipients, "the person is told"
    actions.confirm_change(waiting(), by=second)
    assert actions.invite(user, by=admin).invitations == 2


def address_of(user: User) -> str:
    return User.objects.get(pk=user.pk).email


@pytest.mark.parametrize("by", ["password", "sign_in"])
def test_another_address_of_what_somebody_uses_takes_two(
    admin: User, second: User, by: str
) -> None:
    """Where the holder would be told of a link or of a power is not one administrator's to change."""
    user = actions.invite(factories.user(email="own@police.invalid"), by=admin)
    if by == "password":
        actions.choose_password(user, PHRASE)
    else:
        actions.record_sign_in(user)
    kept = passwords.LINKS.make_token(user)
    actions.edit_account(user, by=admin, email="other@police.invalid", title="DS")
    user.refresh_from_db()
    assert (user.email, user.title) == ("own@police.invalid", "DS"), "the other facts do not wait"
    with pytest.raises(ValidationError, match="waits already"):
        actions.edit_account(user, by=admin, email="third@police.invalid")
    alert = Alert.objects.get(kind="own_account_change")
    addressing.run()
    told = alert.messages.get(user=user, channel="email")
    assert told.address == "own@police.invalid", "the person is told where they were reached so far"
    assert passwords.LINKS.check_token(user, kept)
    actions.confirm_change(waiting(), by=second)
    user.refresh_from_db()
    assert user.email == "other@police.invalid"
    assert user.has_usable_password() == (by == "password"), "it takes nobody's password"
    assert not passwords.LINKS.check_token(user, kept), "a link from before is dead"


def test_another_address_that_is_refused_changes_nothing(admin: User, second: User) -> None:
    user = factories.user(Role.STALKING_LEAD, email="own@police.invalid")
    actions.choose_password(user, PHRASE)
    actions.edit_account(user, by=admin, email="")
    actions.refuse_change(waiting(), by=second)
    assert address_of(user) == "own@police.invalid"
    with pytest.raises(ValidationError, match="valid email"):
        actions.edit_account(user, by=admin, email="no address")
    assert not AccountChange.objects.filter(status=S.WAITING).exists()


def test_the_address_of_an_account_that_nobody_used_or_of_ones_own_takes_one(admin: User) -> None:
    user = factories.user()
    actions.edit_account(user, by=admin, email="right@police.invalid")
    actions.choose_password(admin, PHRASE)
    actions.edit_account(admin, by=admin, email="mine@police.invalid")
    assert (address_of(user), address_of(admin)) == ("right@police.invalid", "mine@police.invalid")
    assert not AccountChange.objects.exists()


def test_an_advocates_address_takes_two_of_the_force_that_keeps_her(
    admin: User, second: User
) -> None:
    user = factories.user(Role.ADVOCATE)
    actions.record_sign_in(user)
    name = str(user.organisation)
    actions.edit_account(user, by=admin, organisation=name, email="other@advice.invalid")
    actions.confirm_change(waiting(), by=second)
    assert address_of(user) == "other@advice.invalid"


def test_nobody_makes_their_own_link(admin: User) -> None:
    with pytest.raises(ValidationError, match="your own account"):
        actions.invite(admin, by=admin)


def test_what_was_asked_of_another_account_is_not_meant_any_more(admin: User, second: User) -> None:
    user = factories.user()
    actions.edit_account(user, by=admin, role=Role.STALKING_LEAD)
    actions.edit_account(user, by=admin, role=Role.CONTROL_ROOM)
    assert AccountChange.objects.get().status == S.WITHDRAWN
    actions.edit_account(user, by=admin, role=Role.STALKING_LEAD)
    actions.close_account(user, by=admin)
    assert not AccountChange.objects.filter(status=S.WAITING).exists()


def test_who_asked_must_still_keep_accounts(admin: User, second: User) -> None:
    user = factories.user()
    actions.edit_account(user, by=admin, role=Role.STALKING_LEAD)
    actions.close_account(admin, by=second)
    with pytest.raises(ValidationError, match="keeps no accounts"):
        actions.confirm_change(waiting(), by=second)
    assert role_of(user) == Role.OFFICER
    assert waiting(), "a refusal leaves no trace"


@pytest.mark.parametrize("whose", ["asked_by", "account"])
def test_the_database_holds_it_too(admin: User, whose: str) -> None:
    actions.edit_account(factories.user(), by=admin, role=Role.AUDITOR)
    same = getattr(waiting(), whose)
    with pytest.raises(IntegrityError, match="who_answers_is_not_who_asked"), transaction.atomic():
        AccountChange.objects.update(
            status=S.CONFIRMED, answered_by=same, answered_at=timezone.now()
        )


def test_the_database_knows_that_nobody_asks_for_themselves(admin: User) -> None:
    facts = {"force": admin.force, "account": admin, "asked_by": admin, "kind": "role"}
    with pytest.raises(IntegrityError, match="nobody_asks"), transaction.atomic():
        AccountChange.objects.create(role=Role.AUDITOR, **facts)


@pytest.mark.django_db(transaction=True)
def test_two_who_answer_at_once_are_one_answer(admin: User, second: User) -> None:
    third = factories.user(Role.DATA_PROTECTION_OFFICER)
    user = factories.user()
    actions.edit_account(user, by=admin, role=Role.STALKING_LEAD)
    change, said = waiting(), []

    def answer(act: Any, by: User) -> None:
        try:
            said.append(act(change, by=by).status)
        except ValidationError as error:
            said.append(error.messages[0])
        finally:
            connection.close()

    both = [
        threading.Thread(target=answer, args=(actions.confirm_change, second)),
        threading.Thread(target=answer, args=(actions.refuse_change, third)),
    ]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sum("already" in words for words in said) == 1
    confirmed = AccountChange.objects.get().status == S.CONFIRMED
    assert (role_of(user) == Role.STALKING_LEAD) == confirmed
