"""The pages and the API of notification, by client."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import CLOCK, User
from accounts.roles import Role
from accounts.tests import factories as accounts
from casework import forms
from casework.tests.browsing import fill
from documents.models import Document
from law.periods import LONDON
from notifications import lifecycle
from notifications.forms import AttendForm, ChangeForm, DecideFailureForm, SoaForm
from notifications.models import Attendance, Duty
from notifications.tests import factories
from orders.tests import factories as orders
from people import actions as people

pytestmark = pytest.mark.django_db
MADE = datetime(2026, 5, 4, 10, 0, tzinfo=LONDON)


@pytest.fixture(scope="module")
def initial(shared: None) -> Duty:
    return factories.duty(orders.served(MADE, kind="interim"))


@pytest.fixture
def duty(initial: Duty) -> Duty:
    return Duty.objects.get(pk=initial.pk)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def client() -> Client:
    return signed_in(factories.manager())


def attend(**facts: Any) -> Any:
    station = factories.station()
    values = {
        "attended_at": MADE + timedelta(days=1),
        "station": station.pk,
        "heard_by": "constable",
        "received_by_name": "PC 2231 Ann Ffugiwr",
        "names_given": "Siôn Mockford\nSi Example",
        "address_limb": "home",
        "address_given": "2 Mock Lane, Testham",
        "home_force": "elsewhere",
        "fingerprints": "not_asked",
        "photograph": "taken",
        "oral_statement": True,
    }
    return forms.as_data(AttendForm(), values | facts)


def test_the_list_shows_who_must_notify(client: Client, duty: Duty) -> None:
    page = client.get("/notifications/").content.decode()
    assert duty.case.reference in page
    assert "Notify name and home address" in page
    assert "late" in page
    assert duty.case.reference not in client.get("/notifications/?state=done").content.decode()
    assert duty.case.reference in client.get("/notifications/?state=late").content.decode()
    unit = accounts.unit(name="CID unit")
    assert duty.case.reference not in client.get(f"/notifications/?unit={unit.pk}").content.decode()
    assert client.get("/notifications/?state=nonsense&unit=nonsense").status_code == 200


def test_another_force_sees_nothing(duty: Duty) -> None:
    client = signed_in(factories.manager(accounts.other_force()))
    assert duty.case.reference not in client.get("/notifications/").content.decode()
    for path in (
        f"/notifications/duties/{duty.pk}/",
        f"/notifications/cases/{duty.case_id}/",
        f"/notifications/duties/{duty.pk}/attend/",
        f"/notifications/orders/{duty.order_id}/change/",
    ):
        assert client.get(path).status_code == 404, path
    assert client.post(f"/api/duties/{duty.pk}/attend/", {}, "application/json").status_code == 404


@pytest.mark.parametrize("status", ["open", "met", "late", "waiting", "not owed", "change"])
def test_a_duty_reads_well_in_each_state(client: Client, duty: Duty, status: str) -> None:
    said = {
        "open": "They have not notified the police",
        "met": "They notified the police in time",
        "late": "They notified the police late",
        "waiting": "No clock runs yet",
        "not owed": "There is nothing to notify",
        "change": "A new name",
    }[status]
    if status == "met":
        factories.attended(duty, MADE + timedelta(days=1), fingerprints="refused")
    elif status == "late":
        factories.attended(duty, MADE + timedelta(days=4), excuse="In hospital")
    elif status == "waiting":
        duty = factories.duty(orders.made(MADE, kind="interim"))
    elif status == "not owed":
        lifecycle.record_soa_duty(duty, by=factories.manager(), soa_from=date(2025, 1, 1))
    elif status == "change":
        duty = factories.changed(duty.order, date(2026, 5, 10))
    else:
        lifecycle.open_failure(duty, by=CLOCK, today=date(2026, 5, 7))
    for path in (f"/notifications/duties/{duty.pk}/", f"/notifications/cases/{duty.case_id}/"):
        response = client.get(path)
        page = response.content.decode()
        assert response.status_code == 200
        assert said in page
        assert "style=" not in page
        assert duty.case.subject.family_name not in page.split("<title>")[1].split("</title>")[0]


def test_recording_an_attendance(client: Client, duty: Duty) -> None:
    path = f"/notifications/duties/{duty.pk}/attend/"
    page = client.get(path).content.decode()
    assert "Siôn Mockford" in page, "the names that are known stand there already"
    assert "Testshire Police" in page, "and the area, with its provision"
    response = fill(client, path, attend())
    assert response.status_code == 302
    paper = Document.objects.get(about_id=duty.attendances.get().pk)
    assert response.headers["Location"] == f"/documents/{paper.pk}/", "he waits for it"
    duty.refresh_from_db()
    assert duty.status == Duty.Status.MET


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(client: Client, duty: Duty) -> None:
    path = f"/notifications/duties/{duty.pk}/attend/"
    early = fill(client, path, attend(attended_at=MADE - timedelta(minutes=5)))
    assert early.status_code == 422
    page = early.content.decode()
    assert "Error: " in page.split("<title>")[1]
    assert "must be after the order was made" in page
    assert "2 Mock Lane, Testham" in page
    empty = client.post(path, {})
    assert empty.status_code == 422
    for words in (
        "Enter the time of the attendance",
        "Select the police station",
        "Select who heard him",
        "Enter every name he uses",
        "Enter his home address, or a place where he can regularly be found",
        "Select what happened about fingerprints",
    ):
        assert words in empty.content.decode(), words
    assert not Attendance.objects.exists()


def test_never_dna(client: Client, duty: Duty) -> None:
    assert "Never DNA" in client.get(f"/notifications/duties/{duty.pk}/attend/").content.decode()
    response = client.post(f"/api/duties/{duty.pk}/attend/", {"dna": "taken"}, "application/json")
    assert response.status_code == 422
    assert "dna" in response.json()["errors"]


def test_the_api_does_the_same(client: Client, duty: Duty) -> None:
    body = {
        "attended_at": "2026-05-05T10:00:00+01:00",
        "station": str(factories.station().pk),
        "heard_by": "authorised",
        "authorised_by_name": "Insp Sampleford",
        "received_by_name": "J. Deskwell",
        "names_given": "Siôn Mockford",
        "address_limb": "found",
        "picked": "one",
        "address_given": "The bench by Testham station",
        "home_force": "elsewhere",
        "fingerprints": "not_asked",
        "photograph": "not_asked",
        "oral_statement": True,
    }
    url = f"/api/duties/{duty.pk}/attend/"
    response = client.post(url, body, "application/json", headers={"Idempotency-Key": "a"})
    assert response.status_code == 200, response.content
    assert response.json()["status"] == "met"
    assert [f["provision"] for f in response.json()["findings"]] == []
    again = client.post(url, body, "application/json", headers={"Idempotency-Key": "a"})
    assert again.json() == response.json()
    assert duty.attendances.count() == 1
    assert client.post(url, body, "application/json").status_code == 409
    assert client.get(f"/api/duties/{duty.pk}/").json()["status"] == "met"
    assert [row["id"] for row in client.get("/api/duties/").json()["results"]] == [str(duty.pk)]
    assert client.get("/api/failures/").json()["results"] == []


def test_a_change_and_the_other_duty(client: Client, duty: Duty) -> None:
    order = orders.served(datetime.now(LONDON) - timedelta(days=3))
    path = f"/notifications/orders/{order.pk}/change/"
    assert client.get(path).status_code == 200
    data = forms.as_data(
        ChangeForm(),
        {
            "kind": "address",
            "happened_on": datetime.now(LONDON).date(),
            "told": "5 Quay Road",
            "left_force": "elsewhere",
            "home_force": "elsewhere",
        },
    )
    assert client.post(path, data).status_code == 302
    change = Duty.objects.get(kind="address")
    assert change.told == "5 Quay Road"
    path = f"/notifications/duties/{duty.pk}/record-soa-duty/"
    assert client.get(path).status_code == 200
    data = forms.as_data(SoaForm(), {"soa_from": date(2025, 1, 1)})
    assert fill(client, path, data).status_code == 302
    duty.refresh_from_db()
    assert duty.status == Duty.Status.NOT_OWED


def test_deciding_a_failure(client: Client, duty: Duty) -> None:
    factories.attended(duty, MADE + timedelta(days=4), excuse="I was in hospital")
    failure = duty.failures.get()
    path = f"/notifications/failures/{failure.pk}/decide-failure/"
    page = client.get(path).content.decode()
    assert "I was in hospital" in page
    assert "ST19002" in page
    assert client.post(path, {}).status_code == 422
    data = forms.as_data(DecideFailureForm(), {"outcome": "excused", "reason": "In hospital"})
    assert fill(client, path, data).status_code == 302
    failure.refresh_from_db()
    assert failure.status == "excused"
    assert client.post(path, data).status_code == 409


@pytest.mark.parametrize("role", [Role.LEGAL, Role.AUDITOR])
def test_who_may_look_but_not_act(duty: Duty, role: Role) -> None:
    client = signed_in(accounts.user(role))
    page = client.get(f"/notifications/duties/{duty.pk}/")
    assert page.status_code == 200
    assert "Record his attendance" not in page.content.decode()
    assert client.get(f"/notifications/duties/{duty.pk}/attend/").status_code == 403


def test_the_page_of_an_attendance_that_is_recorded_already(client: Client, duty: Duty) -> None:
    factories.attended(duty, MADE + timedelta(days=1))
    response = client.get(f"/notifications/duties/{duty.pk}/attend/")
    assert response.status_code == 409
    assert "notified in time" in response.content.decode()


def test_what_he_notified_was_false(client: Client, duty: Duty) -> None:
    path = f"/notifications/duties/{duty.pk}/suspect-false/"
    assert client.get(path).status_code == 409
    factories.attended(duty, MADE + timedelta(days=1))
    assert path in client.get(f"/notifications/duties/{duty.pk}/").content.decode()
    assert client.post(path, {"suspicion": ""}).status_code == 422
    assert fill(client, path, {"suspicion": "He has never lived there."}).status_code == 302
    page = client.get(f"/notifications/duties/{duty.pk}/").content.decode()
    assert "ST19006" in page
    assert "He has never lived there." in page
    assert path not in page
    decide = f"/notifications/failures/{duty.failures.get().pk}/decide-failure/"
    assert "He has never lived there." in client.get(decide).content.decode()


def test_it_says_she_of_a_woman_and_names_the_link_after_the_act(
    client: Client, duty: Duty
) -> None:
    people.correct_person(duty.order.subject, by=orders.officer(), gender="female")
    html = client.get(f"/notifications/duties/{duty.pk}/").content.decode()
    assert "She is not under the sexual offences duty, as far as we know" in html
    assert "Record that she is under the sexual offences duty</a>" in html
