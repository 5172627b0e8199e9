"""What happens in one made-up case: who, how far it has come, and when each thing was done.

Of 200 cases 30 have a clock running (15 %), 120 have an order, 10 are restricted (5 %).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum, auto
from random import Random

from accounts.models import User
from law.duration import earliest_last_day
from law.notification import initial_due
from law.periods import end_instant, local_date
from law.periods import last_day as last_day_of
from spo_cases.volume.forces import Home
from spo_cases.volume.names import FAMILY, GIVEN, PHONES, Deck


class Stage(StrEnum):
    """Where a case stands. The first six have a clock."""

    REQUEST = auto()
    DRAFTING = auto()
    COURT = auto()
    NOT_SERVED = auto()
    INTERIM = auto()
    FULL = auto()
    OPEN_ENDED = auto()
    OVER = auto()
    DECLINED = auto()
    WITHDRAWN = auto()


S = Stage
MIX = (
    (S.REQUEST, 6),
    (S.DRAFTING, 6),
    (S.COURT, 4),
    (S.NOT_SERVED, 2),
    (S.INTERIM, 5),
    (S.FULL, 7),
    (S.OPEN_ENDED, 16),
    (S.OVER, 90),
    (S.DECLINED, 48),
    (S.WITHDRAWN, 16),
)
HAS_ORDER = frozenset({S.NOT_SERVED, S.INTERIM, S.FULL, S.OPEN_ENDED, S.OVER})
RESTRICTED = ((True, 1), (False, 19))
SEX = (("male", 17), ("female", 3))
BREACHED = 0.06  # of the orders that were served
DAYS_AGO = {  # since the first ask
    S.REQUEST: (0, 2),
    S.DRAFTING: (3, 13),
    S.COURT: (15, 40),
    S.NOT_SERVED: (20, 60),
    S.INTERIM: (15, 40),
    S.FULL: (60, 600),
    S.OPEN_ENDED: (60, 1400),
    S.OVER: (900, 2200),
    S.DECLINED: (10, 2200),
    S.WITHDRAWN: (60, 2200),
}
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Made:
    """An order of a tale. `served_at` None: not yet; `due_on` follows from the law."""

    kind: str
    made_at: datetime
    last_day: date | None
    ended_at: datetime | None
    served_at: datetime | None
    due_on: date | None
    notified_at: datetime | None
    breached_at: datetime | None


@dataclass(frozen=True)
class Tale:
    """One case from its first ask to now."""

    home: Home
    officer: User
    stage: Stage
    asked_at: datetime
    restricted: bool
    domestic_abuse: bool
    online_acts: bool
    given: str
    family: str
    gender: str
    born_on: date
    phone: str  # empty: none is known
    hearing_at: datetime | None  # still to come
    order: Made | None


def tell(homes: list[Home], many: int, now: datetime, chance: Random) -> Iterator[Tale]:
    """The same cases every time for the same forces, moment and chance."""
    forces = Deck([(home, home.share) for home in homes], chance)
    stages, restricted = Deck(MIX, chance), Deck(RESTRICTED, chance)
    sexes = Deck(SEX, chance)
    for _ in range(many):
        home, stage, gender = forces.deal(), stages.deal(), sexes.deal()
        asked_at = _asked_at(stage, now, chance)
        yield Tale(
            home=home,
            officer=chance.choice(home.officers),
            stage=stage,
            asked_at=asked_at,
            restricted=restricted.deal(),
            domestic_abuse=chance.random() < 0.6,
            online_acts=chance.random() < 0.4,
            given=GIVEN[gender].take(chance),
            family=FAMILY.take(chance),
            gender=gender,
            born_on=date(1950, 1, 1) + timedelta(days=chance.randrange(20_000)),
            phone=f"{chance.choice(PHONES)}{chance.randrange(1000):03d}"
            if chance.random() < 0.4
            else "",
            hearing_at=_hearing_at(now, chance) if stage is S.COURT else None,
            order=_order(stage, asked_at, now, chance) if stage in HAS_ORDER else None,
        )


def _asked_at(stage: Stage, now: datetime, chance: Random) -> datetime:
    """Now and then somebody is late with a request."""
    soonest, latest = DAYS_AGO[stage]
    late = 3 if stage is S.REQUEST and chance.random() < 0.05 else 0
    days = chance.uniform(soonest, latest) + late
    return (now - timedelta(days=days) - HOUR).replace(microsecond=0)


def _hearing_at(now: datetime, chance: Random) -> datetime:
    day = now + timedelta(days=chance.randrange(1, 21))
    return day.replace(hour=chance.randrange(9, 16), minute=30, second=0, microsecond=0)


def _order(stage: Stage, asked_at: datetime, now: datetime, chance: Random) -> Made:
    made_at = _made_at(stage, asked_at, now, chance)
    made_on = local_date(made_at)
    interim = stage is S.INTERIM or (stage is S.NOT_SERVED and chance.random() < 0.5)
    if interim:
        last_day: date | None = last_day_of(made_on, days=28)
    elif stage is S.OPEN_ENDED:
        last_day = None
    elif stage is S.OVER:
        last_day = earliest_last_day(made_on)
    else:
        last_day = last_day_of(made_on, years=chance.choice((2, 3, 5)))
    ended_at = end_instant(last_day) if stage is S.OVER and last_day else None
    served_at = None if stage is S.NOT_SERVED else _served_at(made_at, now, chance)
    due_on = None
    if served_at:
        served_on = local_date(served_at)
        due_on = initial_due(made_on=made_on, served_on=served_on, order_last_day=last_day)
    return Made(
        kind="interim" if interim else "full",
        made_at=made_at,
        last_day=last_day,
        ended_at=ended_at,
        served_at=served_at,
        due_on=due_on,
        notified_at=_notified_at(served_at, now, chance),
        breached_at=_breached_at(served_at, now, chance),
    )


def _made_at(stage: Stage, asked_at: datetime, now: datetime, chance: Random) -> datetime:
    """Orders that are not served were made today; an interim one in the last three weeks."""
    if stage is S.NOT_SERVED:
        return (now - chance.uniform(1, 22) * HOUR).replace(microsecond=0)
    if stage is S.INTERIM:
        return max(asked_at, now - timedelta(days=chance.uniform(1, 20))).replace(microsecond=0)
    return asked_at + timedelta(days=chance.randrange(14, 50))


def _served_at(made_at: datetime, now: datetime, chance: Random) -> datetime:
    return min(made_at + chance.uniform(0.5, 20) * HOUR, now).replace(microsecond=0)


def _notified_at(served_at: datetime | None, now: datetime, chance: Random) -> datetime | None:
    """A day later, if that has come: the last of the three days is not touched."""
    if served_at is None:
        return None
    came_at = (served_at + chance.uniform(6, 24) * HOUR).replace(microsecond=0)
    return came_at if came_at < now else None


def _breached_at(served_at: datetime | None, now: datetime, chance: Random) -> datetime | None:
    if served_at is None or chance.random() > BREACHED:
        return None
    happened_at = served_at + timedelta(days=chance.uniform(2, 12))
    return happened_at.replace(microsecond=0) if happened_at < now - timedelta(days=2) else None
