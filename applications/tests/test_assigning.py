"""Who has a case; who alone may know of a restricted one; and that nobody's case is somebody's task."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from accounts import policy
from accounts.models import Grant
from accounts.policy import Denied
from accounts.roles import Permission, Role
from accounts.tests import factories as accounts
from alerts import addressing
from alerts.models import Alert
from applications import lifecycle
from applications.tests import factories
from applications.tests.factories import DECLINE, PROCEED
from applications.tests.sending import page, send, text_of
from applications.tests.traces import no_trace
from applications.views import assigning
from audit.models import Entry
from casework import clock
from casework.errors import Refused, Stale, WrongState
from casework.models import Case, Deadline
from law.periods import end_instant

pytestmark = pytest.mark.django_db
VIEW = Permission.VIEW_CASE


@pytest.fixture
def lead():
    return factories.lead()


@pytest.fixture
def asked():
    """A case that nobody has: an advocate asked for the order."""
    return lifecycle.ask_for_order(
        by=accounts.user(Role.ADVOCATE),
        force=accounts.force(),
        subject_as_told="A former partner",
        concerns="He follows my client home.",
        **factories.CLIENT,
    ).case


@pytest.fixture
def case():
    return factories.request().case


def newcomer(username="dc.newcomer", **facts):
    """An officer of another unit, who sees no case of the first one."""
    other = accounts.unit(name="Northern unit")
    return accounts.user(username=username, unit=other, **facts)


def assign(case, lead, officer, **facts):
    given = {"unit": case.unit or accounts.unit(), "officer": officer}
    return lifecycle.assign_case(case, by=lead, **(given | facts))


def to_assign(case):
    return Deadline.objects.filter(case=case, kind="assign_case", done_at=None)


def test_a_case_that_nobody_has_is_the_leads_to_assign(asked, lead):
    waiting = to_assign(asked).get()
    assert waiting.owner_role == "stalking_lead"
    assert waiting.path == page("assign_case", asked)
    assert waiting.due_at == end_instant(clock.today() + timedelta(days=1))
    officer = factories.officer()
    assert not policy.can(officer, VIEW, asked)
    assign(asked, lead, officer)
    found = Case.objects.get(pk=asked.pk)
    assert (found.officer, found.unit) == (officer, officer.unit)
    assert policy.can(officer, Permission.DECIDE_REQUEST, found)
    assert not to_assign(asked).exists()
    assert Deadline.objects.get(kind="decide_request").owner_role == "officer"
    event = Entry.objects.get(kind="event", verb="assign_case")
    assert (event.case_id, event.actor) == (asked.pk, lead.username)
    assert event.details["officer"] == officer.username


def test_the_new_officer_is_told_and_the_old_one_has_it_no_more(case, lead):
    old, new = factories.officer(), newcomer()
    with transaction.atomic():
        old.unit = accounts.unit(name="Southern unit")
        old.save()
    assert policy.can(old, VIEW, case)
    assert not policy.can(new, VIEW, case)
    assign(case, lead, new)
    case.refresh_from_db()
    assert not policy.can(old, VIEW, case)
    assert policy.can(new, VIEW, case)
    ended = Grant.objects.get(user=old, basis=Grant.Basis.ASSIGNMENT)
    assert (ended.revoked_by, ended.revoked_at is None) == (lead, False)
    addressing.run()
    alert = Alert.objects.get(kind="case_assigned")
    assert {message.user for message in alert.messages.all()} == {new}


def test_a_lead_who_takes_the_case_is_not_told_so(case, lead):
    assign(case, lead, lead)
    assert not Alert.objects.filter(kind="case_assigned").exists()


@pytest.mark.parametrize(
    ("who", "field"),
    [
        (lambda: {"officer": accounts.user(of=accounts.other_force())}, "officer"),
        (lambda: {"officer": newcomer("dc.gone", is_active=False)}, "officer"),
        (lambda: {"officer": factories.legal()}, "officer"),
        (lambda: {"officer": factories.officer()}, "officer"),
        (lambda: {"unit": accounts.unit(accounts.other_force())}, "unit"),
    ],
    ids=["other force", "left", "role", "has it already", "other forces unit"],
)
def test_an_assignment_that_is_refused(case, lead, who, field):
    given = {"officer": newcomer()} | who()
    with no_trace(Refused, field=field):
        assign(case, lead, **given)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEGAL, Role.PROFESSIONAL_STANDARDS])
def test_who_may_not_assign(case, role):
    new, by = newcomer(), accounts.user(role)
    with no_trace(Denied):
        assign(case, by, new)


def test_another_force_may_not_assign(case):
    new, by = newcomer(), factories.lead(accounts.other_force())
    with no_trace(Denied):
        assign(case, by, new)


def test_somebody_else_assigned_it_meanwhile(case, lead):
    seen, new, third = case.version, newcomer(), newcomer("dc.third")
    assign(case, lead, new, version=seen)
    with no_trace(Stale):
        assign(case, lead, third, version=seen)


def test_who_begins_the_application_of_nobodys_case_is_its_officer(asked, lead):
    request = factories.Request.objects.get(case=asked)
    lifecycle.decide_request(request, by=lead, **PROCEED)
    lifecycle.start_draft(asked, by=lead)
    found = Case.objects.get(pk=asked.pk)
    assert (found.officer, found.unit) == (lead, lead.unit)
    assert not to_assign(asked).exists()


def test_who_begins_the_application_of_anothers_case_does_not_take_it(lead):
    case = factories.accepted().case
    lifecycle.start_draft(case, by=lead)
    assert Case.objects.get(pk=case.pk).officer == factories.officer()


def test_a_declined_request_is_nobodys_to_assign_until_it_goes_forward(asked, lead):
    request = factories.Request.objects.get(case=asked)
    lifecycle.decide_request(request, by=lead, **DECLINE)
    assert not to_assign(asked).exists()
    lifecycle.second_look(request, by=factories.lead(username="second.lead"), **PROCEED)
    assert to_assign(asked).exists()


def restrict(case, by, *named, **facts):
    given = {"reason": "The subject works here", "named": list(named)}
    return lifecycle.restrict_case(case, by=by, **(given | facts))


def test_a_restricted_case_is_open_to_those_who_are_named(case, lead):
    officer, standards = factories.officer(), accounts.user(Role.PROFESSIONAL_STANDARDS)
    others = [factories.superintendent(), factories.legal(), factories.lead(username="other.lead")]
    restrict(case, lead, officer)
    found = Case.objects.get(pk=case.pk)
    assert (found.restricted, found.restricted_reason) == (True, "The subject works here")
    assert all(policy.can(user, VIEW, found) for user in (officer, lead, standards))
    assert not any(policy.can(user, VIEW, found) for user in others)
    assert not policy.visible(others[0], Case.objects.all()).exists()
    assert Entry.objects.get(verb="restrict_case").details["named"] == [officer.username]


def test_an_officer_who_is_not_named_has_the_case_no_more(case, lead):
    old, new = factories.officer(), newcomer()
    restrict(case, lead, new)
    found = Case.objects.get(pk=case.pk)
    assert found.officer is None
    assert not policy.can(old, VIEW, found)
    assert to_assign(case).exists()
    assert Deadline.objects.get(kind="decide_request").owner_role == "stalking_lead"
    assign(found, lead, new)
    assert not to_assign(case).exists()
    restrict(found, lead, lead)
    assert not policy.can(new, VIEW, Case.objects.get(pk=case.pk)), "naming others ends it"


def test_professional_standards_close_a_case_to_the_lead(case, lead):
    standards, officer = accounts.user(Role.PROFESSIONAL_STANDARDS), factories.officer()
    restrict(case, standards, officer)
    found = Case.objects.get(pk=case.pk)
    assert policy.can(officer, VIEW, found)
    assert not policy.can(lead, VIEW, found)
    assert not Grant.objects.filter(user=standards).exists(), "they need none"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"reason": "x" * 201}, "restricted_reason"),
        ({"named": []}, "named"),
    ],
)
def test_a_restriction_that_is_refused(case, lead, facts, field):
    officer = factories.officer()
    with no_trace(Refused, field=field):
        restrict(case, lead, officer, **facts)


@pytest.mark.parametrize(
    ("role", "force"),
    [(Role.OFFICER, accounts.other_force), (Role.CONTROL_ROOM, accounts.force)],
)
def test_who_cannot_be_named(case, lead, role, force):
    stranger = accounts.user(role, of=force())
    with no_trace(Refused, field="named"):
        restrict(case, lead, stranger)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEGAL, Role.AUDITOR])
def test_who_may_not_restrict(case, role):
    by, officer = accounts.user(role), factories.officer()
    with no_trace(Denied):
        restrict(case, by, officer)


def test_lifting_opens_it_again_and_ends_what_being_named_gave(case, lead):
    legal, named = factories.legal(), newcomer()
    restrict(case, lead, factories.officer(), named)
    with no_trace(Refused, field="reason"):
        lifecycle.lift_restriction(case, by=lead, reason=" ")
    with no_trace(Denied):
        lifecycle.lift_restriction(case, by=factories.officer(), reason="It was a mistake")
    lifecycle.lift_restriction(case, by=lead, reason="It was another person")
    found = Case.objects.get(pk=case.pk)
    assert (found.restricted, found.restricted_reason) == (False, "")
    assert policy.can(legal, VIEW, found)
    assert not policy.can(named, VIEW, found)
    assert not Grant.objects.filter(basis=Grant.Basis.NAMED, revoked_at=None).exists()
    with no_trace(WrongState):
        lifecycle.lift_restriction(case, by=lead, reason="Again")


def test_the_pages_say_who_has_the_case_and_close_it(client, case, lead):
    new = newcomer()
    client.force_login(lead)
    form = assigning.AssignCase.form_class(case=case)
    assert "Northern unit" in text_of(client.get(page("assign_case", case)))
    answer = send(client, page("assign_case", case), form, {"unit": new.unit_id, "officer": new.pk})
    assert answer.status_code == 302
    assert answer["Location"] == reverse("desk:overview", kwargs={"case": case.pk})
    assert Case.objects.get(pk=case.pk).officer == new
    shown = text_of(client.get(page("restrict_case", case)))
    assert f'value="{new.pk}" checked' in shown
    form = assigning.RestrictCase.form_class(case=case)
    answer = send(client, page("restrict_case", case), form, {"reason": "Known here", "named": []})
    assert answer.status_code == 422
    given = {"reason": "Known here", "named": [new.pk]}
    assert send(client, page("restrict_case", case), form, given).status_code == 302
    client.force_login(factories.legal())
    assert client.get(page("restrict_case", case)).status_code == 404
    client.force_login(lead)
    answer = send(
        client, page("lift_restriction", case), assigning.forms.LiftForm(), {"reason": "x"}
    )
    assert answer.status_code == 302
    assert client.get(page("lift_restriction", case)).status_code == 409


def test_a_program_assigns_a_case(client, case, lead):
    new = newcomer()
    client.force_login(lead)
    url = reverse("api:applications-assign_case", kwargs={"pk": case.pk})
    body = {"unit": str(new.unit_id), "officer": str(new.pk)}
    answer = client.post(url, body, "application/json")
    assert answer.status_code == 200, answer.content
    assert Case.objects.get(pk=case.pk).officer == new
