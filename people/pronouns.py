"""How somebody is spoken of: he, she, or they, by the gender that is recorded. A name tells nothing."""

from enum import StrEnum

from people.models import Person


class Pronoun(StrEnum):
    """The word that a sentence begins with."""

    HE = "he"
    SHE = "she"
    THEY = "they"


OF: dict[str, Pronoun] = {Person.Gender.MALE: Pronoun.HE, Person.Gender.FEMALE: Pronoun.SHE}
FORMS = {
    Pronoun.HE: {"he": "he", "He": "He", "him": "him", "his": "his"},
    Pronoun.SHE: {"he": "she", "He": "She", "him": "her", "his": "her"},
    Pronoun.THEY: {"he": "they", "He": "They", "him": "them", "his": "their"},
}
ONE = {"has": "has", "was": "was", "is": "is", "lives": "lives", "uses": "uses", "moves": "moves"}
MANY = {"has": "have", "was": "were", "is": "are", "lives": "live", "uses": "use", "moves": "move"}


def pronoun_of(person: Person | None) -> Pronoun:
    """He or she once it is recorded; they of anybody else, and before somebody is named."""
    return OF.get(person.gender, Pronoun.THEY) if person else Pronoun.THEY


def say(pronoun: str, sentence: str, **more: str) -> str:
    """A sentence about him, her or them: "{He} {has} been given the order."."""
    verbs = MANY if pronoun == Pronoun.THEY else ONE
    return sentence.format(**FORMS[Pronoun(pronoun)], **verbs, **more)


def said_of(sentence: str, person: Person | None) -> str:
    """The same for a page: `{{ "{He} must notify" | said_of(order.subject) }}`."""
    return say(pronoun_of(person), sentence)
