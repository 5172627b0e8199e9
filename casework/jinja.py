"""The Jinja2 environment of every page: the official macros, and dates as people say them."""

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader

from casework import clock, masks
from casework import frame as around
from casework.govuk import Components, as_typed
from law.application import age_on
from law.periods import LONDON
from people.pronouns import said_of

DAY_SECONDS = 24 * 60 * 60
A_MOMENT = timedelta(microseconds=1)
LAST_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)


def environment(**options: Any) -> Environment:
    """What `settings.TEMPLATES` names: the project's templates and GOV.UK's, escaped."""
    own = options.pop("loader")
    options.pop("autoescape", None)
    official = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    made = Environment(
        loader=ChoiceLoader([own, official]),
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=True,
        finalize=masks.finalize,
        **options,
    )
    components = Components(made)
    made.globals |= {
        "static": static,
        "url": address_of,
        "messages_of": get_messages,
        "component": components.component,
        "govuk_field": components.field,
        "govuk_error_summary": components.error_summary,
        "as_typed": as_typed,
        "demonstration": settings.DEMONSTRATION,
        "demonstration_password": settings.DEMONSTRATION_PASSWORD,
    }
    made.tests["kept"] = masks.is_kept
    made.filters |= {
        "day": day,
        "long_day": long_day,
        "moment": moment,
        "end": end,
        "last_day": last_day,
        "clock": clock_time,
        "ago": ago,
        "clock_left": clock_left,
        "age": age,
        "as_it_is": masks.as_it_is,
        "said_of": said_of,
    }
    return made


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context processor that `settings.TEMPLATES` names."""
    return around.frame(request)


def address_of(name: str, *args: Any, **kwargs: Any) -> str:
    """`url("orders:serve", pk=order.pk)`"""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def london(value: date | datetime) -> date | datetime:
    return value.astimezone(LONDON) if isinstance(value, datetime) else value


def day(value: date | datetime | None) -> str:
    """Wed 25 Nov 2026"""
    return f"{(local := london(value)):%a} {local.day} {local:%b %Y}" if value else ""


def long_day(value: date | datetime | None) -> str:
    """25 November 2026"""
    return f"{(local := london(value)).day} {local:%B %Y}" if value else ""


def moment(value: datetime | None) -> str:
    """Wed 25 Nov 2026 at 14:05"""
    return f"{day(value)} at {value.astimezone(LONDON):%H:%M}" if value else ""


def last_day(value: datetime | None) -> str:
    """The day of an exclusive end: Wed 25 Nov 2026, where it is 00:00 on Thursday."""
    return day(value - A_MOMENT) if value else ""


def end(value: datetime | None) -> str:
    """An exclusive end: "end of Wed 25 Nov 2026" where that is a day's, else the moment."""
    if value is None:
        return ""
    local = value.astimezone(LONDON)
    whole = local.date() != (value - A_MOMENT).astimezone(LONDON).date()
    return f"end of {last_day(value)}" if whole else moment(value)


def clock_time(value: datetime | None) -> str:
    """14:05"""
    return f"{value.astimezone(LONDON):%H:%M}" if value else ""


def ago(value: datetime | None) -> str:
    """20 minutes ago"""
    return f"{duration(clock.now() - value)} ago" if value else ""


def age(born_on: date | None, on: date | None = None) -> int | None:
    """Full years lived, today unless another day is given."""
    return None if born_on is None else age_on(born_on, on or clock.today())


def clock_left(
    due_at: datetime | None, *, whole_day: bool = True, at: datetime | None = None
) -> dict[str, str]:
    """What is left of a clock, when it ends, and how urgent: late, today or soon.

    `due_at` is exclusive: the end of Wed 25 Nov is 00:00 on Thursday. The three texts are `left`
    ("6 days left"), `when` ("end of Mon 30 Nov") and `urgency`. A day is counted in days, and its last
    hour in minutes; a moment in hours where it is less than 24 away, over midnight too, else in times of
    24 hours: tomorrow night is not "2 days left".
    """
    if due_at is None:
        return {"left": "No clock", "when": "", "urgency": "soon"}
    now = at or clock.now()
    last = (due_at - A_MOMENT if whole_day else due_at).astimezone(LONDON)
    today = now.astimezone(LONDON).date()
    on = f"{last:%a} {last.day} {last:%b}" + (f" {last.year}" if last.year != today.year else "")
    when = (
        f"end of {on}" if whole_day else f"{'today' if last.date() == today else on} {last:%H:%M}"
    )
    if now >= due_at:
        return {"left": f"{duration(now - due_at)} late", "when": when, "urgency": "late"}
    left = due_at - now
    if left < (LAST_HOUR if whole_day else A_DAY):
        return {"left": f"{duration(left)} left", "when": when, "urgency": "today"}
    days = (last.date() - today).days if whole_day else left // A_DAY
    if days == 0:
        return {"left": "Ends today", "when": when, "urgency": "today"}
    return {"left": f"{days:,} day{'s' if days > 1 else ''} left", "when": when, "urgency": "soon"}


def duration(length: timedelta) -> str:
    """23 minutes, 1 h 22 min, 3 days"""
    seconds = int(length.total_seconds())
    if seconds >= DAY_SECONDS:
        days = seconds // DAY_SECONDS
        return f"{days:,} day{'s' if days > 1 else ''}"
    hours, minutes = seconds // 3600, seconds % 3600 // 60
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{minutes} minute{'' if minutes == 1 else 's'}"
