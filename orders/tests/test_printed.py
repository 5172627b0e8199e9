"""The order as at a moment, and its paper, for whoever of the own force has the card."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client

from accounts.roles import Role
from accounts.tests import factories as accounts
from applications import earlier
from audit.models import Entry
from casework import clock, forms
from casework.actions import add_party
from casework.models import Case, Party
from documents import making
from documents.layout import lay_out, moment, weekday
from documents.models import Document
from orders.documents import OrderForSubject
from orders.forms import AsAtForm
from orders.models import Order
from orders.terms import Act, Change
from orders.tests import factories
from orders.tests.test_correcting import correct
from people.tests import factories as people

pytestmark = pytest.mark.django_db
WHY = "reason=live_incident"


@pytest.fixture
def order() -> Order:
    order = factories.served(clock.now() - timedelta(days=2), kind="interim")
    factories.varied(order, clock.now() - timedelta(days=1), changes=(Change(Act.REMOVE, 3),))
    return order


def pages(order: Order) -> tuple[str, str, str]:
    return (
        f"/order-check/{order.pk}/",
        f"/order-check/{order.pk}/as-at/",
        f"/order-check/{order.pk}/pdf/",
    )


def when(days: int) -> str:
    moment = clock.now() - timedelta(days=days)
    given = forms.as_data(AsAtForm(), {"moment": moment})
    return urlencode(dict(given.items()))


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_card_leads_to_the_order_as_it_was_when_somebody_looked(
    client: Client, order: Order
) -> None:
    client.force_login(accounts.user(Role.CONTROL_ROOM))
    card, as_at, _ = pages(order)
    link = text(client, f"{card}?{WHY}").partition(f'href="{as_at}?')[2].partition('"')[0]
    now = text(client, f"{as_at}?{link.replace('&amp;', '&')}")
    assert factories.NO_CONTACT.text in now
    assert factories.ASSESSMENT.text not in now


def test_another_moment_has_the_words_of_that_moment(client: Client, order: Order) -> None:
    client.force_login(accounts.user(Role.CONTROL_ROOM))
    _, as_at, _ = pages(order)
    moment = order.made_at + timedelta(hours=2)
    given = urlencode(dict(forms.as_data(AsAtForm(), {"moment": moment}).items()))
    assert factories.ASSESSMENT.text in text(client, f"{as_at}?{WHY}&{given}")
    assert "was not made yet" in text(client, f"{as_at}?{WHY}&{when(9)}")
    assert client.get(f"{as_at}?{WHY}&moment_day=31&moment_month=2").status_code == 422


def test_the_paper_says_what_a_court_changed_later_and_from_when(order: Order) -> None:
    """The words of a later day are none that the court made with the order."""
    Order.objects.filter(pk=order.pk).update(subject_present=True)
    again = Order.objects.get(pk=order.pk)
    as_made = lay_out(replace(OrderForSubject.of(again), changes=()))
    assert "As varied" not in as_made
    paper = OrderForSubject.of(again)
    (removed,) = paper.changes
    assert (removed.renewed, removed.removed) == (False, (3,))
    assert all(one.varied_at is None for one in paper.conditions), "those left stand as made"
    now = clock.now()
    text = replace(factories.NO_CONTACT, text="You must not write to Ms A.")
    two = (Change(Act.AMEND, 1, text), Change(Act.ADD, None, factories.ASSESSMENT))
    factories.varied(order, now - timedelta(hours=5), changes=two)
    factories.varied(
        order, now - timedelta(hours=2), renewed_until=clock.today() + timedelta(days=60)
    )
    paper = OrderForSubject.of(Order.objects.get(pk=order.pk))
    by_number = {one.number: one for one in paper.conditions}
    assert by_number[1].varied_at == now - timedelta(hours=5)
    assert by_number[2].varied_at is None
    assert [(one.number, one.added) for one in paper.conditions][-1] == (4, True)
    html = lay_out(paper).replace("\u00a0", " ")
    court, at = paper.court, moment(now - timedelta(hours=5))
    assert f"As varied by {court} on {at}; these words bind from then." in html
    assert f"Added by {court} on {at}; it binds from then." in html
    assert "Condition 3 no longer binds you from then" in html
    until = weekday(clock.today() + timedelta(days=60))
    assert (
        f"As renewed by {court} on {moment(now - timedelta(hours=2))}, to the end of {until}"
        in html
    )
    assert "When it was made, you were" in html


def test_the_paper_says_what_was_corrected() -> None:
    text = replace(factories.NO_CONTACT, text="You must not telephone Ms A.")
    fresh = factories.served(clock.now() - timedelta(days=2), kind="interim")
    correct(fresh, conditions=(Change(Act.AMEND, 1, text),))
    paper = OrderForSubject.of(Order.objects.get(pk=fresh.pk))
    assert [one.corrected_on for one in paper.conditions][:2] == [clock.today(), None]
    html = lay_out(paper).replace("\u00a0", " ")
    assert html.count(f"As corrected on {weekday(clock.today())}") == 2, "title, and condition 1"
    assert "As varied" not in html


@pytest.mark.renders
def test_its_paper_is_the_one_that_stands_and_each_look_is_kept(
    client: Client, order: Order
) -> None:
    client.force_login(accounts.user(Role.CONTROL_ROOM))
    _, as_at, pdf = pages(order)
    assert "There is no PDF yet: being made" in text(client, f"{as_at}?{WHY}&{when(0)}")
    assert client.get(f"{pdf}?{WHY}").status_code == 409
    paper = Document.objects.get(about_id=order.pk, kind="order", superseded_at=None)
    making.make(paper.pk)
    assert f"{pdf}?{WHY}" in text(client, f"{as_at}?{WHY}&{when(0)}")
    answer = client.get(f"{pdf}?{WHY}")
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    looks = Entry.objects.filter(kind="look", actor="control_room.ts", case_id=order.case_id)
    assert {*looks.values_list("verb", flat=True)} >= {"order_check", "disclose"}


def test_nobody_else_reads_it(client: Client, order: Order) -> None:
    card, as_at, pdf = pages(order)
    mine, theirs = accounts.user(Role.CONTROL_ROOM), factories.other_force_officer()
    asked = [f"{as_at}?{WHY}&{when(0)}", f"{pdf}?{WHY}"]
    client.force_login(theirs)
    assert as_at not in text(client, f"{card}?{WHY}")
    assert [client.get(address).status_code for address in asked] == [404, 404]
    client.force_login(mine)
    assert client.get(f"{as_at}?{when(0)}").status_code == 404, "without a reason"
    Case.objects.filter(pk=order.case_id).update(restricted=True, restricted_reason="An officer")
    assert [client.get(address).status_code for address in asked] == [404, 404]


def test_the_paper_names_whom_the_court_was_asked_to_protect_and_nobody_who_came_later(
    order: Order,
) -> None:
    assert OrderForSubject.of(order).protected == ("Ms A",)
    later = people.person(factories.officer(), given_names="Eleri", family_name="Sampleford")
    add_party(order.case, later, role=Party.Role.PROTECTED, called="Ms Q")
    assert OrderForSubject.of(order).protected == ("Ms A",)
    assert earlier.protected_by(order.case, None) == ("Ms A", "Ms Q")  # nobody kept the papers
