"""The account under its lock, and the facts that are put on it: what does not go together is refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts import policy
from accounts.models import MAY_AUTHORISE, Actor, Force, Organisation, User
from accounts.policy import Denied
from accounts.roles import Permission, Role
from audit.actor import acting_as

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


TAKEN = {  # what only the database can say where two write at once, by its constraint
    "unit_once_in_force": ("name", "Your force has a unit of this name"),
    "accounts_user_username_key": ("username", "This user name is taken"),
    "accounts_organisation_name_key": ("organisation", "Somebody adds this organisation now"),
}


@contextmanager
def once() -> Iterator[None]:
    """Two of one name at the same moment: the database keeps the first, and the second is told."""
    try:
        yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        if name not in TAKEN:
            raise
        field, message = TAKEN[name]
        raise ValidationError({field: [message]}) from error


@contextmanager
def keeping(user: User, by: Actor) -> Iterator[User]:
    """The account, locked, for whoever keeps it. Raises Denied for anybody else."""
    policy.check_role(by, Permission.MANAGE_ACCOUNTS)
    if by.force_id not in (user.force_id, user.keeping_force_id):
        raise Denied("This account is kept by another force")
    with once(), transaction.atomic(), acting_as(by.username):
        yield User.objects.select_for_update(no_key=True).get(pk=user.pk)


def write(user: User, force: Force, organisation: str, facts: dict[str, Any]) -> None:
    """Put the facts on the account, and refuse what does not go together."""
    if unknown := facts.keys() - set(FACTS):
        raise ValidationError({min(unknown): ["An account has no such fact"]})
    for name, value in facts.items():
        setattr(user, name, value)
    if user.role not in set(Role) - {Role.CLOCK}:
        raise ValidationError({"role": ["Select a role that a person can have"]})
    if user.role == Role.AUTHORISING_OFFICER and user.rank not in MAY_AUTHORISE:
        raise ValidationError({"rank": ["An authorising officer is a superintendent or above"]})
    user.force, user.organisation = belongs(user, force, organisation)
    user.keeping_force = (user.keeping_force or force) if user.force is None else None
    if user.force is None:
        user.unit = user.line_manager = None
    _require_own_force(user, force)
    user.full_clean(exclude=["password"])


def _require_own_force(user: User, force: Force) -> None:
    """The unit and the line manager are of the force that keeps the account; the manager is another."""
    for field in ("unit", "line_manager"):
        if (held := getattr(user, field)) and held.force_id != force.pk:
            raise ValidationError({field: ["Select one of your own force"]})
    if user.line_manager_id == user.pk:
        raise ValidationError({"line_manager": ["Select somebody else: nobody is told twice"]})


def belongs(user: User, force: Force, name: str) -> tuple[Force | None, Organisation | None]:
    """Police to the force; an advocate to an organisation, which is made where it is new."""
    if user.role != Role.ADVOCATE:
        return force, None
    name = " ".join(name.split())
    if not name:
        raise ValidationError({"organisation": ["Enter the advocate’s organisation"]})
    found = Organisation.objects.filter(name__iexact=name).first()
    return None, found or Organisation.objects.create(name=name)
