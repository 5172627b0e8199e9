"""Lodging on living authority, and giving up."""

from datetime import date, timedelta

import pytest

from accounts.policy import Denied
from accounts.roles import Role
from accounts.tests import factories as accounts
from applications import actions, lifecycle
from applications.models import Application, Court
from applications.subject import youth_findings
from applications.tests import factories
from applications.tests.traces import no_trace
from audit.models import Entry
from casework import clock
from casework.errors import Refused, Stale, WrongState
from casework.models import Case
from documents.models import Document
from law.duration import earliest_last_day
from law.periods import local_date
from people.models import Person

pytestmark = pytest.mark.django_db
S = Application.Status


@pytest.fixture
def officer():
    return factories.officer()


def lodge(application, **facts):
    given = {"by": factories.officer(), "court": factories.court(), "lodged_on": clock.today()}
    return lifecycle.lodge(application, **(given | facts))


def test_lodging_is_st19501_and_makes_the_papers(officer):
    application = lodge(factories.authorised(), court_reference="TM-26-4411")
    assert (application.status, application.court_reference) == (S.LODGED, "TM-26-4411")
    assert Case.objects.get().status == Case.Status.COURT
    assert Entry.objects.get(verb="lodge").details["code"] == "ST19501"
    waits = factories.open_clocks(application.case)
    assert [(d.kind, d.owner_role) for d in waits] == [("list_hearing", "legal")]
    living = Document.objects.filter(superseded_at=None)
    assert {d.kind for d in living} == {"application", "draft_order", "draft_interim_order"}


def test_without_an_interim_there_is_no_draft_of_one():
    lodge(factories.authorised(interim_sought=False))
    assert not Document.objects.filter(kind="draft_interim_order").exists()


@pytest.mark.parametrize("days", [-1, 1])
def test_the_day_of_lodging_is_from_authority_until_today(officer, days):
    application, court = factories.authorised(), factories.court()
    with no_trace(Refused, field="lodged_on"):
        lodge(application, court=court, lodged_on=clock.today() + timedelta(days=days))


def test_a_court_that_is_not_in_use():
    application, court = factories.authorised(), factories.court("Closed Court")
    actions.close_court(court, by=accounts.user(Role.FORCE_ADMINISTRATOR))
    factories.court()
    with no_trace(Refused, field="court"):
        lodge(application, court=court)


def test_a_court_that_another_force_has_closed_is_in_use():
    application, court = factories.authorised(), factories.court()
    theirs = accounts.user(Role.FORCE_ADMINISTRATOR, of=accounts.other_force())
    actions.close_court(court, by=theirs)
    assert lodge(application, court=court).status == "lodged"


@pytest.mark.parametrize(("years", "kind"), [(17, "magistrates"), (18, "youth")])
def test_the_court_is_the_one_for_his_age(officer, years, kind):
    """R1.2, s14(1)."""
    application = factories.complete_draft()
    factories.court()
    right = {"magistrates": "youth", "youth": "magistrates"}[kind]
    courts = [
        Court.objects.create(name=f"Testham {kind} court", kind=kind) for kind in (kind, right)
    ]
    born_on = clock.today() - timedelta(days=365 * years + 180)
    lifecycle.correct_subject(application.case, by=officer, family_name="M", born_on=born_on)
    application = lifecycle.submit_for_authority(
        Application.objects.get(pk=application.pk), by=officer
    )
    factories.authority(application)
    application.refresh_from_db()
    wrong, fitting = courts
    with no_trace(Refused, field="court"):
        lodge(application, court=wrong)
    assert lodge(application, court=fitting).court == fitting


def test_what_has_become_less_than_two_years_is_not_lodged():
    yesterday = clock.now() - timedelta(days=1)
    with clock.at(yesterday):
        application = factories.authorised(until=earliest_last_day(clock.today()))
    court = factories.court()
    with no_trace(Refused):
        lodge(application, court=court)
    assert lodge(application, court=court, lodged_on=local_date(yesterday)).status == S.LODGED


def test_a_changed_text_is_not_lodged_until_it_is_authorised_again(officer):
    application, court = factories.authorised(), factories.court()
    subject = Person.objects.filter(pk=application.case.subject_id)
    subject.update(family_name="Exampleby")  # by no act, which would have voided the authority
    with no_trace(Refused):
        lodge(application, court=court)
    application = Application.objects.get()
    lifecycle.take_back(application, by=officer)
    lifecycle.submit_for_authority(application, by=officer)
    factories.authority(application)
    assert lodge(application).status == S.LODGED


@pytest.mark.parametrize("stage", [factories.complete_draft, factories.submitted, factories.lodged])
def test_in_the_wrong_state(stage):
    application, court = stage(), factories.court()
    with no_trace(WrongState):
        lodge(application, court=court)


def test_without_any_authority():
    application, court = factories.authorised(), factories.court()
    application.authorities.all().delete()
    with no_trace(WrongState):
        lodge(application, court=court)


def test_stale_page():
    application, court = factories.authorised(), factories.court()
    with no_trace(Stale):
        lodge(application, court=court, version=application.version - 1)


def test_other_roles_and_other_forces():
    application, court = factories.authorised(), factories.court()
    people_who_may_not = [
        factories.superintendent(),
        accounts.user(Role.OFFENDER_MANAGER),
        factories.legal(accounts.other_force()),
    ]
    for by in people_who_may_not:
        with no_trace(Denied):
            lodge(application, by=by, court=court)


@pytest.mark.parametrize(
    ("age", "provisions"), [(17, ["s14(1)"]), (18, []), (None, ["s14(1)"])], ids=str
)
def test_the_youth_court_by_age_at_the_application(officer, age, provisions):
    application = factories.draft()
    today = clock.today()
    born_on = None if age is None else date(today.year - age, 1, 1)
    lifecycle.name_subject(application, by=officer, family_name="Ffugiwr", born_on=born_on)
    found = youth_findings(application, applied_on=date(today.year, 1, 1))
    assert [f.provision for f in found] == provisions


@pytest.mark.parametrize(
    "stage",
    [factories.draft, factories.submitted, factories.authorised, factories.lodged],
    ids=lambda f: f.__name__,
)
def test_giving_up_at_any_stage_ends_every_clock(stage, officer):
    application = stage()
    lifecycle.withdraw_application(application, by=officer, reason="evidence", note="No statement")
    assert (application.status, application.outcome_reason) == (S.WITHDRAWN, "evidence")
    assert application.determined_on == clock.today()
    assert Case.objects.get().status == Case.Status.ENDED
    assert not factories.open_clocks(application.case).exists()


def test_giving_up_takes_the_hearings_out_of_the_list(officer):
    application = factories.lodged()
    hearing = factories.hearing(application)
    lifecycle.withdraw_application(application, by=officer, reason="evidence")
    hearing.refresh_from_db()
    assert hearing.status == "vacated"
    assert not factories.open_clocks(application.case).exists()


def test_giving_up_needs_a_coded_reason_and_happens_once(officer):
    application = factories.draft()
    with no_trace(Refused, field="reason"):
        lifecycle.withdraw_application(application, by=officer, reason="tired")
    lifecycle.withdraw_application(application, by=officer, reason="not_needed")
    with no_trace(WrongState):
        lifecycle.withdraw_application(application, by=officer, reason="not_needed")
