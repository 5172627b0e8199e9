"""Each act on a duty: what it does, what it refuses without a trace, and who may not do it."""

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from accounts.models import CLOCK, Force
from accounts.policy import Denied
from accounts.roles import Role
from accounts.tests import factories as accounts
from applications.models import Court
from audit.models import Entry
from casework import clock
from casework.errors import Stale, WrongState
from casework.models import Deadline
from casework.tests import refusals
from documents.models import Document
from law.periods import LONDON
from notifications import lifecycle, queries, tasks
from notifications.models import Attendance, Duty, SuspectedFailure
from notifications.tests import factories
from notifications.where import where
from orders.tests import factories as orders

pytestmark = pytest.mark.django_db
refused = partial(refusals.refused, (Attendance, SuspectedFailure, Duty, Entry, Document))
S, F = Duty.Status, SuspectedFailure.Status
MADE = datetime(2026, 5, 4, 10, 0, tzinfo=LONDON)
SERVED = MADE + timedelta(hours=1)  # so that the last day is 6 May
LATE = datetime(2026, 5, 9, 12, 0, tzinfo=LONDON)


def at(day: int, hour: int = 12) -> datetime:
    return datetime(2026, 5, day, hour, 0, tzinfo=LONDON)


@pytest.fixture(scope="module")
def initial(shared: None) -> Duty:
    return factories.duty(orders.served(MADE, kind="interim"))


@pytest.fixture
def duty(initial: Duty) -> Duty:
    return Duty.objects.get(pk=initial.pk)


@pytest.fixture
def overdue(duty: Duty) -> Duty:
    """Its failure is opened."""
    return lifecycle.open_failure(duty, by=CLOCK, today=date(2026, 5, 7))


class TestAttendance:
    def test_in_time_it_stops_the_clock_and_prints_the_acknowledgement(self, duty: Duty) -> None:
        attendance = factories.attended(duty, at(6, 23))
        assert (duty.status, attendance.in_time, attendance.findings) == (S.MET, True, [])
        assert not Deadline.objects.filter(about_id=duty.pk, done_at=None).exists()
        assert attendance.status == "to_hand"
        assert not duty.failures.exists()
        paper = Document.objects.get(about_id=attendance.pk)
        assert (paper.kind, paper.audience) == ("acknowledgement", "subject")
        assert not queries.overdue(date(2026, 6, 1)).exists()

    def test_late_it_is_late_and_not_missing(self, duty: Duty) -> None:
        attendance = factories.attended(duty, LATE, excuse="I was in hospital")
        assert (duty.status, attendance.in_time) == (S.LATE, False)
        failure = duty.failures.get()
        assert (failure.offence_code, failure.status) == ("ST19002", F.OPEN)
        assert (failure.failed_from, failure.failed_until) == (date(2026, 5, 7), date(2026, 5, 9))

    def test_a_failure_that_the_clock_opened_gets_its_last_day(self, overdue: Duty) -> None:
        assert overdue.failures.get().failed_until is None
        factories.attended(overdue, LATE)
        assert overdue.failures.get().failed_until == date(2026, 5, 9)

    def test_a_decided_failure_stays_decided_and_its_days_are_the_facts(
        self, overdue: Duty
    ) -> None:
        failure = overdue.failures.get()
        lifecycle.decide_failure(
            failure, by=factories.manager(), outcome=F.INVESTIGATED, reason="He was seen at home"
        )
        came = factories.attended(overdue, LATE)
        failure.refresh_from_db()
        assert (failure.status, failure.failed_until) == (F.INVESTIGATED, date(2026, 5, 9))
        assert Entry.objects.filter(verb="failure_days", row_id=str(failure.pk)).count() == 1
        lifecycle.take_back_attendance(
            came.duty, by=orders.officer(), wrong=came, reason="It was somebody else"
        )
        failure.refresh_from_db()
        assert (failure.status, failure.failed_until) == (F.INVESTIGATED, None)

    def test_what_was_not_said_aloud_notifies_nothing(self, duty: Duty) -> None:
        attendance = factories.attended(duty, at(5), oral_statement=False)
        assert duty.status == S.OPEN
        assert "s10(1)(b)" in {f["provision"] for f in attendance.findings}
        assert Deadline.objects.filter(about_id=duty.pk, done_at=None).exists()
        assert not Document.objects.filter(about_id=attendance.pk).exists()
        factories.attended(duty, at(6))
        assert duty.status == S.MET

    def test_the_wrong_area_is_recorded_with_the_law_s_reason(self, duty: Duty) -> None:
        away = factories.station(accounts.other_force(), "Sampleford Road")
        attendance = factories.attended(duty, at(5), station=away)
        assert [f["provision"] for f in attendance.findings] == ["s10(1)(a)"]
        assert [f["weight"] for f in attendance.findings] == ["warn"]
        assert duty.status == S.MET

    def test_without_a_home_here_the_area_is_the_court_s(self, duty: Duty) -> None:
        attendance = factories.attended(duty, at(5), home_force=None, address_limb="found")
        assert attendance.findings == []

    def test_the_area_of_a_court_is_never_a_force_that_has_no_area(self, duty: Duty) -> None:
        Force.objects.filter(pk=duty.force_id).update(kind=Force.Kind.BTP)
        assert where(duty).without == ""
        attendance = factories.attended(duty, at(5), home_force=None, address_limb="found")
        assert [f["provision"] for f in attendance.findings] == ["s10(2)"]
        assert duty.status == S.MET

    def test_where_the_court_lies_counts_before_the_force_that_applied(self, duty: Duty) -> None:
        away = factories.station(area := accounts.other_force(), "Sampleford Road")
        Force.objects.filter(pk=duty.force_id).update(kind=Force.Kind.BTP)
        Court.objects.filter(pk=duty.order.court_id).update(area=area)
        assert where(duty).without == str(area)
        attendance = factories.attended(
            duty, at(5), home_force=None, address_limb="found", station=away
        )
        assert attendance.findings == []

    @pytest.mark.parametrize(
        ("facts", "provision"),
        [
            ({"heard_by_constable": False}, "s10(1)(b)"),
        ],
    )
    def test_what_is_missing_is_remarked_and_stops_nothing(
        self, duty: Duty, facts: dict[str, Any], provision: str
    ) -> None:
        attendance = factories.attended(duty, at(5), **facts)
        assert [f["provision"] for f in attendance.findings] == [provision]
        assert duty.status == S.MET

    @pytest.mark.parametrize("what", ["fingerprints", "photograph"])
    def test_a_refusal_opens_its_own_offence(self, duty: Duty, what: str) -> None:
        factories.attended(duty, at(5), **{what: "refused"})
        failure = duty.failures.get()
        assert (failure.offence_code, failure.failed_from) == ("ST19005", date(2026, 5, 5))
        assert duty.status == S.MET
        assert Deadline.objects.filter(about_id=failure.pk, kind="decide_failure").exists()

    def test_each_refusal_is_its_own_also_after_one_was_decided(self, duty: Duty) -> None:
        factories.attended(duty, at(4), fingerprints="refused", oral_statement=False)
        lifecycle.decide_failure(
            duty.failures.get(), by=factories.manager(), outcome=F.EXCUSED, reason="Burnt hands"
        )
        again = factories.attended(duty, at(5), photograph="refused", fingerprints="refused")
        first, second = duty.failures.order_by("failed_from")
        assert (first.status, first.offence_code) == (F.EXCUSED, "ST19005")
        assert (second.status, second.offence_code) == (F.OPEN, "ST19005")
        assert (second.attendance, second.failed_from) == (again, date(2026, 5, 5))
        assert Deadline.objects.filter(about_id=second.pk, kind="decide_failure").exists()

    def test_a_refusal_does_not_hide_that_nothing_was_notified(self, duty: Duty) -> None:
        factories.attended(duty, at(5), fingerprints="refused", oral_statement=False)
        assert list(queries.overdue(date(2026, 5, 7))) == [duty]

    def test_what_cannot_be_is_refused(self, duty: Duty) -> None:
        factories.station()
        manager = factories.manager()
        for field, value in (
            ("attended_at", MADE - timedelta(days=1)),
            ("names_given", " \n  "),
            ("address_given", "  "),
            ("address_limb", "hotel"),
            ("fingerprints", "dna"),
        ):
            given = factories.given(**({"attended_at": at(5)} | {field: value}))
            refused(field, lambda g=given: lifecycle.record_attendance(duty, by=manager, given=g))

    def test_the_future_is_refused(self, duty: Duty) -> None:
        given, manager = (
            factories.given(clock.now() + timedelta(minutes=2)),
            factories.manager(),
        )
        said = refused(
            "attended_at", lambda: lifecycle.record_attendance(duty, by=manager, given=given)
        )
        assert said == "The attendance must be in the past"

    def test_what_is_done_is_not_notified_again(self, duty: Duty) -> None:
        for status in (S.MET, S.LATE):
            Duty.objects.filter(pk=duty.pk).update(status=status)
            with pytest.raises(WrongState):
                factories.attended(duty, at(5))
        assert not duty.attendances.exists()

    def test_he_may_come_where_nothing_is_owed_and_it_is_kept_with_the_finding(
        self, duty: Duty
    ) -> None:
        by = factories.manager()
        lifecycle.record_soa_duty(duty, by=by, soa_from=date(2026, 1, 1))
        assert duty.status == S.NOT_OWED
        attendance = factories.attended(duty, at(5), photograph="refused")
        assert (duty.status, attendance.in_time) == (S.NOT_OWED, True)
        assert [(f["provision"], f["weight"]) for f in attendance.findings] == [("s9", "warn")]
        assert duty.failures.get().offence_code == "ST19005"
        assert Document.objects.filter(about_id=attendance.pk).exists()
        lifecycle.record_soa_duty(
            duty, by=by, soa_from=date(2026, 1, 1), soa_until=date(2026, 1, 31)
        )
        attendance.refresh_from_db()
        assert (duty.status, attendance.findings) == (S.MET, [])

    def test_only_who_may(self, duty: Duty) -> None:
        for role in (Role.LEGAL, Role.CONTROL_ROOM, Role.AUDITOR, Role.ADVOCATE):
            with pytest.raises(Denied):
                factories.attended(duty, at(5), by=accounts.user(role))

    def test_not_of_another_force(self, duty: Duty) -> None:
        with pytest.raises(Denied):
            factories.attended(duty, at(5), by=factories.manager(accounts.other_force()))

    def test_a_stale_page_is_told(self, duty: Duty) -> None:
        with pytest.raises(Stale):
            lifecycle.record_attendance(
                duty, by=factories.manager(), given=factories.given(at(5)), version=99
            )


class TestTheClock:
    def test_it_opens_what_is_overdue_once_however_often_it_runs(self, duty: Duty) -> None:
        other = factories.duty(orders.served(MADE, kind="interim"))
        factories.attended(other, at(5))
        assert tasks.run_clock() == 1
        assert tasks.run_clock() == 0
        failure = duty.failures.get()
        assert (failure.offence_code, failure.status) == ("ST19002", F.OPEN)
        assert Entry.objects.filter(verb="suspect", actor="clock").count() == 1
        waits = Deadline.objects.get(about_id=failure.pk, kind="decide_failure", done_at=None)
        assert waits.path == f"/notifications/failures/{failure.pk}/decide-failure/"

    def test_it_is_not_early(self, duty: Duty) -> None:
        refused("due_on", lambda: lifecycle.open_failure(duty, by=CLOCK, today=date(2026, 5, 6)))

    def test_nobody_else_is_the_clock(self, duty: Duty) -> None:
        with pytest.raises(Denied):
            lifecycle.open_failure(duty, by=factories.manager(), today=date(2026, 5, 7))

    def test_the_overdue_clock_goes_on_until_he_notifies(self, overdue: Duty) -> None:
        assert Deadline.objects.filter(about_id=overdue.pk, done_at=None).exists()


class TestTheRightOffence:
    """ST19002 to ST19006: each by what happened, and by nothing else."""

    @pytest.mark.parametrize(
        ("kind", "code"), [("initial", "ST19002"), ("name", "ST19003"), ("address", "ST19004")]
    )
    def test_missing_or_late_it_is_the_offence_of_that_duty(
        self, duty: Duty, kind: str, code: str
    ) -> None:
        late = duty if kind == "initial" else factories.changed(duty.order, at(4).date(), kind=kind)
        assert tasks.run_clock() >= 1
        assert late.failures.get().offence_code == code
        factories.attended(Duty.objects.get(pk=late.pk), LATE)
        failure = late.failures.get()
        assert (failure.offence_code, failure.failed_until) == (code, LATE.date())

    def test_false_information_is_its_own(self, duty: Duty) -> None:
        factories.attended(duty, at(5))
        failure = lifecycle.suspect_false(
            duty, by=factories.manager(), suspicion="Nobody of his name has lived there for years."
        )
        assert (failure.offence_code, failure.status) == ("ST19006", F.OPEN)
        assert (failure.failed_from, failure.failed_until) == (at(5).date(), at(5).date())
        waits = Deadline.objects.get(about_id=failure.pk, kind="decide_failure", done_at=None)
        assert waits.title == "Decide on the suspected false notification"
        assert duty.status == S.MET, "whether it was a notification at all is not ours to say"
        said = refused(
            "outcome",
            lambda: lifecycle.decide_failure(
                failure, by=factories.manager(), outcome=F.EXCUSED, reason="He was confused"
            ),
        )
        assert "s11(1)(b)" in said
        lifecycle.decide_failure(
            failure, by=factories.manager(), outcome=F.INVESTIGATED, reason="Seen elsewhere"
        )
        assert tasks.run_clock() == 0

    def test_false_information_needs_words_and_is_suspected_once(self, duty: Duty) -> None:
        by = factories.manager()
        with pytest.raises(WrongState):
            lifecycle.suspect_false(duty, by=by, suspicion="x")
        factories.attended(duty, at(5))
        refused("suspicion", lambda: lifecycle.suspect_false(duty, by=by, suspicion="  "))
        for role in (Role.LEGAL, Role.CONTROL_ROOM, Role.ADVOCATE):
            with pytest.raises(Denied):
                lifecycle.suspect_false(duty, by=accounts.user(role), suspicion="x")
        lifecycle.suspect_false(duty, by=by, suspicion="x")
        with pytest.raises(WrongState, match="already"):
            lifecycle.suspect_false(duty, by=by, suspicion="y")
        assert duty.failures.count() == 1

    def test_one_attendance_may_be_several(self, duty: Duty) -> None:
        """Late, fingerprints refused, and false: three offences, each decided for itself."""
        factories.attended(duty, LATE, fingerprints="refused")
        lifecycle.suspect_false(duty, by=factories.manager(), suspicion="The name is not his.")
        codes = duty.failures.values_list("offence_code", flat=True)
        assert sorted(codes) == ["ST19002", "ST19005", "ST19006"]
        assert Deadline.objects.filter(kind="decide_failure", done_at=None).count() == 3


class TestDecidingAFailure:
    @pytest.mark.parametrize("outcome", [F.INVESTIGATED, F.EXCUSED, F.NO_ACTION])
    def test_it_is_decided_with_reasons(self, overdue: Duty, outcome: str) -> None:
        failure = overdue.failures.get()
        lifecycle.decide_failure(
            failure, by=factories.manager(), outcome=outcome, reason="In custody from 5 to 8 May"
        )
        assert failure.status == outcome
        assert failure.decided_by == factories.manager()
        assert not Deadline.objects.filter(about_id=failure.pk, done_at=None).exists()
        assert tasks.run_clock() == 0

    def test_not_without(self, overdue: Duty) -> None:
        failure, manager = overdue.failures.get(), factories.manager()
        for field, value in (
            ("outcome", "forgotten"),
            ("outcome", "cleared"),
            ("reason", "  "),
        ):
            values = {"outcome": F.EXCUSED, "reason": "In hospital"} | {field: value}
            refused(field, lambda v=values: lifecycle.decide_failure(failure, by=manager, **v))

    def test_once(self, overdue: Duty) -> None:
        failure = overdue.failures.get()
        values = {"outcome": F.EXCUSED, "reason": "In hospital"}
        lifecycle.decide_failure(failure, by=factories.manager(), **values)
        with pytest.raises(WrongState):
            lifecycle.decide_failure(failure, by=factories.manager(), **values)

    def test_only_who_may(self, overdue: Duty) -> None:
        for role in (Role.LEGAL, Role.AUTHORISING_OFFICER, Role.CONTROL_ROOM):
            with pytest.raises(Denied):
                lifecycle.decide_failure(
                    overdue.failures.get(), by=accounts.user(role), outcome=F.EXCUSED, reason="x"
                )

    def test_an_order_that_ended_leaves_nothing_to_wait_for(self, overdue: Duty) -> None:
        with orders.at(LATE):
            orders.lifecycle.determine(overdue.order, by=orders.officer(), at=LATE)
        assert Deadline.objects.filter(about_id=overdue.pk, done_at=None).exists()
        lifecycle.decide_failure(
            overdue.failures.get(), by=factories.manager(), outcome=F.NO_ACTION, reason="Left"
        )
        assert not Deadline.objects.filter(about_id=overdue.pk, done_at=None).exists()


class TestChanges:
    @pytest.mark.parametrize(
        ("kind", "clock_kind", "code"),
        [("name", "notify_name", "ST19003"), ("address", "notify_address", "ST19004")],
    )
    def test_a_change_has_its_own_clock_and_offence(
        self, duty: Duty, kind: str, clock_kind: str, code: str
    ) -> None:
        change = factories.changed(duty.order, date(2026, 5, 10), kind=kind)
        assert Deadline.objects.filter(about_id=change.pk, kind=clock_kind, done_at=None).exists()
        lifecycle.open_failure(change, by=CLOCK, today=date(2026, 5, 13))
        assert change.failures.get().offence_code == code

    def test_what_cannot_be_is_refused(self, duty: Duty) -> None:
        manager, order = factories.manager(), duty.order
        for field, value in (
            ("kind", "initial"),
            ("kind", "colour"),
            ("told", " "),
            ("happened_on", date(2026, 5, 3)),
            ("happened_on", date(2027, 1, 1)),  # the interim order has ended
        ):
            good = {"kind": "name", "happened_on": date(2026, 5, 10), "told": "Sion Prawf"}
            values = good | {field: value}
            refused(field, lambda v=values: lifecycle.record_change(order, by=manager, **v))

    def test_the_same_change_is_recorded_once(self, duty: Duty) -> None:
        factories.changed(duty.order, date(2026, 5, 10))
        refused(None, lambda: factories.changed(duty.order, date(2026, 5, 10)))

    def test_only_who_may(self, duty: Duty) -> None:
        with pytest.raises(Denied):
            factories.changed(duty.order, date(2026, 5, 10), by=accounts.user(Role.LEGAL))
        with pytest.raises(Denied):
            factories.changed(
                duty.order, date(2026, 5, 10), by=factories.manager(accounts.other_force())
            )

    def test_the_sexual_offences_duty_cannot_end_before_it_begins(self, duty: Duty) -> None:
        manager = factories.manager()
        refused(
            "soa_until",
            lambda: lifecycle.record_soa_duty(
                duty, by=manager, soa_from=date(2026, 5, 5), soa_until=date(2026, 5, 4)
            ),
        )

    def test_only_who_may_record_the_other_duty(self, duty: Duty) -> None:
        with pytest.raises(Denied):
            lifecycle.record_soa_duty(duty, by=accounts.user(Role.LEGAL), soa_from=date(2026, 5, 5))


class TestTheList:
    def test_it_holds_what_is_asked_for(self, duty: Duty) -> None:
        late, duty = duty, factories.duty(orders.served(MADE + timedelta(days=9), kind="interim"))
        met = factories.duty(orders.served(MADE, kind="interim"))
        factories.attended(met, at(5))
        waiting = factories.duty(orders.made(MADE, kind="interim"))
        found = {
            state: set(queries.listed(state=state, today=date(2026, 5, 7)))
            for state in queries.STATES
        }
        assert found == {
            "open": {duty, late},
            "late": {late},
            "done": {met},
            "waiting": {waiting},
        }
