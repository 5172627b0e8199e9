"""Consent opens one case to one advocate, to the end of a day, and one word from her closes it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts import policy
from accounts.models import Grant, User
from accounts.policy import Denied
from accounts.roles import Permission, Role
from accounts.tests import factories as accounts
from advocates import lifecycle
from advocates.forms import ConsentForm
from advocates.models import Consent
from advocates.tests import factories
from applications import lifecycle as applications
from applications.tests import factories as drafts
from audit.models import Entry
from casework import clock, forms
from casework.errors import Refused, WrongState
from casework.models import Case, Party
from law.periods import end_instant
from people.tests import factories as people

pytestmark = pytest.mark.django_db
VIEW = Permission.VIEW_STATUS


@pytest.fixture
def case() -> Case:
    """A draft with a protected person."""
    return drafts.complete_draft().case


def lets_in(user: User, case: Case) -> bool:
    return policy.can(user, VIEW, case)


def test_consent_opens_the_status_and_nothing_else(case: Case) -> None:
    advocate = factories.advocate()
    assert not lets_in(advocate, case)
    consent = factories.consent(case)
    assert consent.status == Consent.Status.GIVEN
    assert consent.recorded_by == factories.officer(case)
    assert lets_in(advocate, case)
    allowed = {p for p in Permission if policy.can(advocate, p, case)}
    assert allowed == {VIEW, Permission.ASK_FOR_ORDER, Permission.REPORT_INCIDENT}
    assert Entry.objects.filter(verb="record_consent", case_id=case.pk).count() == 1


def test_it_is_for_one_advocate_and_one_case(case: Case) -> None:
    factories.consent(case)
    other = factories.advocate("advocate.other", organisation=accounts.organisation("Other"))
    assert not lets_in(other, case)
    assert not lets_in(factories.advocate(), drafts.request().case)


def test_it_ends_with_its_last_day(case: Case) -> None:
    until = clock.today() + timedelta(days=3)
    factories.consent(case, until=until)
    (grant,) = Grant.objects.filter(case_id=case.pk, basis="consent")
    assert grant.valid_until == end_instant(until)


def test_a_withdrawal_closes_it_from_the_next_request(case: Case) -> None:
    consent = factories.consent(case)
    lifecycle.withdraw_consent(consent, by=factories.officer(case))
    assert not lets_in(factories.advocate(), case)
    assert consent.withdrawn_at is not None
    with pytest.raises(WrongState):
        lifecycle.withdraw_consent(consent, by=factories.officer(case))


def second_client(case: Case) -> Any:
    officer = factories.officer(case)
    person = people.person(officer, given_names="Nia", family_name="Enghraifft-Rees")
    applications.add_protected_person(
        case.applications.get(),
        by=officer,
        person=person,
        role=Party.Role.PROTECTED,
        called="Ms B",
        relationship="Sister",
    )
    return person


def test_two_clients_agree_and_the_longer_consent_counts(case: Case) -> None:
    today, advocate = clock.today(), factories.advocate()
    long = factories.consent(case, until=today + timedelta(days=60))
    factories.consent(case, until=today + timedelta(days=5), person=second_client(case))
    assert live_until(case) == end_instant(long.valid_until), "the later act does not shorten it"
    lifecycle.withdraw_consent(long, by=factories.officer(case))
    assert lets_in(advocate, case)
    assert live_until(case) == end_instant(today + timedelta(days=5)), "and hers alone is left"


def live_until(case: Case) -> Any:
    return Grant.objects.get(case_id=case.pk, basis="consent", revoked_at=None).valid_until


def test_a_consent_that_ran_out_can_be_given_again(case: Case) -> None:
    first = factories.consent(case)
    Consent.objects.filter(pk=first.pk).update(
        given_on=clock.today() - timedelta(days=9), valid_until=clock.today() - timedelta(days=1)
    )
    again = factories.consent(case)
    first.refresh_from_db()
    assert (first.status, again.status) == (Consent.Status.RUN_OUT, Consent.Status.GIVEN)
    event = Entry.objects.get(verb="run_out_consent")
    assert (event.actor, event.row_id, event.case_id) == ("clock", str(first.pk), case.pk)
    assert lets_in(factories.advocate(), case)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"given_on": 1}, "given_on"),
        ({"valid_until": -1}, "valid_until"),
        ({"person": "a stranger"}, "person"),
        ({"advocate": "an officer"}, "advocate"),
        ({"advocate": "a closed account"}, "advocate"),
    ],
)
def test_what_cannot_be(case: Case, change: dict[str, Any], field: str) -> None:
    ((name, value),) = change.items()
    if isinstance(value, int):
        value = clock.today() + timedelta(days=value)
    elif value == "a stranger":
        value = people.person(factories.officer(case))
    elif value == "an officer":
        value = factories.officer(case)
    else:
        value = factories.advocate("closed", is_active=False)
    with pytest.raises(Refused) as refused:
        factories.consent(case, **{name: value})
    assert refused.value.field == field
    assert not Consent.objects.exists()
    assert not Grant.objects.filter(basis="consent").exists()


def test_the_same_consent_twice_is_refused(case: Case) -> None:
    factories.consent(case)
    with pytest.raises(Refused, match="agreed to this already"):
        factories.consent(case)
    assert Consent.objects.count() == 1


@pytest.mark.parametrize("role", [Role.LEGAL, Role.AUDITOR, Role.OFFENDER_MANAGER])
def test_who_may_not_record_it(case: Case, role: Role) -> None:
    with pytest.raises(Denied):
        lifecycle.record_consent(
            case,
            by=accounts.user(role),
            person=factories.client_of(case),
            advocate=factories.advocate(),
            given_on=clock.today(),
            valid_until=clock.today(),
            how="",
        )
    assert not Consent.objects.exists()


# The officers' pages


def test_an_officer_records_and_withdraws_it(case: Case, client: Client) -> None:
    client.force_login(factories.officer(case))
    contact = f"/advocates/{case.pk}/"
    assert "Nobody outside the police may see this case" in client.get(contact).content.decode()
    page = f"/advocates/cases/{case.pk}/record-consent/"
    assert client.get(page).status_code == 200
    advocate = factories.advocate()
    values = {
        "person": factories.client_of(case),
        "advocate": advocate,
        "given_on": clock.today(),
        "valid_until": clock.today() + timedelta(days=30),
        "how": "In writing",
    }
    answer = client.post(page, forms.as_data(ConsentForm(case=case), values))
    assert (answer.status_code, answer.headers.get("Location")) == (302, contact)
    consent = Consent.objects.get()
    html = client.get(contact).content.decode()
    assert "In writing" in html
    assert str(advocate.organisation) in html
    client.post(f"/advocates/consents/{consent.pk}/withdraw-consent/", {"version": "1"})
    consent.refresh_from_db()
    assert consent.status == Consent.Status.WITHDRAWN
    assert "Withdrawn" in client.get(contact).content.decode()


def test_what_is_missing_is_said_at_its_field(case: Case, client: Client) -> None:
    client.force_login(factories.officer(case))
    answer = client.post(f"/advocates/cases/{case.pk}/record-consent/", {})
    assert answer.status_code == 422
    html = answer.content.decode()
    for words in ("Select who agreed", "Select an advocate", "Enter the day of the consent"):
        assert words in html
    assert not Consent.objects.exists()


def test_a_consent_that_opens_nothing_is_not_said_to_stand(case: Case, client: Client) -> None:
    factories.consent(case)
    case.parties.update(role="witness")
    client.force_login(factories.officer(case))
    html = client.get(f"/advocates/{case.pk}/").content.decode()
    assert "Withdraw<" not in html
    assert "Opens nothing: not protected in this case any more" in html
    assert "Run out" not in html


def test_a_consent_whose_last_day_has_passed_says_so(case: Case, client: Client) -> None:
    consent = factories.consent(case)
    Consent.objects.filter(pk=consent.pk).update(
        given_on=clock.today() - timedelta(days=9), valid_until=clock.today() - timedelta(days=1)
    )
    client.force_login(factories.officer(case))
    html = client.get(f"/advocates/{case.pk}/").content.decode()
    assert "Run out" in html
    assert "Withdraw<" not in html


def removed(case: Case, party: Party, by: User) -> None:
    applications.remove_protected_person(case.applications.get(), by=by, party=party)


def demoted(case: Case, party: Party, by: User) -> None:
    applications.add_protected_person(
        case.applications.get(),
        by=by,
        person=party.person,
        role=Party.Role.WITNESS,
        called=party.called,
    )


@pytest.mark.parametrize("away", [removed, demoted])
def test_who_is_protected_no_more_takes_her_consents_along(case: Case, away: Any) -> None:
    advocate, other = factories.advocate(), factories.advocate("advocate.other")
    lead = drafts.lead()
    consents = [factories.consent(case), factories.consent(case, to=other)]
    away(case, case.parties.get(), lead)
    assert not lets_in(advocate, case)
    assert not lets_in(other, case)
    grants = Grant.objects.filter(case_id=case.pk, basis="consent")
    assert {(grant.revoked_by, grant.revoked_at is None) for grant in grants} == {(lead, False)}
    for consent in consents:
        consent.refresh_from_db()
        assert consent.status == Consent.Status.WITHDRAWN
        assert consent.withdrawn_at is not None
        event = Entry.objects.get(verb="end_consent", row_id=str(consent.pk))
        assert (event.actor, event.case_id) == (lead.username, case.pk)
        written = Entry.objects.filter(kind="row", table="advocates_consent", verb="update")
        assert {row.actor for row in written} == {lead.username}


def test_another_clients_consent_stays(case: Case) -> None:
    mine = factories.consent(case)
    other = second_client(case)
    factories.consent(case, person=other)
    party = case.parties.get(person=mine.person)
    removed(case, party, factories.officer(case))
    assert lets_in(factories.advocate(), case)
    assert Consent.objects.get(status="given").person == other


def test_another_change_of_the_application_ends_no_consent(case: Case) -> None:
    factories.consent(case)
    drafts.act(case.applications.get())
    assert lets_in(factories.advocate(), case)
    assert not Entry.objects.filter(verb="end_consent").exists()


def test_a_consent_that_ran_out_is_not_said_to_be_withdrawn(case: Case) -> None:
    consent = factories.consent(case)
    with clock.at(clock.now() + timedelta(days=90)):
        removed(case, case.parties.get(), factories.officer(case))
    consent.refresh_from_db()
    assert consent.status == Consent.Status.GIVEN
