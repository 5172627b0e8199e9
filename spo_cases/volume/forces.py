"""Who works on the cases: real forces with made-up people, the largest with a fifth of everything."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.models import Force, Rank, Unit, User
from accounts.roles import Role
from applications.models import Court
from audit.actor import acting_as
from notifications.models import Station
from spo_cases.demonstration.cast import FORCES, PASSWORD
from spo_cases.volume.names import FAMILY, GIVEN

ACTOR = "command:seed"
LARGEST = 200  # of 1,000 cases
OTHERS = 1000 - LARGEST
OFFICERS = 100  # in all but the smallest forces' rounding
UNITS = ("Stalking unit", "North", "South")


@dataclass(frozen=True)
class Home:
    """A force with who and what its cases need; `share` is of 1,000 cases."""

    force: Force
    share: int
    officers: list[User]
    lead: User
    court: Court
    station: Station


def homes(many: int, chance: Random) -> list[Home]:
    """The first `many` forces of the register, the largest share first. Made once, found again."""
    made_up = [code for code, *_ in FORCES]
    real = Force.objects.filter(kind=Force.Kind.TERRITORIAL).exclude(code__in=made_up)
    forces = list(real.order_by("code")[:many])
    password = make_password(PASSWORD)
    with transaction.atomic(), acting_as(ACTOR):
        return [
            _home(force, share, password, chance)
            for force, share in zip(forces, shares(len(forces)), strict=True)
        ]


def shares(many: int) -> list[int]:
    """How many of 1,000 cases each force has: 200 the first, the others fewer and fewer."""
    if many == 1:
        return [1000]
    weights = [1 / (rank + 6) for rank in range(many - 1)]
    wanted = [max(1, round(OTHERS * weight / sum(weights))) for weight in weights]
    wanted[0] += OTHERS - sum(wanted)
    return [LARGEST, *wanted]


def _home(force: Force, share: int, password: str, chance: Random) -> Home:
    units = [
        Unit.objects.get_or_create(force=force, name=name)[0]
        for name in UNITS[: 3 if share > OTHERS // 40 else 1]
    ]
    people = list(_people(force, units, share, password, chance))
    known = {user.username: user for user in User.objects.filter(force=force)}
    missing = [user for user in people if user.username not in known]
    made = {user.username: user for user in User.objects.bulk_create(missing)}
    lead, *officers = (known.get(user.username) or made[user.username] for user in people)
    court, _ = Court.objects.get_or_create(
        name=f"{force.prefix} Sample Magistrates’ Court", defaults={"area": force}
    )
    station, _ = Station.objects.get_or_create(force=force, name="Sample Street police station")
    return Home(force, share, officers, lead, court, station)


def _people(
    force: Force, units: list[Unit], share: int, password: str, chance: Random
) -> Iterator[User]:
    """The stalking lead, then officers in turn of each unit. The demonstration's password opens all."""
    lead = ("lead", Role.STALKING_LEAD, "DI", Rank.INSPECTOR)
    parts = [lead] + [
        (f"officer{number}", Role.OFFICER, "DC", Rank.CONSTABLE)
        for number in range(1, max(2, share * OFFICERS // 1000) + 1)
    ]
    for number, (part, role, title, rank) in enumerate(parts):
        gender = ("female", "male")[number % 2]
        username = f"seed.{part}.{force.prefix.lower()}"
        yield User(
            username=username,
            name=f"{GIVEN[gender].take(chance)} {FAMILY.take(chance)}",
            title=title,
            role=role,
            rank=rank,
            email=f"{username}@police.invalid",
            force=force,
            unit=units[number % len(units)],
            password=password,
            is_demonstration=role == Role.STALKING_LEAD,
        )
