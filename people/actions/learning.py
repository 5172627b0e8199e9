"""What a subject told the police, or was heard of him: written by whoever may take his notification."""

from datetime import date

from accounts.models import Actor, Force
from accounts.roles import Permission
from people.actions.holding import add_name_of, editing, lock, rebuild_tokens
from people.changes import changed
from people.folding import fold, without_postcode
from people.models import Address, Name, Person


def learn_name(person: Person, *, by: Actor, kind: str, text: str) -> None:
    """A name that a subject notified under s9, or was heard to use: he is found by it from now on.

    Whoever may take his notification may write it; nothing else of him is theirs to change.
    """
    with editing(person.force_id, by, needs=Permission.RECORD_ATTENDANCE):
        if fold(text) != fold(person.full_name):
            add_name_of(person, by=by, kind=kind, text=text)


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
    with editing(person.force_id, by, needs=Permission.RECORD_ATTENDANCE):
        held = lock(person)
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


def unlearn(row: Name | Address, *, by: Actor) -> None:
    """The record that told us was wrong, and nothing else says so: he is found by it no more.

    The record keeps the words, and the log that they were taken out.
    """
    with editing(row.person.force_id, by, needs=Permission.RECORD_ATTENDANCE):
        held = lock(row.person)
        row.delete()
        rebuild_tokens(held)
        changed(held, by=by)
