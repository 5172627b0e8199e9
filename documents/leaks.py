"""How a confidential detail looks in writing, however it is spelt, and whether words give it away.

A detail is cut into the pieces that give it away (a phone, a postcode, a street, what names a house or
a school), each with the reading of `spellings` in which it is looked for. The answer is yes or no:
never which detail, and never whose.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from documents.bynames import PARTS, STREETS, WELSH_STREETS, bynames, in_other_scripts, western
from documents.everyday import PREMISES, says_nothing
from documents.spellings import READ, STREET_WORDS, Piece, Said, Way, squeeze, words
from people import folding

POSTCODE = re.compile(r"\b([a-z]{1,2}[0-9][a-z0-9]?) ?([0-9][a-z]{2})\b")
PHONE = re.compile(r"\+?\(?[0-9][0-9\s()./-]{7,}[0-9]")
NAMED_STREET = re.compile(
    r"\b(?:[A-Z][\w'’-]+\s+){1,3}(?i:" + "|".join(sorted({*STREETS, *STREET_WORDS})) + r")\b"
)
WRITTEN_OUT = re.compile(r"\bat\b.+\bdot\b", re.IGNORECASE)  # an e-mail as it is said
HANDLE = re.compile(r"@?[\w.\-]*[._\-@][\w.\-]*")
SHORTEST = 5  # letters and digits; a shorter piece is in every text by chance
SHORTEST_WHOLE = 4


@lru_cache(maxsize=1024)
def needles(detail: str) -> frozenset[Piece]:
    """Pieces any one of which gives this detail away to somebody who knows the case."""
    detail = western(detail)
    whole = words(detail)
    found = {*bynames(detail)} | {
        piece for piece in _read(whole) if len(piece.letters) >= SHORTEST_WHOLE
    }
    if re.search(r"\d", detail) or _is_online(detail):
        found.add(Piece(Way.SAID, "".join(READ[Way.SAID](whole))))
    if _is_online(detail):  # one@two.six is no 126
        found.add(Piece(Way.SIGNLESS, "".join(READ[Way.SIGNLESS](whole))))
    else:
        for part in _places(detail):
            found |= {piece for piece in _read(part) if len(piece.letters) >= SHORTEST}
    long_enough = {piece for piece in found if len(piece.letters) >= SHORTEST_WHOLE}
    pieces = {*long_enough, *_phones(detail), *_postcodes(detail)}
    return frozenset(pieces | {other for piece in pieces for other in in_other_scripts(piece)})


@lru_cache(maxsize=2**15)  # a request reads the vault of its force: each detail is cut up once
def far_needles(detail: str) -> tuple[Piece, ...]:
    """Pieces that give it away in the papers of another case, when all of them are there.

    A street or a school that somebody else lives in or goes to is no secret by itself. Empty where
    nothing in the detail can be told apart from anybody's.
    """
    if phones := set(_phones(detail)):
        return (phones.pop(),)
    if postcodes := set(_postcodes(detail)):
        return (_plain(door), postcodes.pop()) if (door := _door(detail)) else ()
    whole = squeeze(detail)
    single = not PARTS.search(detail) and (re.search(r"\d", detail) or _is_online(detail))
    return (_plain(whole),) if single and len(whole) >= SHORTEST else ()


def gives_away(text: str, details: Iterable[str]) -> bool:
    """Do these words hold one of these details, however it is written?"""
    said = Said(text)
    return any(said.count(piece) for detail in details for piece in needles(detail))


def same_place(address: str, details: Iterable[str]) -> bool:
    """Is this address one of these details: the same door, or all of its words?"""
    said = squeeze(address)
    places = (place for detail in details for place in (_door(detail), squeeze(detail)))
    return any(place in said for place in places if len(place) >= SHORTEST)


def _plain(letters: str) -> Piece:
    return Piece(Way.PLAIN, letters)


def _read(parts: list[str]) -> Iterator[Piece]:
    """As they stand, and without plurals and possessives; nothing of words that everybody uses.

    The Oaks are no oak, and the greens no Green.
    """
    is_saint = len(parts) > 1 and parts[0] == "street"  # "st" is read so
    if says_nothing(parts) and not is_saint:
        return
    yield _plain("".join(parts))
    if not _named_by_the(parts):
        yield Piece(Way.SINGULAR, "".join(READ[Way.SINGULAR](parts)))


def _is_online(detail: str) -> bool:
    """An e-mail or the name of an account: "jane at example dot org", zq_canary, @zqcanary."""
    bare = detail.strip()
    return "@" in bare or bool(WRITTEN_OUT.search(bare) or HANDLE.fullmatch(bare))


def _postcodes(detail: str) -> Iterator[Piece]:
    for outward, inward in POSTCODE.findall(folding.fold(detail)):
        yield Piece(Way.POSTCODE, outward + inward)


def _phones(detail: str) -> Iterator[Piece]:
    """The number without 0, +44 or (0) before it, which is in every way of writing it."""
    for run in (*PHONE.findall(detail), *PHONE.findall(" ".join(READ[Way.SAID](words(detail))))):
        if len(digits := folding.phone(run).removeprefix("0")) >= 9:
            yield Piece(Way.PHONE, digits)


def _places(detail: str) -> Iterator[list[str]]:
    """Streets, and what names a building: not the town alone, nor the number of a flat alone."""
    for street in NAMED_STREET.findall(detail):
        if telling := _without_premises(words(street)):  # of "The House" nothing is left
            yield telling
            yield words(street)[-2:]
    parts = [held for part in PARTS.split(detail) if (held := _without_premises(words(part)))]
    for place, held in enumerate(parts):
        is_street = len(held) > 1 and (held[-1] in STREETS or held[0] in WELSH_STREETS)
        is_name = place == 0 or (len(held) > 1 and place < len(parts) - 1)
        if is_street or is_name:
            yield held


def _door(detail: str) -> str:
    """12 Rose Lane of Flat 2, 12 Rose Lane, Testham; empty where no part has number and street."""
    for part in PARTS.split(detail):
        held = words(part)
        if any(c.isdigit() for c in part) and _without_premises(held):
            return "".join(held)
    return ""


def _without_premises(parts: list[str]) -> list[str]:
    """Rose Lane of Flat 2, 12 Rose Lane; nothing of a postcode."""
    telling = [word for word in parts if not any(c.isdigit() for c in word)]
    while telling and telling[0] in PREMISES and not _named_by_the(telling):
        telling.pop(0)
    return telling


def _named_by_the(parts: list[str]) -> bool:
    """The Green: "the" stays before a single word, for "green" alone is in "they agree not"."""
    return len(parts) == 2 and parts[0] == "the" and parts[1] not in PREMISES
