"""Writing the application: each edit is one act, and takes back what was sent or authorised."""

from datetime import date, timedelta

import pytest

from accounts.models import Force
from accounts.policy import Denied
from accounts.roles import Role
from accounts.tests import factories as accounts
from alerts.models import Alert
from applications import checks, lifecycle, safety
from applications.models import Application
from applications.tests import factories
from applications.tests.sending import api
from applications.tests.traces import no_trace
from audit.models import Entry
from casework import clock
from casework.errors import Refused, Stale, WrongState
from casework.models import Case, Party
from law.duration import earliest_last_day
from law.findings import Weight
from people.models import Person
from people.tests import factories as people

pytestmark = pytest.mark.django_db
S = Application.Status


@pytest.fixture
def officer():
    return factories.officer()


@pytest.fixture(scope="module")
def begun(shared):
    return factories.draft()


@pytest.fixture
def draft(begun):
    return Application.objects.get(pk=begun.pk)


def test_beginning_moves_the_case(officer):
    case = factories.accepted().case
    application = lifecycle.start_draft(case, by=officer)
    assert (application.status, application.drafter) == (S.DRAFT, officer)
    assert Case.objects.get().status == Case.Status.DRAFTING
    assert {d.kind for d in case.deadlines.filter(done_at=None)} == {"send_application"}


def test_only_one_is_under_way(draft, officer):
    with no_trace(WrongState):
        lifecycle.start_draft(draft.case, by=officer)


@pytest.mark.parametrize("decided", [False, True])
def test_the_request_must_have_been_taken_forward(officer, decided):
    request = factories.request()
    if decided:
        lifecycle.decide_request(request, by=officer, **factories.DECLINE)
    with no_trace(WrongState):
        lifecycle.start_draft(request.case, by=officer)


def test_after_a_withdrawal_another_one_can_begin(draft, officer):
    lifecycle.withdraw_application(draft, by=officer, reason="not_needed")
    again = lifecycle.start_draft(draft.case, by=officer)
    assert again.status == S.DRAFT
    assert Case.objects.get().status == Case.Status.DRAFTING


def test_a_force_without_an_area_needs_no_limb():
    force = Force.objects.get(code="BTP")
    application = factories.draft(by=factories.officer(force))
    assert application.area_limb == "none_needed"


def test_a_section_is_saved_with_who_and_a_new_version(draft, officer):
    lifecycle.save_section(draft, by=officer, section="risk", version=1, risk="High", risk_tool="X")
    draft.refresh_from_db()
    assert (draft.risk, draft.risk_tool, draft.version, draft.saved_by) == ("High", "X", 2, officer)
    event = Entry.objects.filter(verb="edit").latest("id")
    assert event.details["section"] == "risk"


def test_a_stale_edit_changes_nothing(draft, officer):
    lifecycle.save_section(draft, by=officer, section="risk", version=1, risk="First")
    with no_trace(Stale):
        lifecycle.save_section(draft, by=officer, section="risk", version=1, risk="Second")
    assert Application.objects.get().risk == "First"


def test_until_further_order_has_no_last_day(draft, officer):
    lifecycle.save_section(
        draft,
        by=officer,
        section="duration",
        duration="further_order",
        asked_until=date(2031, 1, 1),
    )
    assert draft.asked_until is None


def test_less_than_two_years_is_not_ours_to_ask_for(draft, officer):
    earliest = earliest_last_day(clock.today())
    for until in (earliest - timedelta(days=1), clock.today() - timedelta(days=1)):
        with no_trace(Refused, field="asked_until"):
            lifecycle.save_section(
                draft, by=officer, section="duration", duration="fixed", asked_until=until
            )
    lifecycle.save_section(
        draft, by=officer, section="duration", duration="fixed", asked_until=earliest
    )
    assert draft.asked_until == earliest


@pytest.mark.parametrize(
    ("section", "facts", "field"),
    [
        ("area", {"area_limb": "none_needed"}, "area_limb"),
        ("area", {"area_limb": "victim_lives_here"}, "area_limb"),
        ("risk", {"risk": "x" * 10_001}, "risk"),
        ("risk", {"necessity": "x"}, "necessity"),
        ("consultation", {"consulted": "nobody_knows"}, "consulted"),
        ("duration", {"status": "granted"}, "status"),
    ],
)
def test_a_section_that_is_refused(draft, officer, section, facts, field):
    with no_trace(Refused, field=field):
        lifecycle.save_section(draft, by=officer, section=section, **facts)


def test_the_subject_is_somebody_known_or_somebody_new(draft, officer):
    known = people.person(officer)
    assert lifecycle.name_subject(draft, by=officer, person=known) == known
    assert Case.objects.get().subject == known
    facts = {"given_names": "Rhian", "family_name": "Ffugiwr", "born_on": date(1984, 5, 30)}
    new = lifecycle.name_subject(draft, by=officer, **facts)
    assert Case.objects.get().subject == new
    lifecycle.name_subject(draft, by=officer, person=new, family_name="Exampleby")
    assert Case.objects.get().subject.family_name == "Exampleby"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"family_name": ""}, "family_name"),
        ({"family_name": "Ffugiwr", "born_on": date(2999, 1, 1)}, "born_on"),
    ],
)
def test_a_subject_that_is_refused(draft, officer, facts, field):
    with no_trace(Refused, field=field):
        lifecycle.name_subject(draft, by=officer, **facts)
    assert not Person.objects.exists()


def test_nobody_is_both_subject_and_protected(draft, officer):
    party = factories.protected(draft)
    with no_trace(Refused, field="person"):
        lifecycle.name_subject(draft, by=officer, person=party.person)
    subject = people.person(officer)
    lifecycle.name_subject(draft, by=officer, person=subject)
    with no_trace(Refused, field="person"):
        lifecycle.add_protected_person(
            draft, by=officer, person=subject, role=Party.Role.VICTIM, called="Mr B"
        )


def test_another_forces_person_is_not_ours_to_name(draft, officer):
    stranger = people.person(factories.officer(accounts.other_force()))
    with no_trace(Refused, field="person"):
        lifecycle.name_subject(draft, by=officer, person=stranger)


def test_a_protected_person_needs_a_name_for_the_court_of_her_own(draft, officer):
    factories.protected(draft, called="Ms A")
    new = {"role": Party.Role.PROTECTED, "family_name": "Testwood"}
    with no_trace(Refused, field="called"):
        lifecycle.add_protected_person(draft, by=officer, called=" ", **new)
    with no_trace(Refused, field="called"):
        lifecycle.add_protected_person(draft, by=officer, called="Ms A", **new)
    second = lifecycle.add_protected_person(draft, by=officer, called="Mr B", **new)
    lifecycle.remove_protected_person(draft, by=officer, party=second)
    assert draft.case.parties.count() == 1


@pytest.mark.parametrize("called", ["Rhian Samplewell", "Ms SAMPLEWELL", "Rhían", "Sample-well"])
def test_court_papers_never_call_a_person_by_the_real_name(draft, officer, called):
    new = {"given_names": "Rhian", "family_name": "Samplewell", "role": Party.Role.PROTECTED}
    with no_trace(Refused, field="called"):
        lifecycle.add_protected_person(draft, by=officer, called=called, **new)
    assert lifecycle.add_protected_person(draft, by=officer, called="Ms R", **new).called == "Ms R"


def test_a_real_name_in_what_the_subject_reads_is_remarked_on(draft, officer):
    factories.protected(draft)
    factories.act(draft, description="He wrote to Ms A.")
    assert not [*safety.names_said(draft)]
    factories.act(draft, description="He wrote to Carys.")
    (found,) = safety.names_said(draft)
    assert found in checks.application_findings(draft, today=clock.today())
    assert (found.weight, "Carys" in found.message) == (Weight.WARN, False)


def test_a_party_of_another_case_cannot_be_taken_out(draft, officer):
    other = factories.protected(factories.draft())
    with no_trace(Refused, field="party"):
        lifecycle.remove_protected_person(draft, by=officer, party=other)


def test_acts_are_added_changed_and_removed(draft, officer):
    act = factories.act(draft, kind="following")
    lifecycle.edit_act(act, by=officer, kind="contacting", online=True)
    act.refresh_from_db()
    assert (act.kind, act.online) == ("contacting", True)
    lifecycle.remove_act(act, by=officer)
    assert not draft.acts.exists()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"from_on": clock.today() + timedelta(days=1)}, "from_on"),
        ({"until_on": clock.today() - timedelta(days=300)}, "until_on"),
        ({"kind": "shouting"}, "kind"),
        ({"description": ""}, "description"),
        ({"description": "x" * 4001}, "description"),
    ],
)
def test_an_act_that_is_refused(draft, facts, field):
    with no_trace(Refused, field=field):
        factories.act(draft, **facts)


EDITS = {
    "section": lambda a, by: lifecycle.save_section(a, by=by, section="risk", risk="Higher"),
    "subject": lambda a, by: lifecycle.name_subject(a, by=by, family_name="Otherwise"),
    "protected": lambda a, by: factories.protected(a, by=by, called="Ms Z"),
    "act": lambda a, by: factories.act(a, by=by),
    "act edited": lambda a, by: lifecycle.edit_act(a.acts.first(), by=by, exhibit="Z/9"),
    "act removed": lambda a, by: lifecycle.remove_act(a.acts.first(), by=by),
    "condition": lambda a, by: factories.condition(a, by=by),
    "condition edited": lambda a, by: lifecycle.edit_condition(
        a.conditions.first(), by=by, necessity="Otherwise"
    ),
    "condition removed": lambda a, by: lifecycle.remove_condition(a.conditions.first(), by=by),
    "taken back": lambda a, by: lifecycle.take_back(a, by=by),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=[*EDITS])
def test_every_edit_voids_the_authority_and_says_so(officer, edit):
    application = factories.authorised()
    edit(Application.objects.get(pk=application.pk), officer)
    application.refresh_from_db()
    assert application.status == S.DRAFT
    authority = application.authorities.get()
    assert authority.voided_at is not None
    assert authority.voided_by == officer.username
    assert authority.void_reason.startswith("Changed after it was given")
    assert Alert.objects.filter(kind="authority_voided").count() == 1
    waits = application.case.deadlines.filter(done_at=None)
    assert {d.kind for d in waits} == {"send_application"}


def test_an_edit_takes_back_what_was_sent(officer):
    application = factories.submitted()
    lifecycle.save_section(application, by=officer, section="risk", risk="Higher")
    assert application.status == S.DRAFT
    assert not application.case.deadlines.filter(kind="authorise", done_at=None).exists()


@pytest.mark.parametrize("edit", EDITS.values(), ids=[*EDITS])
def test_what_is_lodged_is_not_changed(officer, edit):
    application = factories.lodged()
    with pytest.raises(WrongState):
        edit(Application.objects.get(pk=application.pk), officer)
    application.refresh_from_db()
    assert application.status == S.LODGED
    assert application.authorities.get().voided_at is None


@pytest.mark.parametrize("role", [Role.AUTHORISING_OFFICER, Role.LEGAL, Role.OFFENDER_MANAGER])
def test_roles_that_may_not_draft(draft, role):
    by = accounts.user(role)
    with no_trace(Denied):
        lifecycle.save_section(draft, by=by, section="risk", risk="x")
    with no_trace(Denied):
        factories.act(draft, by=by)


def test_another_force_and_another_unit_may_not_draft(draft):
    strangers = [
        factories.officer(accounts.other_force()),
        accounts.user(username="elsewhere", unit=accounts.unit(name="Elsewhere")),
    ]
    for stranger in strangers:
        with no_trace(Denied):
            lifecycle.save_section(draft, by=stranger, section="risk", risk="x")
        with no_trace(Denied):
            factories.condition(draft, by=stranger)


def test_the_same_new_subject_named_twice_at_once_is_one_person(client):
    application = factories.draft()
    waited, officer = Application.objects.get(pk=application.pk), factories.officer()
    facts = {"given_names": "Zed", "family_name": "Racefake", "born_on": date(1980, 2, 29)}
    people = {lifecycle.name_subject(one, by=officer, **facts) for one in (application, waited)}
    assert len(people) == Person.objects.filter(family_name="Racefake").count() == 1
    other = lifecycle.name_subject(waited, by=officer, **facts | {"born_on": date(1981, 2, 28)})
    assert other not in people
    client.force_login(officer)
    new = {"given_names": "Ann", "family_name": "Elsewise", "born_on": "1970-01-01"}
    answer = api(client, "name_subject", application, new)
    assert (answer.status_code, answer.json()["case"]) == (200, str(application.case_id))
