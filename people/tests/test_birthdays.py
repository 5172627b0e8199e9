"""A birth date is read however people write it, and nothing else is taken for one."""

from datetime import date

import pytest

from people.birthdays import written_in

TODAY = date(2026, 11, 22)
THAT_DAY = ((date(1995, 4, 22), date(1995, 4, 22)),)


@pytest.mark.parametrize(
    "text",
    [
        *("22/04/1995", "22/4/95", "22.04.1995", "22-04-95", "22 / 04 / 1995", "22 04 1995"),
        *("1995-04-22", "1995/04/22", "22041995", "19950422", "220495", "22 04 95"),
        *(
            "22 April 1995",
            "22nd April 1995",
            "22 APR 95",
            "22-Apr-1995",
            "22apr95",
            "22nd of April, 1995",
        ),
        *("April 22, 1995", "Apr 22 1995", "22 Ebrill 1995", "dob 22/04/1995", "DOB: 22/04/95"),
        *("d.o.b. 22/4/95", "D O B 22/04/1995", "date of birth 22 April 1995", "born 22/04/1995"),
        *("born on 22 April 1995", "dob 22041995", "(22/04/1995)"),
    ],
)
def test_a_day_is_read_and_leaves_the_rest(text: str) -> None:
    for around in (
        "{}",
        "Rhian Placeholder-Moss {}",
        "{} Rhian Placeholder-Moss",
        "Moss, {}, TS1 4ZZ",
    ):
        born = written_in(around.format(text), today=TODAY)
        assert born is not None, around
        assert (born.days, born.is_year) == (THAT_DAY, False)
        words = around.format("").replace(",", " ").split()
        assert born.rest.replace(",", " ").split() == words or text == "(22/04/1995)"


@pytest.mark.parametrize(
    ("text", "years"),
    [("22/04/15", [1915, 2015]), ("22/04/95", [1995]), ("22/11/26", [1926, 2026])],
)
def test_a_year_of_two_digits_is_each_that_it_can_be(text: str, years: list[int]) -> None:
    born = written_in(text, today=TODAY)
    assert born is not None
    assert [first.year for first, _ in born.days] == years


def test_a_year_alone_is_all_its_days() -> None:
    for text in ("Moss 1995", "Moss born 1995", "Moss, born in 1995"):
        born = written_in(text, today=TODAY)
        assert born is not None
        assert (born.days, born.rest) == (((date(1995, 1, 1), date(1995, 12, 31)),), "Moss")
        assert (born.is_year, born.sure) == (True, False)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "07700 900318",
            "+44 7700 900318",
            "0044 (0)7700-900-318",
            "07700900318",
            "020 7946 1995",
        ),
        *(
            "029 20 18 0495",
            "01.12.34.56.78",
            "32/13/1991",
            "31/02/1995",
            "22/04/2095",
            "23/11/2026",
        ),
        *(
            "ZZ95 TST",
            "3 Sample Street",
            "TS1 4ZZ",
            "@sioni_1995",
            "Born",
            "22 April",
            "Nobody",
            "",
        ),
        *("22/04/1850", "SH/01/22/04/95", "AB1995"),
    ],
)
def test_nothing_else_is(text: str) -> None:
    assert written_in(text, today=TODAY) is None
