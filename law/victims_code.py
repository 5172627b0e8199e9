"""By when a victim is told, under the Code of Practice for Victims of Crime.

These are working days, in contrast to the Act's calendar days. The Code is about crime: for what
happens to an order as such (made, served, varied) it sets no time, and force policy does.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from law.arguments import require_days
from law.findings import Finding, warn
from law.periods import working_day_after

CODE_2021 = date(2021, 4, 1)


class Event(StrEnum):
    ARRESTED = "arrested"
    INTERVIEWED = "interviewed"
    RELEASED_WITHOUT_CHARGE = "released_without_charge"
    BAILED = "bailed"
    BAIL_CHANGED = "bail_changed"
    NOT_INVESTIGATED = "not_investigated"
    CHARGE_DECISION = "charge_decision"
    FIRST_HEARING = "first_hearing"
    REFERRAL = "referral"
    COURT_OUTCOME = "court_outcome"


@dataclass(frozen=True)
class Limit:
    """Working days after the event, under the Code as it is from a day on.

    enhanced  for victims of the most serious crime, persistently targeted, or vulnerable
    certain   False where the wording in force was not seen
    """

    event: Event
    standard: int
    enhanced: int
    valid_from: date = CODE_2021
    certain: bool = True


LIMITS = (
    Limit(Event.ARRESTED, 5, 1),
    Limit(Event.INTERVIEWED, 5, 1),
    Limit(Event.RELEASED_WITHOUT_CHARGE, 5, 1),
    Limit(Event.BAILED, 5, 1),
    Limit(Event.BAIL_CHANGED, 5, 1),
    Limit(Event.NOT_INVESTIGATED, 5, 1),
    Limit(Event.CHARGE_DECISION, 5, 1, certain=False),
    Limit(Event.FIRST_HEARING, 5, 1, certain=False),
    Limit(Event.REFERRAL, 2, 2, certain=False),
    Limit(Event.COURT_OUTCOME, 5, 1, certain=False),
)


def limit_for(event: Event, on: date) -> Limit:
    """The row in force for this event on that day: the latest that was valid by then."""
    require_days(on=on)
    rows = [limit for limit in LIMITS if limit.event == event and limit.valid_from <= on]
    if not rows:
        raise ValueError(f"on {on} is before the first Code that is recorded for {event}")
    return max(rows, key=lambda limit: limit.valid_from)


def tell_by(
    event: Event, *, happened_on: date, bank_holidays: Collection[date], enhanced: bool = True
) -> date:
    """Last day to tell the victim; enhanced, because stalking is persistent targeting."""
    require_days(happened_on=happened_on)
    limit = limit_for(event, happened_on)
    days = limit.enhanced if enhanced else limit.standard
    return working_day_after(happened_on, days, bank_holidays=bank_holidays)


def findings(event: Event, *, happened_on: date) -> list[Finding]:
    """Which limits rest on knowledge rather than on the Code's own words."""
    if limit_for(event, happened_on).certain:
        return []
    message = (
        "The Code’s wording in force for this was not seen: check it, and tell the victim soon"
    )
    return [warn("Victims’ Code", "event", message)]
