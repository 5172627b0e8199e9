"""The safety rule: nothing that the subject will read gives away where a protected person is.

The comparison is by machine. What it answers is yes or no: never how far, which side, or whose.
"""

import itertools
from collections.abc import Collection, Iterator

from applications.models import Application, ProposedCondition, StalkingAct
from casework.models import PROTECTED_ROLES
from documents.leaks import gives_away
from law.findings import Finding, block, warn
from people.folding import fold, words
from people.models import Person
from people.queries import confidential_texts

__all__ = [
    "SAFETY",
    "SECTIONS",
    "confidential_of_case",
    "findings",
    "given_away_by_act",
    "given_away_by_any",
    "given_away_by_condition",
    "given_away_by_section",
    "gives_away",
    "names_said",
    "tells_name",
    "words_of",
]

SAFETY = "safety rule"
GIVES_AWAY = "These words give away a confidential place or detail. Say it another way"
ASK = "or ask the stalking lead, who may see what is kept confidential and tell you what to change"
GIVEN_AWAY = f"{GIVES_AWAY}, {ASK}"
AT_WORK = f"{GIVES_AWAY}: “At the place of work” is enough; {ASK}"

# What the court's papers repeat, and the subject gets a copy of.
SECTIONS: dict[str, tuple[str, ...]] = {
    "area": ("area_reason",),
    "risk": ("risk", "risk_tool"),
    "necessity": ("necessity",),
    "consultation": ("victim_view", "not_consulted_reason"),
    "other_orders": ("other_orders", "criminal_reference"),
    "duration": ("duration_reason", "interim_reason", "no_notice_reason"),
}
OF_ACT = ("place", "description", "exhibit")
OF_CONDITION = (
    "necessity",
    "evidence",
    "monitoring",
    "interference_note",
    "checks_note",
    "clash_note",
)


def confidential_of_case(application: Application) -> tuple[str, ...]:
    """What the force holds in confidence about everybody in the case but the subject."""
    parties = application.case.parties.values_list("person_id", flat=True)
    return confidential_texts([*parties])


def tells_name(text: str, person: Person) -> bool:
    """Does a text hold this person's given or family name, or another that is known of the person?"""
    names = [person.given_names, person.family_name, *(n.text for n in person.names.all())]
    own = {word for name in names for word in words(name) if len(word) > 1}
    said = fold(text).split()
    joined = {a + b for a, b in itertools.pairwise(said)}
    return bool(own & {*said, *joined})


def names_said(application: Application) -> Iterator[Finding]:
    """A remark where the papers would name a protected person otherwise than as they were asked to."""
    parties = application.case.parties.filter(role__in=PROTECTED_ROLES).select_related("person")
    texts = [getattr(application, field) for fields in SECTIONS.values() for field in fields]
    texts += [getattr(act, f) for act in application.acts.all() for f in OF_ACT]
    texts += [words_of(condition) for condition in application.conditions.all()]
    texts += [c.necessity for c in application.conditions.all()]
    for party in parties:
        if tells_name("\n".join(texts), party.person):
            called = party.called or "a protected person"
            message = f"The real name of {called} may stand in these words. The subject reads them"
            yield warn(SAFETY, "names", message)


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


def given_away_in(
    record: object, fields: tuple[str, ...], confidential: Collection[str]
) -> Iterator[Finding]:
    """A finding at each of these fields whose words give something away."""
    for field in fields:
        if gives_away(getattr(record, field), confidential):
            yield block(SAFETY, field, AT_WORK if field == "place" else GIVEN_AWAY)


def given_away_by_section(
    application: Application, section: str, confidential: Collection[str]
) -> Iterator[Finding]:
    return given_away_in(application, SECTIONS.get(section, ()), confidential)


def given_away_by_act(act: StalkingAct, confidential: Collection[str]) -> Iterator[Finding]:
    return given_away_in(act, OF_ACT, confidential)


def given_away_by_condition(
    condition: ProposedCondition, confidential: Collection[str]
) -> Iterator[Finding]:
    """Beside the words of the condition itself: why it is needed, and how it will be checked."""
    return given_away_in(condition, OF_CONDITION, confidential)


def given_away_by_any(condition: ProposedCondition, confidential: Collection[str]) -> bool:
    """Whether the condition or what is said about it tells anything."""
    if gives_away(words_of(condition), confidential):
        return True
    return any(given_away_by_condition(condition, confidential))


def words_of(condition: ProposedCondition) -> str:
    """All that an order would say of it."""
    return " . ".join([condition.text, condition.locality, condition.short])
