"""The timeline's geometry: what is drawn is in the picture, and no label stands on another."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from desk.drawing import LEFT, LETTER, PHONE_WIDTH, WIDTH, Drawing, Mark, gaps, span, tall, wide
from desk.happenings import Happening, Lane, Shape

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def at(day: float) -> datetime:
    """A moment so many days from now."""
    return NOW + day * DAY


def order(begin: float, end: float | None, shape: Shape = Shape.INTERIM) -> Happening:
    return Happening(
        at(begin),
        Lane.ORDER,
        shape,
        "Interim order",
        "Interim order made",
        until=None if end is None else at(end),
        open_ended=end is None,
    )


def hearing(day: float) -> Happening:
    return Happening(at(day), Lane.HEARINGS, Shape.HEARING, "full order", "Hearing: full order")


def mark(day: float, short: str = "attempt", lane: Lane = Lane.SERVICE) -> Happening:
    return Happening(at(day), lane, Shape.TRY, short, "Service was tried")


def test_a_lane_of_one_day_says_how_many_there_are() -> None:
    story = [mark(-30, "asked"), *(mark(-1 + hour / 24, f"try {hour}") for hour in range(3))]
    drawing = wide(story, NOW)
    assert drawing is not None
    said = [m.label.text for m in drawing.marks if m.label]
    assert said == ["25 Oct asked", "3 events, 23 Nov"]


# Time without an order


def test_two_orders_with_time_between_them_leave_a_gap() -> None:
    assert gaps([order(-40, -20), order(-10, 5)], NOW) == [(at(-20), at(-10))]


def test_orders_that_touch_or_overlap_leave_none() -> None:
    assert gaps([order(-40, -20), order(-20, -5), order(-15, 5)], NOW) == []


def test_an_order_that_ends_before_the_next_hearing_leaves_one() -> None:
    assert gaps([order(-20, 3), hearing(8), hearing(12)], NOW) == [(at(3), at(8))]


def test_its_label_is_whole_wherever_it_stands() -> None:
    for begin, end, heard in ((-60, 6, 13), (-60, 60, 100), (-300, 6, 7), (-9, -2, 40)):
        drawing = wide([order(begin, end), hearing(heard)], NOW)
        assert drawing
        label = drawing.warning
        assert label
        room = len(label.text) * 8
        start = label.x if label.anchor == "start" else label.x - room
        assert start >= 0
        assert start + room <= WIDTH
        assert start >= drawing.today or start + room <= drawing.today - 40, "today is there"


def test_a_hearing_that_was_held_is_no_reason_to_warn() -> None:
    assert gaps([order(-20, -3), hearing(-2)], NOW) == []


def test_an_order_without_an_end_leaves_none() -> None:
    assert gaps([order(-40, -20), order(-20, None), hearing(8)], NOW) == []
    assert gaps([order(-40, None), order(-20, -10), hearing(8)], NOW) == []


def test_before_the_first_order_nothing_is_missing() -> None:
    assert gaps([mark(-50), hearing(8)], NOW) == []


def test_a_short_order_inside_a_long_one_ends_nothing() -> None:
    assert gaps([order(-40, 20), order(-30, -25), hearing(8)], NOW) == []


# The drawing for a desk


def test_nothing_happened_nothing_is_drawn() -> None:
    assert wide([], NOW) is None
    assert tall([], NOW) is None


def test_the_far_future_is_cut() -> None:
    begin, end = span([order(-10, 3 * 365)], NOW)
    assert begin < at(-10)
    assert end < at(140)


def test_an_order_is_a_bar_from_its_making_to_its_end() -> None:
    drawing = wide([order(-20, 8)], NOW)
    assert drawing
    (bar,) = drawing.bars
    assert bar.x < drawing.today < bar.x + bar.length
    assert bar.text.startswith("Interim order")
    open_ended = wide([order(-20, None)], NOW)
    assert open_ended
    assert open_ended.bars[0].text.endswith("until further order")


def test_a_mark_says_whether_it_has_happened() -> None:
    drawing = wide([hearing(-5), hearing(5)], NOW)
    assert drawing
    assert [m.done for m in drawing.marks] == [True, False]


def test_today_stands_where_it_is() -> None:
    drawing = wide([mark(-10), mark(10)], NOW)
    assert drawing
    before, after = sorted(m.x for m in drawing.marks)
    assert round((before + after) / 2) == round(drawing.today)


def test_the_day_is_londons() -> None:
    midnight = datetime(2026, 6, 9, 23, 30, tzinfo=UTC)  # 00:30 on 10 June in London
    drawing = wide([Happening(midnight, Lane.SERVICE, Shape.TRY, "attempt", "")], midnight)
    assert drawing
    assert drawing.marks[0].label
    assert drawing.marks[0].label.text == "10 Jun attempt"


MOMENTS = st.floats(min_value=-900, max_value=60, allow_nan=False)
MARKS = st.builds(
    mark,
    MOMENTS,
    st.sampled_from(("attempt", "served in person", "notified, late", "open", "full order")),
    st.sampled_from([lane for lane in Lane if lane is not Lane.ORDER]),
)
ORDERS = st.builds(
    lambda begin, length: order(begin, None if length is None else begin + length),
    MOMENTS,
    st.one_of(st.none(), st.floats(min_value=1, max_value=900)),
)
STORIES = st.lists(st.one_of(MARKS, ORDERS), min_size=1, max_size=14)


def box(drawn: Mark) -> tuple[float, float, float]:
    """Where a label begins and ends, and its line."""
    label = drawn.label
    assert label
    length = len(label.text) * LETTER
    start = label.x if label.anchor == "start" else label.x - length
    return start, start + length, label.y


@settings(max_examples=60, deadline=None)
@given(STORIES)
def test_no_label_stands_on_another_or_on_a_mark(story: list[Happening]) -> None:
    drawing = wide(sorted(story, key=lambda h: h.at), NOW)
    assert drawing
    boxes = [box(m) for m in drawing.marks if m.label]
    for number, (start, end, line) in enumerate(boxes):
        assert start + 0.01 >= LEFT
        assert end <= WIDTH + 0.01
        for other_start, other_end, other_line in boxes[:number]:
            assert line != other_line or end <= other_start or start >= other_end
    for drawn in (m for m in drawing.marks if m.label):
        start, end, _ = box(drawn)
        for other in drawing.marks:
            if other.y == drawn.y and other is not drawn:
                assert not start < other.x < end


@settings(max_examples=60, deadline=None)
@given(STORIES)
def test_everything_is_inside_the_picture(story: list[Happening]) -> None:
    happenings = sorted(story, key=lambda h: h.at)
    across, down = wide(happenings, NOW), tall(happenings, NOW)
    assert across
    assert down
    for drawing in (across, down):
        inside(drawing)
    assert len(across.marks) + len(across.bars) == len(happenings)
    assert len(down.marks) == len(happenings)
    assert [m.y for m in down.marks] == sorted({m.y for m in down.marks}), "one below the other"


def inside(drawing: Drawing) -> None:
    for drawn in drawing.marks:
        assert 0 <= drawn.x <= drawing.width
        assert 0 <= drawn.y <= drawing.height
    for bar in drawing.bars:
        assert 0 <= bar.x <= drawing.width
        assert bar.length > 0
        assert len(bar.text) * LETTER < WIDTH
    for month in drawing.months:
        assert LEFT <= month.x <= drawing.width


@settings(max_examples=60, deadline=None)
@given(STORIES)
def test_gaps_are_time_without_any_order(story: list[Happening]) -> None:
    orders = [h for h in story if h.lane is Lane.ORDER]
    for begin, end in gaps(sorted(story, key=lambda h: h.at), NOW):
        assert begin < end
        middle = begin + (end - begin) / 2
        assert not any(o.at <= middle and (o.open_ended or middle < o.until) for o in orders)  # type: ignore[operator]


def test_a_phone_has_its_own_drawing() -> None:
    drawing = tall([order(-20, 8), mark(-19), hearing(5)], NOW)
    assert drawing
    assert drawing.width == PHONE_WIDTH
    (bar,) = drawing.bars
    assert bar.y <= drawing.marks[0].y
    assert bar.y + bar.length >= drawing.today
    past, later = drawing.marks[1].y, drawing.marks[2].y
    assert past < drawing.today < later


def test_a_phone_shows_the_time_without_an_order_between_its_end_and_the_hearing() -> None:
    drawing = tall([order(-20, 6), mark(-19), hearing(13)], NOW)
    assert drawing
    ((top, height, words),) = drawing.gaps
    assert words == "no order from 30 Nov"
    (bar,) = drawing.bars
    assert drawing.today < bar.y + bar.length == top, "the order lasts beyond today, to the band"
    assert top < top + height <= drawing.marks[2].y
