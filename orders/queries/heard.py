"""Who has the family name that was typed, under another first name: first names are misheard.

"Bart Pretendly" finds Nick Pretendly as less likely, where nobody matches all of it. The family name is
what stands last, or before a comma ("Pretendly, Bart"), or else first. Who only sounds like it comes
after who has it.
"""

import re
from collections.abc import Iterator

from django.db.models import Case, IntegerField, QuerySet, Value, When

from people.folding import COMMON_SOUND, fold, sound
from people.models import Person, Token

MOST_OF_A_NAME = 10
MOST_LOOKED_AT = 200  # of a common name: those with the initial first
WORD = re.compile(r"[^\W\d_][^\s,]*")


def namesakes(text: str, *, among: QuerySet[Person]) -> list[Person]:
    """By the family name alone, the likeliest first, and never many. Nobody where there is one word only."""
    for first, family in name_parts(text):
        if found := _under(first, family, among):
            return found
    return []


def _under(first: str, family: str, among: QuerySet[Person]) -> list[Person]:
    exact = _of(Token.Kind.NAME, family, first, among)
    heard = sound(family)
    alike = _of(Token.Kind.SOUND, heard, first, among) if len(heard) >= COMMON_SOUND else []
    found = [p for p in exact if family in _families(p)]
    found += [p for p in alike if heard in map(sound, _families(p))]
    return list(dict.fromkeys(found))[:MOST_OF_A_NAME]


def name_parts(text: str) -> Iterator[tuple[str, str]]:
    """First name and family name, folded, as they may be meant; the family name last, or else first."""
    before, comma, after = text.partition(",")
    words = [fold(word) for word in WORD.findall(f"{after} {before}" if comma else text)]
    words = [word for word in words if word]
    if len(words) > 1:
        yield words[0], words[-1]
    if len(words) == 2 and not comma:
        yield words[1], words[0]


def _of(kind: str, wanted: str, first: str, among: QuerySet[Person]) -> list[Person]:
    """Those with this word in a name, by the index of tokens: first who shares the initial."""
    held = Token.objects.filter(kind=kind, text=wanted)
    rank = Case(
        When(given_names__istartswith=first[0], then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    people = among.filter(pk__in=held.values("person")).prefetch_related("names")
    return list(people.order_by(rank, "family_name", "given_names", "pk")[:MOST_LOOKED_AT])


def _families(person: Person) -> set[str]:
    """Each word that is a family name of this person: of the name itself, and the last of any other."""
    return {word for word in _words(person) if word}


def _words(person: Person) -> Iterator[str]:
    yield fold(person.family_name).replace(" ", "")
    yield from fold(person.family_name).split()
    for name in person.names.all():
        yield from fold(name.text).split()[-1:]
