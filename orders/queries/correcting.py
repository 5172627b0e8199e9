"""What a correction changed in the record of an order: read from what it said before and since."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from law.periods import LONDON, local_date, written
from orders.models import Condition, Correction, Order

FACTS = {
    "made_at": "Made",
    "last_day": "Last day",
    "court": "Court",
    "court_reference": "The court’s reference",
    "subject_present": "In court",
}
PRESENT = {True: "Was there", False: "Was not there", None: "Not said"}
NOTHING = "Nothing"


@dataclass(frozen=True)
class Changed:
    """One fact or one condition, as it was recorded and as it is since. `key`: of the condition."""

    what: str
    before: str
    after: str
    key: str = ""


def recorded(order: Order) -> dict[str, Any]:
    """What is recorded of the order as made, in words that need no other row to be read."""
    return {
        "made_at": order.made_at.isoformat(),
        "last_day": order.last_day.isoformat() if order.last_day else None,
        "court": str(order.court),
        "court_reference": order.court_reference,
        "subject_present": order.subject_present,
        "conditions": [
            {
                "id": str(condition.pk),
                "number": condition.number,
                "kind": condition.kind,
                "text": condition.text,
                "short": condition.short,
                "locality": condition.locality,
                "own_last_day": condition.own_last_day.isoformat()
                if condition.own_last_day
                else None,
            }
            for condition in as_made(order)
        ],
    }


def as_made(order: Order) -> Iterable[Condition]:
    """The conditions that the court made with the order, in their first words."""
    return order.conditions.filter(wording=1, in_force__startswith=order.made_at).order_by("number")


def changes(correction: Correction) -> list[Changed]:
    """Line by line what it put right."""
    before, after = correction.before, correction.after
    facts = [
        Changed(label, _said(name, before[name]), _said(name, after[name]))
        for name, label in FACTS.items()
        if before[name] != after[name]
    ]
    return [*facts, *conditions_corrected(correction)]


def conditions_corrected(correction: Correction) -> Iterator[Changed]:
    """The conditions whose record it put right, by their identity."""
    before = {row["id"]: row for row in correction.before["conditions"]}
    after = {row["id"]: row for row in correction.after["conditions"]}
    for key, row in (before | after).items():
        was, is_now = before.get(key), after.get(key)
        if was != is_now:
            yield Changed(f"Condition {row['number']}", _words(was), _words(is_now), key)


def words_before(condition: Condition, moment: datetime) -> tuple[Correction, str] | None:
    """The first correction of this condition after a moment, and how it was recorded until then."""
    later = condition.order.corrections.filter(recorded_at__gt=moment)
    for correction in later:
        for changed in conditions_corrected(correction):
            if changed.key == str(condition.pk):
                return correction, changed.before
    return None


def _said(name: str, value: Any) -> str:
    if name == "made_at":
        at = datetime.fromisoformat(value)
        return f"{written(local_date(at))} at {at.astimezone(LONDON):%H:%M}"
    if name == "last_day":
        return written(date.fromisoformat(value)) if value else "Until a further order"
    return PRESENT[value] if name == "subject_present" else str(value or NOTHING)


def _words(row: Mapping[str, Any] | None) -> str:
    if row is None:
        return "Not in the order"
    place = f" Only in {row['locality']}." if row["locality"] else ""
    until = row["own_last_day"]
    ends = f" Ends with {written(date.fromisoformat(until))}." if until else ""
    return f"{row['text']}{place}{ends}"
