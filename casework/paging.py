"""Lists by the key of their last row: page 4,000 costs what page 1 does, and a row added above moves
nothing. No OFFSET, no count of everything, no total.

A list is ordered by one field (nulls come last) and then by id. The rows with a key and the rows
without one are two queries, so that each is a plain walk along an index.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core import signing
from django.db.models import Model, Q, QuerySet

from casework.once import fingerprint

M = TypeVar("M", bound=Model)
SALT = "casework.paging"
SIZE = 25
STEPS = (SIZE, 100, 1_000, 10_000)  # a list says which of these it has more than
MADE: dict[str, Callable[[str], Any]] = {
    "m": datetime.fromisoformat,
    "d": date.fromisoformat,
    "u": UUID,
}


class BadCursor(ValueError):
    """The link belongs to another list or other filters, or was changed by hand."""


@dataclass(frozen=True)
class Slice(Generic[M]):
    """One page of a list, and the cursors of the pages beside it ("" where there is none)."""

    rows: list[M]
    next: str
    previous: str


@dataclass(frozen=True)
class Place:
    """A row's place in the order: its key and id, and whether the page lies before or after it."""

    key: Any
    pk: Any
    before: bool


@dataclass(frozen=True)
class Keyset(Generic[M]):
    """A list's order. `order` is "next_due_at" or "-asked_at"; `filters` bind its cursors.

    `sparse=False` says that every row has a key: the rows without one are not asked for.
    """

    rows: QuerySet[M]
    order: str
    size: int = SIZE
    filters: Mapping[str, Any] | None = None
    sparse: bool = True

    @property
    def name(self) -> str:
        return self.order.lstrip("-")

    @property
    def falls(self) -> bool:
        return self.order.startswith("-")

    def page(self, cursor: str = "") -> Slice[M]:
        """The page that a cursor names; the first without one. Raises BadCursor."""
        place = self.read(cursor) if cursor else None
        before = bool(place and place.before)
        found = self.walk(place, back=before)
        more = len(found) > self.size
        rows = found[: self.size]
        if before:
            rows.reverse()
        has_next, has_previous = (True, more) if before else (more, place is not None)
        return Slice(
            rows,
            next=self.cursor(rows[-1], before=False) if rows and has_next else "",
            previous=self.cursor(rows[0], before=True) if rows and has_previous else "",
        )

    def more_than(self) -> str:
        """How many at least, for a list of several pages: "More than 100". Never a total."""
        found = self.rows.order_by()[: STEPS[-1] + 1].count()
        return f"More than {max((step for step in STEPS if step < found), default=0):,}"

    def walk(self, place: Place | None, *, back: bool) -> list[M]:
        """One row more than fits, in walking order, from the place on."""
        wanted, found = self.size + 1, list[M]()
        parts = (self.keyless, self.keyed) if back else (self.keyed, self.keyless)
        for part in parts if self.sparse else (self.keyed,):
            if len(found) < wanted:
                found += part(place, back=back)[: wanted - len(found)]
        return found

    def keyed(self, place: Place | None, *, back: bool) -> QuerySet[M]:
        """Rows that have a key."""
        down = self.falls != back
        rows = self.rows.filter(**{f"{self.name}__isnull": False}).order_by(
            f"{'-' if down else ''}{self.name}", f"{'-' if back else ''}pk"
        )
        if place is None or (place.key is None and back):
            return rows
        if place.key is None:
            return rows.none()
        side, beyond = ("lt", "lte") if down else ("gt", "gte")
        tie = Q(**{self.name: place.key, f"pk__{'lt' if back else 'gt'}": place.pk})
        return rows.filter(
            Q(**{f"{self.name}__{side}": place.key}) | tie, **{f"{self.name}__{beyond}": place.key}
        )

    def keyless(self, place: Place | None, *, back: bool) -> QuerySet[M]:
        """Rows without a key stand last, by id."""
        rows = self.rows.filter(**{f"{self.name}__isnull": True})
        rows = rows.order_by("-pk" if back else "pk")
        if place is None or (place.key is not None and not back):
            return rows
        if place.key is not None:
            return rows.none()
        return rows.filter(**{f"pk__{'lt' if back else 'gt'}": place.pk})

    def cursor(self, row: M, *, before: bool) -> str:
        """Signed, so that nobody asks for a place that no page showed."""
        key: Any = row
        for step in self.name.split("__"):
            key = getattr(key, step)
        kind = {datetime: "m", date: "d", UUID: "u"}.get(type(key), "")
        text = str(key) if kind else key
        return signing.dumps([kind, text, str(row.pk), before, self.print()], salt=SALT)

    def read(self, cursor: str) -> Place:
        try:
            kind, text, pk, before, belongs = signing.loads(cursor, salt=SALT)
        except (signing.BadSignature, ValueError) as error:
            raise BadCursor("This link was not made here. Start from the first page.") from error
        if belongs != self.print():
            raise BadCursor("This link belongs to other filters. Start from the first page.")
        return Place(MADE[kind](text) if kind else text, pk, before)

    def print(self) -> str:
        """What binds a cursor to its list: model, order and filters."""
        return fingerprint([self.rows.model._meta.label, self.order, dict(self.filters or {})])[:16]
