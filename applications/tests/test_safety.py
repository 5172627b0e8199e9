"""No words of a condition give away where a protected person is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications import safety
from law.findings import Weight

HOME = "Flat 2, 14 Sampleford Road, Testham, TS1 4ZZ"


@pytest.mark.parametrize(
    "text",
    [
        "You must not enter Sampleford Road.",
        "You must not enter SAMPLEFORD RD, Testham.",
        "You must not come within 100 metres of 14, Sampleford  road",
        "You must not go to sampléford road",
        "You must not enter the area around ts14zz.",
        "You must not enter the area around TS1 4ZZ.",
    ],
)
def test_given_away(text):
    assert safety.gives_away(text, [HOME])


@pytest.mark.parametrize(
    "text",
    [
        "You must not enter Area A, edged on the map, in Testham.",
        "You must not enter Example Road.",
        "You must not come within 14 metres of Ms A.",
        "You must attend Testham Magistrates’ Court.",
        "",
    ],
)
def test_not_given_away(text):
    assert not safety.gives_away(text, [HOME])


@pytest.mark.parametrize(
    ("secret", "text"),
    [
        ("07700 900123", "You must not call +44 7700 900123."),
        ("Ysgol Ffugiwr", "You must not go to YSGOL FFUGIWR."),
        ("Exampleshop", "You must not enter exampleshop or its car park."),
        ("TE57 OOO", "You must not follow the car TE57OOO."),
        ("her.name@example.invalid", "You must not write to Her.Name@example.invalid."),
        ("Tŷ Sampl, Heol Ffug", "You must not go near Ty Sampl."),
        ("Tŷ Sampl, Heol Ffug", "You must not go near heol ffug."),
        ("The Sample Arms", "You must not drink at the Sample Arms."),
    ],
)
def test_other_details(secret, text):
    assert safety.gives_away(text, [secret])


@pytest.mark.parametrize(
    ("secret", "text"),
    [
        ("St Swithun School", "You must not go to Saint Swithun School."),
        ("Saint Swithun School", "You must not go to St. Swithun School."),
        ("St Swithun School", "You must not go to St Swithun’s School."),
        ("St Swithun's School", "You must not go to St Swithun School."),
        ("77 Zebedee Crescent, Testham", "You must not enter 77 Zebedee Cr."),
        ("77 Zebedee Cres, Testham", "You must not enter Zebedee Crescent."),
        ("alice.hidden@example.test", "Do not write to alice.hidden [at] example [dot] test"),
        ("07700 901012", "You must not ring 0770O 901012."),
        ("1 Sample Row, TS1 0ZZ", "You must not enter TS1 OZZ."),
        (
            "77 Zebedee Crescent, Testham",
            "You must not enter Z\u0435b\u0435d\u0435\u0435 Crescent.",
        ),
        ("12a The Green, Testham", "You must not cross the Green."),
        ("The Refuge, Testham", "You must not go to The Refuge."),
    ],
)
def test_other_spellings(secret, text):
    assert safety.gives_away(text, [secret])


@pytest.mark.parametrize(
    ("secret", "text"),
    [
        ("12a The Green, Testham", "They agree not to say where."),
        ("The Refuge, Testham", "She took refuge with a friend."),
        ("St Swithun School", "He went to school in the street."),
        ("The House, 3 Sample Row, Testham", "He came to the house."),
    ],
)
def test_innocent_words_stop_nothing(secret, text):
    assert not safety.gives_away(text, [secret])


@given(
    st.text(st.sampled_from("abcdefghiwyŵŷâôé"), min_size=4, max_size=12),
    st.sampled_from(["Road", "Street", "Lane", "Heol", "Close"]),
    st.integers(1, 999),
    st.booleans(),
    st.text(st.sampled_from("xyz .,"), max_size=12),
)
def test_a_street_is_found_in_any_sentence(name, kind, number, shout, around):
    secret = f"{number} {name} {kind}, Testham, TS9 9ZZ"
    said = f"{name} {kind}"
    text = f"You must not enter {around} {said.upper() if shout else said}. {around}"
    assert safety.gives_away(text, [secret])


def test_nothing_is_confidential_where_nothing_is_held():
    assert not safety.gives_away("Anything at all, TS1 4ZZ", [])
    assert not safety.gives_away("Anything at all", ["", " , ,", "14", "Flat 2"])


def test_the_finding_says_neither_how_far_nor_which_side_nor_whose():
    found = [
        *safety.findings(
            "You must not enter Sampleford Road.", discloses_location=False, confidential=[HOME]
        )
    ]
    assert [(f.provision, f.weight) for f in found] == [("safety rule", Weight.BLOCK)]
    message = found[0].message.casefold()
    for word in ("sampleford", "road", "metre", "north", "near", "ms a", "home", "ts1"):
        assert word not in message


@pytest.mark.parametrize(("answer", "count"), [(None, 1), (True, 1), (False, 0)])
def test_the_officers_own_answer(answer, count):
    found = [*safety.findings("Area A", discloses_location=answer, confidential=())]
    assert [f.field for f in found] == ["discloses_location"] * count
