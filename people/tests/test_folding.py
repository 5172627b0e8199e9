"""Names, phones, postcodes and plates that are written otherwise are still found."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people import folding


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Siân", "sian"),
        ("SIÔN  MOCKFORD", "sion mockford"),
        ("O’Brien", "obrien"),
        ("O'Brien", "obrien"),
        ("Ŵyn ap Ŷnyr", "wyn ap ynyr"),
        ("Łukasz", "lukasz"),
        ("Sørensen-Æsc", "sorensen aesc"),
        ("Groß", "gross"),
        ("  Test\twood\n", "test wood"),
        ("", ""),
    ],
)
def test_fold(written, folded):
    assert folding.fold(written) == folded


def test_a_decomposed_letter_is_the_same_letter():
    assert folding.fold(unicodedata.normalize("NFD", "Siân")) == folding.fold("Siân")


def test_words_of_a_double_barrelled_name():
    assert folding.words("Rhian Placeholder-Moss") == (
        "rhian",
        "placeholder",
        "moss",
        "placeholdermoss",
    )


@pytest.mark.parametrize(
    "alike",
    [
        ("Siân", "Sian", "Shan", "Sean"),
        ("Llywelyn", "Lewellyn", "Llewelyn", "Lewelin"),
        ("Dafydd", "Davith", "Davydd"),
        ("Rhys", "Rees", "Reece"),
        ("Gwyn", "Gwynne", "Gwin"),
        ("Catherine", "Kathryn", "Katherine"),
        ("Geoffrey", "Jeffrey"),
        ("Phillips", "Philips", "Fillips"),
        ("Wright", "Right"),
        ("Ieuan", "Ewan", "Iwan"),
        ("Ffion", "Fion", "Phion"),
        ("Testwood", "Tesstwud"),
        ("Smith", "Smyth"),
    ],
)
def test_spellings_that_sound_alike(alike):
    assert len({folding.sound(name) for name in alike}) == 1, [*map(folding.sound, alike)]


@pytest.mark.parametrize(
    "apart", [("Morgan", "Martin"), ("Siân", "Carys"), ("Testwood", "Westwood"), ("Rhys", "Huw")]
)
def test_names_that_do_not_sound_alike(apart):
    first, second = map(folding.sound, apart)
    assert first != second


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("07700 900123", "07700900123"),
        ("+44 7700 900 123", "07700900123"),
        ("+44 (0)7700 900123", "07700900123"),
        ("0044 7700 900123", "07700900123"),
        ("447700900123", "07700900123"),
        ("029 2018 0001", "02920180001"),
        ("+33 1 99 00 12 34", "33199001234"),
        ("none", ""),
    ],
)
def test_phone(written, dialled):
    assert folding.phone(written) == dialled


@pytest.mark.parametrize(
    ("written", "code"),
    [("sa1 1aa", "SA11AA"), ("W1A 0AX", "W1A0AX"), ("Testham", ""), ("SA1", ""), ("", "")],
)
def test_postcode(written, code):
    assert folding.postcode(written) == code


def test_plate_reads_letters_that_look_like_figures():
    assert folding.plate("te5t o1i") == folding.plate("TE5T 01I") == "TE5T011"


def test_account():
    assert folding.account(" @Test.Wood ") == "test.wood"


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text):
    once = folding.fold(text)
    assert folding.fold(once) == once
    assert once == once.strip()


@given(st.text(st.characters(codec="ascii"), max_size=40))
def test_a_sound_does_not_depend_on_capitals(text):
    assert folding.sound(text) == folding.sound(text.upper())


@given(st.text(max_size=40))
def test_any_text_can_be_folded(text):
    assert folding.phone(text).isdigit() or folding.phone(text) == ""
    assert " " not in folding.plate(text) + folding.account(text) + folding.postcode(text)
