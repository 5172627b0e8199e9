"""Where an order protects several people, each of them is told of a breach, and the stage waits for all."""

import pytest
from django.test import Client

from breaches import queries
from breaches.models import Breach
from breaches.tests import factories
from casework.models import Deadline
from contact.models import Matter
from contact.tests import factories as contact

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def reported(shared: None) -> Breach:
    order = factories.order()
    contact.another_person(order.case)
    return factories.reported(order)


@pytest.fixture
def breach(reported: Breach) -> Breach:
    return Breach.objects.get(pk=reported.pk)


def waiting(breach: Breach) -> list[Matter]:
    rows = Matter.objects.filter(about_id=breach.pk, status=Matter.Status.WAITING)
    return list(rows.select_related("case", "person"))


def runs(breach: Breach) -> int:
    told = [one.pk for one in waiting(breach)]
    rows = Deadline.objects.filter(kind="tell_protected_person", about_id__in=told, done_at=None)
    return rows.count()


def told_at(breach: Breach) -> object:
    return queries.with_telling(Breach.objects.all()).get(pk=breach.pk).victim_told_at  # type: ignore[attr-defined]


def test_each_has_a_clock_and_the_last_ends_the_stage(breach: Breach) -> None:
    first, second = waiting(breach)
    assert runs(breach) == 2
    contact.tell(first)
    assert (told_at(breach), runs(breach)) == (None, 1)
    last = contact.tell(second)
    assert (told_at(breach), runs(breach)) == (last.told_at, 0)
    stage = queries.response(breach, queries.told_of(breach))[3]
    assert (stage.at, stage.due_at, stage.who) == (last.told_at, second.due_at, "DC Mockley")


def test_the_page_says_who_was_told_and_who_still_waits(breach: Breach, client: Client) -> None:
    client.force_login(factories.officer())
    page = f"/breaches/{breach.pk}/"
    shown = client.get(page).content.decode()
    assert "Tell Ms A and Ms Q first" in shown
    first = next(one for one in waiting(breach) if one.person and one.person.given_names)
    contact.tell(first)
    shown = client.get(page).content.decode()
    assert "Tell Ms Q first" in shown
    assert "Ms A was told</strong>" in shown
    assert client.get("/api/breaches/").json()["results"][0]["victim_told_at"] is None
    contact.tell(waiting(breach)[0])
    shown = client.get(page).content.decode()
    assert "first</h2>" not in shown
    assert "Ms Q was told</strong>" in shown
