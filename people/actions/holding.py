"""What every write about a person has in common: who may, the lock, the tokens to be found by."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models import Model

from accounts import policy
from accounts.models import Actor
from accounts.roles import Permission
from audit.actor import acting_as
from people.changes import changed
from people.models import Name, Person, Token
from people.queries import tokens_of


@contextmanager
def editing(
    force_id: str, by: Actor, *, needs: Permission = Permission.EDIT_PEOPLE
) -> Iterator[None]:
    """Whoever writes about people holds the permission and is of the force that holds the record."""
    policy.check_own_force(by, needs, force_id, what="record")
    with transaction.atomic(), acting_as(by.username):
        yield


def lock(person: Person) -> Person:
    return Person.objects.select_for_update(no_key=True).get(pk=person.pk)


def insert(row: Model) -> None:
    """Raises ValidationError naming the field."""
    row.full_clean()
    row.save(force_insert=True)


def add_name_of(person: Person, *, by: Actor, kind: str, text: str) -> Name:
    held = lock(person)
    if found := held.names.filter(kind=kind, text=text).first():
        return found
    name = Name(person=held, kind=kind, text=text)
    insert(name)
    rebuild_tokens(held)
    changed(held, by=by)
    return name


def rebuild_tokens(person: Person) -> None:
    """Make the tokens equal to what the facts say now."""
    wanted = tokens_of(person)
    held = {(token.kind, token.text): token.pk for token in person.tokens.all()}
    Token.objects.filter(pk__in=[held[key] for key in held.keys() - wanted]).delete()
    Token.objects.bulk_create(
        Token(person=person, force_id=person.force_id, kind=kind, text=text)
        for kind, text in sorted(wanted - held.keys())
    )
