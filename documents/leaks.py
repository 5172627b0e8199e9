"""How a confidential detail looks in writing, however it is spelt, and whether words give it away.

Words are folded (case, accents, punctuation, "Rd" for "Road") and then squeezed: all spaces go, so
that `ZZ9 9ZZ`, `zz99zz` and a name broken over two lines are one. The answer is yes or no: never
which detail, and never whose.
"""

import re
from collections.abc import Iterable, Iterator

from people import folding

STREET_WORDS = {
    "ave": "avenue",
    "cl": "close",
    "cr": "crescent",
    "cres": "crescent",
    "ct": "court",
    "dr": "drive",
    "gdns": "gardens",
    "gr": "grove",
    "hse": "house",
    "ln": "lane",
    "pde": "parade",
    "pk": "park",
    "pl": "place",
    "rd": "road",
    "sq": "square",
    "saint": "street",  # both are St: one word for all three, in the detail and in the text alike
    "st": "street",
    "tce": "terrace",
    "ter": "terrace",
    "wy": "way",
}
STREETS = frozenset(STREET_WORDS.values()) | {
    "street",
    "hill",
    "mews",
    "row",
    "walk",
    "heol",
    "stryd",
}
WELSH_STREETS = frozenset({"heol", "stryd", "ffordd", "lon", "rhodfa", "maes", "clos", "cwrt"})
PREMISES = frozenset(
    {"flat", "apartment", "unit", "floor", "room", "house", "the", "a", "at", "of", "no"}
)
PARTS = re.compile(r"[,;\n]")
POSTCODE = re.compile(r"\b([a-z]{1,2}[0-9][a-z0-9]?) ?([0-9][a-z]{2})\b")
PHONE = re.compile(r"\+?\(?[0-9][0-9\s()./-]{7,}[0-9]")
NAMED_STREET = re.compile(
    r"\b(?:[A-Z][\w'’-]+\s+){1,3}(?i:" + "|".join(sorted({*STREETS, *STREET_WORDS})) + r")\b"
)
POSSESSIVE = re.compile(r"['’]s\b", re.IGNORECASE)
SPELT_SIGN = re.compile(
    r"[\[({]\s*(?:at|dot)\s*[\])}]", re.IGNORECASE
)  # name [at] example [dot] test
LOOK_LATIN = str.maketrans(  # letters of other scripts that nobody can tell from Latin ones
    "асеорхуіјѕһԁАВЕКМНОРСТХУІЈЅαοΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "aceopxyijshdABEKMHOPCTXYIJSaoABEZHIKMNOPTYX"
)
LOOK_DIGITS = str.maketrans("oil", "011")
SHORTEST = 5  # letters and digits; a shorter piece is in every text by chance
SHORTEST_WHOLE = 4


def squeeze(text: str) -> str:
    """Folded, streets written out, without spaces."""
    return "".join(_words(text))


def _words(text: str) -> list[str]:
    plain = SPELT_SIGN.sub(" ", text.translate(LOOK_LATIN))
    return [STREET_WORDS.get(word, word) for word in folding.fold(plain).split()]


def needles(detail: str) -> set[str]:
    """Squeezed pieces any one of which gives this detail away to somebody who knows the case."""
    found = {squeeze(detail), *_postcodes(detail), *_phones(detail)}
    if "@" not in detail:
        found |= set(_places(detail)) | set(_places(POSSESSIVE.sub("", detail)))
    whole = squeeze(detail)
    return {n for n in found if len(n) >= SHORTEST or (n == whole and len(n) >= SHORTEST_WHOLE)}


def far_needles(detail: str) -> tuple[str, ...]:
    """Squeezed pieces that give it away in the papers of another case, when all of them are there.

    A street or a school that somebody else lives in or goes to is no secret by itself. Empty where
    nothing in the detail can be told apart from anybody's.
    """
    whole = squeeze(detail)
    if phones := set(_phones(detail)):
        return (phones.pop(),)
    if postcodes := set(_postcodes(detail)):
        return (door, postcodes.pop()) if (door := _door(detail)) else ()
    single = not PARTS.search(detail) and (re.search(r"\d", detail) or "@" in detail)
    return (whole,) if single and len(whole) >= SHORTEST else ()


def gives_away(text: str, details: Iterable[str]) -> bool:
    """Do these words hold one of these details, however it is written?"""
    said = (squeeze(text), squeeze(POSSESSIVE.sub("", text)))
    digits = said[0].translate(LOOK_DIGITS)
    return any(
        any(needle in words for needle in needles(detail) for words in said)
        or any(number.translate(LOOK_DIGITS) in digits for number in _numbers(detail))
        for detail in details
    )


def same_place(address: str, details: Iterable[str]) -> bool:
    """Is this address one of these details: the same door, or all of its words?"""
    said = squeeze(address)
    places = (place for detail in details for place in (_door(detail), squeeze(detail)))
    return any(place in said for place in places if len(place) >= SHORTEST)


def _postcodes(detail: str) -> Iterator[str]:
    for outward, inward in POSTCODE.findall(folding.fold(detail)):
        yield outward + inward


def _phones(detail: str) -> Iterator[str]:
    """The number without 0, +44 or (0) before it, which is in every way of writing it."""
    for run in PHONE.findall(detail):
        if len(digits := folding.phone(run).removeprefix("0")) >= 9:
            yield digits


def _numbers(detail: str) -> Iterator[str]:
    """What is found also with O for 0 and l for 1: a phone, a postcode."""
    yield from _postcodes(detail)
    yield from _phones(detail)


def _places(detail: str) -> Iterator[str]:
    """Streets, and what names a building: not the town alone, nor the number of a flat alone."""
    for street in NAMED_STREET.findall(detail):
        if telling := _without_premises(_words(street)):  # of "The House" nothing is left
            yield "".join(telling)
            yield "".join(_words(street)[-2:])
    parts = [words for part in PARTS.split(detail) if (words := _without_premises(_words(part)))]
    for place, words in enumerate(parts):
        is_street = len(words) > 1 and (words[-1] in STREETS or words[0] in WELSH_STREETS)
        is_name = place == 0 or (len(words) > 1 and place < len(parts) - 1)
        if is_street or is_name:
            yield "".join(words)


def _door(detail: str) -> str:
    """12 Rose Lane of Flat 2, 12 Rose Lane, Testham; empty where no part has number and street."""
    for part in PARTS.split(detail):
        words = _words(part)
        if any(c.isdigit() for c in part) and _without_premises(words):
            return "".join(words)
    return ""


def _without_premises(words: list[str]) -> list[str]:
    """Rose Lane of Flat 2, 12 Rose Lane; nothing of a postcode."""
    telling = [word for word in words if not any(c.isdigit() for c in word)]
    while telling and telling[0] in PREMISES and not _named_by_the(telling):
        telling.pop(0)
    return telling


def _named_by_the(words: list[str]) -> bool:
    """The Green: "the" stays before a single word, for "green" alone is in "they agree not"."""
    return len(words) == 2 and words[0] == "the" and words[1] not in PREMISES
