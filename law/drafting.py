"""Reading a condition for what has failed in court: gaps, vague words, distances without a unit.

All practice, and so all warnings, but for the empty slot: an order must state each condition
whole (s6(c)). What merely looks like a gap, brackets in somebody's own words, may be meant so.
"""

import re
from collections.abc import Collection, Iterable, Iterator

from law.content import ConditionKind
from law.findings import PRACTICE, Finding, block, warn

LIKE_A_GAP = re.compile(r"\{[^{}]*\}|\[[^\[\]]*\]|_{2,}|<[^<>]*>")
UNDECIDED = re.compile(
    r"\b(?:TBC|TBD|XX+|to be (?:confirmed|decided|agreed))\b|\?\?+", re.IGNORECASE
)
VAGUE = re.compile(
    r"\b(?:harass\w*|pester\w*|molest\w*|annoy\w*|bother\w*|intimidat\w*|near(?:by)?|close to|"
    r"in the (?:vicinity|area) of|inappropriate(?:ly)?|unreasonabl[ey]|excessive(?:ly)?)\b",
    re.IGNORECASE,
)
DISTANCE_WITHOUT_UNIT = re.compile(
    r"\b(?:within|closer than|nearer than|less than|at least)\s+\d[\d,.]*\s+(?:of|from|to|away)\b",
    re.IGNORECASE,
)
AREA = re.compile(r"\b(?:area|zone|boundary|edged|shaded)\b", re.IGNORECASE)
MAP = re.compile(r"\b(?:map|plan|bounded by)\b", re.IGNORECASE)
CONTACT = re.compile(r"\b(?:contact|communicat)\w*", re.IGNORECASE)
EXCEPTION = re.compile(r"\b(?:except|other than|save|unless|apart from)\b", re.IGNORECASE)


def findings(
    text: str,
    *,
    kind: ConditionKind,
    gaps: Collection[str] = (),
    confidential: Iterable[str] = (),
) -> list[Finding]:
    """What a court, an officer or the subject could stumble over in these words.

    gaps          the marks that stand in the words where a slot is still empty
    confidential  places that must not be given away; the finding never repeats them
    """
    return [
        *_gaps(text, gaps),
        *_vague(text),
        *_distance(text),
        *_map(text),
        *_exception(text, kind),
        *_disclosure(text, confidential),
    ]


def _gaps(text: str, gaps: Collection[str]) -> Iterator[Finding]:
    for gap in dict.fromkeys(gaps):
        yield block("s6(c)", "text", f"Fill the empty slot {gap}: the condition is not whole")
    for words in dict.fromkeys(LIKE_A_GAP.findall(text)):
        if words not in gaps:
            yield warn(PRACTICE, "text", f"“{words}” looks like a gap: is the condition whole?")
    for words in dict.fromkeys(UNDECIDED.findall(text)):
        yield warn(PRACTICE, "text", f"“{words}” reads as if something is still to be decided")


def _vague(text: str) -> Iterator[Finding]:
    for word in dict.fromkeys(match.lower() for match in VAGUE.findall(text)):
        message = f"“{word}” is vague: say what must not be done, where, or how far away"
        yield warn(PRACTICE, "text", message)


def _distance(text: str) -> Iterator[Finding]:
    for words in dict.fromkeys(DISTANCE_WITHOUT_UNIT.findall(text)):
        yield warn(PRACTICE, "text", f"“{words}” has no unit: write metres")


def _map(text: str) -> Iterator[Finding]:
    if AREA.search(text) and not MAP.search(text):
        message = "An area is named but no map and no streets that bound it: it must be seen where it ends"
        yield warn(PRACTICE, "text", message)


def _exception(text: str, kind: ConditionKind) -> Iterator[Finding]:
    if kind is ConditionKind.PROHIBITION and CONTACT.search(text) and not EXCEPTION.search(text):
        message = (
            "There is no exception: should the subject be able to go through court, a solicitor, "
            "or an agreed route for contact with a child?"
        )
        yield warn(PRACTICE, "text", message)


def _disclosure(text: str, confidential: Iterable[str]) -> Iterator[Finding]:
    words = _folded(text)
    if any(_folded(place) in words for place in confidential if place.strip()):
        yield warn(PRACTICE, "text", "These words give away a place that is confidential")


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", text).casefold().split())
