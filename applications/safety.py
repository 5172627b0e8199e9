"""The safety rule: no condition gives away where a protected person is, however it is written.

The comparison is by machine. What it answers is yes or no: never how far, which side, or whose.
"""

import re
from collections.abc import Collection, Iterator

from applications.models import Application
from law.findings import Finding, block
from people import folding
from people.queries import confidential_texts

SAFETY = "safety rule"
GIVEN_AWAY = "These words give away a confidential place or detail. Say it another way"
STREET_WORDS = {"rd": "road", "st": "street", "ave": "avenue", "ln": "lane", "cl": "close"}
STREET_WORDS |= {"dr": "drive", "cres": "crescent", "sq": "square", "ct": "court", "pl": "place"}
NOT_A_PLACE = frozenset({"flat", "unit", "floor", "house", "the", "a", "at", "of", "no", "room"})
SHORTEST_NUMBER = 5


def gives_away(text: str, confidential: Collection[str]) -> bool:
    """Do these words hold a confidential place, number or name, however it is written?"""
    said = f" {_street_words(text)} "
    squeezed = _squeezed(text)
    return any(
        any(f" {part} " in said for part in _places(secret))
        or any(number in squeezed for number in _numbers(secret))
        for secret in confidential
    )


def _street_words(text: str) -> str:
    return " ".join(STREET_WORDS.get(word, word) for word in folding.fold(text).split())


def _squeezed(text: str) -> str:
    return folding.fold(text).replace(" ", "")


def _places(secret: str) -> Iterator[str]:
    """The parts of an address that name a place: not the town alone, nor a house number alone."""
    parts = [part for part in re.split(r"[,;\n]", secret) if part.strip()]
    for number, part in enumerate(parts):
        words = [w for w in _street_words(part).split() if not w[0].isdigit()]
        telling = [w for w in words if w not in NOT_A_PLACE]
        if telling and (len(words) > 1 or len(parts) == 1 or number == 0):
            yield " ".join(words)


def _numbers(secret: str) -> Iterator[str]:
    """Postcodes, phones, plates and emails, without the spaces between."""
    for part in re.split(r"[,;\n]", secret):
        squeezed = _squeezed(part)
        if any(c.isdigit() for c in squeezed) and len(squeezed) >= SHORTEST_NUMBER:
            yield squeezed
        if found := re.search(r"[a-z]{1,2}[0-9][a-z0-9]?[0-9][a-z]{2}$", squeezed):
            yield found.group()
        if len(digits := folding.phone(part)) >= SHORTEST_NUMBER:
            yield digits.removeprefix("0")


def confidential_of_case(application: Application) -> tuple[str, ...]:
    """What the force holds in confidence about everybody in the case but the subject."""
    parties = application.case.parties.values_list("person_id", flat=True)
    return confidential_texts([*parties])


def findings(
    words: str, *, discloses_location: bool | None, confidential: Collection[str]
) -> Iterator[Finding]:
    """What these words give away, and what the officer answered about it (None: not answered)."""
    if gives_away(words, confidential):
        yield block(SAFETY, "text", GIVEN_AWAY)
    if discloses_location is None:
        message = "Say whether these words could tell anybody where a protected person is"
        yield block(SAFETY, "discloses_location", message)
    elif discloses_location:
        message = "You say that these words could tell where a protected person is. Change them"
        yield block(SAFETY, "discloses_location", message)
