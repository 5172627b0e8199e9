"""The 3 days as a strip: day 1 is the day of the event, a heavy line ends day 3, failure is hatched."""

from dataclasses import dataclass
from datetime import date, timedelta
from textwrap import wrap

from law.periods import local_date
from notifications.models import Duty
from notifications.queries import OFFENCES

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
        """For the table: the same in words."""
        state = "failure" if self.failed else f"day {self.number} of 3" if self.number else ""
        today = "today" if self.is_today else ""
        return ", ".join(filter(None, (self.words, today))) or state


def days_of(duty: Duty, today: date) -> list[Day]:
    """Seven days around the period; none where no clock runs."""
    if duty.starts_on is None or duty.due_on is None:
        return []
    first = duty.starts_on - timedelta(days=BEFORE)
    last = duty.due_on + timedelta(days=AFTER)
    notified = _notified_on(duty)
    return [
        _day(duty, first + timedelta(days=n), n * WIDTH, today, notified)
        for n in range((last - first).days + 1)
    ]


def _day(duty: Duty, on: date, x: int, today: date, notified: date | None) -> Day:
    starts, due = duty.starts_on or on, duty.due_on or on
    number = (on - starts).days + 1 if starts <= on <= due else 0
    failed = on > due and (notified is None or (notified > due and on <= notified))
    return Day(
        on=on,
        number=number,
        words=_words(duty, on, number, notified),
        is_today=on == today,
        is_last=on == due,
        failed=failed,
        x=x,
    )


def _words(duty: Duty, on: date, number: int, notified: date | None) -> str:
    if on == notified:
        return "He notified" if duty.due_on and on <= duty.due_on else "He notified, late"
    if duty.due_on and on > duty.due_on:
        if notified is not None and on > notified or notified and notified <= duty.due_on:
            return ""
        days = (on - duty.due_on).days
        code = OFFENCES[Duty.Kind(duty.kind)]
        until = f"Goes on to {notified:%a} {notified.day} {notified:%b}" if notified else ""
        goes_on = until or "Goes on until he notifies"
        return {1: f"Failure from here, {code}", 2: goes_on}.get(days, "")
    began = {"initial": "served", "name": "new name", "address": "moved"}[duty.kind]
    return {1: f"Day 1: {began}", 2: "Day 2", 3: "Day 3: until midnight"}.get(number, "")


def _notified_on(duty: Duty) -> date | None:
    said = [a for a in duty.attendances.all() if a.counts]
    days = [local_date(a.attended_at) for a in said]
    return min(days, default=None)
