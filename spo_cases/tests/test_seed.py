"""Volume data is skewed as it says, hangs together, and leaves the log as acts would have left it."""

from collections import Counter as Tally
from datetime import UTC, datetime
from random import Random
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, InternalError, transaction
from django.db.models import Min, Q
from django.test import Client, override_settings
from django.urls import reverse

from accounts.models import Force, Unit, User
from applications.models import Court
from applications.tests import factories as applications
from audit import chain
from audit.actor import acting_as
from audit.models import Entry
from casework.models import Case, Deadline
from casework.models import Counter as Numbers
from notifications.models import Duty, Station
from orders.models import Order
from people.models import Person
from people.queries import tokens_of
from spo_cases.tests import roles
from spo_cases.volume import tales
from spo_cases.volume.forces import Home, shares

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def homes(many: int = 43) -> list[Home]:
    """Forces with two officers each, in memory alone."""
    made = []
    for number, share in enumerate(shares(many)):
        force = Force(code=f"X{number}", name=f"Force {number}", prefix=f"F{number}")
        unit = Unit(force=force, name="Stalking unit")
        people = [User(username=f"{number}.{n}", force=force, unit=unit) for n in range(3)]
        made.append(Home(force, share, people[1:], people[0], Court(), Station()))
    return made


def told(many: int, seed: int = 7) -> list[tales.Tale]:
    chance = Random(seed)  # noqa: S311 made-up data
    return list(tales.tell(homes(), many, NOW, chance))


def test_the_shares_are_skewed() -> None:
    given = shares(43)
    assert (given[0], sum(given), min(given) > 0) == (200, 1000, True)
    assert given[1:] == sorted(given[1:], reverse=True)
    assert shares(1) == [1000]


def test_a_thousand_cases_have_the_skew_they_should() -> None:
    found = told(1000)
    forces = Tally(tale.home.force.code for tale in found)
    assert forces["X0"] == 200
    assert len(forces) == 43
    assert sum(tale.restricted for tale in found) == 50
    with_clock = {stage for stage, _ in tales.MIX[:6]}
    assert sum(tale.stage in with_clock for tale in found) == 150
    assert sum(tale.order is not None for tale in found) == 600


def test_names_are_as_uneven_as_names_are() -> None:
    families = Tally(tale.family for tale in told(3000)).most_common()
    assert families[0][1] > 5 * families[20][1]
    assert any("ŷ" in tale.family or "ŵ" in tale.family for tale in told(3000))


def test_the_same_seed_tells_the_same() -> None:
    def facts(seed: int) -> list[Any]:
        return [
            (t.home.force.code, t.officer.username, t.stage, t.asked_at, t.given, t.family, t.order)
            for t in told(50, seed)
        ]

    assert facts(1) == facts(1) != facts(2)


def test_nothing_happens_before_its_cause_or_in_the_future() -> None:
    for tale in told(2000):
        assert tale.asked_at < NOW
        if (order := tale.order) is None:
            continue
        moments = [
            tale.asked_at,
            order.made_at,
            order.served_at,
            order.breached_at or order.ended_at,
        ]
        in_order = [moment for moment in moments if moment]
        assert in_order == sorted(in_order)
        assert all(moment <= NOW for moment in in_order)
        assert order.due_on is not None or order.served_at is None
        if order.served_at and not order.notified_at and order.due_on:
            assert order.due_on >= NOW.date(), "nobody is late with a notification"


@pytest.fixture
def seeded(settings: Any, transactional_db: None) -> None:
    settings.DEMONSTRATION = True
    with roles.owner_connects():
        call_command("seed", cases=400, forces=3, seed=5, at=NOW.isoformat(), verbosity=0)


@pytest.mark.usefixtures("seeded")
def test_what_is_written(client: Client) -> None:
    """One filling for all that is asked: it takes seconds."""
    the_log_is_whole()
    rows_hang_together()
    the_database_guards_again()
    acts_go_on()
    it_comes_once()
    pages_open(client)


def the_log_is_whole() -> None:
    assert chain.first_fault() is None
    lines = Entry.objects.filter(kind="row", verb="insert", actor="command:seed")
    for model in (Case, Person, Order, Duty, Deadline):
        ids = {str(pk) for pk in model.objects.values_list("pk", flat=True)}
        table = model._meta.db_table
        assert set(lines.filter(table=table).values_list("row_id", flat=True)) == ids
    case = Case.objects.exclude(subject=None).first()
    assert case is not None
    (line,) = Entry.objects.filter(table="casework_case", row_id=str(case.pk))
    assert line.case_id == case.pk
    assert line.details["after"]["reference"] == case.reference
    assert "before" not in line.details
    assert not Entry.objects.filter(table="people_token").exists()
    asked = Entry.objects.filter(kind="event", verb="record_request")
    assert asked.count() == Case.objects.count() == 400
    assert asked.exclude(actor__startswith="seed.officer").count() == 0


def rows_hang_together() -> None:
    soonest = Min("deadlines__due_at", filter=Q(deadlines__done_at=None))
    for case in Case.objects.annotate(soonest=soonest):
        assert case.next_due_at == case.soonest
    assert Case.objects.exclude(next_due_at=None).count() == 60
    for person in Person.objects.prefetch_related("names", "identifiers", "addresses"):
        assert set(person.tokens.values_list("kind", "text")) == tokens_of(person)
    for order in Order.objects.filter(status="served"):
        assert order.services.count() == order.duties.count() == 1
        assert order.conditions.count() == 3


def the_database_guards_again() -> None:
    with acting_as(""), pytest.raises(InternalError, match="no actor"), transaction.atomic():
        Case.objects.update(restricted=False)
    with pytest.raises((InternalError, IntegrityError)), roles.as_owner() as cursor:
        cursor.execute("DELETE FROM audit_entry")


def acts_go_on() -> None:
    force = Case.objects.earliest("asked_at").force
    year = 2026
    last = Numbers.objects.get(force=force, year=year).last
    officer = User.objects.filter(force=force, role="officer").first()
    request = applications.request(by=officer)
    assert request.case.reference == f"{force.prefix}-{year % 100}-{last + 1:04d}"
    assert chain.first_fault() is None


def it_comes_once() -> None:
    with pytest.raises(CommandError, match="another --seed"):
        call_command("seed", cases=10, forces=3, seed=5)


def pages_open(client: Client) -> None:
    for status in Case.Status.values:
        case = Case.objects.filter(restricted=False, status=status).first()
        assert case is not None, status
        client.force_login(User.objects.get(force=case.force, role="stalking_lead"))
        for page in (reverse("desk:caseload"), reverse("desk:overview", args=[case.pk])):
            assert client.get(page).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"cases": 0}, "at least 1 case"),
        ({"cases": 5, "forces": 44}, "1 to 43 forces"),
        ({"cases": 5, "at": "tomorrow"}, "is no moment"),
        ({"cases": 5, "at": "2026-11-24T12:00"}, "time zone"),
    ],
)
def test_what_cannot_be_is_said(asked: dict[str, Any], said: str) -> None:
    with override_settings(DEMONSTRATION=True), pytest.raises(CommandError, match=said):
        call_command("seed", **asked)


@pytest.mark.django_db
def test_real_data_is_safe_from_it() -> None:
    with override_settings(DEMONSTRATION=False), pytest.raises(CommandError, match="real data"):
        call_command("seed", cases=1)
    assert not Case.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_failure_leaves_nothing_and_the_guards_on(settings: Any) -> None:
    settings.DEMONSTRATION = True
    broken = patch("spo_cases.volume.log.write", side_effect=RuntimeError("pulled the plug"))
    with roles.owner_connects(), broken, pytest.raises(RuntimeError):
        call_command("seed", cases=20, forces=2, seed=9, verbosity=0)
    assert not Case.objects.exists()
    assert chain.first_fault() is None
    with acting_as(""), pytest.raises(InternalError, match="no actor"), transaction.atomic():
        Force.objects.update(duty_inbox="")
