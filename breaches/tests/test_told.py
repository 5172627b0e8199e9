"""Where an order protects several people, each of them is told of a breach, and the clock waits for all."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from audit.models import Entry
from breaches import lifecycle
from breaches.forms import TellForm
from breaches.models import Breach, Telling
from breaches.tests import factories
from casework import clock, forms
from casework.actions import add_party
from casework.errors import Refused, WrongState
from casework.models import PROTECTED_ROLES, Deadline, Party
from people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def reported(shared: None) -> Breach:
    breach = factories.reported()
    with transaction.atomic():
        other = Person.objects.create(force=breach.force, family_name="Ffugiwr-Testwood")
        add_party(breach.case, other, role=Party.Role.PROTECTED, called="Ms Q")
    return breach


@pytest.fixture
def breach(reported: Breach) -> Breach:
    return Breach.objects.get(pk=reported.pk)


def both(breach: Breach) -> list[Party]:
    return list(breach.case.parties.filter(role__in=PROTECTED_ROLES).order_by("called"))


def tell(breach: Breach, **facts: Any) -> None:
    values = {"told_at": clock.now(), "how": "By telephone, by DC Mockley"} | facts
    lifecycle.record_victim_told(breach, by=factories.officer(), **values)


def runs(breach: Breach) -> bool:
    rows = Deadline.objects.filter(about_id=breach.pk, kind="tell_protected_person", done_at=None)
    return rows.exists()


def test_the_clock_waits_for_the_last_of_them(breach: Breach) -> None:
    first, second = both(breach)
    with pytest.raises(Refused, match="Select who was told"):
        tell(breach)
    tell(breach, party=first)
    assert (breach.victim_told_at, runs(breach)) == (None, True)
    with pytest.raises(Refused, match="who waits"):
        tell(breach, party=first)
    tell(breach, party=second)
    assert breach.victim_told_at is not None
    assert not runs(breach)
    assert {row.person_id for row in Telling.objects.all()} == {first.person_id, second.person_id}
    with pytest.raises(WrongState):
        tell(breach, party=second)
    log = str(list(Entry.objects.filter(table="breaches_telling").values_list("details")))
    assert "Mockley" not in log


def test_the_pages_ask_who_and_say_who_still_waits(breach: Breach, client: Client) -> None:
    first, second = both(breach)
    client.force_login(factories.officer())
    page = reverse("breaches:record_victim_told", kwargs={"pk": breach.pk})
    answer = client.get(page).content.decode()
    assert "Who was told?" in answer
    assert "Ms Q" in answer
    sent = {"told_at": clock.now(), "how": "By telephone"}
    assert client.post(page, forms.as_data(TellForm(), sent)).status_code == 422
    sent["party"] = first.pk
    told = client.post(page, forms.as_data(TellForm(), sent), follow=True).content.decode()
    assert f"Tell {second.called} first" in told
    assert f"{first.called} was told" in told
    again = client.get(page).content.decode()
    assert "Who was told?" not in again
    last = {"told_at": clock.now(), "how": "By telephone"}
    told = client.post(page, forms.as_data(TellForm(), last), follow=True).content.decode()
    assert f"{second.called} was told" in told
    assert "first</h2>" not in told
    assert not runs(breach)
