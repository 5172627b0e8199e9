"""The caseload: every case that the reader may see, by the clock that ends next."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts import policy
from accounts.models import User
from breaches.models import Breach
from casework import clock
from casework.frame import Mark
from casework.models import Case, Deadline
from desk import tags
from desk.queries import next_clocks
from orders import queries as orders
from orders.models import Order
from people import queries as people

STAGES = {
    "request": "Request or drafting",
    "court": "Before the court",
    "interim": "Interim order in force",
    "full": "Full order in force",
    "ended": "Ended or declined",
}
CLOCKS = {"any": "Any", "late": "Late", "7": "Ends within 7 days", "28": "Ends within 28 days"}
FLAGS = {
    "da": "Domestic abuse",
    "online": "Online acts",
    "not_served": "Not served",
    "breach": "Breach open",
    "no_order": "No order since an interim ended",
}
REFERENCE = re.compile(
    r"(?:(?P<prefix>[A-Z]+)[\s/-]*)?"
    r"(?:(?P<year>\d\d)[\s/-]+|(?P<tight>\d\d)(?=\d{4}$))?(?P<number>\d{1,5})"
)
YEARS = 12  # a number without its year is looked for in so many
ORDERS = {"clock": "next_due_at", "newest": "-asked_at"}
S = Case.Status
LINE = (  # what a line shows, and no more: half of a page's time is making rows
    "reference",
    "status",
    "restricted",
    "asked_at",
    "next_due_at",
    "subject__given_names",
    "subject__family_name",
    "officer__title",
    "officer__name",
)


@dataclass(frozen=True)
class Filters:
    """What the reader asked for. The address has every filter, but for a search only its key."""

    text: str = ""
    search: str = ""  # the key of the text in the session (see `casework.searches`)
    stages: tuple[str, ...] = ()
    clock: str = "any"
    flags: tuple[str, ...] = ()
    officer: str = ""
    order: str = "clock"

    def tags(self) -> list[tuple[str, str, str]]:
        """The applied filters: field, value in the address, words."""
        found = [("search", self.search, f"“{self.text}”")] if self.text else []
        found += [("stage", stage, STAGES[stage]) for stage in self.stages]
        found += [("flag", flag, FLAGS[flag]) for flag in self.flags]
        if self.clock != "any":
            found.append(("clock", self.clock, CLOCKS[self.clock]))
        if self.officer:
            found.append(("officer", self.officer, "One officer"))
        return found

    def pairs(self) -> list[tuple[str, str]]:
        """The filters as they stand in an address; what nobody asked for is left out."""
        order = [("order", self.order)] if self.order != "clock" else []
        return [(name, value) for name, value, _ in self.tags()] + order


@dataclass
class Row:
    """A line of the list."""

    case: Case
    clock: Deadline | None = None
    marks: list[Mark] = field(default_factory=list)
    note: str = ""


def cases(user: User, filters: Filters, now: datetime) -> QuerySet[Case]:
    """The rows, unordered. What the reader may not see is absent: no gap, no count."""
    rows = policy.visible(user, Case.objects.all())
    if filters.text:
        rows = rows.filter(_named(user, filters.text))
    if filters.stages:
        rows = rows.filter(_at_stages(filters.stages, now))
    if filters.clock == "late":
        rows = rows.filter(next_due_at__lte=now)
    elif filters.clock != "any":
        rows = rows.filter(next_due_at__lte=now + timedelta(days=int(filters.clock)))
    if filters.officer:
        rows = rows.filter(officer_id=UUID(filters.officer))
    return _flagged(rows, filters.flags, now)


def _named(user: User, text: str) -> Q:
    """By reference or subject; those whose name only sounds so where nobody is meant exactly."""
    found = people.holders(text, force_id=user.force_id)
    if not found.exists():
        found = people.holders(text, force_id=user.force_id, alike=True)
    return Q(reference__in=references(user, text)) | Q(subject__in=found)


def references(user: User, text: str) -> list[str]:
    """The references that a text may mean: TS-26-0031 whole, or 26-31 and 0031 of the reader's force.

    Whole ones, so that the index finds them: a number alone is looked for in each of YEARS.
    """
    asked = text.strip().upper()
    read = REFERENCE.fullmatch(asked)
    prefix = user.force.prefix if user.force else ""
    if read is None or read["prefix"] not in (None, prefix):
        return [asked]
    year = read["year"] or read["tight"]
    this = clock.today().year
    years = [int(year)] if year else [past % 100 for past in range(this, this - YEARS, -1)]
    return [asked, *(f"{prefix}-{yy:02d}-{int(read['number']):04d}" for yy in years)]


def _at_stages(stages: Iterable[str], now: datetime) -> Q:
    live = orders.in_force(Order.objects.filter(case=OuterRef("pk")), now)
    wanted = {
        "request": Q(status__in=(S.REQUEST, S.DRAFTING)),
        "court": Q(status=S.COURT),
        "interim": Q(Exists(live.filter(kind=Order.Kind.INTERIM))),
        "full": Q(Exists(live.filter(kind=Order.Kind.FULL))),
        "ended": Q(status__in=(S.ENDED, S.DECLINED)),
    }
    found = Q()
    for stage in stages:
        found |= wanted[stage]
    return found


def _flagged(rows: QuerySet[Case], flags: Iterable[str], now: datetime) -> QuerySet[Case]:
    for flag in flags:
        rows = rows.filter(FLAGGED[flag](now))
    return rows


def _not_served(now: datetime) -> Q:
    made = Order.objects.filter(case=OuterRef("pk"), status=Order.Status.MADE)
    changed = orders.unserved_changes(now).filter(case=OuterRef("pk"))
    return Q(Exists(made)) | Q(Exists(changed))


def _breach_open(now: datetime) -> Q:
    return Q(Exists(Breach.objects.filter(case=OuterRef("pk"), decided_at=None)))


def _no_order(now: datetime) -> Q:
    held = Order.objects.filter(case=OuterRef("pk"))
    return Q(Exists(orders.lapsed(held, now))) & ~Q(Exists(orders.in_force(held, now)))


FLAGGED: dict[
    str, Callable[[datetime], Q]
] = {  # made when asked for: each takes a page's time to build
    "da": lambda now: Q(domestic_abuse=True),
    "online": lambda now: Q(online_acts=True),
    "not_served": _not_served,
    "breach": _breach_open,
    "no_order": _no_order,
}


def drawn(rows: QuerySet[Case]) -> QuerySet[Case]:
    """The rows with what their lines show."""
    return rows.select_related("subject", "officer").only(*LINE)


def lines(found: list[Case], now: datetime) -> list[Row]:
    """What each line shows, in four queries for a page of any size."""
    clocks = next_clocks(found)
    live, over = tags.told(Order.objects.filter(case__in=found), now)
    changed = tags.changed_words((order for those in live.values() for order in those), now)
    breached = set(
        Breach.objects.filter(case__in=found, decided_at=None).values_list("case_id", flat=True)
    )
    return [
        Row(
            case,
            clocks.get(case.pk),
            tags.marks(case, live[case.pk], over[case.pk], changed, breached=case.pk in breached),
            tags.note(live[case.pk], case),
        )
        for case in found
    ]


def read(data: Any, *, search: str = "", text: str = "") -> Filters:
    """Filters from an address or a form; what it does not know it leaves out.

    `text` is what was searched for, `search` the key that stands for it in addresses.
    """
    return Filters(
        text=text,
        search=search if text else "",
        stages=tuple(s for s in STAGES if s in data.getlist("stage")),
        clock=data.get("clock") if data.get("clock") in CLOCKS else "any",
        flags=tuple(f for f in FLAGS if f in data.getlist("flag")),
        officer=_uuid(data.get("officer", "")),
        order=data.get("order") if data.get("order") in ORDERS else "clock",
    )


def _uuid(text: str) -> str:
    try:
        return str(UUID(text)) if text else ""
    except ValueError:
        return ""
