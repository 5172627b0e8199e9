"""A superintendent decides on exactly one text, which somebody else drafted."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Rank, User
from accounts.policy import Denied
from accounts.roles import Role
from accounts.tests import factories as accounts
from alerts.models import Alert
from applications import lifecycle
from applications.content import content_of, hash_of
from applications.models import Application, Authority, ProposedCondition
from applications.tests import factories
from applications.tests.factories import ALL_MET
from applications.tests.traces import no_trace
from casework import clock
from casework.errors import Refused, Stale, WrongState
from documents.models import Document
from people import actions as people

pytestmark = pytest.mark.django_db
S = Application.Status
NONE_MET = {"acts_met": None, "risk_met": None, "necessity_met": None}


@pytest.fixture
def superintendent():
    return factories.superintendent()


@pytest.fixture(scope="module")
def submitted(shared):
    return factories.submitted()


@pytest.fixture
def application(submitted):
    return Application.objects.get(pk=submitted.pk)


def seen(application):
    return hash_of(content_of(application))


def test_sending_starts_the_clock_tells_superintendents_and_makes_the_papers(application):
    assert application.status == S.SUBMITTED
    waits = application.case.deadlines.get(kind="authorise", done_at=None)
    assert waits.due_at - application.submitted_at == timedelta(hours=24)
    assert application.submitted_by == application.drafter
    assert not waits.whole_day
    assert Alert.objects.filter(kind="authority_asked").count() == 1
    assert Document.objects.get().kind == "application"


EMPTY = {
    "area": {"area_limb": ""},
    "risk": {"risk": " "},
    "necessity": {"necessity": ""},
    "consultation": {"consulted": ""},
    "other_orders": {"criminal_case": ""},
    "duration": {"interim_sought": None},
}


@pytest.mark.parametrize("section", EMPTY)
def test_a_part_that_is_not_done_stops_sending(section):
    application, officer = factories.complete_draft(), factories.officer()
    lifecycle.save_section(application, by=officer, section=section, **EMPTY[section])
    with no_trace(Refused, field=section):
        lifecycle.submit_for_authority(application, by=officer)
    assert Application.objects.get(pk=application.pk).status == S.DRAFT


def test_without_notice_and_without_consultation_need_their_reasons():
    application, officer = factories.complete_draft(), factories.officer()
    lifecycle.save_section(application, by=officer, section="duration", notice_given=False)
    with no_trace(Refused, field="duration"):
        lifecycle.submit_for_authority(application, by=officer)
    lifecycle.save_section(application, by=officer, section="duration", notice_given=True)
    lifecycle.save_section(application, by=officer, section="consultation", consulted="not_asked")
    with no_trace(Refused, field="consultation"):
        lifecycle.submit_for_authority(application, by=officer)


def test_no_subject_no_acts_no_conditions_no_protected_person():
    application, officer = factories.complete_draft(), factories.officer()
    for act in application.acts.all():
        lifecycle.remove_act(act, by=officer)
    with no_trace(Refused, field="acts"):
        lifecycle.submit_for_authority(application, by=officer)
    lifecycle.remove_condition(application.conditions.get(), by=officer)
    factories.act(application)
    with no_trace(Refused, field="conditions"):
        lifecycle.submit_for_authority(application, by=officer)
    factories.condition(application)
    lifecycle.remove_protected_person(application, by=officer, party=application.case.parties.get())
    with no_trace(Refused, field="protected"):
        lifecycle.submit_for_authority(application, by=officer)


@pytest.mark.parametrize(
    "facts",
    [
        {"necessity": ""},
        {"slots": {}},
        {"discloses_location": None},
        {"discloses_location": True},
        {"library_code": "", "slots": None, "text": "You must not enter Ffug Road."},
        {"library_code": "", "slots": None, "text": " "},
    ],
)
def test_a_condition_that_blocks_stops_sending(facts):
    application, officer = factories.complete_draft(), factories.officer()
    factories.condition(application, **facts)
    with no_trace(Refused, field="conditions"):
        lifecycle.submit_for_authority(application, by=officer)


def test_a_period_that_has_become_too_short_stops_sending():
    application = factories.complete_draft()
    Application.objects.filter(pk=application.pk).update(
        asked_until=clock.today() + timedelta(days=400)
    )
    with no_trace(Refused, field="duration"):
        lifecycle.submit_for_authority(application, by=factories.officer())


def test_giving_authority(application, superintendent):
    authority = factories.authority(application)
    assert application.status == S.AUTHORISED
    assert authority.decided_by == superintendent
    assert authority.drafter == application.drafter
    assert authority.content_hash == seen(application)
    assert hash_of(authority.content) == authority.content_hash
    assert {d.kind for d in application.case.deadlines.filter(done_at=None)} == {"lodge"}
    assert Alert.objects.filter(kind="authority_decided").count() == 1


@pytest.mark.parametrize("decide", [lifecycle.give_authority, lifecycle.refuse_authority])
@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"acts_met": None}, "acts_met"),
        ({"risk_reason": " "}, "risk_reason"),
        ({"necessity_met": None}, "necessity_met"),
    ],
)
def test_each_ground_needs_an_answer_and_a_reason(
    application, superintendent, decide, answers, field
):
    with no_trace(Refused, field=field):
        decide(application, by=superintendent, seen_hash=seen(application), **(ALL_MET | answers))


@pytest.mark.parametrize("ground", ["acts_met", "risk_met", "necessity_met"])
def test_authority_needs_all_three_and_a_refusal_one(application, superintendent, ground):
    answers = ALL_MET | {ground: False}
    with no_trace(Refused, field=ground):
        lifecycle.give_authority(
            application, by=superintendent, seen_hash=seen(application), **answers
        )
    with no_trace(Refused, field="necessity_met"):
        lifecycle.refuse_authority(
            application, by=superintendent, seen_hash=seen(application), **ALL_MET
        )
    refused = lifecycle.refuse_authority(
        application, by=superintendent, seen_hash=seen(application), **answers
    )
    assert refused.decision == Authority.Decision.REFUSED
    assert application.status == S.DRAFT
    waits = application.case.deadlines.filter(done_at=None)
    assert {d.kind for d in waits} == {"send_application"}


def test_returning_it_says_what_to_mend(application, superintendent):
    with no_trace(Refused, field="note"):
        lifecycle.return_application(
            application, by=superintendent, seen_hash=seen(application), note=" "
        )
    returned = lifecycle.return_application(
        application, by=superintendent, seen_hash=seen(application), note="Name the streets"
    )
    assert (returned.decision, application.status) == ("returned", S.DRAFT)
    assert returned.acts_met is None


def test_only_the_text_that_was_seen_is_authorised(application, superintendent):
    before = seen(application)
    people.add_name(application.case.subject, by=factories.officer(), kind="alias", text="Shonny")
    for act, answers in (
        (lifecycle.give_authority, ALL_MET),
        (lifecycle.refuse_authority, ALL_MET | {"acts_met": False}),
        (lifecycle.return_application, {"note": "Mend"}),
    ):
        with no_trace(Stale):
            act(application, by=superintendent, seen_hash=before, **answers)
    assert not Authority.objects.exists()


def test_an_edit_and_a_new_sending_make_the_old_page_stale(application, superintendent):
    before = seen(application)
    officer = factories.officer()
    lifecycle.save_section(application, by=officer, section="risk", risk="Otherwise")
    with no_trace(WrongState):
        lifecycle.give_authority(application, by=superintendent, seen_hash=before, **ALL_MET)
    lifecycle.submit_for_authority(application, by=officer)
    with no_trace(Stale):
        lifecycle.give_authority(application, by=superintendent, seen_hash=before, **ALL_MET)


def test_not_the_drafter_whatever_the_role_is_now(application):
    drafter = application.drafter
    User.objects.filter(pk=drafter.pk).update(
        role=Role.AUTHORISING_OFFICER, rank=Rank.SUPERINTENDENT
    )
    drafter.refresh_from_db()
    with no_trace(Denied):
        factories.authority(application, by=drafter)


def test_not_whoever_changed_it_last():
    second = accounts.user(username="second.officer")
    application = factories.complete_draft()
    lifecycle.save_section(application, by=second, section="risk", risk="Otherwise")
    lifecycle.submit_for_authority(application, by=factories.officer())
    User.objects.filter(pk=second.pk).update(
        role=Role.AUTHORISING_OFFICER, rank=Rank.SUPERINTENDENT
    )
    second.refresh_from_db()
    with no_trace(Denied):
        factories.authority(application, by=second)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.STALKING_LEAD, Role.LEGAL])
def test_roles_that_may_not_authorise(application, role):
    by = accounts.user(role, username="somebody.else")
    with no_trace(Denied):
        factories.authority(application, by=by)


def test_a_rank_below_superintendent(application, superintendent):
    superintendent.rank = Rank.CHIEF_INSPECTOR  # as an account could be while it is being changed
    with no_trace(Denied):
        factories.authority(application, by=superintendent)


def test_a_superintendent_of_another_force(application):
    stranger = factories.superintendent(accounts.other_force())
    with no_trace(Denied):
        factories.authority(application, by=stranger)


@pytest.mark.parametrize("stage", [factories.complete_draft, factories.authorised])
def test_in_the_wrong_state(stage, superintendent):
    application = stage()
    with no_trace(WrongState):
        factories.authority(application)


def test_the_database_itself_refuses_the_drafter_as_authoriser(application):
    factories.authority(application)
    with (
        pytest.raises(IntegrityError, match="the_authoriser_is_not_the_drafter"),
        transaction.atomic(),
    ):
        Authority.objects.update(decided_by=application.drafter)


@pytest.mark.parametrize("ground", ["acts_met", "risk_met", "necessity_met"])
@pytest.mark.parametrize("value", [False, None])
def test_the_database_itself_wants_all_three_grounds(application, ground, value):
    factories.authority(application)
    with (
        pytest.raises(IntegrityError, match="authority_needs_all_three_grounds"),
        transaction.atomic(),
    ):
        Authority.objects.update(**{ground: value})


def test_the_database_itself_has_one_living_authority(application):
    authority = factories.authority(application)
    authority.pk = None
    with pytest.raises(IntegrityError, match="one_living_authority"), transaction.atomic():
        authority.save(force_insert=True)


def test_a_condition_changed_behind_its_back_cannot_be_lodged(application):
    factories.authority(application)
    ProposedCondition.objects.update(text="You must not do anything at all.")
    by, court = factories.officer(), factories.court()
    with no_trace(Refused):
        lifecycle.lodge(application, by=by, court=court, lodged_on=clock.today())
