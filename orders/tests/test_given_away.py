"""A court writes a confidential place into an order: recorded, told at once, and read by few."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from accounts.tests import factories as accounts
from alerts.models import Alert
from applications.models import Hearing
from audit import looks
from casework.errors import Refused
from casework.guessing import NOTED
from casework.masks import KEPT
from casework.models import PROTECTED_ROLES, Deadline
from orders import lifecycle
from orders.models import Order, Variation
from orders.terms import Act, Change
from orders.tests import factories
from people.tests import factories as people

pytestmark = pytest.mark.django_db
HOME = "Flat 3, 41 Zelkova Lane, Canaryford, ZZ4 1QZ"
KIND = "order_gives_away"
SECRET = replace(
    factories.KEEP_OUT,
    text="You must not go near her, at home, in 41 Zelkova Lane, at any time.",
    short="Go to Zelkova Lane",
    locality="Zelkova Lane",
)
TERMS = (factories.NO_CONTACT, SECRET)
AREA = (Change(Act.AMEND, 2, factories.KEEP_OUT),)


def protect(hearing: Hearing) -> Hearing:
    """The vault holds where she lives."""
    party = hearing.case.parties.get(role__in=PROTECTED_ROLES)
    people.confidential(party.person, factories.officer(), "home", HOME)
    return hearing


def told(order: Order) -> tuple[list[str], list[str]]:
    """What a lawyer is asked, and who is alerted."""
    clocks = Deadline.objects.filter(case=order.case, kind="legal_query", done_at=None)
    alerts = Alert.objects.filter(case=order.case, kind=KIND)
    return [c.title for c in clocks], [a.recipients for a in alerts]


def page_of(user: User, address: str, **asked: str) -> str:
    client = Client()
    client.force_login(user)
    answer = client.get(address, asked)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def test_it_is_recorded_and_those_who_can_help_are_told_at_once() -> None:
    order = factories.make(protect(factories.hearing()), terms=TERMS)
    (finding,) = [f for f in order.findings if f["provision"] == "safety rule"]
    assert (finding["weight"], finding["field"]) == ("block", "conditions.1.text")
    assert "condition 2" in finding["message"]
    clocks, (alerted,) = told(order)
    assert clocks == [
        "Plan for safety, ask the court to vary: the order’s words give a confidential place away"
    ]
    assert {"role:legal", "role:stalking_lead|role:authorising_officer"} <= {*alerted.split(",")}
    assert order.conditions.get(number=2).text == SECRET.text, "what the court made is a fact"


def test_innocent_words_alarm_nobody() -> None:
    order = factories.make(protect(factories.hearing()))
    assert told(order) == ([], [])


def test_the_words_of_a_varied_order_are_looked_at_too() -> None:
    order = factories.make(protect(factories.hearing()))
    for change in (Change(Act.AMEND, 2, SECRET), Change(Act.ADD, None, SECRET)):
        variation = factories.varied(order, changes=(change,), asked_for=AREA)
        assert [f["field"] for f in variation.findings if f["provision"] == "safety rule"]
        assert len(told(order)[0]) == 1
    assert Alert.objects.filter(kind=KIND).count() == 2, "each of them is told"


@pytest.mark.parametrize("field", ["changes", "grounds"])
def test_we_ask_the_court_for_no_words_that_give_it_away(field: str) -> None:
    order = factories.make(protect(factories.hearing()))
    said = {
        "changes": (Change(Act.AMEND, 2, SECRET),) if field == "changes" else AREA,
        "grounds": f"He waits at {HOME}" if field == "grounds" else "He waits in the next street",
    }
    officer = factories.officer()
    with looks.noting() as noted, pytest.raises(Refused) as refused:
        lifecycle.apply_to_vary(order, by=officer, asked=factories.asked(order, **said))
    assert refused.value.field == field
    assert "Zelkova" not in str(refused.value)
    assert not Variation.objects.exists()
    assert [look.verb for look in noted] == [NOTED]


def test_who_may_not_read_it_gets_no_answer_to_a_guess_and_what_he_asks_is_recorded() -> None:
    order = factories.make(protect(factories.hearing()))
    change = (Change(Act.AMEND, 2, SECRET),)
    lifecycle.apply_to_vary(
        order, by=factories.legal(order), asked=factories.asked(order, changes=change)
    )
    assert Variation.objects.get().changes


def test_only_who_may_read_the_vault_reads_that_condition() -> None:
    order = factories.make(protect(factories.hearing()), terms=TERMS)
    overview = reverse("orders:overview", kwargs={"case": order.case_id})
    card, asked = reverse("orders:card", kwargs={"pk": order.pk}), {"reason": "live_incident"}
    other = accounts.user(Role.CONTROL_ROOM, of=accounts.other_force())
    for user, address in (
        (accounts.user(Role.AUTHORISING_OFFICER), overview),
        (accounts.user(Role.CONTROL_ROOM), card),
        (other, card),
        (accounts.user(Role.CONTROL_ROOM), f"/breaches/orders/{order.pk}/report/"),
        (other, f"/breaches/orders/{order.pk}/report/"),
        (other, f"/api/order-check/{order.pk}/"),
    ):
        page = page_of(user, address, **asked)
        assert "elkova" not in page, (user.role, address)
        assert "Near her" not in page, "nor the parts beside it"
        assert "Contact Ms A" in page or "contact Ms A" in page, "the others it must know"
        assert KEPT in page
    lead = page_of(accounts.user(Role.STALKING_LEAD), overview)
    assert "in 41 Zelkova Lane" in lead
    assert "The words of condition 2 match" in lead
