"""What each document must say, read from the finished pages."""

import re
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from applications.documents import DraftInterimOrderForCourt
from documents import figures
from documents.audiences import Paper
from documents.layout import lay_out, paragraphs, span
from documents.leaks import squeeze
from documents.press import PRESS
from documents.tests import samples
from law.notification import AtService

pytestmark = pytest.mark.renders
NOT_PRINTED = {
    "version", "dated_on", "force", "protected", "title", "kind", "order_kind",
    "wording", "made_under", "asked_until", "own_last_day", "short",
}  # fmt: skip


def pages_of(data: Paper) -> list[str]:
    return [p.extract_text() for p in PdfReader(BytesIO(PRESS.render(lay_out(data)).pdf)).pages]


def texts(value: Any, name: str = "") -> list[str]:
    """Every text of the facts that a reader must find."""
    if is_dataclass(value):
        return [
            text
            for field in fields(value)
            if field.name not in NOT_PRINTED
            for text in texts(getattr(value, field.name), field.name)
        ]
    if isinstance(value, tuple):
        return [text for item in value for text in texts(item, name)]
    return list(paragraphs(value)) if isinstance(value, str) else []


@pytest.mark.parametrize("data", samples.all_of_them(), ids=lambda data: data.type_name())
def test_every_page_has_the_reference_and_its_number(data: Paper) -> None:
    pages = pages_of(data)
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
        assert data.reference in page


@pytest.mark.parametrize(
    "data",
    [
        replace(samples.application(), area_reason="Seen there.", no_notice_reason=""),
        samples.order(),
        samples.acknowledgement(excuse="He was in hospital."),
    ],
    ids=lambda data: data.type_name(),
)
def test_every_fact_is_in_the_pages(data: Paper) -> None:
    said = squeeze("".join(pages_of(data)))
    left_out = {"plain", "criminal_case"}
    facts = [text for text in texts(data) if squeeze(text) not in said]
    assert [text for text in facts if text not in left_out] == []


def test_what_he_takes_away_from_the_station_is_one_page() -> None:
    court = "Sampleford and Mockbridge Magistrates’ Court"
    data = samples.acknowledgement(court=court, excuse="He was in hospital until that morning.")
    [page] = pages_of(data)
    assert "The person who notified" in page


def test_no_footer_breaks_its_line() -> None:
    data = samples.order(title="Interim Stalking Protection Order", reference="ABC-26-12345")
    for page in pages_of(data):
        assert "copy for the person subject to it" in page


def test_the_complaint_has_its_parts_in_order() -> None:
    said = "\n".join(pages_of(samples.application()))
    parts = [
        "What is asked for",
        "The parties",
        "Ground (a): the acts",
        "Ground (b): the risk",
        "Ground (c): why the order is necessary",
        "Other orders, bail and criminal proceedings",
        "Declaration",
        "Schedule 1: the conditions proposed",
        "Schedule 2: the exhibits",
    ]
    places = [said.index(part) for part in parts]
    assert places == sorted(places)
    assert "section 2(3)" in said
    assert "must not be given to the defendant" in " ".join(said.split())


def test_the_complaint_introduces_each_reason_and_lists_each_exhibit_once() -> None:
    acts = [replace(act, exhibit="") for act in samples.ACTS]
    acts[1], acts[3] = (replace(acts[n], exhibit="PM/1") for n in (1, 3))
    said = " ".join(" ".join(pages_of(samples.application(acts=tuple(acts)))).split())
    assert "The reason for this length: The acts went on" in said
    assert "The reason for an interim order: His bail ends" in said
    schedule = said.partition("Schedule 2: the exhibits")[2]
    assert schedule.count("PM/1") == 1
    numbers = [int(number) for number in re.findall(r"(\d+), (\d+)\b", schedule)[-1]]
    assert numbers[1] - numbers[0] == 2
    assert acts[1].kind in schedule


@pytest.mark.parametrize(
    ("facts", "says", "never"),
    [
        ({}, "Interim Stalking Protection Order", "section 2A"),
        (
            {"last_day": None, "interim": False},
            "Until a further order of the court",
            "interim order.",
        ),
        ({}, "None. Every condition lasts as long as the order", ""),
        ({"conditions": ()}, "No condition is limited to a locality", ""),
        ({"notifying": "must"}, "Day 3", "Sexual Offences"),
        ({"notifying": "replaced"}, "if your name or address changes", "Day 3"),
        ({"notifying": "exempt"}, "While you must, this order does not ask for it", "Later: if"),
        ({"notifying": "unclear"}, "Ask the officer who gives it to you", "You had to tell"),
        ({"subject_present": None}, "Where it applies", "You were"),
        ({"applicant": ""}, "In the matter of", "Applicant"),
    ],
)
def test_the_order_states_what_s6_asks_for(facts: dict[str, Any], says: str, never: str) -> None:
    said = " ".join(" ".join(pages_of(samples.order(**facts))).split())
    assert says in said
    assert not never or never not in said


@pytest.mark.parametrize("notifying", [one.value for one in AtService])
def test_the_plain_words_take_one_page(notifying: str) -> None:
    pages = pages_of(samples.order(notifying=notifying))
    assert "What this order means for you" in pages[-1]
    assert "Collar number" in pages[-1]


@pytest.mark.parametrize("interim", [True, False])
def test_what_he_must_not_do_begins_on_the_first_page(interim: bool) -> None:
    first, *_ = pages_of(samples.order(interim=interim))
    assert "You must not contact Ms A" in " ".join(first.split())


def test_the_complaint_is_made_on_behalf_of_the_chief_constable_in_the_middle_of_a_sentence() -> (
    None
):
    acts = (replace(samples.ACTS[0], place="At her home", online=False),)
    said = " ".join(" ".join(pages_of(samples.application(acts=acts))).split())
    assert "behalf of the Chief Constable" in said
    assert ", at her home." in said


def test_the_declaration_keeps_its_signature_wherever_the_page_ends() -> None:
    for more in range(16, 32, 2):
        risk = "\n\n".join(["He came again and waited."] * more)
        signed = [
            page for page in pages_of(samples.application(risk=risk)) if "Name and rank" in page
        ]
        assert len(signed) == 1
        assert "The contents of this complaint" in signed[0], more


def test_one_question_of_a_condition_stands_apart_from_the_next() -> None:
    condition = replace(samples.application().conditions[0], evidence="Seen there on 4 June.")
    words = " ".join("".join(pages_of(samples.application(conditions=(condition,)))).split())
    assert "4 June. Religion, work, education" in words


def test_a_draft_says_on_each_page_that_it_is_none() -> None:
    for page in pages_of(samples.draft_order(DraftInterimOrderForCourt)):
        assert "NOT AN ORDER OF THE COURT" in page


def test_an_empty_draft_is_a_document_too() -> None:
    empty = samples.application(
        court="", defendant="", defendant_born_on=None, defendant_age=None, defendant_address="",
        area="", authorised=None, protected=(), asked_until=None, interim_sought=False, acts=(),
        risk="", risk_tool="", risk_level="", necessity="", consulted="", other_orders="",
        criminal_case="", conditions=(),
    )  # fmt: skip
    said = " ".join("".join(pages_of(empty)).split())
    assert "None is proposed yet" in said
    assert "not yet identified" in said


def test_long_words_and_many_pages_break_nothing() -> None:
    long = samples.application(risk="word " * 5000, necessity="x" * 3000)
    assert len(pages_of(long)) > 8


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 6, 11), None, "11 June 2026"),
        (date(2026, 6, 11), date(2026, 6, 11), "11 June 2026"),
        (date(2026, 9, 9), date(2026, 9, 12), "9 to 12 September 2026"),
        (date(2026, 8, 30), date(2026, 9, 2), "30 August to 2 September 2026"),
        (date(2025, 12, 30), date(2026, 1, 2), "30 December 2025 to 2 January 2026"),
    ],
)
def test_days_in_words(first: date, last: date | None, words: str) -> None:
    assert span(first, last) == words


def test_the_drawing_keeps_its_marks_on_the_strip_and_apart() -> None:
    days = [date(2020, 2, 29), *(date(2026, 3, 1) + timedelta(days=n) for n in range(9))]
    acts = [samples.act("Contacting", day, "x", "") for day in days]
    drawn = figures.timeline(acts, first=6)
    assert all(10 <= mark.x <= 610 for mark in drawn.marks)
    assert all(10 <= tick.x <= 610 for tick in drawn.ticks)
    assert len(drawn.ticks) <= figures.MOST_TICKS
    assert drawn.marks[0].label == "6"
    many = figures.timeline([acts[0]] * (figures.MOST_HEIGHTS + 2), first=1)
    numbered = [mark for mark in many.marks if mark.label]
    assert len({mark.y for mark in numbered}) == len(numbered) == figures.MOST_HEIGHTS
    assert many.unnumbered == 2
    assert all(0 < mark.y < many.axis for mark in many.marks)


def test_an_act_of_several_days_has_its_bar_and_nothing_stands_on_it() -> None:
    day = date(2026, 3, 1)
    long = replace(samples.act("Contacting", day, "x", ""), until=date(2026, 3, 20))
    on_it = samples.act("Contacting", date(2026, 3, 15), "x", "")
    drawn = figures.timeline([long, on_it], first=1)
    assert drawn.marks[0].until is not None
    assert drawn.marks[0].y != drawn.marks[1].y
    assert (drawn.first, drawn.last) == (day, date(2026, 3, 20))


@pytest.mark.parametrize(
    ("first", "labels"),
    [
        (date(2026, 6, 1), ["June", "July", "August"]),
        (date(2025, 11, 30), ["Nov 2025", "December", "Jan 2026"]),
    ],
)
def test_a_drawing_over_a_years_end_says_the_years(first: date, labels: list[str]) -> None:
    acts = [samples.act("Loitering", day, "x", "") for day in (first, first + timedelta(days=62))]
    assert [tick.label for tick in figures.timeline(acts, first=1).ticks][:3] == labels


@pytest.mark.parametrize(
    ("online", "said"),
    [
        ((True, False, False), "Filled: online (1). Hollow: not online (2)."),
        ((True, True, True), "All 3 were online, and are filled."),
        ((False, False, False), "None was online."),
    ],
)
def test_the_caption_says_what_is_drawn(online: tuple[bool, ...], said: str) -> None:
    days = (date(2026, 6, 11), date(2026, 7, 17), date(2026, 9, 9))
    acts = [
        samples.act("Contacting", d, "x", "", online=o) for d, o in zip(days, online, strict=True)
    ]
    acts[0] = replace(acts[0], place="Testham")
    acts[2] = replace(acts[2], until=date(2026, 9, 12))
    html = (
        lay_out(samples.application(acts=tuple(acts))).replace("\u00a0", " ").replace("&nbsp;", " ")
    )
    caption = html.partition("<figcaption")[2].partition("</figcaption>")[0]
    assert "The 3 acts in paragraphs 6 to 8, 11 June to 12 September 2026." in caption
    assert said in caption
    assert "A bar goes on to its last day." in caption
    assert "telephone" not in caption
    assert (", Testham, and online.</b>" in html) is online[0]
