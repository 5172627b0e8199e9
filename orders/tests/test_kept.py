"""Who may not read the vault records an order without reading, and without losing, what it hides."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.roles import Role
from accounts.tests import factories as accounts
from applications.models import Hearing
from casework import clock, forms
from casework.masks import KEPT, TOUCHED
from casework.models import PROTECTED_ROLES
from orders.forms import MakeForm
from orders.models import Order
from orders.tests import factories
from people.tests import factories as people

pytestmark = pytest.mark.django_db
HOME = "Flat 3, 41 Zelkova Lane, Canaryford, ZZ4 1QZ"
WORDS = "You must not enter Zelkova Lane."


@pytest.fixture
def hearing() -> Hearing:
    """Applied for before anybody knew that it is her address."""
    hearing = factories.hearing()
    application = hearing.application
    assert application
    condition = application.conditions.get()
    type(condition).objects.filter(pk=condition.pk).update(text=WORDS)
    party = hearing.case.parties.get(role__in=PROTECTED_ROLES)
    people.confidential(party.person, factories.officer(), "home", HOME)
    return hearing


@pytest.fixture
def client(hearing: Hearing) -> Client:
    client = Client()
    client.force_login(accounts.user(Role.LEGAL, of=hearing.case.force))
    return client


def sent(client: Client, hearing: Hearing, text: str = "") -> dict[str, str]:
    """The form as the page gave it, answered; `text` in the place of the condition's words."""
    page = client.get(f"/orders/hearings/{hearing.pk}/make/").content.decode()
    assert "elkova" not in page
    boxes = re.findall(r'<textarea[^>]* name="([^"]*)"[^>]*>([^<]*)</textarea>', page)
    boxes += re.findall(r'<input type="hidden" name="(conditions[^"]*)" value="([^"]*)"', page)
    held = {name: unescape(value) for name, value in boxes if name.startswith("conditions_0")}
    assert held["conditions_0_text"] == KEPT
    facts = {"kind": "interim", "made_at": clock.now(), "last_day": clock.today() + timedelta(27)}
    answers = forms.as_data(MakeForm(), facts | {"period": "fixed"}).dict()
    answers |= {"court": str(hearing.court_id), "conditions_0_kind": "prohibition"}
    more = {"conditions_0_act": "keep", "conditions_0_short": "Keep away"}
    return {name: str(value) for name, value in (answers | held | more).items()} | (
        {"conditions_0_text": text} if text else {}
    )


def test_what_was_left_as_it_stood_is_what_it_was(client: Client, hearing: Hearing) -> None:
    answer = client.post(f"/orders/hearings/{hearing.pk}/make/", sent(client, hearing))
    assert answer.status_code == 302, answer.content.decode()
    assert Order.objects.get().conditions.get().text == WORDS


def test_words_around_the_mask_are_refused(client: Client, hearing: Hearing) -> None:
    data = sent(client, hearing, f"{KEPT}, and go away.")
    answer = client.post(f"/orders/hearings/{hearing.pk}/make/", data)
    assert answer.status_code == 422
    assert TOUCHED in answer.content.decode()
    assert "and go away." in answer.content.decode()


def test_own_words_in_their_place_are_kept(client: Client, hearing: Hearing) -> None:
    data = sent(client, hearing, "You must not enter Area A.")
    assert client.post(f"/orders/hearings/{hearing.pk}/make/", data).status_code == 302
    assert Order.objects.get().conditions.get().text == "You must not enter Area A."


def by_program(
    client: Client, hearing: Hearing, *, named: bool = True, **facts: str
) -> HttpResponse:
    """The same order through the interface, with the row of the condition that was applied for."""
    application = hearing.application
    assert application
    row = {"kind": "prohibition", "text": KEPT, "short": "Keep away", "act": "keep"} | facts
    if named:
        row["proposed"] = str(application.conditions.get().pk)
    body = {"kind": "full", "made_at": clock.now().isoformat(), "period": "further_order"}
    body |= {"court": str(hearing.court_id)}
    url = f"/api/hearings/{hearing.pk}/make/"
    rows = {"conditions": [row]}
    return client.post(url, body | rows, content_type="application/json")


def test_a_program_does_not_overwrite_it_with_the_mask(client: Client, hearing: Hearing) -> None:
    for touched in (
        by_program(client, hearing, text=f"{KEPT}, and go away."),
        by_program(client, hearing, named=False),  # whose words stood there is not said
    ):
        assert touched.status_code == 422
        assert TOUCHED in touched.content.decode()
    made = by_program(client, hearing)
    assert made.status_code == 201, made.content
    assert Order.objects.get().conditions.get().text == WORDS
