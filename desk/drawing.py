"""The case's timeline as a drawing: pure geometry, in SVG units. The template only prints it.

Two drawings of the same happenings: lanes across for a desk, one line downwards for a phone. Labels
never cross each other: one that finds no room is left to the table below, which has every event.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from desk.happenings import Happening, Lane, Shape
from law.periods import LONDON

HALF = 13  # of a step on a phone
WIDTH, LEFT, TOP, LANE = 968, 132, 22, 40
PHONE_WIDTH, PHONE_STEP = 350, 26
LETTER = 7.3  # the mean width of a letter at 15 px
BOLD = 8.2  # of a bold one
TODAY = 50  # what the word "today" takes, left of its line
FOOT = 284
GAP = 8
CROWDED = 60  # the marks of one day inside this have one label together
MARGIN = timedelta(days=6)
Place = Callable[[datetime], float]
LONGEST = timedelta(days=120)  # how far to come an order without an end is drawn


@dataclass(frozen=True)
class Label:
    """A text and where it stands; `anchor` is start or end."""

    x: float
    y: float
    text: str
    anchor: str = "start"


@dataclass(frozen=True)
class Mark:
    """A shape at a point, filled when it has happened."""

    x: float
    y: float
    shape: str
    done: bool
    label: Label | None = None


@dataclass(frozen=True)
class Bar:
    """An order: from its making to its end, the part still to come included."""

    x: float
    y: float
    length: float
    shape: str
    text: str


@dataclass(frozen=True)
class Drawing:
    """Everything that the template prints."""

    width: int
    height: int
    today: float
    lanes: tuple[Label, ...] = ()
    months: tuple[Label, ...] = ()
    bars: tuple[Bar, ...] = ()
    marks: tuple[Mark, ...] = ()
    gaps: tuple[tuple[float, float, str], ...] = ()  # x, width, words; on a phone y, height, words
    rules: tuple[float, ...] = field(default=())
    warning: Label | None = None  # of the last time without an order, beside "today"


def gaps(happenings: Sequence[Happening], now: datetime) -> list[tuple[datetime, datetime]]:
    """Time without any order after the first was made, up to now or to the next hearing or order."""
    bars = [h for h in happenings if h.lane is Lane.ORDER]
    ahead = [h.at for h in happenings if h.shape is Shape.HEARING and h.at > now]
    found: list[tuple[datetime, datetime]] = []
    covered: datetime | None = None
    for bar in bars:
        if covered and bar.at > covered:
            found.append((covered, bar.at))
        if bar.open_ended:
            return found
        covered = max(covered or bar.at, bar.until or bar.at)
    if covered and ahead and covered < (end := min(ahead)):
        found.append((covered, end))
    return found


def wide(happenings: Sequence[Happening], now: datetime) -> Drawing | None:
    """The drawing for a desk; None where nothing has happened."""
    if not happenings:
        return None
    begin, end = span(happenings, now)
    scale = (WIDTH - LEFT - GAP) / (end - begin).total_seconds()

    def x(moment: datetime) -> float:
        inside = min(max(moment, begin), end)
        return round(LEFT + (inside - begin).total_seconds() * scale, 1)

    rows = {lane: TOP + LANE * row for row, lane in enumerate(Lane)}
    height = TOP + LANE * len(Lane)
    without = gaps(happenings, now)
    return Drawing(
        width=WIDTH,
        height=height + 30,
        today=x(now),
        lanes=tuple(Label(0, y + 29, lane.value) for lane, y in rows.items()),
        rules=tuple(y + LANE for y in rows.values()),
        months=tuple(_months(begin, end, x)),
        bars=tuple(_bar(h, rows[Lane.ORDER], x, end) for h in happenings if h.lane is Lane.ORDER),
        marks=tuple(
            mark
            for lane, y in rows.items()
            if lane is not Lane.ORDER
            for mark in _marks([h for h in happenings if h.lane is lane], y + 24, x, now)
        ),
        gaps=tuple((x(a), round(x(b) - x(a), 1), _says_gap(a)) for a, b in without),
        warning=_warning(without[-1][0], x, now) if without else None,
    )


def _warning(begins: datetime, x: Place, now: datetime) -> Label:
    """Under its own time; left of "today" where it would run out of the picture."""
    text, start = _says_gap(begins), max(x(begins), x(now) + GAP)
    if start + len(text) * BOLD <= WIDTH:
        return Label(start, FOOT, text)
    return Label(x(now) - TODAY, FOOT, text, "end")


def span(happenings: Sequence[Happening], now: datetime) -> tuple[datetime, datetime]:
    """From the first happening to the last, or to now, with a margin; the far future is cut."""
    moments = [h.at for h in happenings] + [now]
    ends = [min(h.until, now + LONGEST) for h in happenings if h.until]
    return min(moments) - MARGIN, max([*moments, *ends]) + MARGIN


def _says_gap(moment: datetime) -> str:
    day = moment.astimezone(LONDON)
    return f"no order from {day.day} {day:%b}"


def _months(begin: datetime, end: datetime, x: Place) -> list[Label]:
    """The first day of each month, thinned out where the case is long."""
    first = begin.astimezone(LONDON).date().replace(day=1)
    days: list[date] = []
    while first <= end.astimezone(LONDON).date():
        days.append(first)
        first = (first + timedelta(days=32)).replace(day=1)
    every = max(1, len(days) // 9 + (1 if len(days) > 9 else 0))
    shown: list[Label] = []
    for n, day in enumerate(days):
        at = datetime(day.year, day.month, 1, tzinfo=LONDON)
        if n % every == 0 and begin <= at <= end:
            name = f"{at:%b %Y}" if not shown or day.month == 1 else f"{at:%b}"
            shown.append(Label(x(at), 17, name))
    return shown


def _bar(h: Happening, top: int, x: Place, end: datetime) -> Bar:
    until = end if h.open_ended or h.until is None else h.until
    width = max(3.0, round(x(until) - x(h.at), 1))
    began = h.at.astimezone(LONDON)
    if h.until:
        last = (h.until - timedelta(microseconds=1)).astimezone(LONDON)
        tail = f" to end of {last.day} {last:%b %Y}"
    else:
        tail = " until further order"
    words = (f"{h.short}, {began.day} {began:%b %H:%M}{tail}", f"{h.short}{tail}", h.short, "")
    text = next(w for w in words if not w or len(w) * LETTER + 20 < width)
    return Bar(x(h.at), top + 12, width, h.shape.value, text)


def _marks(row: Sequence[Happening], y: float, x: Place, now: datetime) -> list[Mark]:
    """The marks of one lane; each label stands right of its mark, or left, or nowhere.

    What happened on one day, and stands in one place, has one label that says how many there are.
    """
    places = [x(h.at) for h in row]
    taken: list[tuple[float, float]] = [(p - 9, p + 9) for p in places]
    line = (x(now) - 3, x(now) + 3)
    crowds = [_crowd(h, row, x) for h in row]
    marks = []
    for n, (h, place) in enumerate(zip(row, places, strict=True)):
        crowded = len(crowds[n]) > 1 and h is not crowds[n][-1]
        text = _says(crowds[n])
        label = None
        if not crowded:
            label = _label(text, place, y, [*taken, line]) or _label(text, place, y, taken)
        if label:
            taken.append(_room(label))
        marks.append(Mark(place, y, h.shape.value, h.at <= now, label))
    return marks


def _crowd(h: Happening, row: Sequence[Happening], x: Place) -> list[Happening]:
    """All of the lane that happened on the same day, so near that no label fits between them."""
    day = h.at.astimezone(LONDON).date()
    near = [o for o in row if o.at.astimezone(LONDON).date() == day]
    return near if abs(x(near[-1].at) - x(near[0].at)) < CROWDED else [h]


def _says(crowd: Sequence[Happening]) -> str:
    """22 Nov lodged; 3 events, 22 Nov"""
    h = crowd[-1]
    day = h.at.astimezone(LONDON)
    if len(crowd) > 1:
        return f"{len(crowd)} events, {day.day} {day:%b}"
    return h.short if h.shape in (Shape.DUTY, Shape.MET) else f"{day.day} {day:%b} {h.short}"


def _label(text: str, place: float, y: float, taken: list[tuple[float, float]]) -> Label | None:
    """The text right of its mark, or left of it, where it crosses nothing that is taken."""
    for label in (
        Label(place + 12, y + 5, text, "start"),
        Label(place - 12, y + 5, text, "end"),
    ):
        begin, end = _room(label)
        if begin >= LEFT and end <= WIDTH and all(end <= a or begin >= b for a, b in taken):
            return label
    return None


def _room(label: Label) -> tuple[float, float]:
    wide_by = len(label.text) * LETTER
    return (label.x, label.x + wide_by) if label.anchor == "start" else (label.x - wide_by, label.x)


def tall(happenings: Sequence[Happening], now: datetime) -> Drawing | None:
    """The drawing for a phone: one happening below the other, oldest first, today between them."""
    if not happenings:
        return None
    marks, today, y = [], None, 20.0
    places: list[tuple[datetime, float]] = []
    without, tops = gaps(happenings, now), dict[datetime, float]()
    for h in happenings:
        for begins, _ in without:
            if begins < h.at and begins not in tops:
                if today is None and begins > now:
                    today, y = y, y + PHONE_STEP
                tops[begins], y = y, y + PHONE_STEP
        if today is None and h.at > now:
            today, y = y, y + PHONE_STEP
        day = h.at.astimezone(LONDON)
        text = f"{day.day} {day:%b %y}  {h.short}"[:40]
        marks.append(Mark(84, y, h.shape.value, h.at <= now, Label(98, y + 5, text)))
        places.append((h.at, y))
        y += PHONE_STEP
    today = today if today is not None else y
    height = int(max(y, today) + PHONE_STEP)
    bars = [_bar_down(h, places, tops, today, now) for h in happenings if h.lane is Lane.ORDER]
    bands = tuple(
        (tops[a] - HALF, next(p for at, p in places if at >= b) - tops[a], _says_gap(a))
        for a, b in without
    )
    return Drawing(PHONE_WIDTH, height, today, bars=tuple(bars), marks=tuple(marks), gaps=bands)


def _bar_down(
    h: Happening,
    places: Sequence[tuple[datetime, float]],
    tops: Mapping[datetime, float],
    today: float,
    now: datetime,
) -> Bar:
    """An order on the phone's line: down to the last that happened in it, to today, or to the band."""
    top = next(p for at, p in places if at == h.at)
    foot = max([p for at, p in places if h.until is None or at <= h.until] or [top])
    if h.until is not None and h.until in tops:
        foot = tops[h.until] - HALF
    elif h.until is None or h.until > now:
        foot = max(foot, today)
    return Bar(52, top, max(8.0, foot - top), h.shape.value, h.short)
