"""What must never be in the tables of applications: the database refuses it, whoever writes."""

from datetime import date

import pytest

from applications import lifecycle
from applications.models import Application, Hearing, Request, ThresholdDecision
from applications.tests import factories
from casework.tests.refusals import forbidden

pytestmark = pytest.mark.django_db
DETERMINED = "a_determined_application_has_its_day_and_its_reason"


@pytest.fixture(scope="module")
def hearing(shared: None) -> Hearing:
    return factories.hearing(factories.lodged())


@pytest.mark.parametrize("ground", ["acts_shown", "risk_shown", "necessary"])
def test_nothing_is_taken_forward_without_all_three_grounds(hearing: Hearing, ground: str) -> None:
    rows = ThresholdDecision.objects.filter(case=hearing.case_id)
    forbidden("taken_forward_on_all_three_grounds", lambda: rows.update(**{ground: False}))


@pytest.mark.parametrize("status", ["granted", "refused", "withdrawn"])
def test_what_is_determined_has_its_day(hearing: Hearing, status: str) -> None:
    rows = Application.objects.filter(pk=hearing.application_id)
    forbidden(DETERMINED, lambda: rows.update(status=status, outcome_reason="other"))


@pytest.mark.parametrize("status", ["refused", "withdrawn"])
def test_what_is_refused_or_withdrawn_has_its_reason(hearing: Hearing, status: str) -> None:
    rows = Application.objects.filter(pk=hearing.application_id)
    forbidden(DETERMINED, lambda: rows.update(status=status, determined_on=date(2026, 5, 4)))


def test_what_is_under_way_is_not_determined(hearing: Hearing) -> None:
    rows = Application.objects.filter(pk=hearing.application_id)
    forbidden(DETERMINED, lambda: rows.update(determined_on=date(2026, 5, 4)))


def test_a_status_is_one_of_those_that_we_know(hearing: Hearing) -> None:
    of_case = {"case": hearing.case_id}
    for model, name in (
        (Application, DETERMINED),
        (Hearing, "a_resulted_hearing_has_its_outcome"),
        (Request, "request_status_is_known"),
    ):
        rows = model.objects.filter(**of_case)
        forbidden(name, lambda rows=rows: rows.update(status="lost"))


def test_the_acts_leave_what_the_database_asks(hearing: Hearing) -> None:
    application = Application.objects.get(pk=hearing.application_id)
    lifecycle.withdraw_application(application, by=factories.legal(), reason="other")
    assert application.determined_on is not None
