"""Who is told when, as data: one ladder for each kind of clock and each kind of immediate news.

A rung fires at its distance from the end of the clock (or, for immediate news, from its beginning).
The rungs of one ladder that tell the same `news` climb until somebody acknowledges it; another news
of the same clock is told whatever was acknowledged before: "due tomorrow" never silences "late".
Where an answer is needed the ladder has no end: its top is climbed `every` so often until somebody
takes it.
"""

from dataclasses import dataclass
from datetime import timedelta

from accounts.roles import Role

OFFICER = "officer"  # the officer in the case, or whoever the clock was given to
LINE_MANAGER = "line_manager"  # of that officer
OWNER = "owner"  # the role that the clock names
USER = "user:"  # and an id: one person
INBOX = "inbox"  # the force's duty inbox
LEADS = f"role:{Role.STALKING_LEAD}"
AUTHORISERS = f"role:{Role.AUTHORISING_OFFICER}"
MANAGERS = f"role:{Role.OFFENDER_MANAGER}"
LEGAL = f"role:{Role.LEGAL}"
STANDARDS = f"role:{Role.PROFESSIONAL_STANDARDS}"

DUE, LATE, NEWS = "due", "late", "news"
AT_ONCE = timedelta()


@dataclass(frozen=True)
class Rung:
    """`after` is negative before the end of a clock. `to` holds words of `alerts.addressing`.

    every  the top of a ladder that needs an answer fires again so often, until it has one
    """

    after: timedelta
    news: str
    to: tuple[str, ...]
    acknowledge: bool = False
    every: timedelta | None = None

    @property
    def name(self) -> str:
        """What tells this rung from the others of its ladder, whatever is put between them."""
        return f"{self.news}:{int(self.after.total_seconds()) // 60}"


Ladder = tuple[Rung, ...]


def before(*to: str, days: int = 0, hours: int = 0, minutes: int = 0) -> Rung:
    """A reminder."""
    return Rung(-timedelta(days=days, hours=hours, minutes=minutes), DUE, to)


def late(*to: str, days: int = 0, hours: int = 0, minutes: int = 0) -> Rung:
    """The clock has run out, or ran out so long ago."""
    return Rung(timedelta(days=days, hours=hours, minutes=minutes), LATE, to)


def answered(rung: Rung) -> Rung:
    """The same rung, which climbs until somebody acknowledges it."""
    return Rung(rung.after, rung.news, rung.to, acknowledge=True)


def again(rung: Rung, *, every: timedelta) -> Rung:
    """The same rung as the top of its ladder: it fires every so often until somebody answers."""
    return Rung(rung.after, rung.news, rung.to, acknowledge=True, every=every)


def each(interval: timedelta, *to: str, first: timedelta, until: timedelta) -> Ladder:
    """Rungs at an even distance, `until` included."""
    count = (until - first) // interval + 1
    return tuple(Rung(first + n * interval, NEWS, to, acknowledge=True) for n in range(count))


QUARTER, HOUR, DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)
OTHERWISE: Ladder = (
    before(OWNER, days=1),
    late(OWNER, OFFICER),
    late(LEADS, days=1),
)
SECOND_LOOK: Ladder = (
    before(OWNER, days=1),
    late(OWNER),
    late(OWNER, AUTHORISERS, days=1),
)
NOTIFICATION: Ladder = (
    before(OFFICER, MANAGERS, days=1),
    late(OFFICER, MANAGERS, LEADS),
)
CLOCKS: dict[str, Ladder] = {
    "decide_request": (
        before(OWNER, days=1),
        late(OWNER, OFFICER, LEADS),
        late(LEADS, AUTHORISERS, days=1),
    ),
    "assign_case": (
        before(OWNER, hours=4),
        late(OWNER),
        late(LEADS, AUTHORISERS, days=1),
    ),
    "look_again": SECOND_LOOK,
    "authorise": (
        before(OWNER, hours=4),
        late(OWNER, OFFICER),
        late(LEADS, days=1),
    ),
    "lodge": (
        before(OWNER, OFFICER, days=1),
        late(OWNER, OFFICER),
        late(LEADS, days=1),
    ),
    "hearing": (
        before(OFFICER, LEGAL, days=7),
        before(OFFICER, LEGAL, days=1),
    ),
    "list_hearing": (
        before(OFFICER, LEGAL, days=1),
        late(OFFICER, LEGAL),
        late(LEADS, days=2),
    ),
    "result_hearing": (
        late(OFFICER, LEGAL),
        late(LEADS, days=1),
    ),
    "serve_order": (
        before(OFFICER, hours=4),
        late(OFFICER, LEADS),
        late(LEADS, AUTHORISERS, days=1),
    ),
    "notify_initial": NOTIFICATION,
    "notify_name": NOTIFICATION,
    "notify_address": NOTIFICATION,
    # These run out 14 and 56 days before the order does, or when it begins where it is shorter: so the
    # rungs go on until its last day, however many days are left by then.
    "interim_ends": (
        before(OFFICER, LEGAL, days=7),
        before(OFFICER, LEGAL, days=1),
        *(late(OFFICER, LEGAL, LEADS, days=day) for day in range(14)),
    ),
    "order_ends": (
        before(OFFICER, days=28),
        before(OFFICER, LEADS, days=7),
        *(late(OFFICER, LEADS, days=day) for day in (*range(0, 56, 7), 55)),
    ),
    "decide_failure": (
        before(OWNER, OFFICER, LEADS, days=1),  # as it opens: there are 24 hours to decide
        late(OWNER, OFFICER, LEADS),
        late(LEADS, AUTHORISERS, days=1),
    ),
    "decide_attendance": (
        before(OWNER, days=1),
        late(OWNER, OFFICER, MANAGERS, LEADS),
        late(LEADS, AUTHORISERS, days=1),
    ),
    "hand_acknowledgement": (
        late(OWNER, OFFICER),
        late(LEADS, days=1),
    ),
    # The report itself climbs (IMMEDIATE); this is told even if the report's own alert were lost.
    "acknowledge_breach": (again(late(LEADS, AUTHORISERS, INBOX, minutes=15), every=HOUR),),
    "tell_protected_person": (
        before(OFFICER, minutes=30),
        answered(late(OFFICER, LINE_MANAGER, LEADS)),
        again(late(LEADS, AUTHORISERS, INBOX, hours=1), every=HOUR),
    ),
    "tell_what_happened": (
        before(OFFICER, hours=4),
        late(OFFICER, LEADS),
        late(LINE_MANAGER, LEADS, days=1),
    ),
    "decide_breach": (
        before(OFFICER, hours=2),
        late(OFFICER, LEADS),
        late(LEADS, AUTHORISERS, days=1),
    ),
}

UNTIL_SOMEBODY_TAKES_IT: Ladder = (
    Rung(AT_ONCE, NEWS, (OFFICER, INBOX, LEADS), acknowledge=True),
    Rung(QUARTER, NEWS, (LINE_MANAGER, LEADS), acknowledge=True),
    Rung(2 * QUARTER, NEWS, (LEADS, AUTHORISERS), acknowledge=True),
    Rung(3 * QUARTER, NEWS, (INBOX, LEADS, AUTHORISERS), acknowledge=True),
    *each(QUARTER, OFFICER, INBOX, LEADS, AUTHORISERS, first=4 * QUARTER, until=4 * HOUR),
    again(Rung(5 * HOUR, NEWS, (OFFICER, INBOX, LEADS, AUTHORISERS)), every=HOUR),
)
ALARM: Ladder = (
    again(Rung(AT_ONCE, NEWS, (f"{LEADS}|{AUTHORISERS}|{STANDARDS}", INBOX)), every=4 * HOUR),
)
NOBODY, FAILED = "nobody_on_rung", "message_failed"  # the alarms about the alerts themselves
ALARMS = (NOBODY, FAILED)
EMPTY = "empty_rung"  # some of a rung were told, but a place on it is nobody's
ACCOUNT = "account_change"  # of no case: what a second person is asked about an account
OWN_ACCOUNT = "own_account_change"  # the same, to the person whose account it is
OPENED = "account_opened"  # to who answers for what an account reads that was opened or moved
MANY_CHECKS = "many_checks"  # of one person, who goes on beyond the limit and says why
ACCOUNTS = (ACCOUNT, OWN_ACCOUNT, OPENED, MANY_CHECKS)
WITHOUT_ALARM = (*ALARMS, EMPTY, *ACCOUNTS)
SOMEBODY: Ladder = (Rung(AT_ONCE, NEWS, (f"{LEADS}|{AUTHORISERS}|{STANDARDS}|{INBOX}",)),)
REPORTED, WATCHED = ("breach_reported", "incident_reported"), "acknowledge_breach"  # live: now
UNANSWERED = again(Rung(DAY, NEWS, (OFFICER, LEADS)), every=DAY)  # of news without its own ladder
TOLD_ONCE: Ladder = (Rung(AT_ONCE, NEWS, (OFFICER,)),)
ANSWER = "request_answered"  # to the advocate who asked: the one news that leaves the police
OWN_ANSWER = "own_request_answered"  # to whoever of the police asked, also where the case is closed
GUESSED = "words_refused"  # again and again, of one drafter: not to the officer in the case
GIVEN_AWAY = "order_gives_away"  # a court wrote into an order where a protected person is
IMMEDIATE: dict[str, Ladder] = {
    GIVEN_AWAY: (
        Rung(AT_ONCE, NEWS, (LEGAL, f"{LEADS}|{AUTHORISERS}", OFFICER), acknowledge=True),
        again(Rung(HOUR, NEWS, (LEGAL, LEADS, AUTHORISERS, INBOX)), every=4 * HOUR),
    ),
    GUESSED: (Rung(AT_ONCE, NEWS, (f"{STANDARDS}|{LEADS}|{AUTHORISERS}",)),),
    "order_asked": (Rung(AT_ONCE, NEWS, (f"{LEADS}|{AUTHORISERS}|{INBOX}",)),),
    "breach_reported": UNTIL_SOMEBODY_TAKES_IT,
    NOBODY: ALARM,
    FAILED: ALARM,
    EMPTY: SOMEBODY,
}


def of_clock(kind: str) -> Ladder:
    """The ladder of a deadline of this kind; a kind that nobody thought of has one too."""
    return CLOCKS.get(kind, OTHERWISE)


def of_news(kind: str) -> Ladder:
    """The ladder of immediate news of this kind: never empty, the first rung fires at once."""
    return IMMEDIATE.get(kind, TOLD_ONCE)


def until_answered(kind: str) -> Ladder:
    """The ladder of immediate news of this kind that somebody must answer: it has no end."""
    ladder = of_news(kind)
    return ladder if ladder[-1].every else (*ladder, UNANSWERED)
