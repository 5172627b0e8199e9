"""The order check and addresses: it finds a subject by his, and never gives hers away."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from accounts.tests import factories as accounts
from applications.tests import factories as applications
from casework import clock
from casework.models import Party
from orders.models import Order
from orders.tests import factories
from people import actions as people
from people.models import Confidential, Person
from people.tests import factories as persons

pytestmark = pytest.mark.django_db
HIS, HERS = "TS1 4ZZ", "ZZ9 9ZY"
CANARY = "Canary Hollow"
REASON = {"reason": "live_incident"}


@pytest.fixture(scope="module")
def served(shared: None) -> Order:
    """He has an address; hers is in the vault, as all of hers is."""
    order = factories.served(clock.now() - timedelta(days=2), kind="interim")
    by = factories.officer()
    people.add_address(order.subject, by=by, lines="3 Canary Rise, Testham", postcode=HIS)
    for kind, text in (
        (Confidential.Kind.HOME, f"14 {CANARY}, Testham, {HERS}"),
        (Confidential.Kind.PHONE, "07700 900777"),
        (Confidential.Kind.VEHICLE, "ZY09 CAN"),
    ):
        persons.confidential(protected(order), by, kind, text)
    return order


@pytest.fixture
def order(served: Order) -> Order:
    return Order.objects.get(pk=served.pk)


def protected(order: Order) -> Person:
    return Party.objects.get(case=order.case, role__in=("protected", "both")).person


def answers(client: Client, user: User, text: str) -> list[str]:
    """What the page and the interface say to this search."""
    client.force_login(user)
    page = client.post(reverse("orders:check"), {"text": text, **REASON})
    told = client.post("/api/order-check/", {"text": text, **REASON}, "application/json")
    assert (page.status_code, told.status_code) == (200, 200)
    return [page.content.decode().partition('role="status"')[2], str(told.json())]


def askers() -> list[User]:
    return [
        factories.officer(),
        accounts.user(Role.CONTROL_ROOM),
        factories.other_force_officer(),
    ]


def test_he_is_found_by_his_address_and_no_address_is_printed(client: Client, order: Order) -> None:
    name = order.subject.family_name
    for user in askers():
        for text in (HIS, "ts14zz", name, "3 canary rise", f"3 canary rise, testham, {HIS}"):
            for said in answers(client, user, text):
                assert name in said, (user, text)
                for canary in ("Canary Rise", CANARY, HERS, "900777", "ZY09"):
                    assert canary not in said, (user, text)


@pytest.mark.usefixtures("order")
@pytest.mark.parametrize(
    "text",
    [
        *(HERS, "zz99zy", f"14 {CANARY}", "07700 900777", "ZY09 CAN"),
        *(CANARY, f"14 {CANARY}, Testham, {HERS}", f"14 {CANARY} {HERS}", "Canary Hollow Road"),
        *(f"14 {CANARY} 1 January 1950", f"{HERS} 07700 900777", "Carys Ffugiwr 07700 900777"),
    ],
)
def test_she_is_found_by_nothing(client: Client, text: str) -> None:
    for user in askers():
        page, told = answers(client, user, text)
        assert "Nobody with an order matches this exactly" in page
        assert "'cards': [], 'others': [], 'alike': []" in told


def test_an_empty_answer_says_what_was_looked_in_and_what_to_try(client: Client) -> None:
    client.force_login(accounts.user(Role.CONTROL_ROOM))
    page = client.post(reverse("orders:check"), {"text": "9 Nowhere Street", **REASON})
    said = " ".join(page.content.decode().split())
    assert "Nobody with an order matches this exactly" in said
    assert "Looked in: names, nicknames and other names, birth dates, phones" in said
    assert "addresses that the subject gave or was known at" in said
    assert "Try one thing alone" in said


def test_an_address_row_of_hers_is_not_searched_either(client: Client, order: Order) -> None:
    """It should be in the vault. Where an import or a mistake left it elsewhere, it tells nothing."""
    people.add_address(
        protected(order), by=factories.officer(), lines=f"14 {CANARY}", postcode=HERS
    )
    for user in askers():
        for text in (HERS, f"14 {CANARY}", CANARY, f"14 {CANARY}, {HERS}"):
            page, told = answers(client, user, text)
            assert "Nobody with an order matches this exactly" in page
            assert "'alike': []" in told


def test_whoever_is_protected_in_one_case_is_not_found_at_home_as_the_subject_of_another(
    client: Client, order: Order
) -> None:
    elsewhere = applications.request(by=factories.officer()).case
    with transaction.atomic():
        Party.objects.create(case=elsewhere, person=order.subject, role=Party.Role.PROTECTED)
    for user in askers():
        for text in (HIS, "3 Canary Rise", f"3 Canary Rise, Testham, {HIS}", "Canary", "Testham"):
            page, told = answers(client, user, text)
            assert "Nobody with an order matches this exactly" in page
            assert order.subject.family_name not in told
        by_name, _ = answers(client, user, order.subject.family_name)
        assert order.case.reference in by_name
        assert "Canary" not in by_name
