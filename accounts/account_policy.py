"""Who may do what to an account: who keeps it, and who answers what of it takes two.

The rest of the policy is about cases, and in `accounts.policy`.
"""

from django.db.models import Q

from accounts import policy
from accounts.models import AccountChange, Actor, Unit, User
from accounts.roles import (
    CONFIRMERS,
    GRANTS,
    OPENS_VAULT,
    SCOPES,
    TAKE_TWO,
    Permission,
    Role,
    Scope,
)

OTHER_FORCE = "This account is kept by another force"


def accounts_kept_by(user: Actor) -> Q:
    """The own force's accounts, and those of the advocates whom it keeps: one force alone may change an
    account, and an advocate has clients in many. Raises Denied."""
    policy.check_role(user, Permission.MANAGE_ACCOUNTS)
    return Q(force_id=user.force_id) | Q(keeping_force_id=user.force_id)


def changes_open_to(user: Actor) -> Q:
    """Changes of accounts that this person may read: the force's confirmers, and those whom one concerns;
    a stalking lead answers for what the units keep confidential."""
    reads = Q(asked_by_id=user.pk) | Q(account_id=user.pk)
    if user.role in CONFIRMERS:
        reads |= Q(force_id=user.force_id)
    if user.role == Role.STALKING_LEAD:
        reads |= Q(force_id=user.force_id, role__in=OPENS_VAULT)
    return reads


def who_answers(kind: str) -> tuple[Role, ...]:
    """The roles that answer a change of this kind: of a move to another unit the stalking lead too."""
    return (*CONFIRMERS, *((Role.STALKING_LEAD,) if kind == AccountChange.Kind.UNIT else ()))


def check_answers(user: Actor) -> None:
    """For pages of changes before one is chosen. Raises Denied where this person answers none of any kind."""
    if user.role not in who_answers(AccountChange.Kind.UNIT):
        raise policy.Denied(policy.cannot(Role(user.role), Permission.CONFIRM_ACCOUNTS))


def why_not_answer(user: Actor, change: AccountChange) -> str | None:
    """Four eyes: neither who asked, nor whose account it is, answers what was asked of an account."""
    if user.role not in who_answers(change.kind):
        return policy.cannot(Role(user.role), Permission.CONFIRM_ACCOUNTS)
    if user.pk == change.asked_by_id:
        return "You asked for this. Somebody else has to answer"
    if user.pk == change.account_id:
        return "This is about your own account. Somebody else has to answer"
    return None if user.force_id == change.force_id else OTHER_FORCE


def why_not_withdraw(user: Actor, change: AccountChange) -> str | None:
    """What was asked of an account is taken back by an administrator of its force."""
    if Permission.MANAGE_ACCOUNTS not in GRANTS[Role(user.role)]:
        return policy.cannot(Role(user.role), Permission.MANAGE_ACCOUNTS)
    return None if user.force_id == change.force_id else OTHER_FORCE


def opens_vault(account: User) -> bool:
    """Whether whoever is in it reads where protected people are."""
    return account.role in OPENS_VAULT


def is_moved(account: User, unit: Unit | None) -> bool:
    """Whether this unit would let the account read the confidential details of other cases."""
    other = unit is not None and unit.pk != account.unit_id
    return other and opens_vault(account) and SCOPES[Role(account.role)] is Scope.UNIT


def link_takes_two(account: User, *, used: bool) -> bool:
    """Whether a link would let its maker into a power, or into what is somebody's own already."""
    return account.role in TAKE_TWO or used
