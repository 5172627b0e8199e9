"""Who has a clock: a person, a role that somebody in the force has, or nobody, and then it says so."""

from collections.abc import Collection
from dataclasses import dataclass

from accounts.models import User
from accounts.roles import Role
from casework.models import Deadline


@dataclass(frozen=True)
class Holder:
    """What stands in the list, and a line below it; `nobody` is an alarm, and is shown as one."""

    text: str
    note: str = ""
    nobody: bool = False


def of(deadline: Deadline, roles: Collection[str]) -> Holder:
    """Whose it is now, where these are the roles that somebody has. An account that is closed has nothing."""
    role = Role(deadline.owner_role)
    given, in_case = (_open(one) for one in (deadline.officer, deadline.case.officer))
    if officer := given or (in_case if role is Role.OFFICER else None):
        return Holder(str(officer))
    if role is Role.OFFICER:
        return Holder("Nobody", "the case has no officer", nobody=True)
    if role not in roles:
        return Holder("Nobody", f"there is no {role.called}", nobody=True)
    return Holder(role.called.capitalize())


def _open(user: User | None) -> User | None:
    return user if user is not None and user.is_active else None
