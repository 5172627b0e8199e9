"""Writes about accounts: who came and went, keys and passwords, and what an administrator does.

Nothing is ever deleted: the log names who acted for as long as it stands.
"""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts import policy
from accounts.models import MAY_AUTHORISE, Actor, ApiToken, Force, Organisation, Unit, User
from accounts.policy import Denied
from accounts.queries import KEPT
from accounts.roles import Role
from accounts.tokens import hash_of
from audit import events
from audit.actor import acting_as

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")
FACTS = (
    "name",
    "title",
    "role",
    "rank",
    "unit",
    "collar_number",
    "email",
    "phone",
    "line_manager",
)


def record_sign_in(user: User) -> None:
    """Write that a person signed in."""
    with transaction.atomic(), acting_as(user.username):
        events.record("sign_in", user, by=user.username, case_id=None)


def record_sign_out(user: User) -> None:
    """Write that a person signed out."""
    with transaction.atomic(), acting_as(user.username):
        events.record("sign_out", user, by=user.username, case_id=None)


def issue_token(user: User, *, label: str, valid_until: datetime, by: str) -> str:
    """Give a program a key to act as `user`. The key is shown once: only its hash is kept."""
    key = secrets.token_urlsafe(32)
    with transaction.atomic(), acting_as(by):
        token = ApiToken(
            user=user, label=label, key_hash=hash_of(key), made_by=by, valid_until=valid_until
        )
        token.full_clean()
        token.save()
        events.record("issue_token", token, by=by, case_id=None, label=label)
    return key


def revoke_tokens(user: User, *, by: str) -> int:
    """End every key of a user from the next request on. Gives how many there were."""
    with transaction.atomic(), acting_as(by):
        ended = ApiToken.objects.filter(user=user, revoked_at=None).update(
            revoked_at=timezone.now(), revoked_by=by
        )
        events.record("revoke_tokens", user, by=by, case_id=None, ended=ended)
    return ended


def choose_password(user: User, password: str) -> None:
    """The person who was given the link chose a password: all older sessions end."""
    with transaction.atomic(), acting_as(user.username):
        user.set_password(password)
        user.save(update_fields=["password"])
        events.record("choose_password", user, by=user.username, case_id=None)


def add_account(*, by: Actor, username: str, organisation: str = "", **facts: Any) -> User:
    """A new account without a password: the person chooses one by a link (`invite`).

    organisation  of an advocate, who has no force; found by its name, or made
    Raises ValidationError naming the field.
    """
    policy.check_role(by, KEPT)
    force = Force.objects.get(pk=by.force_id)
    with transaction.atomic(), acting_as(by.username):
        return _open(force, by.username, username, organisation, facts)


def first_administrator(force: Force, *, username: str, name: str, by: str) -> User:
    """The account that makes the others; for a command, where nobody can sign in yet."""
    with transaction.atomic(), acting_as(by):
        facts = {"name": name, "role": Role.FORCE_ADMINISTRATOR}
        return _open(force, by, username, "", facts)


def _open(force: Force, by: str, username: str, organisation: str, facts: dict[str, Any]) -> User:
    username = username.lower()
    if not USERNAME.fullmatch(username):
        allowed = "User name must be 2 to 60 letters, digits, dots, hyphens or underscores"
        raise ValidationError({"username": [allowed]})
    user = User(username=username)
    user.set_unusable_password()
    _write(user, force, organisation, facts)
    user.save(force_insert=True)
    events.record("add_account", user, by=by, case_id=None, role=user.role)
    return user


def edit_account(user: User, *, by: Actor, organisation: str = "", **facts: Any) -> User:
    """Write what is true now. Another role or unit counts from the next request on."""
    with _keeping(user, by) as held:
        force = Force.objects.get(pk=by.force_id)
        if held.pk == by.pk and facts.get("role", held.role) != held.role:
            raise ValidationError({"role": ["You cannot change your own role"]})
        before = held.role
        if (
            Role.ADVOCATE in {before, facts.get("role", before)}
            and facts.get("role", before) != before
        ):
            raise ValidationError(
                {"role": ["An advocate’s account stays one. Close it, and add another account"]}
            )
        _write(held, force, organisation, facts)
        held.save()
        told = {"before": before, "after": held.role, "fields": sorted(facts)}
        events.record("edit_account", held, by=by.username, case_id=None, **told)
    return held


def add_unit(*, by: Actor, name: str) -> Unit:
    """A team of the own force; officers see the cases of theirs."""
    policy.check_role(by, KEPT)
    with transaction.atomic(), acting_as(by.username):
        unit = Unit(force_id=str(by.force_id), name=name)
        unit.full_clean()
        if Unit.objects.filter(force_id=unit.force_id, name__iexact=name).exists():
            raise ValidationError({"name": ["Your force has a unit of this name"]})
        unit.save(force_insert=True)
        events.record("add_unit", unit, by=by.username, case_id=None)
    return unit


def close_account(user: User, *, by: Actor) -> User:
    """Ends the account, its sessions and its keys from the next request on."""
    with _keeping(user, by) as held:
        if held.pk == by.pk:
            raise ValidationError("You cannot close your own account. Ask another administrator")
        held.is_active = False
        held.save(update_fields=["is_active"])
        events.record("close_account", held, by=by.username, case_id=None)
        revoke_tokens(held, by=by.username)
    return held


def reopen_account(user: User, *, by: Actor) -> User:
    """The account can be used again, with its password; keys stay ended."""
    with _keeping(user, by) as held:
        held.is_active = True
        held.save(update_fields=["is_active"])
        events.record("reopen_account", held, by=by.username, case_id=None)
    return held


def invite(user: User, *, by: Actor) -> User:
    """A link to choose a password is made: older links end, and the log says who made it."""
    with _keeping(user, by) as held:
        if not held.is_active:
            raise ValidationError("The account is closed. Open it before you make a link")
        held.invitations += 1
        held.save(update_fields=["invitations"])
        events.record("invite", held, by=by.username, case_id=None)
    return held


@contextmanager
def _keeping(user: User, by: Actor) -> Iterator[User]:
    """The account, locked, for whoever keeps it. Raises Denied for anybody else."""
    policy.check_role(by, KEPT)
    if by.force_id not in (user.force_id, user.keeping_force_id):
        raise Denied("This account is kept by another force")
    with transaction.atomic(), acting_as(by.username):
        yield User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _write(user: User, force: Force, organisation: str, facts: dict[str, Any]) -> None:
    """Put the facts on the account, and refuse what does not go together."""
    if unknown := facts.keys() - set(FACTS):
        raise ValidationError({min(unknown): ["An account has no such fact"]})
    for name, value in facts.items():
        setattr(user, name, value)
    if user.role not in set(Role) - {Role.CLOCK}:
        raise ValidationError({"role": ["Select a role that a person can have"]})
    if user.role == Role.AUTHORISING_OFFICER and user.rank not in MAY_AUTHORISE:
        raise ValidationError({"rank": ["An authorising officer is a superintendent or above"]})
    user.force, user.organisation = _belongs(user, force, organisation)
    user.keeping_force = (user.keeping_force or force) if user.force is None else None
    if user.force is None:
        user.unit = user.line_manager = None
    for field in ("unit", "line_manager"):
        if (held := getattr(user, field)) and held.force_id != force.pk:
            raise ValidationError({field: ["Select one of your own force"]})
    user.full_clean(exclude=["password"])


def _belongs(user: User, force: Force, name: str) -> tuple[Force | None, Organisation | None]:
    """Police to the force; an advocate to an organisation, which is made where it is new."""
    if user.role != Role.ADVOCATE:
        return force, None
    name = " ".join(name.split())
    if not name:
        raise ValidationError({"organisation": ["Enter the advocate’s organisation"]})
    found = Organisation.objects.filter(name__iexact=name).first()
    return None, found or Organisation.objects.create(name=name)
