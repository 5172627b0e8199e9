"""What was recorded wrongly is taken back with its reason, kept, and counts for nothing any more."""

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from accounts.models import CLOCK
from accounts.policy import Denied
from accounts.roles import Role
from accounts.tests import factories as accounts
from advocates import happened
from casework import forms
from casework.errors import Refused, WrongState
from casework.models import Deadline
from casework.tests.browsing import fill
from desk import happenings
from documents.models import Document
from law.periods import LONDON, local_date
from notifications import lifecycle
from notifications.forms import CorrectAttendanceForm
from notifications.models import Attendance, Duty, SuspectedFailure
from notifications.tests import factories
from orders.tests import factories as orders

pytestmark = pytest.mark.django_db
S, F = Duty.Status, SuspectedFailure.Status
MADE = datetime(2026, 5, 4, 10, 0, tzinfo=LONDON)  # the last day to notify is 6 May
WHY = "He came about his new name"


def at(day: int, hour: int = 12) -> datetime:
    return datetime(2026, 5, day, hour, 0, tzinfo=LONDON)


@pytest.fixture(scope="module")
def initial(shared: None) -> Duty:
    return factories.duty(orders.served(MADE, kind="interim"))


@pytest.fixture
def duty(initial: Duty) -> Duty:
    return Duty.objects.get(pk=initial.pk)


@pytest.fixture
def renamed(duty: Duty) -> Duty:
    """He uses a new name since 5 May."""
    return factories.changed(duty.order, at(5).date())


def correct(duty: Duty, moment: datetime, **facts: Any) -> Attendance:
    own = {name: facts.pop(name) for name in ("wrong", "right") if name in facts}
    return lifecycle.correct_attendance(
        duty, by=factories.manager(), reason=WHY, given=factories.given(moment, **facts), **own
    )


def clock_of(duty: Duty) -> Deadline | None:
    return Deadline.objects.filter(about_id=duty.pk, done_at=None).first()


class TestAttendance:
    def test_on_the_wrong_duty_it_goes_to_the_right_one(self, duty: Duty, renamed: Duty) -> None:
        wrong = factories.attended(duty, at(6))
        assert (duty.status, clock_of(duty)) == (S.MET, None)
        made = correct(duty, at(6), right=renamed)
        for held in (duty, renamed, wrong):
            held.refresh_from_db()
        assert (duty.status, renamed.status, made.duty) == (S.OPEN, S.MET, renamed)
        assert clock_of(duty) is not None
        assert clock_of(renamed) is None
        assert (wrong.superseded_reason, wrong.superseded_by) == (WHY, factories.manager())
        assert wrong.superseded_at is not None
        assert Document.objects.get(about_id=wrong.pk).superseded_at is not None
        assert Document.objects.get(about_id=made.pk).superseded_at is None
        assert lifecycle.open_failure(duty, by=CLOCK, today=date(2026, 5, 7)).failures.exists()

    def test_at_the_right_time_the_failure_is_cleared(self, duty: Duty) -> None:
        factories.attended(duty, at(9))
        assert (duty.status, duty.failures.get().status) == (S.LATE, F.OPEN)
        made = correct(duty, at(6))
        assert (duty.status, made.in_time) == (S.MET, True)
        failure = duty.failures.get()
        assert failure.status == F.CLEARED
        assert not Deadline.objects.filter(about_id=failure.pk, done_at=None).exists()

    def test_taken_back_he_has_not_come(self, duty: Duty) -> None:
        factories.attended(duty, at(6), photograph="refused")
        case, by = duty.case, factories.manager()
        lifecycle.suspect_false(duty, by=by, suspicion="He never lived there")
        lifecycle.take_back_attendance(duty, by=by, reason="Of another case")
        assert duty.status == S.OPEN
        assert {f.status for f in duty.failures.all()} == {F.CLEARED}
        assert not [h for h in happenings.of_case(case) if h.shape == "dot" and "otif" in h.text]
        told = happened.happened(case, accounts.user(Role.ADVOCATE))
        assert not [t for t in told if "told the police" in t.text]
        factories.attended(duty, at(6, 13))
        assert duty.status == S.MET

    def test_what_was_decided_stays_decided(self, duty: Duty) -> None:
        factories.attended(duty, at(9))
        failure, by = duty.failures.get(), factories.manager()
        lifecycle.decide_failure(failure, by=by, outcome=F.INVESTIGATED, reason="Seen at home")
        correct(duty, at(6))
        failure.refresh_from_db()
        assert failure.status == F.INVESTIGATED

    def test_one_of_several_is_named(self, duty: Duty) -> None:
        silent = factories.attended(duty, at(5), oral_statement=False)
        factories.attended(duty, at(6))
        with pytest.raises(Refused) as error:
            correct(duty, at(5))
        assert error.value.field == "wrong"
        made = correct(duty, at(5, 9), wrong=silent)
        assert (duty.status, made.oral_statement) == (S.MET, True)
        assert duty.attendances.filter(superseded_at=None).count() == 2

    def test_what_cannot_be_is_refused_whole(self, duty: Duty) -> None:
        by, other = factories.manager(), factories.duty(orders.served(MADE, kind="interim"))
        with pytest.raises(WrongState):
            correct(duty, at(5))
        factories.attended(duty, at(6))
        with pytest.raises(Refused, match="of this case"):
            correct(duty, at(5), right=other)
        with pytest.raises(Refused, match="Say what was wrong"):
            lifecycle.take_back_attendance(duty, by=by, reason="  ")
        for role in (Role.LEGAL, Role.CONTROL_ROOM, Role.ADVOCATE):
            with pytest.raises(Denied):
                lifecycle.take_back_attendance(duty, by=accounts.user(role), reason=WHY)
        duty.refresh_from_db()
        assert duty.status == S.MET
        assert not Attendance.objects.exclude(superseded_at=None).exists()


class TestSoaDuty:
    def test_taken_back_every_duty_is_owed_again(self, duty: Duty, renamed: Duty) -> None:
        by = factories.manager()
        with pytest.raises(WrongState):
            lifecycle.take_back_soa_duty(duty, by=by, reason=WHY)
        lifecycle.record_soa_duty(duty, by=by, soa_from=date(2026, 1, 1))
        renamed.refresh_from_db()
        assert (duty.status, renamed.status) == (S.NOT_OWED, S.NOT_OWED)
        renamed_version = renamed.version
        with pytest.raises(Refused):
            lifecycle.take_back_soa_duty(duty, by=by, reason=" ")
        lifecycle.take_back_soa_duty(duty, by=by, reason="Another man of this name")
        renamed.refresh_from_db()
        assert (duty.status, renamed.status) == (S.OPEN, S.OPEN)
        assert (duty.soa_from, renamed.soa_from) == (None, None)
        assert duty.due_on == date(2026, 5, 6)
        assert clock_of(duty) is not None
        assert duty.soa_note == "Another man of this name"
        assert renamed.version > renamed_version
        later = factories.changed(duty.order, at(8).date(), told="Another Example")
        assert later.status == S.OPEN


class TestChange:
    def test_corrected_it_has_its_own_days_and_what_he_did_goes_with_it(
        self, renamed: Duty
    ) -> None:
        came = factories.attended(renamed, at(9))
        assert (renamed.status, renamed.failures.get().status) == (S.LATE, F.OPEN)
        right = lifecycle.correct_change(
            renamed,
            by=factories.manager(),
            reason="He began on the 8th",
            kind="name",
            happened_on=date(2026, 5, 8),
            told="Sion Prawf",
        )
        came.refresh_from_db()
        assert (renamed.status, renamed.due_on, clock_of(renamed)) == (S.TAKEN_BACK, None, None)
        assert renamed.failures.get().status == F.CLEARED
        assert (right.status, right.due_on) == (S.MET, date(2026, 5, 10))
        made = right.attendances.get()
        assert (made.attended_at, made.in_time) == (came.attended_at, True)
        assert came.superseded_reason == "He began on the 8th"
        assert Document.objects.get(about_id=came.pk).superseded_at is not None
        lifecycle.record_soa_duty(
            factories.duty(renamed.order), by=factories.manager(), soa_from=date(2020, 1, 1)
        )
        renamed.refresh_from_db()
        assert renamed.status == S.TAKEN_BACK

    def test_the_same_facts_may_be_recorded_again(self, renamed: Duty) -> None:
        lifecycle.take_back_change(renamed, by=factories.manager(), reason="On the wrong order")
        assert factories.changed(renamed.order, at(5).date()).status == S.OPEN

    def test_what_cannot_be_is_refused(self, duty: Duty, renamed: Duty) -> None:
        by = factories.manager()
        with pytest.raises(WrongState, match="service"):
            lifecycle.take_back_change(duty, by=by, reason=WHY)
        with pytest.raises(Refused):
            lifecycle.take_back_change(renamed, by=by, reason=" ")
        factories.attended(renamed, at(6))
        with pytest.raises(Refused, match="He came about this change"):
            lifecycle.take_back_change(renamed, by=by, reason=WHY)
        with pytest.raises(Denied):
            lifecycle.take_back_change(renamed, by=accounts.user(Role.LEGAL), reason=WHY)
        renamed.refresh_from_db()
        assert renamed.status == S.MET


def test_the_pages(client: Client, duty: Duty, renamed: Duty) -> None:
    client.force_login(factories.manager())
    wrong = factories.attended(duty, at(6))
    lifecycle.record_soa_duty(duty, by=factories.manager(), soa_from=local_date(at(20)))
    page = client.get(f"/notifications/duties/{duty.pk}/").content.decode()
    assert f"/notifications/duties/{duty.pk}/correct-attendance/?attendance={wrong.pk}" in page
    for act in ("take-back-attendance", "take-back-soa-duty"):
        assert f"/notifications/duties/{duty.pk}/{act}/" in page
        assert client.get(f"/notifications/duties/{duty.pk}/{act}/").status_code == 200
    for act in ("correct-change", "take-back-change"):
        assert client.get(f"/notifications/duties/{renamed.pk}/{act}/").status_code == 200
    address = f"/notifications/duties/{duty.pk}/correct-attendance/"
    form = client.get(address).content.decode()
    assert "PC 2231 Ann Ffugiwr" in form
    given = vars(factories.given(at(6)))
    given.pop("heard_by_constable")
    values = given | {
        "station": wrong.station_id,
        "heard_by": "constable",
        "home_force": "elsewhere",
        "right": renamed.pk,
        "reason": WHY,
    }
    posted = fill(client, address, forms.as_data(CorrectAttendanceForm(), values))
    assert (posted.status_code, posted["Location"]) == (302, f"/notifications/duties/{renamed.pk}/")
    page = client.get(f"/notifications/duties/{duty.pk}/").content.decode()
    assert WHY in page
    assert client.get("/notifications/?state=done").status_code == 200
    renamed.refresh_from_db()
    assert renamed.status == S.MET
    own = f"/notifications/duties/{renamed.pk}/"
    back = fill(client, f"{own}take-back-attendance/", {"reason": "x"})
    assert back.status_code == 302
    gone = fill(client, f"{own}take-back-change/", {"reason": "No"})
    assert gone.status_code == 302
    page = client.get(own).content.decode()
    assert "recorded by mistake" in page
