"""Days and times as people are asked for them, and the two nights on which the clocks change.

Offered by `casework.forms`.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from casework import clock
from casework.fields import Named
from casework.widgets import DateParts, MomentParts, Parts, TimeParts
from law.periods import LONDON, moments_at

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
WHICH = ("first", "second")  # of the two moments at which the clocks showed one time


def today_untimed() -> tuple[str, ...]:
    """Today's date in the boxes of a moment; the time is left to be typed."""
    today = clock.today()
    return (str(today.day), str(today.month), str(today.year), "", "", "")


class PartsField(Named, forms.Field):
    """A value typed in several boxes. Errors carry which boxes are wrong."""

    widget: type[Parts]

    def __init__(self, *, past: bool = False, **kwargs: Any) -> None:
        self.past = past
        super().__init__(**kwargs)

    def wrong(self, message: str, *parts: str, code: str = "invalid") -> ValidationError:
        return ValidationError(f"{self.subject} {message}", code=code, params={"parts": parts})

    def clean(self, value: Any) -> Any:
        if not any(value or ()):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        found = self.compose(dict(zip(self.widget.names, value, strict=True)))
        self.run_validators(found)
        return found

    def compose(self, typed: dict[str, str]) -> Any:
        raise NotImplementedError

    def need(self, typed: dict[str, str], *names: str) -> None:
        """Name the boxes that were left empty."""
        if missing := [name for name in names if not typed[name]]:
            article = "an" if missing[0] == "hour" else "a"
            raise self.wrong(
                f"must include {article} {' and '.join(missing)}", *missing, code="incomplete"
            )

    def day_of(self, typed: dict[str, str]) -> date:
        self.need(typed, "day", "month", "year")
        day, month, year = number(typed["day"]), month_number(typed["month"]), number(typed["year"])
        if len(typed["year"]) != 4 and year is not None:
            raise self.wrong("must have a year of 4 numbers", "year")
        wrong = [
            name
            for name, found, least, most in (
                ("day", day, 1, 31),
                ("month", month, 1, 12),
                ("year", year, EARLIEST_YEAR, LATEST_YEAR),
            )
            if found is None or not least <= found <= most
        ]
        try:
            if wrong:
                raise ValueError(wrong)
            return date(year or 0, month or 0, day or 0)
        except ValueError as error:
            raise self.wrong("must be a real date", *wrong) from error

    def time_of(self, typed: dict[str, str]) -> time:
        self.need(typed, "hour", "minute")
        hour, minute = number(typed["hour"]), number(typed["minute"])
        wrong = [
            name
            for name, found, most in (("hour", hour, 23), ("minute", minute, 59))
            if found is None or found > most
        ]
        if wrong:
            raise self.wrong("must be a time between 00:00 and 23:59", *wrong)
        return time(hour or 0, minute or 0)


def number(text: str) -> int | None:
    """A short whole number in ASCII digits."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None


def month_number(text: str) -> int | None:
    """11, Nov or November."""
    if (found := number(text)) is not None:
        return found
    begins = text[:3].lower()
    return (
        MONTHS.index(begins) + 1 if begins in MONTHS and len(text) >= 3 and text.isalpha() else None
    )


class DateField(PartsField):
    """A day. `past=True`: today or before."""

    widget = DateParts

    def compose(self, typed: dict[str, str]) -> date:
        day = self.day_of(typed)
        if self.past and day > clock.today():
            raise self.wrong("must be today or in the past", code="future")
        return day


class TimeField(PartsField):
    """A time of day on a 24-hour clock."""

    widget = TimeParts

    def compose(self, typed: dict[str, str]) -> time:
        return self.time_of(typed)


class MomentField(PartsField):
    """A day and time in London, as an aware moment (in UTC). `past=True`: now or before.

    A time that the clocks skipped is refused. A time that they showed twice asks which one.
    """

    widget = MomentParts

    def compose(self, typed: dict[str, str]) -> datetime:
        self.need(typed, "day", "month", "year", "hour", "minute")
        wall = datetime.combine(self.day_of(typed), self.time_of(typed))
        moments = moments_at(wall)
        if not moments:
            there, went, happen = (
                ("was", "went", "did not happen")
                if _has_been(wall)
                else ("is", "go", "does not happen")
            )
            raise self.wrong(
                f"must be a time that there {there}: on {wall:%d %B %Y} the clocks {went} forward, "
                f"and {wall:%H:%M} {happen}",
                "hour",
                "minute",
                code="skipped",
            )
        moment = moments[0] if len(moments) == 1 else self.one_of_two(wall, moments, typed["which"])
        if self.past and moment > clock.now() + timedelta(minutes=1):
            raise self.wrong("must be now or in the past", code="future")
        return moment

    def one_of_two(self, wall: datetime, moments: tuple[datetime, ...], which: str) -> datetime:
        if which not in WHICH:
            comes, go, be = ("came", "went", "was") if _has_been(wall) else ("comes", "go", "is")
            raise self.wrong(
                f"{comes} twice: on {wall:%d %B %Y} the clocks {go} back. Select whether "
                f"{wall:%H:%M} {be} before or after they {go} back",
                "which",
                code="twice",
            )
        return moments[WHICH.index(which)]


def _has_been(wall: datetime) -> bool:
    """Is this time of the clock on the wall past? In the hour in which it moves nobody minds which."""
    return wall.replace(tzinfo=LONDON) <= clock.now()
