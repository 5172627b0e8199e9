"""Which cases there are: at least 60, in every state, with something due now in each force."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import cycle

from audit.actor import acting_as
from casework import clock
from law.periods import local_date
from spo_cases.demonstration import stories as s
from spo_cases.demonstration.cast import ACTOR, Cast
from spo_cases.demonstration.names import PROTECTED, SUBJECTS

DRAFT = (s.asked, s.taken_forward, s.begun)
READY = (*DRAFT, s.drafted, s.submitted, s.authorised)
LODGED = (*READY, s.consented, s.lodged)
LISTED = (*LODGED, s.listed)
INTERIM = (*LISTED, s.interim)
NOTIFIED = (*INTERIM, s.served, s.notified)
FULL = (*NOTIFIED, s.full_listed, s.full)

# how many, the story, and how many days ago its first ask was
PLAN: tuple[tuple[int, tuple[s.Chapter, ...], int], ...] = (
    (3, (s.asked,), 1),
    (2, (s.asked,), 4),  # nobody has decided: late
    (2, (s.asked, s.declined), 3),
    (1, (s.asked, s.declined), 8),  # the second look is late
    (2, (s.asked, s.declined, s.second_look), 20),
    (2, (s.asked, s.taken_forward), 3),
    (3, DRAFT, 6),
    (2, (*DRAFT, s.drafted), 9),
    (3, (*DRAFT, s.drafted, s.submitted), 6),
    (2, READY, 8),
    (2, LODGED, 9),
    (4, LISTED, 10),  # the hearing is in three days
    (2, LISTED, 15),  # heard two days ago, and nobody has entered the result
    (2, (*LISTED, s.adjourned), 16),
    (2, INTERIM, 13),  # made today, not served
    (2, (*INTERIM, s.attempted), 15),  # made two days ago, not served: late
    (3, (*INTERIM, s.served), 15),  # must notify now
    (1, (*INTERIM, s.served), 22),  # did not notify
    (3, NOTIFIED, 30),
    (2, (*NOTIFIED, s.full_listed), 45),
    (1, (*NOTIFIED, s.renewal_asked), 96),
    (2, (*NOTIFIED, s.breached), 24),  # reported minutes ago, nobody has acknowledged
    (2, (*NOTIFIED, s.breached, s.acknowledged), 26),
    (2, (*NOTIFIED, s.breached, s.acknowledged, s.decided), 50),
    (6, (*FULL, s.served), 75),
    (3, (*FULL, s.served), 200),
    (2, FULL, 62),
    (2, (*FULL, s.served, s.breached, s.acknowledged, s.decided), 140),
    (2, (*LISTED, s.refused), 40),
    (1, (*LODGED, s.withdrawn), 35),
    (1, NOTIFIED, 130),  # the interim order lapsed, and no full order was made
)


def tell(casts: list[Cast], now: datetime) -> int:
    """Tell every story. Returns how many cases there are now."""
    forces = cycle([casts[0], casts[0], casts[1], casts[2], casts[0], casts[3]])
    number = 0
    for many, chapters, days_ago in PLAN:
        for _ in range(many):
            story = _story(next(forces), number, now, days_ago)
            _told(story, chapters)
            number += 1
    return number


def _story(cast: Cast, number: int, now: datetime, days_ago: int) -> s.Story:
    officers = [user for part, user in cast.users.items() if part.startswith("officer")]
    if number % 7 == 6 and "other_unit" in cast.users:
        officers = [cast["other_unit"]]
    return s.Story(
        cast=cast,
        number=number,
        first_day=local_date(now) - timedelta(days=days_ago),
        now=now,
        subject=SUBJECTS[number % len(SUBJECTS)],
        protected=PROTECTED[number % len(PROTECTED)],
        officer=officers[number % len(officers)],
        online=number % 3 != 1,
    )


def _told(story: s.Story, chapters: Iterable[s.Chapter]) -> None:
    with acting_as(ACTOR), clock.at(story.now):
        for chapter in chapters:
            chapter(story)
