"""Writes about people. Each keeps the search tokens equal to the facts, in the same transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from accounts import policy
from accounts.models import Actor, Force
from accounts.policy import Denied
from accounts.roles import Permission
from audit import events
from audit.actor import acting_as
from people.changes import changed
from people.folding import fold, without_postcode
from people.models import (
    FACTS,
    Address,
    Confidential,
    Correction,
    Identifier,
    Name,
    Person,
    SafeContact,
    Token,
)
from people.queries import tokens_of


@contextmanager
def _editing(
    force_id: str, by: Actor, *, needs: Permission = Permission.EDIT_PEOPLE
) -> Iterator[None]:
    """Whoever writes about people holds the permission and is of the force that holds the record."""
    policy.check_role(by, needs)
    if by.force_id != force_id:
        raise Denied("This record belongs to another force")
    with transaction.atomic(), acting_as(by.username):
        yield


def _lock(person: Person) -> Person:
    return Person.objects.select_for_update(no_key=True).get(pk=person.pk)


def _insert(row: Model) -> None:
    """Raises ValidationError naming the field."""
    row.full_clean()
    row.save(force_insert=True)


def add_person(force: Force, *, by: Actor, **facts: Any) -> Person:
    """A new person of this force. Look first (`queries.look_alikes`) whether there is one.

    facts  the fields in FACTS; raises ValidationError naming the field.
    """
    _require_facts(facts)
    with _editing(force.pk, by):
        person = Person(force=force, **facts)
        _insert(person)
        rebuild_tokens(person)
        events.record("add_person", person, by=by.username, case_id=None)
    return person


def correct_person(person: Person, *, by: Actor, **facts: Any) -> Person:
    """Write what is known better now; the old words stay in the log."""
    _require_facts(facts)
    with _editing(person.force_id, by):
        held = _lock(person)
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
    with _editing(person.force_id, by):
        held = _lock(person)
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
        _insert(was)
        if (
            why == Correction.Why.CHANGED
            and was.full_name != f"{given_names} {family_name}".strip()
        ):
            _add_name(held, by=by, kind=Name.Kind.FORMER, text=was.full_name)
        correct_person(
            held, by=by, given_names=given_names, family_name=family_name, born_on=born_on
        )
    return was


def add_name(person: Person, *, by: Actor, kind: str, text: str) -> Name:
    """Another name that the person is known by; the same again is the same name."""
    with _editing(person.force_id, by):
        return _add_name(person, by=by, kind=kind, text=text)


def _add_name(person: Person, *, by: Actor, kind: str, text: str) -> Name:
    held = _lock(person)
    if found := held.names.filter(kind=kind, text=text).first():
        return found
    name = Name(person=held, kind=kind, text=text)
    _insert(name)
    rebuild_tokens(held)
    changed(held, by=by)
    return name


def learn_name(person: Person, *, by: Actor, kind: str, text: str) -> None:
    """A name that a subject notified under s9, or was heard to use: he is found by it from now on.

    Whoever may take his notification may write it; nothing else of him is theirs to change.
    """
    with _editing(person.force_id, by, needs=Permission.RECORD_ATTENDANCE):
        if fold(text) != fold(person.full_name):
            _add_name(person, by=by, kind=kind, text=text)


def learn_address(
    person: Person,
    *,
    by: Actor,
    text: str,
    told_by: str,
    police_force: Force | None = None,
    lived_from: date | None = None,
) -> Address:
    """Where a subject said that he lives, or is said to, with its source. Never a protected person's.

    An address that is known already gets the newer source and whatever was not known of it.
    """
    with _editing(person.force_id, by, needs=Permission.RECORD_ATTENDANCE):
        held = _lock(person)
        lines, postcode = without_postcode(text)
        known = held.addresses.filter(lived_until=None)
        address = next((a for a in known if fold(str(a)) == fold(text)), None) or Address(
            person=held, lines=lines, postcode=postcode
        )
        address.told_by = told_by
        address.police_force = police_force or address.police_force
        address.lived_from = address.lived_from or lived_from
        address.full_clean()
        address.save()
        rebuild_tokens(held)
        changed(held, by=by)
    return address


def remove_name(name: Name, *, by: Actor) -> None:
    """It was never this person's name."""
    with _editing(name.person.force_id, by):
        held = _lock(name.person)
        name.delete()
        rebuild_tokens(held)
        changed(held, by=by)


def add_identifier(person: Person, *, by: Actor, kind: str, text: str) -> Identifier:
    """A phone, plate or account of a subject. What a protected person has goes into the vault."""
    with _editing(person.force_id, by):
        held = _lock(person)
        if found := held.identifiers.filter(kind=kind, text=text).first():
            return found
        identifier = Identifier(person=held, kind=kind, text=text)
        _insert(identifier)
        rebuild_tokens(held)
    return identifier


def remove_identifier(identifier: Identifier, *, by: Actor) -> None:
    """It was never this person's."""
    with _editing(identifier.person.force_id, by):
        held = _lock(identifier.person)
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
    with _editing(person.force_id, by):
        held = _lock(person)
        address = Address(
            person=held,
            lines=lines,
            postcode=postcode.upper(),
            police_force=police_force,
            lived_from=lived_from,
            told_by=told_by,
        )
        _insert(address)
        rebuild_tokens(held)
        changed(held, by=by)
    return address


def leave_address(address: Address, *, by: Actor, lived_until: date) -> Address:
    """The last day on which the person lived there; it is still an address to be found by."""
    with _editing(address.person.force_id, by):
        held = Address.objects.select_for_update(no_key=True).get(pk=address.pk)
        held.lived_until = lived_until
        held.full_clean()
        held.save()
        changed(held.person, by=by)
    return held


def keep_confidential(person: Person, *, by: Actor, kind: str, text: str) -> Confidential:
    """Put into the vault what no document may carry to a subject. No log ever has the text."""
    with _editing(person.force_id, by):
        if found := Confidential.objects.filter(person=person, kind=kind, text=text).first():
            return found
        detail = Confidential(person=person, kind=kind, text=text)
        _insert(detail)
        events.record("keep_confidential", person, by=by.username, case_id=None, kind=kind)
    return detail


def release_confidential(detail: Confidential, *, by: Actor) -> None:
    """Take out of the vault what is not true (any more)."""
    with _editing(detail.person.force_id, by):
        events.record(
            "release_confidential", detail.person, by=by.username, case_id=None, kind=detail.kind
        )
        detail.delete()


def agree_safe_contact(person: Person, *, by: Actor, method: str, rule: str = "") -> SafeContact:
    """How she may be reached, as she said; a new agreement takes the place of the old one."""
    with _editing(person.force_id, by):
        _lock(person)
        living = person.safe_contacts.filter(superseded_at=None)
        living.update(superseded_at=timezone.now(), superseded_by=by.username)
        contact = SafeContact(person=person, method=method, rule=rule)
        _insert(contact)
        events.record("agree_safe_contact", person, by=by.username, case_id=None, method=method)
    return contact


def rebuild_tokens(person: Person) -> None:
    """Make the tokens equal to what the facts say now."""
    wanted = tokens_of(person)
    held = {(token.kind, token.text): token.pk for token in person.tokens.all()}
    Token.objects.filter(pk__in=[held[key] for key in held.keys() - wanted]).delete()
    Token.objects.bulk_create(
        Token(person=person, force_id=person.force_id, kind=kind, text=text)
        for kind, text in sorted(wanted - held.keys())
    )


def _require_facts(facts: dict[str, Any]) -> None:
    if unknown := facts.keys() - set(FACTS):
        raise ValidationError({min(unknown): ["A person has no such fact"]})
