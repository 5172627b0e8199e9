"""The administrator's pages: accounts, stations and courts, each act by form, policy and audit."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts import actions, policy
from accounts.models import Force, User
from accounts.roles import Role
from accounts.tests import factories as accounts
from alerts import addressing, wording
from alerts.models import Alert
from applications import actions as courts
from applications.models import Court
from audit.models import Entry
from casework import forms
from casework.errors import Refused
from desk.forms import AccountForm, AddAccountForm
from notifications.models import Station

pytestmark = pytest.mark.django_db
LISTS = ("desk:accounts", "desk:places")
NEW = {"username": "p.mockley", "name": "Priya Mockley", "role": "officer", "title": "PC"}


@pytest.fixture
def admin(client: Client) -> User:
    user = accounts.user(Role.FORCE_ADMINISTRATOR)
    client.force_login(user)
    return user


def text(client: Client, name: str, **kwargs: Any) -> str:
    answer = client.get(reverse(name, kwargs=kwargs))
    assert answer.status_code == 200
    return answer.content.decode()


def send(client: Client, name: str, data: dict[str, Any] | None = None, **kwargs: Any) -> Any:
    return client.post(reverse(name, kwargs=kwargs), data or {})


@pytest.mark.usefixtures("admin")
def test_the_first_page_is_the_accounts_and_leads_to_the_work(client: Client) -> None:
    assert client.get("/")["Location"] == reverse("desk:accounts")
    html = text(client, "desk:accounts")
    for words in ("Add an account", "Courts and stations", "Force Administrator Ffugiwr"):
        assert words in html
    assert "<title>Accounts" in html


@pytest.mark.parametrize(
    "role", sorted(set(Role) - {Role.CLOCK, Role.FORCE_ADMINISTRATOR, Role.ADVOCATE})
)
def test_nobody_else_has_these_pages(client: Client, role: Role) -> None:
    client.force_login(accounts.user(role))
    user, court = accounts.user(username="x1"), Court.objects.create(name="Testham Court")
    for name in (*LISTS, "desk:add_account", "desk:add_station", "desk:add_court"):
        assert client.get(reverse(name)).status_code == 403, name
    for name, pk in (("close_account", user.pk), ("invite", user.pk), ("close_court", court.pk)):
        assert client.get(reverse(f"desk:{name}", args=[pk])).status_code == 403
        assert send(client, f"desk:{name}", pk=pk).status_code == 403
    user.refresh_from_db()
    court.refresh_from_db()
    assert user.is_active
    assert not court.closings.exists()


def test_an_account_is_added_changed_and_closed(client: Client, admin: User) -> None:
    unit = accounts.unit()
    data = forms.as_data(AddAccountForm(units=type(unit).objects.all()), NEW | {"unit": unit})
    assert send(client, "desk:add_account", data)["Location"] == reverse("desk:accounts")
    user = User.objects.get(username="p.mockley")
    assert (user.unit, user.force) == (unit, admin.force)
    assert 'value="Priya Mockley"' in text(client, "desk:edit_account", pk=user.pk)
    changed = forms.as_data(AccountForm(), {"name": "Priya Mockley-Test", "role": "control_room"})
    assert send(client, "desk:edit_account", changed, pk=user.pk).status_code == 302
    assert send(client, "desk:close_account", pk=user.pk).status_code == 302
    user.refresh_from_db()
    assert (user.name, user.role, user.is_active) == ("Priya Mockley-Test", "control_room", False)
    assert "Closed" in text(client, "desk:accounts")
    assert send(client, "desk:reopen_account", pk=user.pk).status_code == 302
    verbs = Entry.objects.filter(kind="event", row_id=str(user.pk)).values_list("verb", flat=True)
    assert {"add_account", "edit_account", "close_account", "reopen_account"} <= set(verbs)


@pytest.mark.usefixtures("admin")
def test_a_refusal_stands_at_its_field_with_what_was_typed(client: Client) -> None:
    answer = send(client, "desk:add_account", NEW | {"role": "authorising_officer"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "superintendent or above" in html
    assert 'value="Priya Mockley"' in html
    accounts.user(username="p.mockley")
    assert "This user name is taken" in send(client, "desk:add_account", NEW).content.decode()


def test_nobody_closes_her_own_account(client: Client, admin: User) -> None:
    answer = send(client, "desk:close_account", pk=admin.pk)
    assert answer.status_code == 422
    assert "your own account" in answer.content.decode()


@pytest.mark.usefixtures("admin")
def test_another_forces_account_does_not_exist(client: Client) -> None:
    theirs = accounts.user(of=accounts.other_force())
    assert str(theirs.name) not in text(client, "desk:accounts").replace("Officer Ffugiwr<", "")
    for name in ("edit_account", "close_account", "reopen_account", "invite", "invitation"):
        address = reverse(f"desk:{name}", args=[theirs.pk])
        assert client.get(address).status_code == 404
        if name != "invitation":
            assert client.post(address).status_code == 404
    assert Entry.objects.filter(kind="look", verb="refused", row_id=str(theirs.pk)).exists()


@pytest.mark.usefixtures("admin")
@pytest.mark.parametrize("role", [Role.OFFICER, Role.ADVOCATE])
def test_a_link_is_made_shown_once_and_noted(client: Client, role: Role) -> None:
    user = accounts.user(role)
    page = reverse("desk:invitation", args=[user.pk])
    assert client.get(page).status_code == 302, "nothing is shown that was not asked for"
    answer = send(client, "desk:invite", pk=user.pk)
    assert answer["Location"] == page
    html = client.get(page).content.decode()
    link = re.search(r"http://[^\s<]+/accounts/choose/\S+/", html)
    assert link
    assert ("advocates.localhost" in link[0]) == (role is Role.ADVOCATE)
    assert client.get(page).status_code == 302
    assert Entry.objects.filter(verb="invite", row_id=str(user.pk)).count() == 1
    assert "choose/" not in str(list(Entry.objects.values_list("details", flat=True)))


def test_a_unit_is_added_to_the_own_force_once(client: Client, admin: User) -> None:
    theirs = accounts.unit(accounts.other_force(), "Night unit")
    assert send(client, "desk:add_unit", {"name": "Night unit"}).status_code == 302
    again = send(client, "desk:add_unit", {"name": "NIGHT unit"})
    assert again.status_code == 422
    assert send(client, "desk:add_unit", {"name": "x" * 101}).status_code == 422
    made = type(theirs).objects.get(name="Night unit", force=admin.force)
    assert "Night unit" in text(client, "desk:accounts")
    assert Entry.objects.filter(verb="add_unit", row_id=str(made.pk)).count() == 1
    client.force_login(accounts.user(Role.STALKING_LEAD))
    assert send(client, "desk:add_unit", {"name": "Another"}).status_code == 403


NIGHT = {"name": "Night unit", "phone": "01632 960 007", "hours": "day and night"}


def test_a_unit_says_how_it_is_reached(client: Client, admin: User) -> None:
    unit = accounts.unit(admin.force, "Stalking unit")
    assert "No number is entered" in text(client, "desk:accounts")
    assert send(client, "desk:edit_unit", NIGHT, pk=unit.pk).status_code == 302
    unit.refresh_from_db()
    assert (unit.name, unit.phone, unit.hours) == tuple(NIGHT.values())
    assert "01632 960 007, day and night" in text(client, "desk:accounts")
    assert Entry.objects.filter(verb="edit_unit", row_id=str(unit.pk)).count() == 1
    accounts.unit(admin.force, "Day unit")
    for wrong, said in (
        ({"name": "DAY unit"}, "has a unit of this name"),
        ({"phone": "ask the desk"}, "Enter the number in digits"),
        ({"phone": ""}, "Enter the unit’s number"),
        ({"hours": ""}, "Enter when the number is answered"),
    ):
        answer = send(client, "desk:edit_unit", NIGHT | wrong, pk=unit.pk)
        assert answer.status_code == 422
        assert said in answer.content.decode()


def test_another_forces_unit_is_not_there_to_change(client: Client, admin: User) -> None:
    theirs = accounts.unit(accounts.other_force(), "Night unit")
    assert send(client, "desk:edit_unit", NIGHT, pk=theirs.pk).status_code == 404
    with pytest.raises(policy.Denied):
        actions.edit_unit(theirs, by=admin, **NIGHT)
    client.force_login(accounts.user(Role.STALKING_LEAD))
    own = accounts.unit(admin.force, "Own unit")
    assert send(client, "desk:edit_unit", NIGHT, pk=own.pk).status_code == 403


def test_stations_are_the_forces_own(client: Client, admin: User) -> None:
    theirs = Station.objects.create(force=accounts.other_force(), name="Sampleford station")
    assert send(client, "desk:add_station", {"name": "Testham station"}).status_code == 302
    station = Station.objects.get(name="Testham station")
    assert station.force == admin.force
    again = send(client, "desk:add_station", {"name": "testham STATION"})
    assert (again.status_code, Station.objects.count()) == (422, 2)
    html = text(client, "desk:places")
    assert "Testham station" in html
    assert "Sampleford station" not in html
    assert send(client, "desk:rename_station", {"name": "New Testham"}, pk=station.pk)
    assert send(client, "desk:rename_station", {"name": "X"}, pk=theirs.pk).status_code == 404
    station.refresh_from_db()
    assert station.name == "New Testham"
    verbs = Entry.objects.filter(kind="event", row_id=str(station.pk))
    assert sorted(entry.verb for entry in verbs) == ["add_station", "rename_station"]


@pytest.mark.usefixtures("admin")
def test_a_court_is_added_taken_out_of_use_and_put_back(client: Client) -> None:
    facts = {"name": "Testham Court", "kind": "youth"}
    assert send(client, "desk:add_court", facts).status_code == 302
    again = send(client, "desk:add_court", facts | {"name": "Testham  court"})
    assert again.status_code == 422
    court = Court.objects.get(name="Testham Court")
    assert court.kind == Court.Kind.YOUTH
    for name, used in (("close_court", False), ("reopen_court", True)):
        assert "<strong>Testham Court</strong>" in text(client, f"desk:{name}", pk=court.pk)
        assert send(client, f"desk:{name}", pk=court.pk).status_code == 302
        assert court.closings.exists() is not used
    verbs = Entry.objects.filter(kind="event", row_id=str(court.pk)).order_by("id")
    assert [entry.verb for entry in verbs] == ["add_court", "close_court", "reopen_court"]


def test_where_a_court_lies_is_said_once_and_changed_by_the_force_that_was_named(
    client: Client, admin: User
) -> None:
    court, theirs = courts.add_court(by=admin, name="Mockford Court"), accounts.other_force()
    rail = Force.objects.get(code="BTP")
    assert "Say its police area" in text(client, "desk:places")
    for wrong in ({}, {"area": rail.pk}):
        assert send(client, "desk:say_area", wrong, pk=court.pk).status_code == 422
    page = text(client, "desk:say_area", pk=court.pk)
    assert court.name in page
    assert "Save the police area" in page
    for area in (admin.force_id, theirs.pk):
        assert send(client, "desk:say_area", {"area": area}, pk=court.pk).status_code == 302
    court.refresh_from_db()
    assert court.area == theirs
    again = send(client, "desk:say_area", {"area": admin.force_id}, pk=court.pk)
    assert again.status_code == 422
    assert "Ask that force" in again.content.decode()
    with pytest.raises(Refused, match="no police area"):
        courts.add_court(by=admin, name="Halt Court", area=rail)


@pytest.mark.usefixtures("admin")
def test_the_interface_does_the_same(client: Client) -> None:
    made = client.post("/api/stations/add-station/", {"name": "By program"}, "application/json")
    assert made.status_code == 201
    assert made.json() == {"id": str(Station.objects.get().pk)}
    user = accounts.user()
    address = f"/api/users/{user.pk}/close-account/"
    assert client.post(address, {"version": 1}, "application/json").status_code == 409
    assert client.post(address, {}, "application/json").status_code == 201
    user.refresh_from_db()
    assert not user.is_active


def test_a_powerful_role_waits_on_the_page_of_a_second_person(client: Client, admin: User) -> None:
    second = accounts.user(Role.DATA_PROTECTION_OFFICER)
    user = accounts.user(username="to.be.lead")
    data = forms.as_data(AccountForm(), {"name": user.name, "role": "stalking_lead"})
    page = send(client, "desk:edit_account", data, pk=user.pk)["Location"]
    change = user.changes.get()
    assert page == reverse("desk:change", args=[change.pk])
    html = client.get(page).content.decode()
    assert "This waits for a second person" in html
    assert str(second) in html
    assert "Confirm it" not in html
    assert send(client, "desk:confirm_change", pk=change.pk).status_code == 403
    assert str(user) in text(client, "desk:accounts").split("All accounts")[0]
    client.force_login(second)
    assert str(user) in text(client, "desk:changes")
    assert "Confirm it" in text(client, "desk:change", pk=change.pk)
    assert "<title>Confirm what was asked" in text(client, "desk:confirm_change", pk=change.pk)
    assert send(client, "desk:confirm_change", pk=change.pk)["Location"] == page
    user.refresh_from_db()
    assert user.role == "stalking_lead"
    assert send(client, "desk:refuse_change", pk=change.pk).status_code == 422


def test_another_address_shows_both_to_the_second_person(client: Client, admin: User) -> None:
    second = accounts.user(Role.DATA_PROTECTION_OFFICER)
    user = accounts.user(username="moves", email="own@police.invalid")
    assert "Somebody has used" not in text(client, "desk:edit_account", pk=user.pk)
    actions.record_sign_in(user)
    assert "Somebody has used" in text(client, "desk:edit_account", pk=user.pk)
    assert "Somebody has used" not in text(client, "desk:edit_account", pk=admin.pk)
    wanted = {"name": user.name, "role": "officer", "email": "other@police.invalid"}
    page = send(client, "desk:edit_account", forms.as_data(AccountForm(), wanted), pk=user.pk)
    assert page["Location"] == reverse("desk:change", args=[user.changes.get().pk])
    client.force_login(second)
    html = client.get(page["Location"]).content.decode()
    assert "other@police.invalid, instead of own@police.invalid" in html
    assert send(client, "desk:confirm_change", pk=user.changes.get().pk).status_code == 302
    user.refresh_from_db()
    assert user.email == "other@police.invalid"


@pytest.mark.usefixtures("admin")
def test_the_page_says_where_nobody_can_confirm(client: Client) -> None:
    user = accounts.user(Role.STALKING_LEAD)
    page = send(client, "desk:invite", pk=user.pk)["Location"]
    assert "Nobody in your force can" in client.get(page).content.decode()
    invitation = reverse("desk:invitation", args=[user.pk])
    assert client.get(invitation).status_code == 302, "no link is shown"
    assert send(client, "desk:withdraw_change", pk=user.changes.get().pk).status_code == 302


@pytest.mark.usefixtures("admin")
def test_a_change_is_shown_to_those_whom_it_concerns(client: Client) -> None:
    user = accounts.user()
    data = forms.as_data(AccountForm(), {"name": user.name, "role": "auditor"})
    page = send(client, "desk:edit_account", data, pk=user.pk)["Location"]
    theirs = accounts.user(Role.FORCE_ADMINISTRATOR, of=accounts.other_force())
    for other in (accounts.user(username="somebody.else"), theirs):
        client.force_login(other)
        assert client.get(page).status_code == 404
    client.force_login(user)
    assert client.get(page).status_code == 200
    assert client.get(reverse("desk:changes")).status_code == 403


def told(change: Any, status: str) -> dict[str, set[str]]:
    """Who reads which first line."""
    addressing.run()
    said = {}
    for alert in Alert.objects.filter(thread__endswith=f"account_change:{change.pk}:{status}"):
        assert (alert.case, alert.nobody) == (None, False)
        assert wording.address(alert).endswith(f"/administration/changes/{change.pk}/")
        said[wording.subject(alert)] = {str(message.user) for message in alert.messages.all()}
    return said


def test_those_concerned_are_told_each_in_their_own_words(client: Client, admin: User) -> None:
    second = accounts.user(Role.PROFESSIONAL_STANDARDS)
    accounts.user()
    send(client, "desk:invite", pk=(lead := accounts.user(Role.STALKING_LEAD)).pk)
    change = lead.changes.get()
    assert told(change, "waiting") == {
        wording.ACCOUNT: {str(second)},
        wording.OWN_ACCOUNT: {str(lead)},
    }
    client.force_login(second)
    send(client, "desk:refuse_change", pk=change.pk)
    assert told(change, "refused") == {
        wording.ACCOUNT: {str(admin)},
        wording.OWN_ACCOUNT: {str(lead)},
    }
    hers, *_ = Alert.objects.filter(kind="own_account_change")
    assert "If you did not expect this, tell" in wording.body("x", hers)
    other, *_ = Alert.objects.filter(kind="account_change")
    assert "did not expect" not in wording.body("x", other)


def test_what_waits_for_a_second_person_is_counted(client: Client, admin: User) -> None:
    officer = accounts.user(Role.DATA_PROTECTION_OFFICER)
    send(client, "desk:invite", pk=accounts.user(Role.STALKING_LEAD).pk)
    assert 'class="app-count' not in client.get(reverse("desk:accounts")).content.decode()
    client.force_login(officer)
    html = client.get("/").content.decode()
    assert "1 change of accounts</strong> waits for you" in html
    assert '1<span class="govuk-visually-hidden"> to answer</span>' in html
