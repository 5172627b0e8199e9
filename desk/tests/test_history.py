"""History says what was done and by whom; who looked is for those who may see that."""

import re
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from accounts.tests import factories as accounts
from audit import events
from audit.models import Entry
from casework.models import Case
from desk import telling
from desk.tests import factories
from spo_cases.printed import ROOMS

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def page(client: Client, case: Case, query: str = "") -> str:
    answer = client.get(reverse("desk:history", args=[case.pk]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_act_is_a_line_with_who_did_it(client: Client) -> None:
    client.force_login(factories.officer())
    html = page(client, factories.served())
    for act in (
        "A request for an order was recorded",
        "Authority was given",
        "The application was lodged at court",
        "An order was recorded as made",
        "Service was recorded",
        "What must be notified, and by when, was worked out",
    ):
        assert f">{act}" in html, act
    assert "(made to served)" in html
    assert "Officer Ffugiwr" in html
    assert "officer.ts" in html
    assert "Authorising Officer Ffugiwr" in html


def test_a_changed_part_and_a_paper_have_their_names(client: Client) -> None:
    client.force_login(factories.officer())
    html = page(client, factories.served())
    for act in (
        "The application was changed: acts of stalking",
        "The application was changed: risk",
        "The application was changed: conditions",
        "A document was asked for: the order as made",
    ):
        assert f">{act}" in html, act


def test_newest_first(client: Client) -> None:
    client.force_login(factories.officer())
    html = page(client, factories.made())
    acts = ("An order was recorded", "was lodged at court", "A request for an order was")
    assert sorted(acts, key=html.index) == list(acts)


def test_names_cost_one_query_for_any_history() -> None:
    case = factories.served()
    entries = list(Entry.objects.filter(case_id=case.pk, kind="event"))
    with CaptureQueriesContext(connection) as asked:
        told = telling.lines(entries)
    assert len(asked) == 1
    assert len(told) == len(entries) > 10


STEPS = [
    (room, step.name)
    for room in ROOMS
    if find_spec(f"{room}.lifecycle")
    for step in import_module(f"{room}.lifecycle").STEPS
]


@pytest.mark.parametrize(("room", "act"), STEPS)
def test_every_act_of_every_room_has_its_words(room: str, act: str) -> None:
    assert act in telling.TOLD[room], f"say in desk/telling.py what {room}.{act} was"


def test_the_clock_is_named() -> None:
    entry = Entry(kind="event", at=NOW, actor="clock", verb="expire", table="orders.order")
    (line,) = telling.lines([entry])
    assert (line.who, line.username) == ("The clock", "clock")
    assert line.what == "The order's period ran out"
    unknown = Entry(kind="event", at=NOW, actor="x", verb="do_a_thing", table="nowhere.thing")
    assert telling.lines([unknown])[0].what == "Do a thing"


def test_another_cases_lines_are_not_there(client: Client) -> None:
    client.force_login(factories.officer())
    case, other = factories.requested(), factories.made()
    assert "An order was recorded" not in page(client, case)
    assert "An order was recorded" in page(client, other)


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (Role.STALKING_LEAD, True),
        (Role.AUDITOR, True),
        (Role.DATA_PROTECTION_OFFICER, True),
        (Role.PROFESSIONAL_STANDARDS, True),
        (Role.OFFICER, False),
        (Role.OFFENDER_MANAGER, False),
        (Role.LEGAL, False),
        (Role.AUTHORISING_OFFICER, False),
    ],
)
def test_who_may_see_who_looked(client: Client, role: Role, sees: bool) -> None:
    case = factories.requested()
    looker = accounts.user(Role.LEGAL, username="somebody.legal")
    visit(looker, case)
    client.force_login(accounts.user(role))
    html = page(client, case)
    assert ("Who looked at this case" in html) == sees
    assert ("somebody.legal" in html) == sees


def visit(user: User, case: Case) -> None:
    """A look, as the middleware keeps it."""
    browser = Client()
    browser.force_login(user)
    assert browser.get(reverse("desk:overview", args=[case.pk])).status_code == 200


def test_a_look_that_was_refused_is_seen_by_whoever_may_see_the_audit(client: Client) -> None:
    case = factories.case(restricted=True)
    stranger = accounts.user(of=accounts.other_force(), username="stranger.os")
    for user in (factories.officer(), stranger):
        browser = Client()
        browser.force_login(user)
        assert browser.get(reverse("desk:overview", args=[case.pk])).status_code == 404
    refused = Entry.objects.filter(kind="look", verb="refused", row_id=str(case.pk))
    assert [entry.case_id for entry in refused] == [case.pk, case.pk]
    client.force_login(accounts.user(Role.PROFESSIONAL_STANDARDS))
    html = page(client, case)
    assert html.count("Asked for, and refused") == 2
    assert "stranger.os" in html
    Case.objects.filter(pk=case.pk).update(restricted=False)
    client.force_login(factories.officer())
    assert "stranger.os" not in page(client, case)


def test_what_the_role_may_not_do_is_a_refused_look_too(client: Client) -> None:
    case = factories.requested()
    superintendent = accounts.user(Role.AUTHORISING_OFFICER)
    browser = Client()
    browser.force_login(superintendent)
    assert browser.get(reverse("documents:request", args=[case.pk])).status_code == 403
    client.force_login(factories.lead())
    html = page(client, case)
    assert "Asked for, and refused" in html
    assert superintendent.username in html


@pytest.mark.parametrize("name", ["desk:overview", "desk:history", "api:documents-request"])
def test_a_refusal_answers_as_if_there_were_nothing(client: Client, name: str) -> None:
    """The same status, the same words, as many queries: for another force's case and for none."""
    theirs = factories.case(officer=accounts.user(of=accounts.other_force()))
    restricted = factories.case(restricted=True)
    client.force_login(factories.officer())
    client.get("/alerts/")
    answers = {}
    for which, pk in (("theirs", theirs.pk), ("restricted", restricted.pk), ("none", uuid4())):
        address, act = reverse(name, args=[pk]), name.startswith("api:")
        with CaptureQueriesContext(connection) as asked:
            answer = client.post(address, {}, "application/json") if act else client.get(address)
        body = answer.content.decode().replace(str(pk), "<pk>")
        shown = re.sub(r"nonce=\"[^\"]*\"|value=\"[^\"]*\"|As at [0-9:]+", "", body)
        answers[which] = (answer.status_code, shown, len(asked))
    assert answers["theirs"] == answers["restricted"] == answers["none"]
    assert answers["none"][0] == 404


def test_older_lines_are_a_page_further(client: Client) -> None:
    case = factories.case()
    with transaction.atomic():
        for number in range(60):
            events.record(f"act_number_{number}", case, by="officer.ts", case_id=case.pk)
    client.force_login(factories.officer())
    first = page(client, case)
    assert "Act number 59" in first
    assert "Act number 10<" in first
    assert "Act number 9<" not in first
    older = first.partition('href="?before=')[2].partition('"')[0]
    second = page(client, case, f"?before={older}")
    assert "Act number 9<" in second
    assert "Act number 10<" not in second
    assert "Older" not in second


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, "1.5", "٣", "²"])
def test_a_place_that_nobody_gave_is_no_error(client: Client, before: str) -> None:
    case = factories.requested()
    client.force_login(factories.officer())
    page(client, case, f"?before={before}")
