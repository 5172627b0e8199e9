"""Each state of a client's case has its sentence, and each sentence says he, she or they."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest

from advocates import words
from advocates.happened import HEARD
from advocates.queries import NEXT
from advocates.words import Facts
from people.pronouns import say

ASKED = datetime(2026, 11, 2, 9, tzinfo=UTC)
HEARING = datetime(2026, 12, 4, 10, tzinfo=UTC)
SERVED = datetime(2026, 11, 20, 15, tzinfo=UTC)
ORDER: dict[str, Any] = {
    "temporary": True,
    "made_on": date(2026, 11, 20),
    "last_day": date(2026, 12, 17),
}
STATES: list[tuple[str, dict[str, Any], str, str, str]] = [
    (
        "asked",
        {},
        "An order was asked for, and the police have not decided yet.",
        "There is no order yet.",
        "waiting",
    ),
    (
        "declined",
        {"declined": "The grounds are not met."},
        "The police decided not to ask for an order now.",
        "The grounds are not met. A second person is looking at that decision.",
        "none",
    ),
    (
        "declined twice",
        {"declined": "The grounds are not met.", "second_look": True},
        "The police decided not to ask for an order now.",
        "The grounds are not met. A second person looked at it and agreed.",
        "none",
    ),
    (
        "taken forward",
        {"accepted": True},
        "The police have agreed to take this forward.",
        "They get ready to ask the court. There is no order yet.",
        "waiting",
    ),
    (
        "given up before the court was asked",
        {"outcome": "given_up"},
        "We are not asking the court for an order any more.",
        "The officer will tell you why.",
        "none",
    ),
    (
        "drafting",
        {"drafting": True},
        "We are getting ready to ask the court for an order.",
        "There is no order yet.",
        "waiting",
    ),
    (
        "lodged",
        {"lodged_on": date(2026, 11, 9)},
        "We have asked the court for an order.",
        "The court has not given a day yet.",
        "waiting",
    ),
    (
        "a temporary order refused",
        {"lodged_on": date(2026, 11, 9), "hearing_at": HEARING, "no_interim": True},
        "The court did not make a temporary order.",
        "It will still decide about the full order. The court decides on "
        "Friday 4 December 2026 at 10:00. There is no order now. "
        "The officer will talk to you about how to stay safe.",
        "none",
    ),
    (
        "listed",
        {"lodged_on": date(2026, 11, 9), "hearing_at": HEARING},
        "We have asked the court for an order.",
        "The court decides on Friday 4 December 2026 at 10:00.",
        "waiting",
    ),
    (
        "refused",
        {"outcome": "refused"},
        "The court did not make an order.",
        "The officer will talk to you about what can be done next.",
        "none",
    ),
    (
        "withdrawn",
        {"outcome": "withdrawn"},
        "We have taken back the request to the court.",
        "The officer will tell you why.",
        "none",
    ),
    (
        "interim, not served",
        ORDER,
        "There is an order. He has not been given it yet.",
        "It counts already. The police are trying to give it to him. It is a temporary order from the "
        "court. It lasts to the end of Thursday 17 December 2026. It counts everywhere in the United "
        "Kingdom.",
        "waiting",
    ),
    (
        "interim, served",
        ORDER | {"served_at": SERVED, "explained": True},
        "There is an order, and he has been given it.",
        "It is a temporary order from the court. It lasts to the end of Thursday 17 December 2026. "
        "It counts everywhere in the United Kingdom.",
        "held",
    ),
    (
        "full, until further order",
        ORDER
        | {
            "temporary": False,
            "last_day": None,
            "until_further_order": True,
            "served_at": SERVED,
        },
        "There is an order, and he has been given it.",
        "It is a full order. It has no end date. It counts everywhere in the United Kingdom.",
        "held",
    ),
    (
        "ended",
        {"ended_on": date(2026, 11, 17)},
        "There is no order now.",
        "The last one ended on Tuesday 17 November 2026. Talk to the officer about what to do next.",
        "none",
    ),
]


@pytest.mark.parametrize(
    ("facts", "headline", "detail", "tone"),
    [row[1:] for row in STATES],
    ids=[row[0] for row in STATES],
)
def test_where_things_stand(facts: dict[str, Any], headline: str, detail: str, tone: str) -> None:
    said = words.status(Facts(pronoun="he", client="R. S.", asked_at=ASKED, **facts))
    assert (said.headline, said.detail, said.tone) == (headline, detail, tone)


def test_an_order_is_said_before_everything_else() -> None:
    facts = Facts("he", "R. S.", ASKED, drafting=True, declined="No.", outcome="refused", **ORDER)
    assert words.status(facts).headline.startswith("There is an order.")


@pytest.mark.parametrize(
    ("pronoun", "given", "being_given"),
    [
        ("he", "and he has been given it", "He has not been given it yet. to him"),
        ("she", "and she has been given it", "She has not been given it yet. to her"),
        ("they", "and they have been given it", "They have not been given it yet. to them"),
    ],
)
def test_pronouns(pronoun: str, given: str, being_given: str) -> None:
    served = words.status(Facts(pronoun, "R. S.", ASKED, **ORDER, served_at=SERVED))
    assert given in served.headline
    waiting = words.status(Facts(pronoun, "R. S.", ASKED, **ORDER))
    for part in being_given.split(". "):
        assert part.rstrip(".") in f"{waiting.headline} {waiting.detail}"


def test_a_change_that_he_was_not_given_is_said() -> None:
    facts = Facts("he", "R. S.", ASKED, **ORDER, served_at=SERVED, change_unserved=True)
    said = words.status(facts)
    assert said.headline.endswith(
        "its words have changed. He has not been given the new words yet."
    )
    assert "It counts already." in said.detail
    assert said.tone == "waiting"


SENTENCES = [*NEXT.values(), *HEARD.values()]


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("pronoun", ["he", "she", "they"])
def test_every_sentence_can_be_said_of_anybody(sentence: str, pronoun: str) -> None:
    said = say(pronoun, sentence, client="R. S.")
    assert "{" not in said
    if pronoun != "he":
        assert not re.search(r"\b(he|him|his)\b", said, re.IGNORECASE)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["Rhian", "Samplewell"], "R. S."),
        (["Siân Mair", "Ŵyn-Example"], "S. M. Ŵ."),
        (["", "Ffugiwr"], "F."),
        (["Carys", "O’Specimen"], "C. O."),
        (["'Nia", "- Prawf"], "N. P."),
    ],
)
def test_initials_are_all_that_is_shown_of_a_name(names: list[str], said: str) -> None:
    assert words.initials(names) == said
