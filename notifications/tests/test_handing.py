"""He notified; the paper is made; he is given it, or the reason why not is kept. Each at its own time."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.policy import Denied
from accounts.roles import Role
from accounts.tests import factories as accounts
from applications.tests import factories as applications
from casework import clock, forms
from casework.errors import Refused, WrongState
from casework.models import Deadline
from casework.tests.browsing import fill
from documents import actions as documents
from documents.models import Document
from law.periods import LONDON, end_instant
from notifications import lifecycle
from notifications.forms import HandOverForm, LeaveUnhandedForm
from notifications.models import Attendance
from notifications.tests import factories
from orders.tests import factories as orders

pytestmark = pytest.mark.django_db
MADE = datetime(2026, 5, 4, 10, 0, tzinfo=LONDON)
CAME = MADE + timedelta(days=1)
S = Attendance.Status


@pytest.fixture(scope="module")
def attended(shared: None) -> Attendance:
    return factories.attended(factories.duty(orders.served(MADE, kind="interim")), CAME)


@pytest.fixture
def attendance(attended: Attendance) -> Attendance:
    return Attendance.objects.get(pk=attended.pk)


def clocks(attendance: Attendance) -> Any:
    return Deadline.objects.filter(
        about_id=attendance.pk, kind="hand_acknowledgement", done_at=None
    )


def hand_over(attendance: Attendance, **facts: Any) -> Attendance:
    given = {"handed_at": CAME + timedelta(minutes=10), "handed_by_name": "PC 2231 Ann Ffugiwr"}
    return lifecycle.hand_over(attendance, by=factories.manager(), **(given | facts))


def test_the_attendance_starts_the_clock_of_the_paper(attendance: Attendance) -> None:
    assert (attendance.status, attendance.findings) == (S.TO_HAND, [])
    waits = clocks(attendance).get()
    assert (waits.provision, waits.due_at) == ("s10(4)(a)", end_instant(clock.today()))
    assert waits.path == f"/notifications/attendances/{attendance.pk}/hand-over/"


def test_what_was_not_said_aloud_is_not_acknowledged(attendance: Attendance) -> None:
    duty = factories.duty(orders.served(MADE, kind="interim"))
    silent = factories.attended(duty, CAME, oral_statement=False)
    assert silent.status == S.NOTHING
    assert not clocks(silent).exists()
    with pytest.raises(WrongState):
        hand_over(silent)


def test_he_is_given_it_and_the_clock_stops(attendance: Attendance) -> None:
    held = hand_over(attendance)
    assert (held.status, held.handed_by_name) == (S.HANDED, "PC 2231 Ann Ffugiwr")
    assert held.handing_recorded_by == factories.manager()
    assert not clocks(held).exists()
    with pytest.raises(WrongState):
        hand_over(held)


@pytest.mark.parametrize("off", [timedelta(minutes=-1), timedelta(days=4000)])
def test_an_impossible_moment_is_refused_and_leaves_no_trace(
    attendance: Attendance, off: timedelta
) -> None:
    with pytest.raises(Refused) as no:
        hand_over(attendance, handed_at=CAME + off)
    assert no.value.field == "handed_at"
    attendance.refresh_from_db()
    assert attendance.status == S.TO_HAND
    assert clocks(attendance).exists()


def test_the_reason_why_not_is_kept_with_the_laws_remark_and_stops_nothing(
    attendance: Attendance,
) -> None:
    held = lifecycle.leave_unhanded(attendance, by=factories.manager(), reason="He ran away")
    assert (held.status, held.not_handed_reason) == (S.NOT_HANDED, "He ran away")
    (remark,) = held.findings
    assert (remark["provision"], remark["weight"]) == ("s10(4)(a)", "warn")
    assert not clocks(held).exists()
    later = hand_over(held)
    assert (later.status, later.not_handed_reason, later.findings) == (S.HANDED, "", [])


def test_blanks_are_no_reason(attendance: Attendance) -> None:
    with pytest.raises(Refused) as no:
        lifecycle.leave_unhanded(attendance, by=factories.manager(), reason=" \n")
    assert no.value.field == "reason"
    assert clocks(attendance).exists()


def test_a_paper_that_could_not_be_made_here_is_remarked(attendance: Attendance) -> None:
    documents.fail(Document.objects.get(about_id=attendance.pk), "It cannot be made")
    (remark,) = hand_over(attendance).findings
    assert "keep a copy" in remark["message"]


def test_who_may_not_record_it(attendance: Attendance) -> None:
    auditor = accounts.user(Role.AUDITOR, of=attendance.case.force)
    with pytest.raises(Denied):
        lifecycle.leave_unhanded(attendance, by=auditor, reason="No")
    stranger = Client()
    stranger.force_login(applications.officer(accounts.other_force()))
    assert stranger.get(f"/notifications/attendances/{attendance.pk}/hand-over/").status_code == 404


def test_the_database_wants_the_moment_or_the_reason(attendance: Attendance) -> None:
    for status in (S.HANDED, S.NOT_HANDED):
        with pytest.raises(IntegrityError), transaction.atomic():
            Attendance.objects.filter(pk=attendance.pk).update(status=status)


def test_the_duty_says_what_is_missing_and_leads_there(attendance: Attendance) -> None:
    client = Client()
    client.force_login(factories.manager())
    duty, page = f"/notifications/duties/{attendance.duty_id}/", "/notifications/attendances/"
    path = f"{page}{attendance.pk}/hand-over/"
    text = client.get(duty).content.decode()
    assert "Acknowledgement not handed over yet" in text
    assert "is being made" in text
    assert path not in text
    with transaction.atomic():
        Document.objects.filter(about_id=attendance.pk).update(status="failed")
    assert path in client.get(duty).content.decode()
    left = forms.as_data(LeaveUnhandedForm(), {"reason": "He ran away"})
    answer = fill(client, f"{page}{attendance.pk}/leave-unhanded/", left, follow=True)
    assert "He ran away" in answer.content.decode()
    assert client.post(path, {}).status_code == 422
    given = {"handed_at": CAME + timedelta(minutes=10), "handed_by_name": "PC Ann Ffugiwr"}
    answer = fill(client, path, forms.as_data(HandOverForm(), given), follow=True)
    assert answer.redirect_chain[-1][0] == duty
    assert "Acknowledgement handed over" in answer.content.decode()


def test_a_corrected_record_waits_for_its_own_paper(attendance: Attendance) -> None:
    right = lifecycle.correct_attendance(
        attendance.duty,
        by=factories.manager(),
        given=factories.given(CAME + timedelta(hours=1)),
        reason="The hour was wrong",
    )
    assert not clocks(attendance).exists()
    assert clocks(right).exists()
    with pytest.raises(WrongState):
        hand_over(attendance)
    hand_over(right, handed_at=CAME + timedelta(hours=2))
