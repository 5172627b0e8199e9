"""Writes about people. Each keeps the search tokens equal to the facts, in the same transaction."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import Actor, Force
from audit import events
from people.actions.holding import add_name_of, editing, insert, lock, rebuild_tokens
from people.actions.learning import learn_address, learn_name, unlearn
from people.changes import changed
from people.models import (
    FACTS,
    Address,
    Confidential,
    Correction,
    Identifier,
    Name,
    Person,
    SafeContact,
)

__all__ = [
    "add_address",
    "add_identifier",
    "add_name",
    "add_person",
    "agree_safe_contact",
    "correct_identity",
    "correct_person",
    "keep_confidential",
    "learn_address",
    "learn_name",
    "leave_address",
    "rebuild_tokens",
    "release_confidential",
    "remove_identifier",
    "remove_name",
    "unlearn",
]


def add_person(force: Force, *, by: Actor, **facts: Any) -> Person:
    """A new person of this force. Look first (`queries.look_alikes`) whether there is one.

    facts  the fields in FACTS; raises ValidationError naming the field.
    """
    _require_facts(facts)
    with editing(force.pk, by):
        person = Person(force=force, **facts)
        insert(person)
        rebuild_tokens(person)
        events.record("add_person", person, by=by.username, case_id=None)
    return person


def correct_person(person: Person, *, by: Actor, **facts: Any) -> Person:
    """Write what is known better now; the old words stay in the log."""
    _require_facts(facts)
    with editing(person.force_id, by):
        held = lock(person)
        for name, value in facts.items():
            setattr(held, name, value)
        held.version += 1
        held.full_clean()
        held.save()
        rebuild_tokens(held)
        events.record("correct_person", held, by=by.username, case_id=None, fields=sorted(facts))
        changed(held, by=by)
    return held


def correct_identity(
    person: Person,
    *,
    by: Actor,
    given_names: str,
    family_name: str,
    born_on: date | None,
    why: str,
    reason: str,
) -> Correction:
    """Another name or birth date than was recorded; the old ones are kept as they were, with the reason.

    A name that has changed stays one to be found by; one that was never right does not.
    """
    with editing(person.force_id, by):
        held = lock(person)
        was = Correction(
            person=held,
            given_names=held.given_names,
            family_name=held.family_name,
            born_on=held.born_on,
            why=why,
            reason=reason,
            corrected_at=timezone.now(),
            corrected_by=by.username,
        )
        insert(was)
        if (
            why == Correction.Why.CHANGED
            and was.full_name != f"{given_names} {family_name}".strip()
        ):
            add_name_of(held, by=by, kind=Name.Kind.FORMER, text=was.full_name)
        correct_person(
            held, by=by, given_names=given_names, family_name=family_name, born_on=born_on
        )
    return was


def add_name(person: Person, *, by: Actor, kind: str, text: str) -> Name:
    """Another name that the person is known by; the same again is the same name."""
    with editing(person.force_id, by):
        return add_name_of(person, by=by, kind=kind, text=text)


def remove_name(name: Name, *, by: Actor) -> None:
    """It was never this person's name."""
    with editing(name.person.force_id, by):
        held = lock(name.person)
        name.delete()
        rebuild_tokens(held)
        changed(held, by=by)


def add_identifier(person: Person, *, by: Actor, kind: str, text: str) -> Identifier:
    """A phone, plate or account of a subject. What a protected person has goes into the vault."""
    with editing(person.force_id, by):
        held = lock(person)
        if found := held.identifiers.filter(kind=kind, text=text).first():
            return found
        identifier = Identifier(person=held, kind=kind, text=text)
        insert(identifier)
        rebuild_tokens(held)
    return identifier


def remove_identifier(identifier: Identifier, *, by: Actor) -> None:
    """It was never this person's."""
    with editing(identifier.person.force_id, by):
        held = lock(identifier.person)
        identifier.delete()
        rebuild_tokens(held)


def add_address(
    person: Person,
    *,
    by: Actor,
    lines: str,
    postcode: str = "",
    police_force: Force | None = None,
    lived_from: date | None = None,
    told_by: str = "",
) -> Address:
    """Where a subject lives or can be found. A protected person's home goes into the vault."""
    with editing(person.force_id, by):
        held = lock(person)
        address = Address(
            person=held,
            lines=lines,
            postcode=postcode.upper(),
            police_force=police_force,
            lived_from=lived_from,
            told_by=told_by,
        )
        insert(address)
        rebuild_tokens(held)
        changed(held, by=by)
    return address


def leave_address(address: Address, *, by: Actor, lived_until: date) -> Address:
    """The last day on which the person lived there; it is still an address to be found by."""
    with editing(address.person.force_id, by):
        held = Address.objects.select_for_update(no_key=True).get(pk=address.pk)
        held.lived_until = lived_until
        held.full_clean()
        held.save()
        changed(held.person, by=by)
    return held


def keep_confidential(person: Person, *, by: Actor, kind: str, text: str) -> Confidential:
    """Put into the vault what no document may carry to a subject. No log ever has the text."""
    with editing(person.force_id, by):
        if found := Confidential.objects.filter(person=person, kind=kind, text=text).first():
            return found
        detail = Confidential(person=person, kind=kind, text=text)
        insert(detail)
        events.record("keep_confidential", person, by=by.username, case_id=None, kind=kind)
    return detail


def release_confidential(detail: Confidential, *, by: Actor) -> None:
    """Take out of the vault what is not true (any more)."""
    with editing(detail.person.force_id, by):
        events.record(
            "release_confidential", detail.person, by=by.username, case_id=None, kind=detail.kind
        )
        detail.delete()


def agree_safe_contact(person: Person, *, by: Actor, method: str, rule: str = "") -> SafeContact:
    """How she may be reached, as she said; a new agreement takes the place of the old one."""
    with editing(person.force_id, by):
        lock(person)
        living = person.safe_contacts.filter(superseded_at=None)
        living.update(superseded_at=timezone.now(), superseded_by=by.username)
        contact = SafeContact(person=person, method=method, rule=rule)
        insert(contact)
        events.record("agree_safe_contact", person, by=by.username, case_id=None, method=method)
    return contact


def _require_facts(facts: dict[str, Any]) -> None:
    if unknown := facts.keys() - set(FACTS):
        raise ValidationError({min(unknown): ["A person has no such fact"]})
