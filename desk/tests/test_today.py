"""What needs me today: groups by London's midnight, whose clocks they are, and where others begin."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from accounts.tests import factories as accounts
from alerts import addressing, sweep
from alerts import queries as alerts
from applications.models import Hearing
from casework import clock
from casework.models import Case, Deadline
from desk import ageing, queries
from desk.limits import STAGES, Limit
from desk.tests import factories
from law.periods import end_instant

SECOND = timedelta(seconds=1)
WINTER = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
SUMMER = datetime(2026, 6, 10, 22, 30, tzinfo=UTC)  # 23:30 in London
pytestmark = pytest.mark.django_db


def words(answer: Any) -> str:
    """The page's text with its tags, every space one space."""
    return re.sub(r"\s+", " ", answer.content.decode()).replace("> <", "><")


def group_of(deadline: Deadline, now: datetime) -> str:
    today = queries.today(factories.lead(), now)
    found = [name for name, rows in today.groups if deadline in rows]
    return found[0] if found else ""


@pytest.mark.parametrize("now", [WINTER, SUMMER], ids=["winter", "summer"])
def test_groups_change_at_londons_midnight(now: datetime) -> None:
    midnight = end_instant(clock.local_date(now))
    deadline = factories.clock_on(factories.case(), now)
    for due_at, group in (
        (now - timedelta(days=30), "Late"),
        (now, "Late"),  # exclusive: the first moment at which it is late
        (now + SECOND, "Ends today"),
        (midnight, "Ends today"),
        (midnight + SECOND, "Next 7 days"),
        (midnight + timedelta(days=7), "Next 7 days"),
        (midnight + timedelta(days=7) + SECOND, ""),
    ):
        Deadline.objects.update(due_at=due_at)
        assert group_of(deadline, now) == group, due_at


@pytest.mark.parametrize("now", [WINTER, SUMMER], ids=["winter", "summer"])
def test_a_time_of_day_after_midnight_is_near_and_is_not_today(now: datetime) -> None:
    """A night shift has its next hours before it: neither "ends today" nor one of seven days."""
    midnight, night = end_instant(clock.local_date(now)), "After midnight, within 12 hours"
    deadline = factories.clock_on(factories.case(), now, at_moment="a time of day")
    for due_at, group in (
        (midnight - SECOND, "Ends today"),
        (midnight, night),
        (midnight + SECOND, night),
        (now + timedelta(hours=12) - SECOND, night),
        (now + timedelta(hours=12), "Next 7 days"),
        (midnight + timedelta(days=7), "Next 7 days"),
    ):
        Deadline.objects.update(due_at=due_at)
        assert group_of(deadline, now) == group, due_at
    assert queries.today(factories.lead(), now).counts["week"] == 1


def test_the_numbers_are_of_all_and_the_lists_of_some() -> None:
    now = WINTER
    for hours in range(queries.SHOWN + 3):
        factories.clock_on(factories.case(), now - timedelta(hours=hours + 1))
    factories.clock_on(factories.case(), now + timedelta(hours=1))
    today = queries.today(factories.lead(), now)
    assert today.counts == {"late": queries.SHOWN + 3, "today": 1, "week": 0, "mine": 0}
    assert len(today.late) == queries.SHOWN
    assert today.late == sorted(today.late, key=lambda d: d.due_at)


def test_whose_clocks_they_are() -> None:
    officer, lead = factories.officer(), factories.lead()
    other = accounts.user(username="officer.two", name="Second Ffugiwr")
    manager = accounts.user(Role.OFFENDER_MANAGER)
    now = WINTER
    mine = factories.clock_on(factories.case(), now)
    hers = factories.clock_on(factories.case(officer=other), now)
    nobodys = factories.clock_on(factories.case(), now)
    Case.objects.filter(pk=nobodys.case_id).update(officer=None)
    managers = factories.clock_on(factories.case(officer=other), now, owner_role=manager.role)
    theirs = factories.clock_on(
        factories.case(officer=accounts.user(of=accounts.other_force())), now
    )
    closed = factories.clock_on(factories.case(), now)
    Case.objects.filter(pk=closed.case_id).update(restricted=True, restricted_reason="Known here")

    def seen(user: User) -> set[Deadline]:
        return set(queries.today(user, now).late)

    assert seen(officer) == {mine, nobodys}
    assert seen(lead) == {mine, hers, nobodys, managers}
    assert seen(manager) == {managers}
    assert theirs not in seen(lead)


def test_what_waits_for_the_reader_is_told_from_what_others_have_to_answer() -> None:
    lead, officer = factories.lead(), factories.officer()
    factories.clock_on(factories.case(officer=officer), WINTER)
    look_again = factories.clock_on(factories.case(officer=officer), WINTER, owner_role=lead.role)
    everything = queries.today(lead, WINTER)
    assert {row: row.mine for row in everything.late}[look_again] is True
    assert sorted(row.mine for row in everything.late) == [False, True]
    assert everything.counts["mine"] == 1
    assert queries.today(lead, WINTER, only_mine=True).late == [look_again]
    hers = queries.today(officer, WINTER)
    assert [row.mine for row in hers.late if row != look_again] == [True]
    assert hers.counts["mine"] == 1


def test_the_page_says_you_and_can_leave_out_the_rest(client: Client) -> None:
    lead, now = factories.lead(), clock.now()
    factories.clock_on(factories.case(), now)
    factories.clock_on(factories.case(), now, owner_role=lead.role)
    client.force_login(lead)
    page = words(client.get("/"))
    assert page.count("<strong>You</strong>") == 1
    assert "<b>1</b><span>wait for you</span>" in page
    mine = words(client.get("/", {"whose": "mine"}))
    assert mine.count('class="govuk-link govuk-link--no-visited-state app-do"') == 1
    assert "Show everything" in mine


def test_a_clock_that_was_stopped_is_not_there() -> None:
    deadline = factories.clock_on(factories.case(), WINTER)
    Deadline.objects.filter(pk=deadline.pk).update(done_at=WINTER, done_by="officer.ts")
    assert queries.today(factories.lead(), WINTER).groups == []


# The lead's panels


def test_how_long_cases_have_waited_and_which_are_late() -> None:
    late = factories.clock_on(factories.case(), WINTER - SECOND)
    soon = factories.clock_on(factories.case(), WINTER + SECOND)
    Deadline.objects.filter(pk=late.pk).update(set_at=WINTER - timedelta(days=3))
    Deadline.objects.filter(pk=soon.pk).update(set_at=WINTER - timedelta(hours=12))
    (stage,) = [s for s in queries.ageing(factories.lead(), WINTER) if s.count]
    assert (stage.name, stage.count, stage.over) == ("Made, not served", 2, 1)
    assert [(w.days, w.late) for w in stage.waiting] == [(3.0, True), (0.5, False)]


def test_a_hearing_is_ahead_until_it_is_held_and_then_its_result_is_waited_for() -> None:
    """The result was never waited for since the court listed the day."""
    factories.listed()
    hearing = Hearing.objects.get()
    with transaction.atomic():
        Deadline.objects.filter(kind="result_hearing").update(set_at=WINTER - timedelta(days=30))
    day = timedelta(days=1)
    due_at = Deadline.objects.get(kind="result_hearing").due_at

    def at(
        now: datetime, reader: User | None = None
    ) -> list[tuple[str, int, int, list[tuple[float, bool]]]]:
        stages = queries.ageing(reader or factories.lead(), now)
        return [
            (s.name, s.count, s.over, [(w.days, w.late) for w in s.waiting])
            for s in stages
            if s.count
        ]

    start = hearing.starts_at
    assert at(start - 9 * day) == [("Hearing to come", 1, 0, [(9.0, False)])]
    assert at(start) == [("Result of a hearing", 1, 0, [(0.0, False)])]
    assert at(start + day / 4) == [("Result of a hearing", 1, 0, [(0.25, False)])]
    late = (due_at - start) / day
    assert at(due_at) == [("Result of a hearing", 1, 1, [(late, True)])]
    elsewhere = accounts.user(Role.STALKING_LEAD, of=accounts.other_force())
    assert at(start - 9 * day, elsewhere) == [], "another force's is not there"


def test_the_scale_is_one_for_all_and_what_is_longer_says_so() -> None:
    stages = [
        queries.Stage(
            "Drafting", Limit(14), [queries.Waiting(40, late=True), queries.Waiting(7, late=False)]
        ),
        queries.Stage("Hearing to come", None, [queries.Waiting(7, late=False)]),
    ]
    drawing = ageing.drawn(stages, WINTER.date())
    drafting, hearings = drawing.rows
    assert [(m.x, m.shape) for m in drafting.marks] == [
        (ageing.MORE, "late"),
        (ageing.LEFT + 7 * ageing.SCALE, "waits"),
    ]
    assert [(m.x, m.shape) for m in hearings.marks] == [(drafting.marks[1].x, "ahead")]
    assert (drafting.limit, hearings.limit) == (ageing.LEFT + 14 * ageing.SCALE, None)
    assert {day: x for x, day in drawing.ticks}[7] == drafting.marks[1].x
    assert drawing.more
    assert not ageing.drawn(stages[1:], WINTER.date()).more
    assert ageing.place(21) == ageing.END < ageing.place(21.01) == ageing.MORE <= ageing.WIDTH


@pytest.mark.parametrize(
    ("today", "days"),
    [
        (date(2026, 11, 25), 2),  # a Wednesday: asked on Monday, late tomorrow
        (date(2026, 11, 24), 4),  # a Tuesday: asked on Friday
        (date(2026, 11, 23), 4),  # a Monday: asked on Thursday
        (date(2026, 11, 22), 3),  # a Sunday: asked on Thursday
        (
            date(2026, 12, 29),
            6,
        ),  # Christmas, Saturday, Sunday and a bank holiday: asked on the 23rd
    ],
)
def test_a_limit_of_working_days_is_drawn_where_the_clock_ends(today: date, days: int) -> None:
    """What began so many days ago ends today at the earliest; a day longer, and it is late."""
    assert Limit(2, working=True).drawn_on(today) == days
    assert Limit(2).drawn_on(today) == 2
    assert (str(Limit(2, working=True)), str(Limit(1))) == ("2 working days", "1 day")


def test_the_limits_that_are_drawn_are_those_of_the_clocks() -> None:
    """Each is what its clock gives as its reason."""
    made = (factories.requested, factories.declined, factories.drafted, factories.lodged)
    for begin in made:
        begin()
    named = {kind: limit for _, kind, limit in STAGES}
    for kind in ("decide_request", "look_again", "send_application", "list_hearing"):
        reasons = Deadline.objects.filter(kind=kind, done_at=None).values_list("reason", flat=True)
        assert {re.split(r" after|,", reason)[0] for reason in reasons} == {str(named[kind])}


def test_the_page_draws_hearings_as_days_to_come_with_the_table_behind(client: Client) -> None:
    factories.listed()
    client.force_login(factories.lead())
    html = words(client.get("/"))
    days = (Hearing.objects.get().starts_at - clock.now()) // timedelta(days=1)
    assert "Hearing to come: 1 to come." in html
    assert f"<td>Hearing to come</td><td>1</td><td>No limit</td><td>Next in {days}" in html
    assert "Result of a hearing: 0 waiting" in html


def test_only_the_longest_waits_are_drawn_but_all_are_counted() -> None:
    for number in range(queries.DRAWN + 2):
        deadline = factories.clock_on(factories.case(), WINTER)
        since = WINTER - timedelta(hours=number)
        Deadline.objects.filter(pk=deadline.pk).update(set_at=since)
    (stage,) = [s for s in queries.ageing(factories.lead(), WINTER) if s.count]
    assert (stage.count, stage.over, len(stage.waiting)) == (queries.DRAWN + 2,) * 2 + (
        queries.DRAWN,
    )
    assert min(w.days for w in stage.waiting) == 2 / 24


def test_who_carries_what_counts_open_cases_alone() -> None:
    factories.case(status=Case.Status.DRAFTING)
    factories.case(status=Case.Status.ENDED)
    factories.case(status=Case.Status.DECLINED)
    late = factories.case(status=Case.Status.ORDER, next_due_at=WINTER - timedelta(days=900))
    twin = accounts.user(username="officer.twin", name=str(late.officer.name))  # type: ignore[union-attr]
    factories.case(officer=twin)
    rows = queries.carrying(factories.lead())
    assert [(row["open"], row["late"]) for row in rows] == [(2, 1), (1, 0)]


# The page


def test_the_page_shows_groups_and_numbers(client: Client) -> None:
    case = factories.case()
    factories.clock_on(case, clock.now() - timedelta(hours=2))
    client.force_login(factories.lead())
    html = client.get("/").content.decode()
    assert re.search(r"<b>1</b> <span>late</span>", html)
    assert "Serve the interim order" in html
    assert case.reference in html
    assert "How long cases have waited" in html
    assert "Who is carrying what" in html


def test_the_red_block_names_the_live_report_and_how_many_more_wait(client: Client) -> None:
    older = factories.case()
    with transaction.atomic():
        factories.clock_on(older, clock.now() - timedelta(hours=26), kind="tell_protected_person")
    report = factories.breached()
    sweep.run()
    addressing.run()
    client.force_login(factories.lead())
    html = words(client.get("/"))
    assert "Acknowledge the breach report: nobody has acknowledged it" in html
    assert f'<span class="app-ref">{report.reference}</span>' in html.partition("app-tally")[0]
    assert "0 minutes since the report" in html
    assert "Told so far: Duty inbox" in html or "Told so far: Officer" in html
    assert "Next: Line manager of the officer in the case, Stalking lead at" in html
    assert "And 1 more that nobody has acknowledged" in html
    client.force_login(accounts.user(Role.AUTHORISING_OFFICER, username="supt.two"))
    assert "nobody has acknowledged it" not in words(client.get("/"))


def test_a_clock_that_climbed_to_somebody_is_in_their_list(client: Client) -> None:
    case = factories.case()
    late = clock.now() - timedelta(hours=26)
    with transaction.atomic():
        factories.clock_on(case, late, kind="tell_protected_person", title="Tell Ms A")
    superintendent = accounts.user(Role.AUTHORISING_OFFICER)
    sweep.run()
    addressing.run()
    client.force_login(superintendent)
    html = words(client.get("/"))
    assert "Tell Ms A: nobody has acknowledged it" in html
    assert "<b>1</b> <span>late</span>" in html.replace("><", "> <")
    assert "<b>1</b><span>wait for you</span>" in html
    assert case.reference in html.partition("app-tally")[2]


def test_the_red_block_counts_from_the_report_and_not_from_its_typing(client: Client) -> None:
    factories.breached()
    Deadline.objects.filter(kind="acknowledge_breach").update(
        set_at=clock.now() - timedelta(hours=4, minutes=11)
    )
    client.force_login(factories.lead())
    assert "4 h 11 min since the report" in words(client.get("/"))


def test_the_red_block_says_how_late_a_clock_is_and_not_when_it_was_noticed(client: Client) -> None:
    client.force_login(factories.lead())
    with transaction.atomic():
        factories.clock_on(
            factories.case(), clock.now() - timedelta(hours=26), kind="tell_protected_person"
        )
    sweep.run()
    addressing.run()
    html = words(client.get("/"))
    assert re.search(r'app-num">1 day late</span>', html)
    assert "since it was raised" not in html
    Deadline.objects.update(done_at=clock.now(), done_by="test:setup")
    html = words(client.get("/"))
    assert "nobody has acknowledged it" not in html
    assert "None: what you were told of has been done, or somebody took it" in html
    assert "Not acknowledged" not in html
    assert "Done since" in words(client.get("/alerts/")), "its story is still to be read"


def test_an_officer_has_no_panels_of_the_unit(client: Client) -> None:
    client.force_login(factories.officer())
    html = client.get("/").content.decode()
    assert "Nothing of yours is late" in html
    assert "Who is carrying what" not in html


@pytest.mark.parametrize(
    ("role", "first"),
    [
        (Role.CONTROL_ROOM, "/order-check/"),
        (Role.ANALYST, "/figures/"),
        (Role.FORCE_ADMINISTRATOR, "/administration/accounts/"),
        (Role.ADVOCATE, "/accounts/login/?next=/"),
    ],
)
def test_who_begins_elsewhere(client: Client, role: Role, first: str) -> None:
    client.force_login(accounts.user(role))
    answer = client.get("/")
    assert (answer.status_code, answer.headers["Location"]) == (302, first)


def test_an_analyst_is_told_that_there_are_no_figures_and_offered_no_empty_list(
    client: Client,
) -> None:
    client.force_login(accounts.user(Role.ANALYST))
    html = client.get("/", follow=True).content.decode()
    assert "There are no figures here yet" in html
    assert 'href="/caseload/"' not in html
    assert client.get("/caseload/").status_code == 403
    client.force_login(factories.officer())
    assert client.get("/figures/").status_code == 403


def test_the_page_asks_as_much_for_many_clocks_as_for_one(client: Client) -> None:
    client.force_login(factories.lead())

    def asked() -> int:
        alerts.forget()  # the foot of the page asks every few seconds: here each time
        with CaptureQueriesContext(connection) as found:
            assert client.get("/").status_code == 200
        return len(found)

    factories.clock_on(factories.case(), clock.now() - timedelta(hours=1))
    client.get("/")
    one = asked()
    for _ in range(20):
        factories.clock_on(factories.case(), clock.now() - timedelta(hours=1))
    assert asked() <= one <= 16
