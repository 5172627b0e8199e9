"""The conditions of an order as rows on a page, and as a list in the API: one field for both."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms as plain
from django.core.exceptions import ValidationError
from rest_framework import serializers

from casework import forms
from casework.fields import Named, unkeepable
from casework.widgets import Parts
from law.content import ConditionKind
from orders.models import Condition
from orders.terms import Act, Change, Term

MOST_ROWS = 60  # conditions of one order, or changes to them
SPARE_ROWS = 3  # empty ones, for what the court adds
LONGEST = {"text": 2000, "short": 120, "locality": 200, "necessity": 4000}
PARTS = (
    "act",
    "number",
    "kind",
    "text",
    "short",
    "locality",
    "day",
    "month",
    "year",
    "necessity",
    "proposed",
)
KEEP, LEAVE = "keep", "remove"
Row = dict[str, str]


class TermShape(serializers.Serializer[Any]):
    """One condition, or one change to a condition, in the API."""

    act = serializers.ChoiceField(
        choices=["keep", *Act], required=False, help_text="Of a condition that is there already."
    )
    number = serializers.IntegerField(required=False, min_value=1, max_value=1000)
    kind = serializers.ChoiceField(choices=[k.value for k in ConditionKind], required=False)
    text = serializers.CharField(required=False, max_length=2000)
    short = serializers.CharField(
        required=False,
        max_length=120,
        allow_blank=True,
        help_text="In a few words, for lists. Left out, it stays what it was; a new one needs it.",
    )
    locality = serializers.CharField(required=False, max_length=200, allow_blank=True)
    own_last_day = serializers.DateField(required=False, allow_null=True)
    necessity = serializers.CharField(required=False, max_length=4000, allow_blank=True)
    proposed = serializers.UUIDField(required=False, allow_null=True)


class TermList(serializers.ListField):
    child = TermShape()


class RowsWidget(Parts):
    """Rows of boxes, `conditions_0_text` and so on. Its value is what was typed, row by row."""

    names = PARTS

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        found = re.compile(rf"{re.escape(name)}_(\d{{1,3}})_({'|'.join(PARTS)})")
        rows: dict[int, Row] = {}
        for key in data:
            if match := found.fullmatch(key):
                rows.setdefault(int(match[1]), {})[match[2]] = str(data.get(key) or "").strip()
        return tuple(rows[number] for number in sorted(rows))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not self.value_from_datadict(data, files, name)

    def as_data(self, name: str, value: Any) -> dict[str, str]:
        """The posted form of values: terms, changes, or the API's objects."""
        return {
            f"{name}_{index}_{part}": text
            for index, row in enumerate(map(row_of, value or ()))
            for part, text in row.items()
        }


def row_of(value: Any) -> Row:
    """Any way to say a row, as the row that is shown."""
    if isinstance(value, Term):
        return _of_term(value)
    if isinstance(value, Change):
        row = _of_term(value.term) if value.term else {}
        return row | {"act": value.act.value, "number": str(value.number or "")}
    if isinstance(value, Condition):
        return _of_facts(vars(value)) | {"number": str(value.number), "act": KEEP}
    if isinstance(value, Mapping):
        return _of_facts(value)
    return {}


def _of_term(term: Term) -> Row:
    return _of_facts(vars(term) | {"proposed": term.proposed_id})


def _of_facts(facts: Mapping[str, Any]) -> Row:
    row = {part: str(facts[part]) for part in PARTS if facts.get(part)}
    until = facts.get("own_last_day")
    if isinstance(until, str):
        until = date.fromisoformat(until)
    if until:
        row |= {"day": str(until.day), "month": str(until.month), "year": str(until.year)}
    return row


class RowsField(Named, plain.Field):
    """Rows of conditions. Gives a tuple of `Term` (what an order says) or of `Change`.

    `changes=True` asks what happens to the conditions of an order that is there.
    """

    widget = RowsWidget
    shape = TermList

    def __init__(self, *, changes: bool = False, **kwargs: Any) -> None:
        self.changes = changes
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return tuple(row_of(item) for item in value or ())

    def rows(self, value: Any) -> list[Row]:
        """What the page shows: the rows there are, then the spare ones."""
        rows = list(self.prepare_value(value))
        return [*rows, *({} for _ in range(SPARE_ROWS if not _spare(rows) else 0))]

    def clean(self, value: Any) -> tuple[Term, ...] | tuple[Change, ...]:
        rows = enumerate(map(row_of, value or ()), start=1)
        said = [(number, row) for number, row in rows if self._said(row)]
        if len(said) > MOST_ROWS:
            raise ValidationError(f"Enter {MOST_ROWS} conditions or fewer: these are {len(said)}")
        found = [self._change(number, row) for number, row in said]
        if self.changes:
            return tuple(found)
        terms = tuple(change.term for change in found if change.term)
        if self.required and not terms:
            raise ValidationError("Enter at least one condition as the court made it")
        return terms

    def _said(self, row: Row) -> bool:
        if row.get("act") == KEEP:
            return not self.changes
        if row.get("act") == LEAVE:
            return self.changes and bool(row.get("number"))
        return any(text for part, text in row.items() if part not in ("number", "proposed"))

    def _change(self, number: int, row: Row) -> Change:
        act = row.get("act") or Act.ADD
        if act == KEEP:
            act = Act.ADD
        if act not in set(Act):
            raise wrong(number, "act", "select what happens to it")
        of = row.get("number", "")
        if act != Act.ADD and not (of.isascii() and of.isdigit() and len(of) <= 4):
            raise wrong(number, "act", "say which of the order’s conditions it is")
        which = int(of) if act != Act.ADD else None
        if act == Act.REMOVE:
            return Change(Act.REMOVE, which)
        return Change(Act(act), which, _term(number, row))


def wrong(number: int, part: str, message: str) -> ValidationError:
    """An error of one row: it names the condition, and its link leads to the box."""
    return ValidationError(
        f"Condition {number}: {message}", params={"parts": (f"{number - 1}_{part}",)}
    )


def _spare(rows: Iterable[Row]) -> bool:
    return any(not row.get("text") for row in rows)


def _term(number: int, row: Row) -> Term:
    """One row's condition. Raises ValidationError that names the row."""
    kind = row.get("kind", "")
    if kind not in set(ConditionKind):
        raise wrong(number, "kind", "select prohibition or requirement")
    if not row.get("text"):
        raise wrong(number, "text", "enter its words")
    if not (row.get("short") or row.get("proposed") or row.get("number")):
        raise wrong(number, "short", "say it in a few words, for lists")
    for part, longest in LONGEST.items():
        _require_keepable(number, part, row.get(part, ""), longest)
    return Term(
        kind=kind,
        text=row.get("text", "").replace("\r\n", "\n"),
        short=" ".join(row.get("short", "").split()),
        locality=" ".join(row.get("locality", "").split()),
        own_last_day=_until(number, row),
        necessity=row.get("necessity", "").replace("\r\n", "\n"),
        proposed_id=_proposed(number, row),
    )


def _require_keepable(number: int, part: str, text: str, longest: int) -> None:
    if bad := unkeepable(text):
        raise wrong(number, part, f"it must not contain {bad}")
    if len(text) > longest:
        raise wrong(number, part, f"it must have {longest} characters or fewer")


def _until(number: int, row: Row) -> date | None:
    typed = tuple(row.get(part, "") for part in ("day", "month", "year"))
    if not any(typed):
        return None
    asked = forms.DateField(named="its last day")
    try:
        found: date = asked.clean(typed)
    except ValidationError as error:
        raise wrong(number, "day", error.messages[0]) from error
    return found


def _proposed(number: int, row: Row) -> UUID | None:
    if not row.get("proposed"):
        return None
    try:
        return UUID(row["proposed"])
    except ValueError as error:
        raise wrong(number, "text", "it comes from no application") from error
