"""The conditions that we ask for: from the library with its slots, or written openly as bespoke."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F

from accounts.models import User
from applications import library, safety
from applications.lifecycle.drafting import editing
from applications.models import Application, ProposedCondition
from casework import clock
from casework.errors import Refused, Stale, refuse_all
from casework.guessing import note, require_patience
from casework.lifecycle import held as now
from casework.lifecycle import validate
from casework.models import PROTECTED_ROLES

MOST = 40
WORDS = frozenset(
    {
        "kind",
        "text",
        "short",
        "necessity",
        "evidence",
        "monitoring",
        "conflicts_with_religion",
        "interferes_with_work",
        "interferes_with_education",
        "interference_note",
        "checks_note",
        "clash",
        "clash_note",
        "discloses_location",
        "locality",
        "own_last_day",
    }
)


def add_condition(
    application: Application,
    *,
    by: User,
    library_code: str = "",
    slots: dict[str, Any] | None = None,
    version: int | None = None,
    **words: Any,
) -> ProposedCondition:
    """Ask for one more condition, at the end. An empty slot may be filled later; sending waits."""
    with editing(application, by=by, section="conditions", version=version) as held:
        require_patience(by)
        condition = ProposedCondition(
            application=held,
            case=held.case,
            kind=ProposedCondition.Kind.PROHIBITION,
            position=held.conditions.count() + 1,
            library_code=library_code,
        )
        if condition.position > MOST:
            raise Refused(None, f"{MOST} conditions are the most that an application can have")
        if library_code:
            _take_entry(condition)
        _write(condition, slots or {}, words)
        condition.save(force_insert=True)
    return condition


def edit_condition(
    condition: ProposedCondition,
    *,
    by: User,
    slots: dict[str, Any] | None = None,
    version: int | None = None,
    **words: Any,
) -> ProposedCondition:
    """Write a condition otherwise. `version` is the condition's own: others may write at others."""
    with editing(condition.application, by=by, section=f"condition {condition.position}"):
        require_patience(by)
        held = now(condition)
        if version is not None and held.version != version:
            raise Stale("Somebody saved this condition since you opened it.")
        _write(held, held.slots if slots is None else slots, words)
        held.version += 1
        held.save()
    return held


def remove_condition(condition: ProposedCondition, *, by: User) -> None:
    """Do not ask for it any more; those after it move up."""
    with editing(condition.application, by=by, section="conditions") as held:
        gone = now(condition)
        gone.delete()
        held.conditions.filter(position__gt=gone.position).update(position=F("position") - 1)


def move_condition(condition: ProposedCondition, *, by: User, position: int) -> ProposedCondition:
    """Put it at another number, from 1; those between make room."""
    with editing(condition.application, by=by, section="conditions") as held:
        moved = now(condition)
        count, before = held.conditions.count(), moved.position
        if not 1 <= position <= count:
            raise Refused("position", f"The number must be from 1 to {count}")
        between = held.conditions.filter(
            position__gte=min(before, position), position__lte=max(before, position)
        )
        between.update(position=F("position") + (1 if position < before else -1))
        held.conditions.filter(pk=moved.pk).update(position=position)
    condition.position = position
    return condition


def _take_entry(condition: ProposedCondition) -> None:
    if condition.library_code not in library.ENTRIES:
        raise Refused("library_code", "Select a condition from the library")
    entry = library.entry(condition.library_code)
    condition.kind, condition.short = entry.kind, entry.title
    condition.library_version, condition.monitoring = entry.version, entry.checks


def _write(condition: ProposedCondition, slots: dict[str, Any], words: dict[str, Any]) -> None:
    if unknown := words.keys() - WORDS:
        raise Refused(min(unknown), "A condition has no such part")
    for name, value in words.items():
        setattr(condition, name, value)
    wrong = [*_fill(condition, slots)] if condition.library_code else []
    if condition.own_last_day is not None and condition.own_last_day <= clock.today():
        wrong.append(("own_last_day", "The last day must be in the future"))
    if condition.clash in ("", condition.NO_CLASH):
        condition.clash_note = ""  # s2(7): without a clash there is no reason for one
    elif not condition.clash_note.strip():
        wrong.append(("clash_note", "Enter why it cannot stand beside that order"))
    refuse_all(wrong)
    validate(condition)
    _note_what_it_tells(condition)


def _note_what_it_tells(condition: ProposedCondition) -> None:
    """It is saved all the same, and its page says so: that is an answer too."""
    confidential = safety.confidential_of_case(condition.application)
    if safety.given_away_by_any(condition, confidential):
        note(condition.application)


def _fill(condition: ProposedCondition, slots: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The sentence follows from the slots; what a slot's own rules say is at the slot's field."""
    entry = library.entry(condition.library_code, condition.library_version)
    if unknown := slots.keys() - {slot.name for slot in entry.slots}:
        raise Refused(min(unknown), f"{entry.code} has no such slot")
    values, errors = library.read(entry, slots)
    yield from errors.items()
    yield from _not_a_party(condition, entry, values)
    if condition.short in {entry.title, library.short(entry, condition.slots)}:  # and not typed
        condition.short = library.short(entry, values)
    condition.kind, condition.slots = entry.kind, values
    condition.text = library.render(entry, values)


def _not_a_party(
    condition: ProposedCondition, entry: library.Entry, values: dict[str, Any]
) -> Iterator[tuple[str, str]]:
    """A person in a condition is somebody whom the case protects, as documents call that person."""
    parties = condition.application.case.parties.filter(role__in=PROTECTED_ROLES)
    called = set(parties.values_list("called", flat=True))
    for slot in entry.slots:
        if slot.kind is library.SlotKind.PERSON and values.get(slot.name, "") not in {"", *called}:
            yield slot.name, "Select a protected person of this case"
