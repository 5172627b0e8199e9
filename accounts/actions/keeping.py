"""Writes about accounts: what an administrator does.

Nothing is ever deleted: the log names who acted for as long as it stands. What gives somebody power
over others (`accounts.roles.TAKE_TWO`) is asked for here, and done when a second person confirms it.
"""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import announcing, policy
from accounts.account_policy import is_moved, opens_vault
from accounts.actions.confirming import ask, link_is_confirmed, show, withdraw_all
from accounts.actions.signing import revoke_tokens
from accounts.actions.writing import keeping, once, write
from accounts.models import AccountChange, Actor, Force, Unit, User
from accounts.queries import link_takes_two, opened_by, was_used
from accounts.roles import TAKE_TWO, Permission, Role
from audit import events
from audit.actor import acting_as

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")
K = AccountChange.Kind


def add_account(*, by: Actor, username: str, organisation: str = "", **facts: Any) -> User:
    """A new account without a password: the person chooses one by a link (`invite`).

    organisation  of an advocate, who has no force; found by its name, or made
    One with a powerful role is closed until a second person confirms it.
    Raises ValidationError naming the field.
    """
    policy.check_role(by, Permission.MANAGE_ACCOUNTS)
    force = Force.objects.get(pk=by.force_id)
    with once(), transaction.atomic(), acting_as(by.username):
        takes_two = facts.get("role") in TAKE_TWO
        user = _open(force, by.username, username, organisation, facts, is_active=not takes_two)
        if takes_two:
            ask(user, by=by, kind=K.OPEN, role=user.role)
        show(user, by=by, kind=K.OPEN)
    return user


def first_administrator(force: Force, *, username: str, name: str, by: str) -> User:
    """The account that makes the others; for a command, where nobody can sign in yet.

    A second one, made the same way, is who confirms what the first one asks.
    """
    with transaction.atomic(), acting_as(by):
        facts = {"name": name, "role": Role.FORCE_ADMINISTRATOR}
        return _open(force, by, username, "", facts, is_active=True)


def _open(
    force: Force,
    by: str,
    username: str,
    organisation: str,
    facts: dict[str, Any],
    *,
    is_active: bool,
) -> User:
    username = username.lower()
    if not USERNAME.fullmatch(username):
        allowed = "User name must be 2 to 60 letters, digits, dots, hyphens or underscores"
        raise ValidationError({"username": [allowed]})
    user = User(username=username, is_active=is_active)
    user.set_unusable_password()
    write(user, force, organisation, facts)
    user.save(force_insert=True)
    events.record("add_account", user, by=by, case_id=None, role=user.role)
    return user


def edit_account(user: User, *, by: Actor, organisation: str = "", **facts: Any) -> User:
    """Write what is true now. Another role or unit counts from the next request on.

    A powerful role waits for a second person, and so do another email address of an account that
    somebody uses (until then its holder is told at the old one) and another unit whose confidential
    details it would read. The other facts do not wait.
    """
    with keeping(user, by) as held:
        before, wanted, address = held.role, str(facts.get("role", held.role)), held.email
        read, unit = opens_vault(held), held.unit
        _require_role_for_another(held, wanted, by)
        takes_two = wanted != before and wanted in TAKE_TWO
        now = facts | {"role": before} if takes_two else facts
        write(held, Force.objects.get(pk=by.force_id), organisation, now)
        asked, to = held.email, held.unit
        used = held.pk != by.pk and was_used(held)
        held.unit = unit
        goes = is_moved(held, to)
        readdressed, waits = used and asked != address, used and goes and read
        held.email = address if readdressed else asked
        held.unit = unit if waits else to
        held.save()
        told = {"before": before, "after": held.role, "fields": sorted(facts)}
        events.record("edit_account", held, by=by.username, case_id=None, **told)
        if held.role != before:
            withdraw_all(held, by=by)
            announcing.tell_of_work(held, by=by)
        if takes_two:
            ask(held, by=by, kind=K.ROLE, role=wanted)
        if readdressed:
            ask(held, by=by, kind=K.EMAIL, role=held.role, email=asked)
        if waits:
            ask(held, by=by, kind=K.UNIT, role=held.role, unit=to)
        elif goes or (opens_vault(held) and not read):
            show(held, by=by, kind=K.UNIT if read else K.ROLE)
    return held


def _require_role_for_another(held: User, wanted: str, by: Actor) -> None:
    """Raises ValidationError: nobody changes their own role, and an advocate's account stays one."""
    if wanted == held.role:
        return
    if held.pk == by.pk:
        raise ValidationError({"role": ["You cannot change your own role"]})
    if Role.ADVOCATE in {held.role, wanted}:
        raise ValidationError(
            {"role": ["An advocate’s account stays one. Close it, and add another account"]}
        )


def add_unit(*, by: Actor, name: str) -> Unit:
    """A team of the own force; officers see the cases of theirs."""
    policy.check_role(by, Permission.MANAGE_ACCOUNTS)
    with once(), transaction.atomic(), acting_as(by.username):
        unit = Unit(force_id=str(by.force_id), name=name)
        if Unit.objects.filter(force_id=unit.force_id, name__iexact=name).exists():
            raise ValidationError({"name": ["Your force has a unit of this name"]})
        unit.full_clean()
        unit.save(force_insert=True)
        events.record("add_unit", unit, by=by.username, case_id=None)
    return unit


def close_account(user: User, *, by: Actor) -> User:
    """Ends the account, its sessions and its keys from the next request on."""
    with keeping(user, by) as held:
        if held.pk == by.pk:
            raise ValidationError("You cannot close your own account. Ask another administrator")
        held.is_active = False
        held.save(update_fields=["is_active"])
        events.record("close_account", held, by=by.username, case_id=None)
        withdraw_all(held, by=by)
        revoke_tokens(held, by=by.username)
        announcing.tell_of_work(held, by=by)
    return held


def reopen_account(user: User, *, by: Actor) -> User:
    """The account can be used again, with its password; keys and links stay ended. A powerful one takes
    two, and has no password then."""
    with keeping(user, by) as held:
        if held.role in TAKE_TWO and not held.is_active:
            ask(held, by=by, kind=K.OPEN, role=held.role)
            return held
        held.is_active = True
        held.invitations += 1
        held.save(update_fields=["is_active", "invitations"])
        events.record("reopen_account", held, by=by.username, case_id=None)
        announcing.tell_of_work(held, by=by)
        show(held, by=by, kind=K.OPEN)
    return held


def invite(user: User, *, by: Actor) -> User:
    """A link to choose a password is made: older links end, and the log says who made it.

    Whoever makes the link can become the person. To a powerful account, and to one that somebody has
    used already, it is made when a second person has confirmed it: until then `invitations` stays as
    it was. The person is told that it was asked for.
    """
    with keeping(user, by) as held:
        if not held.is_active:
            raise ValidationError("The account is closed. Open it before you make a link")
        if link_takes_two(held) and not link_is_confirmed(held, by=by):
            ask(held, by=by, kind=K.LINK, role=held.role)
            return held
        held.invitations += 1
        held.save(update_fields=["invitations"])
        own = opened_by(held, by)
        told = {"opened_by_the_same": True} if own else {}
        events.record("invite", held, by=by.username, case_id=None, **told)
        if own:
            show(held, by=by, kind=K.LINK)
    return held
