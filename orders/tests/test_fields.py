"""Rows of conditions: nothing typed is lost, what is wrong is named with its row."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from orders.fields import MOST_ROWS, RowsField
from orders.terms import Act, Change, Term, label, said, spoken

TERM = Term("prohibition", "You must not contact Ms A.", "Contact Ms A")
ROW = {"kind": "prohibition", "text": "You must not contact Ms A.", "short": "Contact Ms A"}


def clean(*rows: dict[str, str], **options: Any) -> Any:
    return RowsField(label="Conditions", **options).clean(rows)


class TestTerms:
    def test_a_row_is_a_condition_with_its_own_last_day(self) -> None:
        until = {"day": "1", "month": "3", "year": "2029"}
        assert clean(ROW | until) == (
            Term(TERM.kind, TERM.text, TERM.short, own_last_day=date(2029, 3, 1)),
        )

    def test_empty_rows_are_nothing_and_one_is_needed(self) -> None:
        assert clean(ROW, {}, {"text": ""}) == (TERM,)
        with pytest.raises(ValidationError, match="at least one condition"):
            clean({}, {})
        assert clean({}, required=False) == ()

    def test_a_row_that_the_court_did_not_make_is_left_out(self) -> None:
        assert clean(ROW | {"act": "remove"}, ROW | {"act": "keep"}) == (TERM,)

    @pytest.mark.parametrize(
        ("wrong", "message", "box"),
        [
            ({"text": ""}, "enter its words", "1_text"),
            ({"kind": ""}, "select prohibition or requirement", "1_kind"),
            ({"kind": "wish"}, "select prohibition or requirement", "1_kind"),
            ({"text": "a\0b"}, "must not contain a NUL character", "1_text"),
            ({"short": "\ud800"}, "half a character", "1_short"),
            ({"text": "x" * 2001}, "2000 characters or fewer", "1_text"),
            ({"day": "31", "month": "2", "year": "2029"}, "real date", "1_day"),
            ({"day": "31"}, "must include a month and year", "1_day"),
            ({"proposed": "nobody's"}, "comes from no application", "1_text"),
        ],
    )
    def test_what_is_wrong_is_named_with_its_row_and_box(
        self, wrong: dict[str, str], message: str, box: str
    ) -> None:
        with pytest.raises(ValidationError, match=message) as no:
            clean(ROW, ROW | wrong)
        assert "Condition 2" in no.value.messages[0]
        assert no.value.params == {"parts": (box,)}

    def test_none_beyond_the_most_is_dropped_without_a_word(self) -> None:
        assert len(clean(*[ROW] * MOST_ROWS)) == MOST_ROWS
        field = RowsField(label="Conditions")
        typed = field.widget.as_data("conditions", [ROW] * (MOST_ROWS + 1))
        sent = field.widget.value_from_datadict(typed, {}, "conditions")
        with pytest.raises(ValidationError, match="60 conditions or fewer: these are 61"):
            field.clean(sent)
        assert len(field.rows(sent)) > MOST_ROWS, "all of them are shown again"


class TestChanges:
    def test_what_stays_is_no_change(self) -> None:
        rows = (
            ROW | {"act": "keep", "number": "1"},
            ROW | {"act": "amend", "number": "2"},
            ROW | {"act": "remove", "number": "3"},
            ROW,
        )
        assert clean(*rows, changes=True) == (
            Change(Act.AMEND, 2, TERM),
            Change(Act.REMOVE, 3),
            Change(Act.ADD, None, TERM),
        )

    @pytest.mark.parametrize(
        "row", [{"act": "swap", "number": "1"}, {"act": "amend", "number": "¹"}, {"act": "amend"}]
    )
    def test_an_unknown_change_is_refused(self, row: dict[str, str]) -> None:
        with pytest.raises(ValidationError):
            clean(ROW | row, changes=True)

    def test_a_change_survives_its_storing(self) -> None:
        for change in (
            Change(Act.ADD, None, Term("requirement", "x", own_last_day=date(2029, 3, 1))),
            Change(Act.REMOVE, 3),
        ):
            assert Change.read(change.stored()) == change


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "You must not contact Ms A by any means, or through anyone else.",
            ("Contact Ms A by any means", ", or through anyone else."),
        ),
        ("He must attend when told to", ("Attend when told to", "")),
        ("Keep away", ("Keep away", "")),
        ("The subject must not go", ("Go", "")),
        ("", ("", "")),
    ],
)
def test_a_condition_is_spoken_verb_first(text: str, words: tuple[str, str]) -> None:
    assert spoken(text) == words
    assert "".join(words).lower() in text.lower()


@pytest.mark.parametrize(
    ("kind", "text", "short", "words"),
    [
        (
            "prohibition",
            "You must not send her money.",
            "Send her money",
            "Must not send her money",
        ),
        ("prohibition", "You must not send her money.", "", "Must not send her money"),
        ("requirement", "You must attend a course.", "Attend a course", "Must attend a course"),
        ("prohibition", "You must not contact Ms A.", "No contact", "No contact"),
        ("prohibition", "You must not enter Area A.", "Not to enter Area A", "Not to enter Area A"),
        (
            "prohibition",
            "You must not enter the library.",
            "Keep out of the library",
            "Prohibition: keep out of the library",
        ),
        ("prohibition", "Contact with Ms A.", "", "Prohibition: contact with Ms A"),
        ("requirement", "CCTV is kept on.", "", "Requirement: CCTV is kept on"),
        (
            "prohibition",
            "You must not use a phone, computer or tablet unless it keeps its history.",
            "",
            "Must not use a phone …",
        ),
    ],
)
def test_a_short_label_says_whether_it_forbids_or_requires(
    kind: str, text: str, short: str, words: str
) -> None:
    """ "4. Send her money" would be the opposite of the order."""
    assert said(kind, text, short) == words
    assert said(kind, text, short or label(text)) == words, "as it is kept"
