"""A confidential detail is found however it is written, and nothing else is taken for one."""

import pytest

from documents.leaks import far_needles, gives_away
from documents.spellings import squeeze

HOME = "Flat 2, 12 Rose Lane, Testham, Testshire, ZZ9 9ZZ"


@pytest.mark.parametrize(
    ("detail", "said"),
    [
        (HOME, "You must not go to 12 Rose Lane."),
        (HOME, "You must not enter ROSE LANE or any street beside it."),
        (HOME, "anywhere in rose ln"),
        (HOME, "Rose\nLane"),
        (HOME, "R o s e  L a n e"),
        (HOME, "Rose\u00adLane"),
        (HOME, "Ros\u00e9 L\u00e0ne"),
        (HOME, "within 100 metres of ZZ9 9ZZ"),
        (HOME, "within 100 metres of zz99zz"),
        (HOME, "ZZ9-9ZZ"),
        ("07700 900123", "call her on 07700900123"),
        ("07700 900123", "+44 7700 900 123"),
        ("07700 900123", "0044 (0)7700-900-123"),
        ("+44 (0)7700 900123", "07700 900123"),
        ("her phone is 07700 900123, nights only", "(07700) 900 123"),
        ("carys.f@example.test", "Carys.F@EXAMPLE.test"),
        ("carys.f@example.test", "carys.f @ example . test"),
        ("ZZ12 ABC", "the car zz12abc"),
        ("ZZ12ABC", "a red car, ZZ12 ABC"),
        ("Sampleford Primary School, Quay Rd, Testham", "at Sampleford Primary School"),
        ("Sampleford Primary School, Quay Rd, Testham", "Quay Road"),
        ("Ffugiwr & Sons, Testham", "outside Ffugiwr and Sons, Ffugiwr & Sons"),
        ("The Old Mill", "the old mill"),
        ("Rose Cottage, Lower Sampleford, Testham", "the lanes of Lower Sampleford"),
        ("8 Heol y Bont, Caerffug", "Heol-y-Bont"),
        ("Tŷ Sampl, Heol Ffug", "ger heol ffug"),
        ("Works on Tuesdays at the library on Quay Road", "Quay Road"),
    ],
)
def test_found(detail: str, said: str) -> None:
    assert gives_away(said, [detail])


@pytest.mark.parametrize(
    ("detail", "said"),
    [
        (HOME, "Testham Magistrates\u2019 Court, 1 Specimen Square, Testham, Testshire ZZ1 1ZZ"),
        (HOME, "his flat, Flat 2, 8 Mock Terrace"),
        (HOME, "12 messages; 2 September 2026; paragraphs 9 to 12"),
        (
            "Sampleford Primary School, Quay Rd, Market Testham",
            "Market Testham Magistrates\u2019 Court",
        ),
        ("07700 900123", "07700 900124, 900123"),
        ("ZZ12 ABC", "ZZ12 and ABC are not one: ZZ12 X ABC"),
        ("carys.f@example.test", "C. F. at an example of a test"),
    ],
)
def test_not_found(detail: str, said: str) -> None:
    assert not gives_away(said, [detail])


def test_nothing_confidential_means_nothing_found() -> None:
    assert not gives_away("anything", [])
    assert not gives_away("anything", ["", " ", "-", "A"])


@pytest.mark.parametrize(
    ("detail", "pieces"),
    [
        (HOME, ("12roselane", "zz99zz")),
        ("07700 900123", ("7700900123",)),
        ("carys.f@example.test", ("carysfexampletest",)),
        ("ZZ12 ABC", ("zz12abc",)),
        ("Sampleford Primary School, Quay Road, Testham", ()),
        ("Rose Lane", ()),
    ],
)
def test_in_the_papers_of_another_case_only_what_points_to_one_door(
    detail: str, pieces: tuple[str, ...]
) -> None:
    assert tuple(piece.letters for piece in far_needles(detail)) == pieces


def test_squeezing() -> None:
    assert squeeze("12, Rosé Ln.  ZZ9 9ZZ") == "12roselanezz99zz"


def test_a_detail_is_cut_up_once_in_a_process() -> None:
    """A vault of thousands is read while somebody waits for a copy, and for an attendance."""
    far_needles(HOME)
    known = far_needles.cache_info()
    assert far_needles(HOME)
    again = far_needles.cache_info()
    assert (again.hits, again.misses) == (known.hits + 1, known.misses)
    assert known.maxsize is not None
    assert known.maxsize >= 10_000
