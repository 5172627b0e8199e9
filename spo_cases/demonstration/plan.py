"""Which cases there are: at least 60, in every state, with something due now in each force."""

import os
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta
from itertools import cycle
from multiprocessing import get_context

from django.db import connections

from audit.actor import acting_as
from casework import clock
from law.periods import LONDON, local_date
from spo_cases.demonstration import afterwards as a
from spo_cases.demonstration import answered as b
from spo_cases.demonstration import outcomes as o
from spo_cases.demonstration import stories as s
from spo_cases.demonstration.cast import ACTOR, Cast
from spo_cases.demonstration.names import PROTECTED, SUBJECTS

DRAFT = (s.asked, s.taken_forward, s.begun)
READY = (*DRAFT, s.drafted, s.submitted, s.authorised)
LODGED = (*READY, o.consented, s.lodged)
LISTED = (*LODGED, o.listed, b.told)
INTERIM = (*LISTED, o.interim)
SERVED = (b.told, o.served, b.told)
NO_DAY = (*INTERIM, *SERVED, o.notified)  # and nobody got a day for the full hearing
WAITING = (*INTERIM, o.full_listed)
NOTIFIED = (*WAITING, *SERVED, o.notified)
FULL = (*NOTIFIED, o.full)
ANSWERED = (b.acknowledged, b.assigned, b.decided)
TELLERS = 4

Plot = tuple[s.Story, tuple[s.Chapter, ...]]

# how many, the story, and how many days ago its first ask was
PLAN: tuple[tuple[int, tuple[s.Chapter, ...], int], ...] = (
    (3, (s.asked,), 1),
    (1, (s.asked, s.recorded_twice), 1),
    (2, (s.asked,), 4),  # nobody has decided: late
    (2, (s.asked, s.declined), 3),
    (1, (s.asked, s.declined), 8),  # the second look is late
    (2, (s.asked, s.declined, b.told, s.second_look), 20),
    (2, (s.asked, s.taken_forward), 3),
    (3, DRAFT, 6),
    (2, (*DRAFT, s.drafted), 9),
    (3, (*DRAFT, s.drafted, s.submitted), 6),
    (2, READY, 8),
    (2, LODGED, 9),
    (4, LISTED, 10),  # the hearing is in three days
    (2, LISTED, 15),  # heard two days ago, and nobody has entered the result
    (2, (*LISTED, o.adjourned, b.told), 16),
    (2, WAITING, o.HEARD_ON),  # made today, not served
    (2, (*WAITING, b.told, o.attempted), 15),  # made two days ago, not served: late
    (2, (*WAITING, b.told, o.served), 15),  # must notify now
    (1, (*WAITING, *SERVED, a.on_register), 15),  # notifies under another Act
    (1, (*WAITING, *SERVED), 22),  # did not notify
    (1, (*WAITING, *SERVED, o.notified_late), 24),
    (1, (*NOTIFIED, a.moved), 30),  # must notify the new address now
    (1, (*NOTIFIED, a.renamed), 30),
    (1, NOTIFIED, 45),
    (1, NO_DAY, 45),  # and the court has still to be asked for a day: late
    (1, (*NO_DAY, o.renewal_asked), 96),
    (2, (*NOTIFIED, b.breached), 24),  # reported minutes ago, nobody has acknowledged
    (1, (*NOTIFIED, b.breached, b.acknowledged), 26),  # and nobody has been given it
    (1, (*NOTIFIED, b.breached, b.acknowledged, b.assigned, b.not_reached), 26),
    (2, (*NOTIFIED, b.breached, *ANSWERED, b.told), 50),
    (1, (*LODGED, a.restricted, o.listed, o.interim, o.full_listed, *SERVED, o.notified), 30),
    (5, (*FULL, *SERVED), 75),
    (1, (*FULL, *SERVED, a.varied), 75),  # the new wording is not served
    (2, (*FULL, *SERVED), 200),
    (1, (*FULL, *SERVED, a.discharged, b.told), 200),
    (1, FULL, 62),
    (2, (*FULL, *SERVED, b.breached, *ANSWERED, b.told), 140),
    (2, (*LISTED, o.refused, b.told), 40),
    (1, (*LODGED, o.withdrawn, b.told), 35),
    (1, NO_DAY, 130),  # the interim order lapsed, and no full order was made
)


def tell(casts: list[Cast], now: datetime) -> int:
    """Tell every story, one process for each core. Returns how many cases there are now."""
    told = stories(casts, now)
    connections.close_all()  # a connection is not shared with a child
    tellers = max(1, min(TELLERS, os.cpu_count() or 1))
    with ProcessPoolExecutor(tellers, mp_context=get_context("fork")) as pool:
        for done in [pool.submit(_tell_some, told[n::tellers]) for n in range(tellers)]:
            done.result()
    return len(told)


def stories(casts: list[Cast], now: datetime) -> list[Plot]:
    """Every story of the plan and its chapters, none of them told yet."""
    forces = cycle([casts[0], casts[0], casts[1], casts[2], casts[0], casts[3]])
    plots = [(chapters, days_ago) for many, chapters, days_ago in PLAN for _ in range(many)]
    return [
        (_story(next(forces), number, now, days_ago), chapters)
        for number, (chapters, days_ago) in enumerate(plots)
    ]


def _tell_some(plots: list[Plot]) -> None:
    for plot in plots:
        tell_one(*plot)
    connections.close_all()


def _story(cast: Cast, number: int, now: datetime, days_ago: int) -> s.Story:
    officers = [user for part, user in cast.users.items() if part.startswith("officer")]
    if days_ago == o.HEARD_ON and now.astimezone(LONDON).time() < o.MADE_BY:
        days_ago += (
            1  # the court has not sat yet this morning: what was made last was made yesterday
        )
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


def tell_one(story: s.Story, chapters: Iterable[s.Chapter]) -> None:
    """One case, chapter by chapter, by the real acts."""
    with acting_as(ACTOR), clock.at(story.now):
        for chapter in chapters:
            chapter(story)
