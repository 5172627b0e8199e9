"""The library: whole sentences from whole slots, gaps that are seen, values that are checked."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications import library
from applications.library.slots import LISTS, WEEKDAYS, Slot, SlotKind
from law import drafting
from law.content import ConditionKind
from law.findings import Weight

K = SlotKind
WORD = st.text(st.sampled_from("abc déŵŷô’-"), min_size=1, max_size=20).filter(str.strip)
VALUES = {
    K.DISTANCE: st.integers(1, 50_000),
    K.NUMBER: st.integers(1, 999),
    K.DATE: st.dates().map(str),
    K.TIMES: st.times().map(lambda t: f"{t:%H:%M} to {t:%H:%M}"),
    K.DAYS: st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True),
}
GAP = re.compile(r"\[[^\]]+\]")
ENTRIES = [*library.ENTRIES.values()]


def fill(slot: Slot) -> st.SearchStrategy:
    if slot.choices:
        return st.lists(st.sampled_from(slot.choices), min_size=1, unique=True)
    return VALUES.get(slot.kind, WORD)


def whole(entry) -> dict:
    """Every slot of an entry with a plain value."""
    plain = {
        K.PERSON: "Ms A",
        K.PLACE: "Area A",
        K.STREETS: "Sample Street, Test Way, Quay Road and Mock Lane",
        K.DISTANCE: "100",
        K.NUMBER: "3",
        K.TIMES: "09:00 to 17:00",
        K.DAYS: ["Monday", "Friday"],
        K.DATE: "2027-03-26",
        K.STATION: "Testham Police Station",
        K.PROVIDER: "Sample Pathways",
        K.TEXT: "the family court at Testham",
    }
    return {s.name: plain.get(s.kind, [*s.choices]) for s in entry.slots}


def test_the_library_is_complete():
    codes = [f"P{n:02}" for n in range(1, 12)] + [f"Q{n:02}" for n in range(1, 7)]
    assert [*library.ENTRIES] == codes
    for entry in ENTRIES:
        kind = ConditionKind.PROHIBITION if entry.code[0] == "P" else ConditionKind.REQUIREMENT
        assert entry.kind is kind
        names = [slot.name for slot in entry.slots]
        assert len(set(names)) == len(names)
        assert {*re.findall(r"\{(\w+)\}", entry.text)} == {*names}
        assert entry.plain
        assert entry.checks


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.code)
def test_a_whole_condition_reads_well_and_has_no_finding(entry):
    values, errors = library.read(entry, whole(entry))
    assert errors == {}
    text = library.render(entry, values)
    assert not GAP.search(text)
    assert "{" not in text
    assert text.startswith("You must")
    assert text.endswith(".")
    assert ",," not in text
    assert "  " not in text
    assert drafting.findings(text, kind=entry.kind) == []


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.code)
def test_the_plain_words_are_whole_sentences_and_keep_names_and_exceptions(entry):
    values, _ = library.read(entry, whole(entry))
    plain = library.plain(entry, values)
    assert plain[0].isupper()
    assert plain.endswith(".")
    for wrong in ("{", "[", "  ", "this person", ",,"):
        assert wrong not in plain
    for slot in entry.slots:
        assert slot.said(values[slot.name]) in plain, slot.name


IN_GENERAL = {
    "P01": "Do not contact the protected person in any way, except in the ways that are allowed.",
    "P03": "Stay out of a named area, which is bounded by named streets, except to do what is "
    "allowed.",
    "P04": "Stay at least a set number of metres away from the protected person. If you find that "
    "you are closer, leave at once by the shortest safe way.",
    "Q01": "Go to an assessment for a named programme at a named provider within a set number of "
    "days of being given this order. If you are found suitable, go to each session that you are "
    "told of in writing.",
    "Q06": "Go to a named police station on each set weekday between two set times and sign the "
    "record there.",
}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.code)
def test_who_chooses_reads_a_sentence_with_every_slot_in_words(entry):
    pieces = [*library.in_general(entry)]
    said = "".join(piece.text for piece in pieces)
    assert said == IN_GENERAL.get(entry.code, said)
    assert said[0].isupper()
    assert said.endswith(".")
    for wrong in ("{", "[", "  ", ",,", "each the", "the name of", "out of the name"):
        assert wrong not in said
    assert {piece.slot for piece in pieces if piece.slot} == {slot.name for slot in entry.slots}


def test_an_earlier_wording_stays_what_it_was():
    first, now = library.entry("P03", 1), library.entry("P03")
    assert now is library.entry("P03", now.version)
    values, _ = library.read(now, whole(now))
    assert "edged on the map attached to this order" in library.render(first, values)
    assert "map" not in library.render(now, values)
    assert "the area bounded by Sample Street, Test Way" in library.render(now, values)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: e.code)
def test_each_empty_slot_is_a_gap_that_blocks(entry):
    values, _ = library.read(entry, whole(entry))
    for slot in entry.slots:
        without = {k: v for k, v in values.items() if k != slot.name}
        text = library.render(entry, without)
        gaps = library.gaps(entry, without)
        said = drafting.findings(text, kind=entry.kind, gaps=gaps)
        found = [f for f in said if f.weight is Weight.BLOCK]
        assert len(found) == (0 if slot.optional else text.count(f"[{slot.gap}]") and 1)
        assert slot.optional or f"[{slot.gap}]" in text


@given(st.data())
def test_rendering_keeps_every_value_and_its_own_words(data):
    entry = data.draw(st.sampled_from(ENTRIES))
    raw = {slot.name: data.draw(fill(slot), label=slot.name) for slot in entry.slots}
    missing = data.draw(st.sets(st.sampled_from([*raw])))
    given_ = {k: v for k, v in raw.items() if k not in missing}
    values, errors = library.read(entry, given_)
    assert errors == {}
    text = library.render(entry, values)
    pieces = [*library.pieces(entry, values)]
    assert "".join(p.text for p in pieces) == text
    gaps = {p.slot for p in pieces if not p.filled}
    assert gaps == {s.name for s in entry.slots if s.name not in values and not s.optional}
    for slot in entry.slots:
        if slot.name in values:
            assert slot.said(values[slot.name]) in text
    again, errors = library.read(entry, values)
    assert errors == {}
    assert again == values


@given(st.sampled_from(ENTRIES), st.text(max_size=60))
def test_any_text_in_a_slot_is_taken_or_refused_with_the_slots_name(entry, text):
    for slot in entry.slots:
        raw = [text] if slot.kind in LISTS else text
        values, errors = library.read(entry, {slot.name: raw})
        assert {*values, *errors} <= {slot.name}
        for message in errors.values():
            assert message.startswith(slot.label)


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (K.DISTANCE, "1,000 metres", 1000),
        (K.DISTANCE, "100 m", 100),
        (K.DISTANCE, "  ", None),
        (K.NUMBER, "28", 28),
        (K.TIMES, "18:00 to 07:00", "18:00 to 07:00"),
        (K.DATE, "2027-02-28", "2027-02-28"),
        (K.TEXT, " the  court. ", "the court"),
        (K.DAYS, ["Friday", "Monday"], ["Monday", "Friday"]),
        (K.DAYS, [], None),
    ],
)
def test_what_a_slot_takes(kind, raw, value):
    assert Slot("s", kind, "Slot", "gap", "any").read(raw) == value


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        (K.DISTANCE, "near"),
        (K.DISTANCE, "0"),
        (K.DISTANCE, "50001"),
        (K.DISTANCE, "-5"),
        (K.DISTANCE, "²"),
        (K.NUMBER, "0"),
        (K.NUMBER, "1.5"),
        (K.TIMES, "6pm to 7am"),
        (K.TIMES, "24:00 to 07:00"),
        (K.DATE, "2027-02-31"),
        (K.TEXT, "[to be decided]"),
        (K.TEXT, "x" * 401),
        (K.DAYS, ["Someday"]),
    ],
)
def test_what_a_slot_refuses(kind, raw):
    with pytest.raises(ValueError, match="^Slot"):
        Slot("s", kind, "Slot", "gap", "any").read(raw)
