"""The court refused an interim order, and the application goes on: s5 ends nothing, and s7(2)(b) knows it."""

import pytest
from django.db import IntegrityError, transaction

from applications import forms, lifecycle
from applications.models import Application, Hearing, WrongResult
from applications.tests import factories
from applications.tests.sending import api, page, send, text_of
from applications.tests.traces import no_trace
from audit.actor import acting_as
from casework import clock
from casework.errors import Refused
from casework.models import Case

pytestmark = pytest.mark.django_db
S, H = Application.Status, Hearing.Status
NO_INTERIM = {"outcome": "interim_refused", "reason": "not_appropriate", "note": "Not urgent"}
WHOLE = {"outcome": "refused", "reason": "not_proved", "note": "Not proved"}


@pytest.fixture(scope="module")
def lodged(shared):
    return factories.lodged()


@pytest.fixture
def heard(lodged):
    application = Application.objects.get(pk=lodged.pk)
    return factories.hearing(application, starts_at=clock.now(), purpose="interim")


@pytest.fixture
def legal():
    return factories.legal()


def stands(hearing):
    application = Application.objects.get(pk=hearing.application_id)
    return application.status, Case.objects.get(pk=hearing.case_id).status


def running(case):
    return {d.kind for d in case.deadlines.filter(done_at=None)}


@pytest.mark.parametrize("listed", [True, False])
def test_the_application_goes_on_to_its_full_hearing(heard, legal, listed):
    other = factories.hearing(heard.application) if listed else None
    lifecycle.result_hearing(heard, by=legal, **NO_INTERIM)
    assert stands(heard) == (S.LODGED, Case.Status.COURT)
    kept = Hearing.objects.get(pk=heard.pk)
    assert (kept.outcome, kept.outcome_reason) == ("interim_refused", "not_appropriate")
    wanted = {"hearing", "result_hearing"} if other else {"list_hearing"}
    assert {"hearing", "result_hearing", "list_hearing"} & running(heard.case) == wanted
    assert not other or Hearing.objects.get(pk=other.pk).status == H.LISTED


def test_it_is_asked_for_at_a_hearing_about_an_interim_order_alone_and_with_why(heard, legal):
    with no_trace(Refused, field="reason"):
        lifecycle.result_hearing(heard, by=legal, outcome="interim_refused")
    with no_trace(Refused, field="reason"):
        lifecycle.result_hearing(heard, by=legal, outcome="interim_refused", reason="not_proved")
    full = factories.hearing(heard.application, starts_at=clock.now())
    with no_trace(Refused, field="outcome"):
        lifecycle.result_hearing(full, by=legal, **NO_INTERIM)


def test_the_database_knows_no_other_either(heard, legal):
    lifecycle.result_hearing(heard, by=legal, **NO_INTERIM)
    for wrong in ({"purpose": "full"}, {"outcome_reason": ""}):
        with (
            pytest.raises(IntegrityError, match="an_interim_is_refused"),
            transaction.atomic(),
            acting_as("test:setup"),
        ):
            Hearing.objects.filter(pk=heard.pk).update(**wrong)


@pytest.mark.parametrize(("was", "right"), [(WHOLE, NO_INTERIM), (NO_INTERIM, WHOLE)])
def test_either_refusal_is_put_right_by_the_other(heard, legal, was, right):
    other = factories.hearing(heard.application)
    lifecycle.result_hearing(heard, by=legal, **was)
    lifecycle.correct_result(heard, by=legal, why="Misread", **right)
    goes_on = right is NO_INTERIM
    assert stands(heard)[0] == (S.LODGED if goes_on else S.REFUSED)
    assert Hearing.objects.get(pk=other.pk).status == (H.LISTED if goes_on else H.VACATED)
    assert WrongResult.objects.get(hearing=heard).outcome == was["outcome"]


def test_it_is_taken_back_and_awaited_again(heard, legal):
    lifecycle.result_hearing(heard, by=legal, **NO_INTERIM)
    lifecycle.take_back_result(heard, by=legal, why="Another case")
    assert Hearing.objects.get(pk=heard.pk).status == H.LISTED
    assert {"result_hearing", "list_hearing"} & running(heard.case) == {"result_hearing"}


def test_the_page_and_the_interface_offer_it_at_such_a_hearing(client, heard, legal):
    client.force_login(legal)
    full = factories.hearing(heard.application, starts_at=clock.now())
    other = factories.hearing(heard.application, starts_at=clock.now(), purpose="interim")
    assert 'value="interim_refused"' not in text_of(client.get(page("result_hearing", full)))
    assert 'value="interim_refused"' in text_of(client.get(page("result_hearing", heard)))
    form = forms.ResultForm(about_interim=True)
    without = send(client, page("result_hearing", heard), form, {"outcome": "interim_refused"})
    assert without.status_code == 422
    assert "#id_interim_refusal_reason" in text_of(without)
    answers = {"outcome": "interim_refused", "interim_refusal_reason": "not_appropriate"}
    answer = send(client, page("result_hearing", heard), form, answers)
    shown = text_of(client.get(answer.url))
    assert "Interim order refused, the application goes on" in shown
    assert "It was not found appropriate before the full hearing" in shown
    assert 'value="not_appropriate" checked' in text_of(client.get(page("correct_result", heard)))
    assert api(client, "result_hearing", other, answers).status_code == 200
    assert Hearing.objects.get(pk=other.pk).outcome == "interim_refused"
