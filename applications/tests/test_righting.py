"""A result that was recorded wrongly: kept, put right or taken back, with all that followed from it."""

from datetime import timedelta

import pytest

from accounts.policy import Denied
from accounts.tests import factories as accounts
from alerts.models import Alert
from applications import forms, lifecycle
from applications.models import Application, Hearing, WrongResult
from applications.tests import factories
from applications.tests.sending import api, page, send, text_of
from applications.tests.traces import no_trace
from casework import clock
from casework.errors import Refused, Stale, WrongState
from casework.models import Case
from law.periods import LONDON, local_date

pytestmark = pytest.mark.django_db
S, H = Application.Status, Hearing.Status
NOW = clock.now().replace(microsecond=0)
WHY = "The list was read wrongly"
REFUSED = {"outcome": "refused", "reason": "not_proved", "note": "Not proved"}
ADJOURNED = {"outcome": "adjourned", "note": "No time"}


@pytest.fixture(scope="module")
def lodged(shared):
    return factories.lodged()


@pytest.fixture
def heard(lodged):
    application = Application.objects.get(pk=lodged.pk)
    return factories.hearing(application, starts_at=clock.now(), late_reason="Now")


@pytest.fixture
def legal():
    return factories.legal()


def soon(days=7):
    return NOW + timedelta(days=days)


def running(case):
    return {d.kind for d in case.deadlines.filter(done_at=None)}


def as_it_is(hearing):
    return Hearing.objects.get(pk=hearing.pk)


def test_a_refusal_that_was_an_adjournment(heard, legal):
    case = heard.case
    other = factories.hearing(heard.application)
    lifecycle.result_hearing(heard, by=legal, **REFUSED)
    assert Case.objects.get(pk=case.pk).status == Case.Status.ENDED
    lifecycle.correct_result(heard, by=legal, why=WHY, next_starts_at=soon(), **ADJOURNED)
    application = Application.objects.get(pk=heard.application_id)
    assert (application.status, application.determined_on) == (S.LODGED, None)
    assert (application.outcome_reason, application.outcome_note) == ("", "")
    assert (as_it_is(heard).outcome, as_it_is(other).status) == ("adjourned", H.LISTED)
    assert Hearing.objects.get(follows=heard).starts_at == soon()
    assert {"hearing", "result_hearing"} <= running(case)
    assert Case.objects.get(pk=case.pk).status == Case.Status.COURT
    (wrong,) = WrongResult.objects.filter(hearing=heard)
    assert (wrong.outcome, wrong.outcome_note, wrong.superseded_reason) == (
        "refused",
        "Not proved",
        WHY,
    )
    assert wrong.resulted_by == wrong.superseded_by == legal
    told = Alert.objects.get(kind="result_corrected")
    assert {"officer", "role:legal", "role:stalking_lead"} == {*told.recipients.split(",")}


def test_an_adjournment_that_was_a_refusal(heard, legal):
    lifecycle.result_hearing(heard, by=legal, next_starts_at=soon(), **ADJOURNED)
    follower = Hearing.objects.get(follows=heard)
    lifecycle.correct_result(heard, by=legal, why=WHY, **REFUSED)
    assert as_it_is(follower).status == H.VACATED
    assert Application.objects.get(pk=heard.application_id).status == S.REFUSED
    assert not {"hearing", "result_hearing", "list_hearing"} & running(heard.case)


def test_another_next_hearing_and_none(heard, legal):
    lifecycle.result_hearing(heard, by=legal, next_starts_at=soon(7), **ADJOURNED)
    first = Hearing.objects.get(follows=heard)
    lifecycle.correct_result(heard, by=legal, why=WHY, next_starts_at=soon(9), **ADJOURNED)
    second = Hearing.objects.get(follows=heard)
    assert (as_it_is(first).status, second.starts_at) == (H.VACATED, soon(9))
    assert heard.case.deadlines.get(kind="hearing", done_at=None).due_at == soon(9)
    lifecycle.correct_result(
        heard, by=legal, why=WHY, next_starts_at=soon(9), outcome="adjourned", note="Other words"
    )
    assert as_it_is(second).status == H.LISTED
    lifecycle.correct_result(heard, by=legal, why=WHY, outcome="adjourned", note="Other words")
    assert as_it_is(second).status == H.VACATED
    assert "list_hearing" in running(heard.case)
    wrong = WrongResult.objects.filter(hearing=heard)
    assert [w.next_starts_at for w in wrong] == [soon(7), soon(9), soon(9)]


def test_another_day_of_the_hearing_is_the_day_of_the_decision(lodged, legal):
    application = Application.objects.get(pk=lodged.pk)
    heard = factories.hearing(application, starts_at=factories.earlier(9))
    lifecycle.result_hearing(heard, by=legal, **REFUSED)
    true = factories.earlier(30)
    for wrong in (clock.now() + timedelta(days=1), clock.now() - timedelta(days=3)):
        with no_trace(Refused, field="starts_at"):
            lifecycle.correct_result(heard, by=legal, why=WHY, starts_at=wrong, **REFUSED)
    lifecycle.correct_result(heard, by=legal, why=WHY, starts_at=true, **REFUSED)
    assert as_it_is(heard).starts_at == true
    application.refresh_from_db()
    assert application.determined_on == local_date(true)
    assert WrongResult.objects.get().starts_at == heard.wrong_results.get().starts_at != true


def test_a_result_that_is_taken_back_is_awaited_again(heard, legal):
    lifecycle.result_hearing(heard, by=legal, **ADJOURNED)
    assert "list_hearing" in running(heard.case)
    lifecycle.take_back_result(heard, by=legal, why=WHY)
    assert (as_it_is(heard).status, as_it_is(heard).outcome) == (H.LISTED, "")
    assert "list_hearing" not in running(heard.case)
    clock_of = heard.case.deadlines.get(kind="result_hearing", done_at=None)
    tomorrow = clock.today() + timedelta(days=1)
    assert f"{clock_of.due_at.astimezone(LONDON):%Y-%m-%d %H:%M}" == f"{tomorrow} 10:00"
    lifecycle.result_hearing(as_it_is(heard), by=legal, **REFUSED)


def test_what_is_refused_leaves_no_trace(heard, legal):
    with no_trace(WrongState):
        lifecycle.correct_result(heard, by=legal, why=WHY, **REFUSED)
    lifecycle.result_hearing(heard, by=legal, next_starts_at=soon(), **ADJOURNED)
    with no_trace(Refused, field="why"):
        lifecycle.correct_result(heard, by=legal, why=" ", **REFUSED)
    with no_trace(Refused, field="reason"):
        lifecycle.correct_result(heard, by=legal, why=WHY, outcome="refused")
    with no_trace(Refused):  # nothing is different
        lifecycle.correct_result(heard, by=legal, why=WHY, next_starts_at=soon(), **ADJOURNED)
    with no_trace(Stale):
        lifecycle.correct_result(heard, by=legal, why=WHY, version=heard.version - 1, **REFUSED)
    for nobody in (factories.superintendent(), factories.legal(accounts.other_force())):
        with no_trace(Denied):
            lifecycle.take_back_result(heard, by=nobody, why=WHY)


def test_a_hearing_that_followed_and_has_its_result_is_corrected_first(heard, legal):
    lifecycle.result_hearing(
        heard, by=legal, next_starts_at=heard.starts_at + timedelta(milliseconds=1), **ADJOURNED
    )
    follower = Hearing.objects.get(follows=heard)
    lifecycle.result_hearing(follower, by=legal, **REFUSED)
    with pytest.raises(Refused, match="Correct that first"):
        lifecycle.take_back_result(heard, by=legal, why=WHY)
    lifecycle.correct_result(
        heard,
        by=legal,
        why=WHY,
        outcome="adjourned",
        note="In other words",
        next_starts_at=follower.starts_at,
    )
    assert Application.objects.get(pk=heard.application_id).status == S.REFUSED


def test_a_case_with_a_new_application_keeps_its_old_result(heard, legal):
    lifecycle.result_hearing(heard, by=legal, **REFUSED)
    lifecycle.start_draft(heard.case, by=factories.officer())
    with pytest.raises(Refused, match="Another application was begun"):
        lifecycle.take_back_result(heard, by=legal, why=WHY)


def test_the_pages_begin_with_what_is_recorded_and_keep_what_was(client, heard, legal):
    client.force_login(legal)
    lifecycle.result_hearing(heard, by=legal, **REFUSED)
    shown = text_of(client.get(page("correct_result", heard)))
    assert 'value="refused" checked' in shown
    assert 'value="not_proved" checked' in shown
    answers = {
        "outcome": "adjourned",
        "note": "No time",
        "why": WHY,
        "starts_at": heard.starts_at,
    }
    answer = send(client, page("correct_result", heard), forms.CorrectResultForm(), answers)
    assert answer.status_code == 302
    shown = text_of(client.get(answer.url))
    assert "Recorded wrongly until" in shown
    assert WHY in shown
    assert page("take_back_result", heard) in shown
    answer = send(client, page("take_back_result", heard), forms.TakeBackResultForm(), {"why": " "})
    assert answer.status_code == 422
    assert api(client, "take_back_result", heard, {"why": WHY}).status_code == 200
    assert as_it_is(heard).status == H.LISTED
