"""Finding people, and the one question that may be asked of the vault."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts.models import Force
from people import folding
from people.models import Address, Confidential, Identifier, Person, SafeContact, Token

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
        [str(address) for address in person.addresses.all()],
    )


def tokens_of_facts(
    names: Iterable[str],
    identifiers: Iterable[tuple[str, str]] = (),
    addresses: Iterable[str] = (),
) -> set[tuple[str, str]]:
    """The same from bare facts; identifiers are (kind, text), addresses end with their postcode."""
    tokens = set().union(*map(_tokens_of_name, names))
    for kind, text in identifiers:
        token, fold = KIND_OF_IDENTIFIER[Identifier.Kind(kind)]
        tokens.add((str(token), fold(text)))
    tokens |= set().union(*map(tokens_of_address, addresses))
    return {(kind, text[:100]) for kind, text in tokens if text}


def tokens_of_address(address: str) -> set[tuple[str, str]]:
    """What one address is found by: its postcode, and each word of its lines."""
    lines, code = folding.without_postcode(address)
    if only := folding.postcode(address):
        return {(str(K.POSTCODE), only)}
    return {
        (str(K.POSTCODE), folding.postcode(code)),
        *((str(K.ADDRESS), word) for word in folding.address_words(lines)),
    }


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


def find_at(text: str, *, among: QuerySet[Person], limit: int = MOST_FOUND) -> list[Found]:
    """People by an address, by its line or as a whole, also beside their name: exact first.

    Exact has every word (of the address or of the name) and the postcode, where one is given. Less
    sure is who shares the street or the postcode only, or one plain word ("Sampleford").
    """
    lines, code = folding.without_postcode(text)
    wanted, code = folding.address_words(lines), folding.postcode(code)
    sure = among.none()
    if folding.tells_a_place(wanted):
        sure = _at(among, wanted, code, names=True)
    found = {p.pk: Found(p, K.ADDRESS, code != "" or len(wanted) > 1) for p in sure[:limit]}
    for part, its_code in _parts(lines, code):
        for person in _at(among, part, its_code)[:limit]:
            found.setdefault(person.pk, Found(person, K.ADDRESS, exact=False))
    return list(found.values())[:limit]


def _parts(lines: str, code: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """What of an address may be right where the whole is not: its street, a line, its postcode."""
    for line in (lines, *lines.split(",")):
        street = folding.street_of(folding.address_words(line))
        if folding.reads_as_address(street):
            yield street, ""
    if code:
        yield (), code


def _at(
    people: QuerySet[Person], wanted: Iterable[str], code: str, *, names: bool = False
) -> QuerySet[Person]:
    """Those with every word in an address (or, with `names`, in their name), and this postcode."""
    kinds = (K.ADDRESS, K.NAME) if names else (K.ADDRESS,)
    for word in wanted:
        held = Token.objects.filter(kind__in=kinds, text=word)
        people = people.filter(pk__in=held.values("person"))
    if code:
        people = _holding(people, K.POSTCODE, (code,))
    return people.order_by("family_name", "given_names")


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


def namesakes(person: Person, *, among: QuerySet[Person]) -> list[Person]:
    """Others who were born on the same day and have a name of this person, as it is known or used.

    `among` says whom the asker may hear of.
    """
    born = among.filter(born_on=person.born_on).exclude(pk=person.pk)
    if person.born_on is None or not born.exists():
        return []
    names = [person.full_name, *(name.text for name in person.names.all())]
    found: dict[UUID, Person] = {}
    for words in (tuple(folding.fold(name).split()) for name in names):
        if len(words) > 1:
            found |= {p.pk: p for p in _holding(born, K.NAME, words)[:MOST_FOUND]}
    return list(found.values())


def living_addresses(person: Person) -> QuerySet[Address]:
    """Where a person lives as far as is known: the newest first, one without a first day last."""
    living = Address.objects.filter(person=person, lived_until=None)
    return living.order_by(F("lived_from").desc(nulls_last=True), "pk")


def current_address(person: Person) -> Address | None:
    """The one that papers name."""
    return living_addresses(person).first()


def confidential_of(people: Collection[UUID]) -> QuerySet[Confidential]:
    """The vault's rows of these people. Who shows them checks VIEW_CONFIDENTIAL and notes the look."""
    return Confidential.objects.filter(person_id__in=people).order_by("kind", "text")


def confidential_texts(people: Collection[UUID]) -> tuple[str, ...]:
    """What must not be given away, for a comparison by machine. Never shown, never in a message."""
    return tuple(confidential_of(people).values_list("text", flat=True))


def safe_contact_of(person: Person) -> SafeContact | None:
    """How she may be reached; None where nobody has asked her yet. Who shows its rule checks
    VIEW_CONFIDENTIAL."""
    return safe_contacts([person.pk]).first()


def safe_contacts(people: Collection[UUID]) -> QuerySet[SafeContact]:
    """What is agreed now with these people; earlier agreements are history."""
    return SafeContact.objects.filter(person__in=people, superseded_at=None)
