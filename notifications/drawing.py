"""The 3 days as a strip: day 1 is the day of the event, a heavy line ends day 3, failure is hatched."""

from dataclasses import dataclass
from datetime import date, timedelta
from textwrap import wrap

from law.periods import local_date
from notifications.models import Duty
from notifications.queries import OFFENCES, doubted
from people.pronouns import pronoun_of, say

BEFORE, AFTER = 1, 3
WIDTH, CHARACTERS = 139, 16


@dataclass(frozen=True)
class Day:
    """One box of the strip. `x` is its left edge in the drawing."""

    on: date
    number: int  # 1 to 3 inside the period, else 0
    words: str
    is_today: bool
    is_last: bool
    failed: bool
    x: int = 0

    @property
    def lines(self) -> list[str]:
        """The words as they fit into the box of the drawing."""
        return wrap(self.words, CHARACTERS)

    @property
    def said(self) -> str:
        """For the table and the phone: the same in words."""
        rest = "The failure goes on" if self.failed else f"Day {self.number} of 3"
        words = self.words or (rest if self.failed or self.number else "")
        if self.is_today and "today" not in words:
            words = f"{words}, today" if words else "Today"
        return words


def days_of(duty: Duty, today: date) -> list[Day]:
    """Seven days around the period; none where no clock runs."""
    if duty.starts_on is None or duty.due_on is None:
        return []
    first = duty.starts_on - timedelta(days=BEFORE)
    last = duty.due_on + timedelta(days=AFTER)
    notified, came = _notified_on(duty), _came(duty)
    return [
        _day(duty, first + timedelta(days=n), n * WIDTH, today, notified, came)
        for n in range((last - first).days + 1)
    ]


def _day(
    duty: Duty, on: date, x: int, today: date, notified: date | None, came: dict[date, str]
) -> Day:
    starts, due = duty.starts_on or on, duty.due_on or on
    number = (on - starts).days + 1 if starts <= on <= due else 0
    failed = on > due and (notified is None or (notified > due and on <= notified))
    words = came.get(on) or (_of_failure(duty, on, notified) if failed else _of_day(duty, number))
    if on == today and number and on not in came:
        words = words.replace(": until", ": today, until") if ":" in words else f"{words}: today"
    return Day(
        on=on,
        number=number,
        words=say(pronoun_of(duty.case.subject), words),
        is_today=on == today,
        is_last=on == due,
        failed=failed,
        x=x,
    )


def _of_failure(duty: Duty, on: date, notified: date | None) -> str:
    days = (on - duty.due_on).days if duty.due_on else 0
    if days == 1:
        return f"Failure from here, {OFFENCES[Duty.Kind(duty.kind)]}"
    until = f"Goes on to {notified:%a} {notified.day} {notified:%b}" if notified else ""
    return (until or "Goes on until notified") if days == 2 else ""


def _of_day(duty: Duty, number: int) -> str:
    began = {"initial": "served", "name": "new name", "address": "moved"}[duty.kind]
    return {1: f"Day 1: {began}", 2: "Day 2", 3: "Day 3: until midnight"}.get(number, "")


def _came(duty: Duty) -> dict[date, str]:
    """What {he} did on which day: that it counts, is late, is in doubt, or does not count."""
    first, words = _notified_on(duty), dict[date, str]()
    for one in sorted(duty.attendances.all(), key=lambda one: one.attended_at):
        on = local_date(one.attended_at)
        if not one.oral_statement or one.superseded_at is not None:
            continue
        if not one.counts:
            words.setdefault(on, "{He} came: it does not count")
        elif on == first:
            late = "" if one.in_time else ", late"
            words[on] = "{He} notified" + late + (", in doubt" if doubted(duty) else "")
    return words


def _notified_on(duty: Duty) -> date | None:
    days = [local_date(a.attended_at) for a in duty.attendances.all() if a.counts]
    return min(days, default=None)
