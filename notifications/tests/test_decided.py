"""Force legal decides whether an attendance counts that s10 may not accept; until then it waits for them."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import CLOCK, User
from accounts.policy import Denied
from accounts.roles import Role
from accounts.tests import factories as accounts
from advocates import happened, news
from alerts.models import Alert
from casework import clock
from casework.errors import Refused, WrongState
from casework.models import Deadline
from casework.tests.browsing import fill
from desk import happenings
from documents.models import Document
from law.periods import LONDON, end_instant
from notifications import lifecycle, queries
from notifications.models import Attendance, Duty, SuspectedFailure
from notifications.tests import factories
from orders.tests import factories as orders

pytestmark = pytest.mark.django_db
S, F = Duty.Status, SuspectedFailure.Status
ACCEPTED, AGAIN = Attendance.Decision.ACCEPTED, Attendance.Decision.AGAIN
MADE = datetime(2026, 5, 4, 10, 0, tzinfo=LONDON)
DUE = date(2026, 5, 6)
CAME = datetime(2026, 5, 5, 12, 0, tzinfo=LONDON)
WHY = "The counter there is closed: he was sent to it"


@pytest.fixture(scope="module")
def initial(shared: None) -> Duty:
    return factories.duty(orders.served(MADE))


@pytest.fixture
def duty(initial: Duty) -> Duty:
    return Duty.objects.get(pk=initial.pk)


def legal() -> User:
    return accounts.user(Role.LEGAL)


def came(duty: Duty, moment: datetime = CAME, **facts: Any) -> Attendance:
    """He came to a station of another area, and it was recorded there and then."""
    away = {"station": factories.station(accounts.other_force(), "Sampleford Road")}
    with orders.at(moment):
        given = factories.given(moment, **(away | facts))
        return lifecycle.record_attendance(duty, by=factories.manager(), given=given)


def came_right(duty: Duty, moment: datetime) -> Attendance:
    return came(duty, moment, station=factories.station())


def decide(attendance: Attendance, outcome: str, *, at: datetime = CAME) -> Attendance:
    with orders.at(at + timedelta(hours=1)):
        return lifecycle.decide_attendance(attendance, by=legal(), outcome=outcome, reason=WHY)


def clock_of(record: Duty | Attendance) -> Deadline | None:
    return Deadline.objects.filter(
        about_id=record.pk, kind__in=("decide_attendance", "notify_initial"), done_at=None
    ).first()


def page(record: Duty, user: User | None = None) -> str:
    client = Client()
    client.force_login(user or factories.manager())
    return client.get(f"/notifications/duties/{record.pk}/").content.decode()


def test_what_does_not_count_is_no_news_for_the_advocate_but_that_he_must_come_again(
    duty: Duty,
) -> None:
    case, advocate = duty.case_id, accounts.user(Role.ADVOCATE)

    def said() -> str:
        return news.newest([case], advocate)[case].text

    attendance = came(duty, clock.now())
    assert said() == news.NOTIFIED
    lifecycle.decide_attendance(attendance, by=legal(), outcome=AGAIN, reason=WHY)
    assert said() == news.NOT_COUNTED
    came_right(duty, clock.now())
    assert said() == news.NOTIFIED


class TestAsked:
    @pytest.mark.parametrize(
        ("recorded", "until", "why"),
        [
            (CAME, DUE, "can come again until the end of 6 May 2026"),
            (datetime(2026, 5, 6, 23, 0, tzinfo=LONDON), DUE, "6 May 2026"),
            (datetime(2026, 5, 7, 0, 0, tzinfo=LONDON), date(2026, 5, 8), "next working day"),
            (datetime(2026, 5, 8, 9, 0, tzinfo=LONDON), date(2026, 5, 11), "next working day"),
        ],
    )
    def test_by_when(self, duty: Duty, recorded: datetime, until: date, why: str) -> None:
        """While he can come again in time, else by the next working day."""
        with orders.at(recorded):
            given = factories.given(CAME, heard_by_constable=False)
            attendance = lifecycle.record_attendance(duty, by=factories.manager(), given=given)
        waits = clock_of(attendance)
        assert waits is not None
        assert (waits.owner_role, waits.provision, waits.due_at) == (
            Role.LEGAL,
            "s10(1)",
            end_instant(until),
        )
        assert why in waits.reason
        assert waits.path == f"/notifications/attendances/{attendance.pk}/decide-attendance/"

    def test_told_long_before_a_move_it_waits_a_working_day(self, duty: Duty) -> None:
        with orders.at(CAME):
            moves = factories.changed(duty.order, date(2026, 6, 30), kind="address")
        waits = clock_of(came(moves))
        assert waits is not None
        assert waits.due_at == end_instant(date(2026, 5, 6))

    def test_where_nothing_is_in_doubt_nobody_is_asked(self, duty: Duty) -> None:
        attendance = came_right(duty, CAME)
        assert clock_of(attendance) is None
        with pytest.raises(WrongState, match="Nothing about"):
            decide(attendance, ACCEPTED)

    def test_where_nothing_is_owed_nothing_hangs_on_it(self, duty: Duty) -> None:
        lifecycle.record_soa_duty(duty, by=factories.manager(), soa_from=date(2025, 1, 1))
        attendance = came(duty)
        assert clock_of(attendance) is None
        lifecycle.take_back_soa_duty(duty, by=factories.manager(), reason="Another man")
        assert duty.status == S.MET
        assert clock_of(attendance) is not None

    def test_a_corrected_record_is_asked_about_no_more(self, duty: Duty) -> None:
        wrong = came(duty)
        lifecycle.correct_attendance(
            duty, by=factories.manager(), given=factories.given(CAME), reason="It was at Testham"
        )
        assert clock_of(wrong) is None
        with pytest.raises(WrongState, match="corrected"):
            decide(wrong, ACCEPTED)


class TestAccepted:
    def test_the_doubt_is_gone_everywhere(self, duty: Duty) -> None:
        attendance = came(duty)
        assert "force legal decides" in page(duty)
        held = decide(attendance, ACCEPTED)
        assert (held.decision, held.decision_reason, held.decided_by) == (ACCEPTED, WHY, legal())
        duty.refresh_from_db()
        assert (duty.status, clock_of(duty), clock_of(held)) == (S.MET, None, None)
        assert not queries.doubted(duty)
        said = page(duty)
        assert WHY in said
        assert "It counts" in said
        told = [one.text for one in happenings.of_case(duty.case)]
        told += [one.text for one in happened.happened(duty.case, accounts.user(Role.ADVOCATE))]
        for words in ("in doubt", "may not count", "not settled", "Warns"):
            assert words not in " ".join([said.split("What he did")[-1], *told]), words
        assert Document.objects.get(about_id=held.pk).superseded_at is None
        with pytest.raises(WrongState, match=r"It is decided: .* decided it on \d+ \w+ \d{4} at"):
            decide(held, AGAIN)


class TestAgain:
    def test_the_duty_runs_again_to_the_same_day(self, duty: Duty) -> None:
        attendance = came(duty)
        held = decide(attendance, AGAIN)
        duty.refresh_from_db()
        assert (duty.status, duty.due_on) == (S.OPEN, DUE)
        runs = clock_of(duty)
        assert runs is not None
        assert runs.due_at == end_instant(DUE)
        assert clock_of(held) is None
        alert = Alert.objects.get(kind="attend_again")
        assert alert.recipients == "officer,role:offender_manager"
        assert lifecycle.open_failure(duty, by=CLOCK, today=date(2026, 5, 7)).failures.exists()
        assert duty.failures.get().failed_from == date(2026, 5, 7)

    def test_that_he_came_stays_and_his_paper_does_not(self, duty: Duty) -> None:
        attendance = came(duty)
        decide(attendance, AGAIN)
        held = Attendance.objects.get(pk=attendance.pk)
        assert (held.superseded_at, held.counts) == (None, False)
        assert Document.objects.get(about_id=held.pk).superseded_at is not None
        assert not Deadline.objects.filter(about_id=held.pk, done_at=None).exists()
        with pytest.raises(WrongState, match="until he comes again"):
            lifecycle.hand_over(
                held, by=factories.manager(), handed_at=CAME, handed_by_name="PC Ffugiwr"
            )
        said = page(duty)
        for words in (
            WHY,
            "but that does not count: they must attend again",
            "No acknowledgement is due until",
        ):
            assert words in said, words
        assert "being made" not in said
        told = [one.text for one in happenings.of_case(duty.case)]
        told += [one.text for one in happened.happened(duty.case, accounts.user(Role.ADVOCATE))]
        assert "which does not count" in " ".join(told)
        assert "It did not count" in " ".join(told)

    def test_he_comes_again_in_time_and_is_served_by_it(self, duty: Duty) -> None:
        decide(came(duty), AGAIN)
        duty.refresh_from_db()
        came_right(duty, CAME + timedelta(hours=3))
        assert duty.status == S.MET
        assert not queries.doubted(duty)
        assert not duty.failures.exists()

    def test_of_a_late_one_the_failure_goes_on(self, duty: Duty) -> None:
        late = datetime(2026, 5, 9, 12, 0, tzinfo=LONDON)
        attendance = came(duty, late)
        assert duty.failures.get().failed_until == date(2026, 5, 9)
        decide(attendance, AGAIN, at=late)
        duty.refresh_from_db()
        failure = duty.failures.get()
        assert (duty.status, failure.status) == (S.OPEN, F.OPEN)


class TestUndecided:
    def test_he_may_come_again_to_be_on_the_safe_side(self, duty: Duty) -> None:
        first = came(duty)
        assert f"/notifications/duties/{duty.pk}/attend/" in page(duty)
        came_right(duty, CAME + timedelta(hours=3))
        assert (duty.status, queries.doubted(duty), clock_of(first)) == (S.MET, False, None)
        decide(first, AGAIN)
        duty.refresh_from_db()
        assert duty.status == S.MET

    def test_a_later_one_that_is_late_leaves_the_question(self, duty: Duty) -> None:
        first, later = came(duty), datetime(2026, 5, 8, 12, 0, tzinfo=LONDON)
        came_right(duty, later)
        assert (duty.status, queries.doubted(duty)) == (S.MET, True)
        assert clock_of(first) is not None
        decide(first, AGAIN, at=later)
        duty.refresh_from_db()
        failure = duty.failures.get()
        assert (duty.status, failure.failed_from, failure.failed_until) == (
            S.LATE,
            date(2026, 5, 7),
            later.date(),
        )


class TestRefused:
    @pytest.mark.parametrize(
        ("facts", "field"),
        [({"outcome": "perhaps"}, "outcome"), ({"reason": "  "}, "reason")],
    )
    def test_without_an_answer_or_a_reason(self, duty: Duty, facts: Any, field: str) -> None:
        attendance = came(duty)
        with pytest.raises(Refused) as no:
            lifecycle.decide_attendance(
                attendance, by=legal(), **({"outcome": AGAIN, "reason": WHY} | facts)
            )
        assert no.value.field == field
        attendance.refresh_from_db()
        assert attendance.decision == ""
        assert clock_of(attendance) is not None

    def test_who_may_not(self, duty: Duty) -> None:
        attendance = came(duty)
        for role in (Role.OFFICER, Role.OFFENDER_MANAGER, Role.AUDITOR, Role.ADVOCATE):
            with pytest.raises(Denied):
                lifecycle.decide_attendance(
                    attendance, by=accounts.user(role), outcome=ACCEPTED, reason=WHY
                )
        path = f"attendances/{attendance.pk}/decide-attendance/"
        stranger = Client()
        stranger.force_login(accounts.user(Role.LEGAL, of=accounts.other_force()))
        assert stranger.get(f"/notifications/{path}").status_code == 404
        assert stranger.post(f"/api/{path}", {}, "application/json").status_code == 404
        assert "Decide whether it counts" not in page(duty)

    def test_the_database_wants_who_when_and_why(self, duty: Duty) -> None:
        attendance = came(duty)
        with pytest.raises(IntegrityError), transaction.atomic():
            Attendance.objects.filter(pk=attendance.pk).update(decision=ACCEPTED)


def test_the_page_and_the_api(duty: Duty) -> None:
    attendance, client = came(duty), Client()
    client.force_login(legal())
    path = f"attendances/{attendance.pk}/decide-attendance/"
    assert f"/notifications/{path}" in page(duty, legal())
    form = client.get(f"/notifications/{path}").content.decode()
    for words in ("not in the police area", "s10(1)(a)", "Wednesday 6 May 2026, which has passed"):
        assert words in form, words
    assert client.post(f"/notifications/{path}", {"outcome": "again"}).status_code == 422
    body = {"outcome": "again", "reason": WHY}
    answer = client.post(f"/api/{path}", body, "application/json")
    assert (answer.status_code, answer.json()["decision"]) == (200, "again"), answer.content
    assert client.post(f"/api/{path}", body, "application/json").status_code == 409
    assert client.get(f"/notifications/{path}").status_code == 409
    assert "does not count" in client.get("/notifications/").content.decode()


def test_the_decision_on_the_page(duty: Duty) -> None:
    attendance, client = came(duty), Client()
    client.force_login(legal())
    path = f"/notifications/attendances/{attendance.pk}/decide-attendance/"
    answer = fill(client, path, {"outcome": "accepted", "reason": WHY}, follow=True)
    assert "nothing about it is in doubt" in answer.content.decode()
