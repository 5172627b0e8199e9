"""Forces, units and people to act as. Plain functions; the same name gives the same row."""

from typing import Any

from django.db import transaction

from accounts.models import Force, Organisation, Rank, Unit, User
from accounts.roles import Role


def force(code: str = "X23000001", name: str = "Testshire Police", prefix: str = "TS") -> Force:
    """A force that does not exist, or the one made before under this code."""
    with transaction.atomic():
        made, _ = Force.objects.get_or_create(
            code=code,
            defaults={
                "name": name,
                "prefix": prefix,
                "duty_inbox": f"duty.{prefix.lower()}@police.invalid",
            },
        )
    return made


def other_force() -> Force:
    """A second force, whose cases must not exist for the first."""
    return force("X23000002", "Sampleford Constabulary", "SMP")


def unit(of: Force | None = None, name: str = "Stalking unit") -> Unit:
    with transaction.atomic():
        made, _ = Unit.objects.get_or_create(force=of or force(), name=name)
    return made


def organisation(name: str = "Testshire Advocacy") -> Organisation:
    with transaction.atomic():
        made, _ = Organisation.objects.get_or_create(name=name)
    return made


def user(
    role: Role = Role.OFFICER, *, of: Force | None = None, username: str = "", **fields: Any
) -> User:
    """One person in a role: of Testshire's stalking unit, unless said otherwise."""
    its_force = None if role == Role.ADVOCATE else (of or force())
    username = username or f"{role}.{its_force.prefix if its_force else 'adv'}".lower()
    if found := User.objects.filter(username=username).first():
        return found
    fields.setdefault("name", f"{role.replace('_', ' ').title()} Ffugiwr")
    fields.setdefault("email", f"{username}@police.invalid")
    if role == Role.ADVOCATE:
        fields.setdefault("organisation", organisation())
        fields.setdefault("keeping_force", of or force())
    else:
        fields.setdefault("unit", unit(its_force))
    if role == Role.AUTHORISING_OFFICER:
        fields.setdefault("rank", Rank.SUPERINTENDENT)
    with transaction.atomic():
        return User.objects.create_user(username, None, role=role, force=its_force, **fields)
