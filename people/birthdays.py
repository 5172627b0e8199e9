"""How people write a birth date: 22/04/1995, 22.4.95, 1995-04-22, 22 April 1995, 22041995, or its year.

Pure text in, pure days out. The order of a day and its month is the British one; a year of two digits
is each year that it can be. Nobody was born before EARLIEST or after today.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

EARLIEST = 1900
MONTHS = (  # English, Welsh
    ("january", "jan", "ionawr"),
    ("february", "feb", "chwefror"),
    ("march", "mar", "mawrth"),
    ("april", "apr", "ebrill"),
    ("may", "mai"),
    ("june", "jun", "mehefin"),
    ("july", "jul", "gorffennaf"),
    ("august", "aug", "awst"),
    ("september", "sept", "sep", "medi"),
    ("october", "oct", "hydref"),
    ("november", "nov", "tachwedd"),
    ("december", "dec", "rhagfyr"),
)
NUMBER_OF = {name: number for number, names in enumerate(MONTHS, 1) for name in names}
SAID = r"(?:\b(?:dob|d[. ]{0,2}o[. ]{0,2}b\.?|date of birth|born(?: on| in)?)\s*[:=-]?\s*)?"
BEFORE, AFTER = r"(?<![\w/.-])", r"(?!\w|[/.-]\d)"
ALONE_BEFORE, ALONE_AFTER = r"(?<![\w/.+-])(?<!\d )", r"(?!\w|[/.-]\d| \d)"
DAY, ORDINAL = r"(?P<day>\d{1,2})", r"(?:st|nd|rd|th)?"
NAME = rf"(?P<name>{'|'.join(sorted(NUMBER_OF, key=len, reverse=True))})"
MONTH, YEAR = r"(?P<month>\d{1,2})", r"'?(?P<year>\d{4}|\d{2})"
SURE = (
    rf"{BEFORE}{DAY}\s?[/.-]\s?{MONTH}\s?[/.-]\s?{YEAR}{AFTER}",
    rf"{BEFORE}(?P<year>\d{{4}})[/.-]{MONTH}[/.-]{DAY}{AFTER}",
    rf"{BEFORE}{DAY}{ORDINAL}[\s.,/-]*(?:of )?{NAME}[\s.,/-]*{YEAR}{AFTER}",
    rf"{BEFORE}{NAME}[\s.]*{DAY}{ORDINAL}[\s,]+{YEAR}{AFTER}",
)
UNSURE = (  # may as well be a phone, a reference, the number of a house
    rf"{ALONE_BEFORE}{DAY} {MONTH} {YEAR}{ALONE_AFTER}",
    rf"{ALONE_BEFORE}(?P<day>\d\d)(?P<month>\d\d)(?P<year>\d{{4}}|\d\d){ALONE_AFTER}",
    rf"{ALONE_BEFORE}(?P<year>\d{{4}})(?P<month>\d\d)(?P<day>\d\d){ALONE_AFTER}",
    rf"{ALONE_BEFORE}(?P<year>(?:19|20)\d\d){ALONE_AFTER}",
)


@dataclass(frozen=True)
class Born:
    """A birth date as somebody wrote it. `days` are the spans that it can mean, first and last day."""

    days: tuple[tuple[date, date], ...]
    rest: str  # what else was written
    sure: bool  # it can hardly be anything else

    @property
    def is_year(self) -> bool:
        """Whether no day was written: too little to find anybody by alone."""
        return any(first != last for first, last in self.days)


def written_in(text: str, *, today: date) -> Born | None:
    """The birth date that stands in a text; None where none does, or only an impossible one."""
    for sure, forms in ((True, SURE), (False, UNSURE)):
        for form in forms:
            found = re.search(SAID + form, text, re.IGNORECASE)
            if found and (days := tuple(_days(found.groupdict(), today))):
                rest = (
                    f"{text[: found.start()].rstrip(' ,;(')} {text[found.end() :].lstrip(' ,;)')}"
                )
                return Born(days, rest.strip(), sure)
    return None


def _days(read: dict[str, str | None], today: date) -> Iterator[tuple[date, date]]:
    """Each span that was read and has a day on which somebody can have been born."""
    day, year = read.get("day"), int(read["year"] or 0)
    month = NUMBER_OF[name.lower()] if (name := read.get("name")) else int(read.get("month") or 0)
    years = (EARLIEST + year, EARLIEST + 100 + year) if len(read["year"] or "") == 2 else (year,)
    for full in years:
        if not EARLIEST <= full <= today.year:
            continue
        if day is None:
            yield date(full, 1, 1), date(full, 12, 31)
        elif (born := _possible(full, month, int(day))) and born <= today:
            yield born, born


def _possible(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
