"""Finding people, and the one question that may be asked of the vault."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Force
from people import folding
from people.models import Confidential, Identifier, Person, SafeContact, Token

K = Token.Kind
KIND_OF_IDENTIFIER = {
    Identifier.Kind.PHONE: (K.PHONE, folding.phone),
    Identifier.Kind.EMAIL: (K.ACCOUNT, folding.account),
    Identifier.Kind.ACCOUNT: (K.ACCOUNT, folding.account),
    Identifier.Kind.PLATE: (K.PLATE, folding.plate),
    Identifier.Kind.PNC_ID: (K.ACCOUNT, folding.account),
    Identifier.Kind.CUSTODY: (K.ACCOUNT, folding.account),
}
SHORTEST_PHONE = 6
SHORTEST_PLATE = 2
MOST_FOUND = 50


@dataclass(frozen=True)
class Found:
    """A person, and by what: exact, or by a name that sounds like the one asked for."""

    person: Person
    by: str  # a Token.Kind
    exact: bool


def tokens_of(person: Person) -> set[tuple[str, str]]:
    """Every (kind, text) that this person is found by, from the facts as they are now."""
    return tokens_of_facts(
        [person.given_names, person.family_name, *(n.text for n in person.names.all())],
        [(i.kind, i.text) for i in person.identifiers.all()],
        [a.postcode for a in person.addresses.all()],
    )


def tokens_of_facts(
    names: Iterable[str],
    identifiers: Iterable[tuple[str, str]] = (),
    postcodes: Iterable[str] = (),
) -> set[tuple[str, str]]:
    """The same from bare facts; identifiers are (kind, text)."""
    tokens = set().union(*map(_tokens_of_name, names))
    for kind, text in identifiers:
        token, fold = KIND_OF_IDENTIFIER[Identifier.Kind(kind)]
        tokens.add((str(token), fold(text)))
    tokens |= {(str(K.POSTCODE), folding.postcode(postcode)) for postcode in postcodes}
    return {(kind, text[:100]) for kind, text in tokens if text}


@lru_cache(maxsize=4096)
def _tokens_of_name(name: str) -> frozenset[tuple[str, str]]:
    words = folding.words(name)
    sounds = {s for s in map(folding.sound, words) if len(s) >= 2}
    return frozenset({(str(K.NAME), word) for word in words} | {(str(K.SOUND), s) for s in sounds})


def find(
    text: str, *, among: QuerySet[Person] | None = None, limit: int = MOST_FOUND
) -> list[Found]:
    """People by a name, nickname, phone, postcode, plate or account: exact first, sound-alikes after.

    All words of a name must be found, in any order. `among` narrows whom to look for; without it
    everybody of every force is looked at, so a caller says whom the asker may be shown.
    """
    people = Person.objects.all() if among is None else among
    found: dict[UUID, Found] = {}
    for kind, wanted in _readings(text):
        if len(found) >= limit or not wanted:
            continue
        for person in _holding(people, kind, wanted).order_by("family_name", "given_names")[:limit]:
            found.setdefault(person.pk, Found(person, kind, exact=kind != K.SOUND))
    return list(found.values())[:limit]


def holders(text: str, *, force_id: str | None, alike: bool = False) -> QuerySet[Token, Any]:
    """The ids of everybody in a force who is meant exactly or, asked for alone, only sounds so.

    To narrow another query by, without a limit; all words of a name must be found, as in `find`.
    """
    wanted = Q(pk__in=[])
    for kind, words in _readings(text):
        if (kind == K.SOUND) is not alike or not words:
            continue
        held = Q(kind=kind, text=words[0])
        for word in words[1:]:
            held &= Q(Exists(Token.objects.filter(person=OuterRef("person"), kind=kind, text=word)))
        wanted |= held
    return Token.objects.filter(wanted, force_id=force_id).values("person")


def _readings(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What the text may be, the surest reading first."""
    if len(digits := folding.phone(text)) >= SHORTEST_PHONE:
        yield K.PHONE, (digits,)
    if code := folding.postcode(text):
        yield K.POSTCODE, (code,)
    if len(plate := folding.plate(text)) >= SHORTEST_PLATE and any(c.isdigit() for c in plate):
        yield K.PLATE, (plate,)
    yield K.ACCOUNT, (account,) if (account := folding.account(text)) else ()
    words = tuple(folding.fold(text).split())
    yield K.NAME, words
    sounds = tuple(dict.fromkeys(map(folding.sound, words)))
    yield K.SOUND, sounds if all(len(s) >= folding.COMMON_SOUND for s in sounds) else ()


def _holding(people: QuerySet[Person], kind: str, wanted: Iterable[str]) -> QuerySet[Person]:
    for text in wanted:
        token = Token.objects.filter(person=OuterRef("pk"), kind=kind, text=text)
        people = people.filter(Exists(token))
    return people


def look_alikes(
    force: Force,
    *,
    given_names: str,
    family_name: str,
    born_on: date | None = None,
    among: QuerySet[Person] | None = None,
) -> list[Found]:
    """Who in this force may already be this person: asked before another one is made.

    `among` narrows it to those whom the asker may be shown.
    """
    known = (Person.objects.all() if among is None else among).filter(force=force)
    found = find(f"{given_names} {family_name}", among=known, limit=10)
    if born_on is not None:
        held = {f.person.pk for f in found}
        same_day = known.filter(born_on=born_on).exclude(pk__in=held)
        found += find(family_name, among=same_day, limit=10)
        found = [f for f in found if f.person.born_on in (None, born_on)]
    return found


def confidential_of(people: Collection[UUID]) -> QuerySet[Confidential]:
    """The vault's rows of these people. Who shows them checks VIEW_CONFIDENTIAL and notes the look."""
    return Confidential.objects.filter(person_id__in=people).order_by("kind", "text")


def confidential_texts(people: Collection[UUID]) -> tuple[str, ...]:
    """What must not be given away, for a comparison by machine. Never shown, never in a message."""
    return tuple(confidential_of(people).values_list("text", flat=True))


def safe_contact_of(person: Person) -> SafeContact | None:
    """How she may be reached; None where nobody has asked her yet. Who shows its rule checks
    VIEW_CONFIDENTIAL."""
    return person.safe_contacts.order_by("pk").last()
