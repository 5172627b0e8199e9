"""Who is meant by what was typed into the order check.

All of it has to match: a name beside a phone or a birth date means who has both. Where nobody has, who
has a part of it is shown as less likely: a number or a first name is easily misheard, a name easily
misspelt.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from uuid import UUID

from django.db.models import Q, QuerySet

from casework.models import PROTECTED_ROLES, Party
from orders.queries.heard import namesakes
from people import birthdays
from people.folding import address_words, reads_as_address
from people.models import Person, Token
from people.queries import MOST_FOUND, Found, find, find_at

AT_HOME = frozenset({Token.Kind.POSTCODE, Token.Kind.ADDRESS})
PHONE_WITHIN = re.compile(
    r"(?:\b(?:tel|telephone|phone|mobile|mob|number)\b[.:]?\s*)?(?P<phone>\+?\d[\d\s()./-]{5,}\d)",
    re.I,
)
LETTER = re.compile(r"[^\W\d_]")
BY_BIRTH = "born"
MOST_ALIKE = 20


@dataclass(frozen=True)
class Typed:
    """One reading of a text: its parts, each empty where it has none."""

    words: str = (
        ""  # a name, a nickname, an account, a plate, an address; a phone that stands alone
    )
    phone: str = ""
    born: birthdays.Born | None = None

    @property
    def parts(self) -> int:
        return sum(map(bool, (self.words, self.phone, self.born)))


def meant(text: str, *, among: QuerySet[Person], today: date) -> tuple[list[Person], list[Person]]:
    """Who is meant exactly, and who less likely: by a name that sounds like it, or by a part of it."""
    typed = [one for one in readings(text, today) if one.parts]
    found = _each_once(chain.from_iterable(_by_all(one, among) for one in typed))
    exact = [f.person for f in found if f.exact]
    alike = [f.person for f in found if not f.exact]
    if not exact:
        parts = chain.from_iterable(_by_part(one, among) for one in typed if one.parts > 1)
        alike += [person for person in dict.fromkeys(parts) if person not in alike]
        kin = chain.from_iterable(namesakes(one.words, among=among) for one in typed)
        alike += [person for person in dict.fromkeys(kin) if person not in alike]
    return exact, alike


def readings(text: str, today: date) -> Iterator[Typed]:
    """What a text may be. Digits run together may be a birth date and may be a phone."""
    born = birthdays.written_in(text, today=today)
    if born is None or not born.sure:
        yield from _apart(text.strip(), None)
    if born is not None and (born.rest or not born.is_year):
        yield from _apart(born.rest, born)


def _apart(text: str, born: birthdays.Born | None) -> Iterator[Typed]:
    """The words and the phone beside them; the digits may as well belong to the words."""
    number = PHONE_WITHIN.search(text)
    if number is None:
        yield Typed(text, "", born)
    elif words := (text[: number.start()] + text[number.end() :]).strip(" ,"):
        yield Typed(words, number["phone"], born)
        yield Typed(text, "", born)
    else:
        yield Typed(number["phone"], "", born)


def _by_all(typed: Typed, among: QuerySet[Person]) -> list[Found]:
    """Who has every part. Whoever has the phone may sound like the name: that is sure enough."""
    among = _born(typed.born, among)
    if typed.phone:
        among = among.filter(pk__in=_holding(typed.phone, among))
    if not typed.words:
        return _in_order(among)
    found = _by_words(typed, among)
    return [replace(f, exact=True) for f in found] if typed.phone else found


def _by_part(typed: Typed, among: QuerySet[Person]) -> list[Person]:
    """Who has a part of it, the most first. A year alone is too little."""
    hits: Counter[Person] = Counter()
    if typed.words:
        hits.update({f.person: 1 + f.exact for f in _by_words(typed, among)})
    if typed.phone:
        hits.update({f.person: 2 for f in _in_order(among, _holding(typed.phone, among))})
    if typed.born and not typed.born.is_year:
        hits.update({f.person: 2 for f in _in_order(_born(typed.born, among))})
    return [person for person, _ in hits.most_common(MOST_ALIKE)]


def _born(born: birthdays.Born | None, among: QuerySet[Person]) -> QuerySet[Person]:
    """Those who were born on a day that was meant."""
    if born is None:
        return among
    meant_days = Q()
    for days in born.days:
        meant_days |= Q(born_on__range=days)
    return among.filter(meant_days)


def _holding(phone: str, among: QuerySet[Person]) -> list[UUID]:
    return [found.person.pk for found in find(phone, among=among) if found.exact]


def _in_order(among: QuerySet[Person], these: list[UUID] | None = None) -> list[Found]:
    people = among if these is None else among.filter(pk__in=these)
    return [
        Found(person, BY_BIRTH, exact=True)
        for person in people.order_by("family_name", "given_names")[:MOST_FOUND]
    ]


def _by_words(typed: Typed, among: QuerySet[Person]) -> list[Found]:
    """By the words; what may only be a birth date is not looked for beside an address."""
    found = find(typed.words, among=among)
    if LETTER.search(typed.words):  # the digits of "Testwood 07700 900318" are not all of it
        found = [f for f in found if f.by != Token.Kind.PHONE]
    unsure = typed.born is not None and not typed.born.sure
    placed = reads_as_address(address_words(typed.words)) or not any(f.exact for f in found)
    if placed and not unsure:
        found += find_at(typed.words, among=among)
    return _each_once(_not_at_home(found))


def _not_at_home(found: Iterable[Found]) -> list[Found]:
    """Without those found by an address who are protected in any case.

    Where a protected person is, nobody may learn by asking, not even where an order is on her too.
    """
    found = list(found)
    homes = {f.person.pk for f in found if f.by in AT_HOME}
    parties = Party.objects.filter(person__in=homes, role__in=PROTECTED_ROLES)
    hidden = set(parties.values_list("person_id", flat=True)) if homes else set()
    return [f for f in found if f.by not in AT_HOME or f.person.pk not in hidden]


def _each_once(found: Iterable[Found]) -> list[Found]:
    """Each person by what is surest."""
    surest: dict[UUID, Found] = {}
    for one_way in sorted(found, key=lambda f: not f.exact):
        surest.setdefault(one_way.person.pk, one_way)
    return list(surest.values())
