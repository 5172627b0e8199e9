"""A document's HTML: its template is given one frozen dataclass, and has nothing else to read."""

import re
from calendar import month_name
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.meta import find_referenced_templates
from jinja2.sandbox import ImmutableSandboxedEnvironment

from documents.audiences import Paper
from documents.figures import timeline
from law.periods import LONDON

MONTHS = "|".join(month_name[1:])
UNBROKEN = re.compile(
    r"\b(?:[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}"
    r"|(?:Mr|Mrs|Ms|Miss|Mx|Dr|DC|DS|DI|PC|PS|Supt) [A-Z]\b\.?(?: [A-Z][\w’'-]+)?"
    rf"|0[0-9]{{2,4}} [0-9]{{3,4}}(?: [0-9]{{3,4}})?|[0-9]{{1,2}} (?:{MONTHS}))\b"
)


def day(value: date) -> str:
    """2 September 2026."""
    return f"{value.day} {value:%B %Y}"


def weekday(value: date) -> str:
    """Wednesday 2 September 2026: a day that something hangs on."""
    return f"{value:%A} {day(value)}"


def local_day(value: datetime) -> date:
    """The London day of a moment."""
    return value.astimezone(LONDON).date()


def clock_time(value: datetime) -> str:
    """11:40, by London time."""
    return f"{value.astimezone(LONDON):%H:%M}"


def moment(value: datetime) -> str:
    """Wednesday 2 September 2026 at 11:40, by London time."""
    return f"{weekday(value.astimezone(LONDON))} at {clock_time(value)}"


def paragraphs(text: str) -> tuple[str, ...]:
    """What was typed, split where a line was left empty."""
    return tuple(part.strip() for part in re.split(r"\n\s*\n", text) if part.strip())


def sentence(text: str) -> str:
    """With its full stop."""
    text = text.strip()
    return text if text.endswith((".", "!", "?", "”")) else f"{text}."


def span(first: date, last: date | None) -> str:
    """11 June 2026; 9 to 12 September 2026; 30 August to 2 September 2026."""
    if last is None or last == first:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day(last)}"
    return (
        f"{first.day} {first:%B} to {day(last)}"
        if first.year == last.year
        else f"{day(first)} to {day(last)}"
    )


def exhibits(acts: Sequence[Any], first: int) -> list[tuple[str, str, str]]:
    """Each exhibit once, in the order of the acts: its name, what it is proof of, its paragraphs.

    first  the paragraph of the first act
    """
    of: dict[str, list[tuple[int, Any]]] = {}
    for number, act in enumerate(acts, start=first):
        if act.exhibit:
            of.setdefault(act.exhibit.strip().casefold(), []).append((number, act))
    return [
        (
            told[0][1].exhibit,
            "; ".join(f"{act.kind}, {span(act.on, act.until)}" for _, act in told),
            ", ".join(str(number) for number, _ in told),
        )
        for told in of.values()
    ]


def lines(text: str) -> tuple[str, ...]:
    """What was typed on each line."""
    return tuple(part.strip() for part in text.splitlines() if part.strip())


def unbroken(value: Any) -> Any:
    """Keeps on one line what is read as one: ZZ2 2ZZ, Ms A, 01632 960 150, 30 November."""
    if type(value) is not str:  # what a macro made has been through here already
        return value
    return UNBROKEN.sub(lambda match: match.group().replace(" ", "\u00a0"), value)


FORMS = (day, weekday, clock_time, moment, paragraphs, sentence, span, exhibits, lines)


def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(settings.BASE_DIR / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=unbroken,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals.clear()
    for form in (*FORMS, timeline):
        environment.filters[form.__name__] = form
    return environment


TEMPLATES = _environment()


def lay_out(data: Paper) -> str:
    """The document as HTML, complete in one file: its style is inside, its fonts are named only."""
    return TEMPLATES.get_template(data.template()).render(doc=data)


@cache
def template_version(template: str) -> str:
    """SHA-256 over a template and everything that it is built of, so that a copy can name its form."""
    digest, waiting, seen = sha256(), [template], set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        source, _, _ = TEMPLATES.loader.get_source(TEMPLATES, name)  # type: ignore[union-attr]
        digest.update(f"{name}\n{len(source)}\n{source}".encode())
        waiting += sorted(n for n in find_referenced_templates(TEMPLATES.parse(source)) if n)
    return digest.hexdigest()
