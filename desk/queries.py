"""What the first screen and the case's page show, read through the policy."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Count,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
    Window,
)
from django.db.models import Case as Choice
from django.db.models.functions import Now, RowNumber

from accounts import policy
from accounts.models import User
from accounts.roles import Role
from applications.models import Hearing
from audit.models import Entry
from casework.models import OVER, Case, Deadline
from desk.limits import AHEAD, HEARD, STAGES, Limit
from law.periods import end_instant, local_date

WEEK = timedelta(days=7)
NIGHT = timedelta(hours=12)  # what ends so soon is near, also where midnight lies between
SHOWN = 60
CLOCK_ROW = (  # what a clock's line shows, and no more
    "title",
    "path",
    "reason",
    "provision",
    "owner_role",
    "due_at",
    "whole_day",
    "case__reference",
    "case__subject__given_names",
    "case__subject__family_name",
    "case__officer__title",
    "case__officer__name",
    "case__officer__is_active",
    "officer__title",
    "officer__name",
    "officer__is_active",
)
MANY = 1000  # counts stop here: "more than 1,000"
WHOLE_CASELOAD = frozenset({Role.STALKING_LEAD, Role.AUDITOR, Role.DATA_PROTECTION_OFFICER})


@dataclass(frozen=True)
class Today:
    """One list over all clocks, in the groups that matter, with what each number stands for.

    Each row says as `mine` whether it waits for the reader; `counts` has these under "mine". What ends
    in the hours after midnight stands before the week, and is counted with it.
    """

    late: list[Any]
    ends_today: list[Any]
    this_night: list[Any]
    this_week: list[Any]
    counts: dict[str, int]

    @property
    def groups(self) -> list[tuple[str, list[Any]]]:
        named = [
            ("Late", self.late),
            ("Ends today", self.ends_today),
            ("After midnight, within 12 hours", self.this_night),
            ("Next 7 days", self.this_week),
        ]
        return [(name, rows) for name, rows in named if rows]


def my_clocks(user: User, awaited: Collection[UUID] = ()) -> QuerySet[Deadline]:
    """The open clocks that are this person's: a lead's are the force's, an officer's are her cases'.

    awaited  clocks of others whose alert climbed to this person, and waits for an answer
    """
    rows = policy.visible(user, Deadline.objects.filter(done_at=None, force_id=user.force_id))
    climbed = Q(pk__in=awaited)
    if user.role not in WHOLE_CASELOAD:
        rows = rows.filter(Q(owner_role=user.role) | _given_to(user) | climbed)
    if user.role == Role.OFFICER:
        rows = rows.filter(_given_to(user) | Q(case__officer=None) | climbed)
    return rows


def _given_to(user: User) -> Q:
    """Of this officer's cases, or given to this officer in the case of another."""
    return Q(case__officer=user) | Q(officer=user)


def waiting_for(user: User, awaited: Collection[UUID] = ()) -> Q:
    """The clocks that this person has to answer: of that role, of the officer in the case, given, awaited."""
    given = Q(officer__isnull=False, officer=user)  # never unknown: this is shown of each row
    own = given | Q(owner_role=Role.OFFICER, officer=None, case__officer=user)
    mine = own | Q(pk__in=awaited)
    return mine if user.role == Role.OFFICER else mine | Q(owner_role=user.role)


def today(
    user: User, now: datetime, *, only_mine: bool = False, awaited: Collection[UUID] = ()
) -> Today:
    """What needs this person now, soonest first; `only_mine` leaves out what others have to answer."""
    midnight = end_instant(local_date(now))
    whose = ("case__subject", "case__officer", "officer")
    rows = my_clocks(user, awaited).select_related(*whose).only(*CLOCK_ROW)
    rows = rows.annotate(mine=ExpressionWrapper(waiting_for(user, awaited), BooleanField()))
    if only_mine:
        rows = rows.filter(mine=True)
    soonest = rows.order_by("due_at", "id")
    groups = {
        "late": soonest.filter(due_at__lte=now),
        "today": soonest.filter(_today(midnight), due_at__gt=now),
        "week": soonest.filter(~_today(midnight), due_at__gt=now, due_at__lte=midnight + WEEK),
    }
    shown = {name: list(group[:SHOWN]) for name, group in groups.items()}
    counts = {name: _how_many(group, shown[name]) for name, group in groups.items()}
    mine = rows.filter(mine=True, due_at__lte=midnight + WEEK).order_by("due_at", "id")
    counts["mine"] = mine[: MANY + 1].count()
    night = [row for row in shown["week"] if row.due_at < now + NIGHT and not row.whole_day]
    week = [row for row in shown["week"] if row not in night]
    return Today(shown["late"], shown["today"], night, week, counts)


def _today(midnight: datetime) -> Q:
    """Ends with this day, or in it. A time of day that is midnight's own is the next day's."""
    return Q(due_at__lt=midnight) | Q(due_at=midnight, whole_day=True)


def _how_many(group: QuerySet[Deadline], shown: Sequence[Deadline]) -> int:
    """Counted only where not all are shown; in order, so that the index of the list serves."""
    return len(shown) if len(shown) < SHOWN else group[: MANY + 1].count()


def carrying(user: User) -> list[dict[str, Any]]:
    """Who works on how many open cases, and how many of them have a late clock."""
    rows = policy.visible(user, Case.objects.exclude(status__in=OVER)).exclude(officer=None)
    counted = (
        rows.values("officer_id", "officer__title", "officer__name")
        .annotate(open=Count("id"), late=Count("id", filter=Q(next_due_at__lte=Now())))
        .order_by("-open", "officer__name")[:12]
    )
    return [dict(row) for row in counted]


@dataclass(frozen=True)
class Waiting:
    """One case that waits: since how many days, and whether its clock has run out. Of a hearing that is
    still to come: until it, in how many."""

    days: float
    late: bool


@dataclass
class Stage:
    """Where cases wait, and the force's limit. `waiting` are the longest of `count`."""

    name: str
    limit: Limit | None  # None: nothing is late in it, a day in court that the court has listed
    waiting: list[Waiting]
    count: int = 0
    over: int = 0

    @property
    def ahead(self) -> bool:
        return self.limit is None


DRAWN = 40


def ageing(user: User, now: datetime) -> list[Stage]:
    """A mark for each case against the limit: an average would hide the one that is forgotten.

    The longest waits of each stage. Late is what the clock says: a limit of days ends with its day. A
    result is waited for since the hearing, not since it was listed; until then the hearing is ahead.
    """
    found = {kind: Stage(name, limit, []) for name, kind, limit in STAGES}
    for row in _longest(user, now, found.keys() - {AHEAD}):
        stage = found[AHEAD if row["to_come"] else row["kind"]]
        stage.count, stage.over = row["count"], row["over"]
        days = abs(now - row["since"]) / timedelta(days=1)
        stage.waiting.append(Waiting(days, row["due_at"] <= now))
    return list(found.values())


def _longest(user: User, now: datetime, kinds: Collection[str]) -> QuerySet[Deadline, Any]:
    """The clocks of each kind that wait longest, those apart whose waiting is still to begin."""
    begins = Hearing.objects.filter(pk=OuterRef("about_id")).values("starts_at")
    since = Choice(When(kind=HEARD, then=Subquery(begins)), default=F("set_at"))
    open_clocks = Deadline.objects.filter(done_at=None, force_id=user.force_id, kind__in=kinds)
    begun = policy.visible(user, open_clocks).annotate(since=since).exclude(since=None)
    parts = ["kind", "to_come"]
    return (
        begun.annotate(to_come=ExpressionWrapper(Q(since__gt=now), BooleanField()))
        .annotate(
            rank=Window(RowNumber(), partition_by=parts, order_by=["since", "id"]),
            count=Window(Count("id"), partition_by=parts),
            over=Window(Count("id", filter=Q(due_at__lte=now)), partition_by=parts),
        )
        .filter(rank__lte=DRAWN)
        .order_by("since")
        .values("kind", "to_come", "since", "due_at", "count", "over")
    )


def clocks_of(case: Case) -> list[Deadline]:
    """The case's open clocks, soonest first; each has this very case, and asks for no other copy."""
    running = Deadline.objects.filter(case=case, done_at=None).select_related("officer")
    clocks = list(running.order_by("due_at", "id"))
    for one in clocks:
        one.case = case
    return clocks


def history(case: Case, *, before: int | None = None, size: int = 50) -> list[Entry]:
    """What was done in the case, newest first, from the audit: it outlives the records."""
    rows = Entry.objects.filter(case_id=case.pk, kind=Entry.Kind.EVENT)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.order_by("-pk")[: size + 1])


def looks(case: Case, *, size: int = 50) -> list[Entry]:
    """Who looked at the case, refused ones too."""
    return list(Entry.objects.filter(case_id=case.pk, kind=Entry.Kind.LOOK).order_by("-pk")[:size])


def next_clocks(cases: Iterable[Case]) -> dict[UUID, Deadline]:
    """Each case's soonest open clock, in one query."""
    rows = (
        Deadline.objects.filter(case__in=list(cases), done_at=None)
        .order_by("case_id", "due_at", "set_at", "id")
        .distinct("case_id")
    )
    return {row.case_id: row for row in rows}
