"""An arrest: the breach stays open, and the clock to decide goes on from it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.policy import Denied
from accounts.roles import Role
from accounts.tests import factories as accounts
from audit.models import Entry
from breaches import lifecycle, queries
from breaches.forms import ArrestForm
from breaches.models import Breach
from breaches.tests import factories
from casework import clock, forms
from casework.errors import Refused, WrongState
from casework.models import Deadline
from casework.tests.browsing import fill
from contact.models import Matter
from contact.words import words_of

pytestmark = pytest.mark.django_db
BY = "PC 4471 Mockley"


@pytest.fixture(scope="module")
def acknowledged(shared: None) -> Breach:
    return factories.acknowledged()


@pytest.fixture
def breach(acknowledged: Breach) -> Breach:
    return Breach.objects.get(pk=acknowledged.pk)


def arrested(breach: Breach, *, by: User | None = None, **facts: Any) -> Breach:
    values = {
        "arrested_at": breach.happened_at + timedelta(minutes=5),
        "arrested_by_name": BY,
        "custody_reference": "TC/26/0417",
    }
    return lifecycle.record_arrest(breach, by=by or factories.officer(), **(values | facts))


def to_decide(breach: Breach) -> Deadline:
    return Deadline.objects.get(about_id=breach.pk, kind="decide_breach", done_at=None)


def test_it_stays_open_and_is_decided_within_24_hours_of_the_arrest(breach: Breach) -> None:
    before, status = to_decide(breach).pk, breach.status
    arrested(breach)
    at = breach.arrested_at
    assert at is not None
    assert breach.status == status
    assert breach in queries.listed(state="open")
    running = to_decide(breach)
    assert (running.pk, running.due_at) == (before, at + timedelta(hours=24))
    assert running.provision == "force policy"
    assert running.reason == "A person arrested is charged or released within 24 hours"
    met, next_one = queries.response(breach, queries.told_of(breach))[4:]
    assert (met.name, met.at, met.who) == ("Arrest, or a reasoned decision", at, BY)
    assert met.due_at == breach.reported_at + timedelta(hours=24)
    assert (next_one.at, next_one.due_at) == (None, running.due_at)
    lifecycle.decide(breach, by=factories.officer(), outcome="charged", note="ST19001")
    assert not Deadline.objects.filter(about_id=breach.pk, done_at=None).exists()
    assert breach.arrested_at == at


def test_an_arrest_before_the_report_counts_from_the_arrest(breach: Breach) -> None:
    arrested(breach, arrested_at=breach.happened_at)
    assert to_decide(breach).due_at == breach.happened_at + timedelta(hours=24)


def test_each_protected_person_is_to_be_told_and_learns_not_where_anybody_is(
    breach: Breach,
) -> None:
    arrested(breach)
    matter = Matter.objects.get(about_id=breach.pk, kind=Matter.Kind.ARRESTED)
    assert matter.happened_at == breach.arrested_at
    clock_of = Deadline.objects.get(about_id=matter.pk)
    assert (clock_of.provision, clock_of.done_at) == ("Victims’ Code", None)
    words = words_of(breach.case, [matter])[matter.pk].sentences
    assert words.startswith("They were arrested because of what was reported.")
    for secret in (BY, "TC/26/0417", breach.place):
        assert secret not in words


def test_who_answers_the_breach_tells_of_the_arrest_and_of_the_decision(breach: Breach) -> None:
    given = accounts.user(Role.OFFICER, username="officer.cid", unit=accounts.unit(name="CID unit"))
    lifecycle.assign(breach, by=factories.lead(), officer=given)
    arrested(breach, by=given)
    lifecycle.decide(breach, by=given, outcome="charged", note="ST19001")
    told = Matter.objects.filter(about_id=breach.pk)
    assert told.count() == 3
    clocks = Deadline.objects.filter(about_id__in=told.values("pk"), done_at=None)
    assert [one.officer for one in clocks] == [given] * 3


def test_what_cannot_be_is_refused(breach: Breach) -> None:
    for field, value in (
        ("arrested_at", clock.now() + timedelta(minutes=1)),
        ("arrested_at", breach.happened_at - timedelta(seconds=1)),
        ("arrested_by_name", "  "),
        ("custody_reference", "x" * 41),
    ):
        with pytest.raises(Refused) as error:
            arrested(breach, **{field: value})
        assert error.value.field == field
    assert Breach.objects.get(pk=breach.pk).arrested_at is None
    assert not Entry.objects.filter(verb="record_arrest").exists()


def test_one_arrest_of_a_breach_that_somebody_took_and_nobody_decided(breach: Breach) -> None:
    refused: list[Callable[[], Any]] = [lambda: arrested(factories.reported(breach.order))]
    arrested(breach)
    refused.append(lambda: arrested(breach))
    for act in refused:
        with pytest.raises(WrongState):
            act()
    lifecycle.decide(breach, by=factories.officer(), outcome="charged", note="ST19001")
    with pytest.raises(WrongState):
        arrested(breach)


def test_only_who_may_answer(breach: Breach) -> None:
    for user in (
        accounts.user(Role.LEGAL),
        factories.control_room(),
        factories.officer(accounts.other_force()),
    ):
        with pytest.raises(Denied):
            arrested(breach, by=user)


def test_the_log_has_neither_by_whom_nor_the_custody_record(breach: Breach) -> None:
    arrested(breach)
    written = " ".join(str(e.details) for e in Entry.objects.filter(row_id=str(breach.pk)))
    assert "arrested_at" in written
    for word in (BY, "TC/26/0417"):
        assert word not in written


def test_the_page_the_lists_and_the_api(breach: Breach, client: Client) -> None:
    client.force_login(factories.officer())
    page, act = f"/breaches/{breach.pk}/", f"/breaches/{breach.pk}/record-arrest/"
    assert f'href="{act}"' in client.get(page).content.decode()
    assert "Custody record reference" in client.get(act).content.decode()
    at = (breach.happened_at + timedelta(minutes=5)).replace(second=0, microsecond=0)
    early = forms.as_data(
        ArrestForm(),
        {"arrested_at": at - timedelta(days=9), "arrested_by_name": BY},
    )
    answer = fill(client, act, early)
    assert answer.status_code == 422
    assert "The breach happened later than that" in answer.content.decode()
    assert BY in answer.content.decode()
    sent = forms.as_data(ArrestForm(), {"arrested_at": at, "arrested_by_name": BY})
    assert fill(client, act, sent).status_code == 302
    shown = client.get(page).content.decode()
    assert "<strong>Arrested " in shown
    assert f'href="{act}"' not in shown
    assert "Charge or release, or a decision" in shown
    assert f'href="/breaches/{breach.pk}/decide/"' in shown
    assert client.get(act).status_code == 409
    for listed in ("/breaches/", f"/breaches/cases/{breach.case_id}/"):
        assert "<br>Arrested " in client.get(listed).content.decode()
    row = client.get("/api/breaches/").json()["results"][0]
    assert (row["status"], bool(row["arrested_at"])) == ("acknowledged", True)


def test_the_api_records_it(breach: Breach, client: Client) -> None:
    client.force_login(factories.officer())
    at = (breach.happened_at + timedelta(minutes=2)).replace(second=0, microsecond=0)
    body = {"arrested_at": at.isoformat(), "arrested_by_name": BY}
    url = f"/api/breaches/{breach.pk}/record-arrest/"
    key = {"Idempotency-Key": "arrest"}
    answer = client.post(url, body, "application/json", headers=key)
    assert answer.status_code == 200, answer.content
    breach.refresh_from_db()
    assert breach.arrested_at == at
    again = client.post(url, body, "application/json", headers={"Idempotency-Key": "second"})
    assert again.status_code == 409
    assert "One is recorded, of" in again.json()["detail"]
