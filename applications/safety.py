"""The safety rule: no condition gives away where a protected person is, however it is written.

The comparison is by machine. What it answers is yes or no: never how far, which side, or whose.
"""

from collections.abc import Collection, Iterator

from applications.models import Application
from documents.leaks import gives_away
from law.findings import Finding, block
from people.queries import confidential_texts

__all__ = ["SAFETY", "confidential_of_case", "findings", "gives_away"]

SAFETY = "safety rule"
GIVEN_AWAY = "These words give away a confidential place or detail. Say it another way"


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
