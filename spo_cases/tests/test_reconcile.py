"""What the acts derived equals the facts; what was written past them is found and named."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from accounts.tests import factories as accounts
from alerts import addressing, sweep
from alerts.models import Alert, Message
from applications import lifecycle
from applications.lifecycle.clocks import await_listing
from applications.models import Application
from applications.tests import factories as applications
from audit.actor import acting_as
from breaches.models import Breach
from breaches.tests import factories as breaches
from casework import clock, standing
from casework.models import Case, Deadline
from contact.models import Matter
from documents.models import Document
from notifications.models import Attendance, Duty, SuspectedFailure
from notifications.tests import factories as notifications
from orders import lifecycle as change_order
from orders.models import Order, Service
from orders.terms import Act, Change
from orders.tests import factories as orders
from orders.tests.test_correcting import correct
from people.models import Token
from people.tests import factories as people
from spo_cases import logged
from spo_cases.standing_of_cases import misassigned, mislisted, with_standing
from spo_cases.tests import roles

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _of_the_migrations_rows_the_log_has_a_line_too() -> None:
    """Where a test that commits has emptied it, they are still there."""
    with transaction.atomic(), connection.cursor() as cursor:
        for watched in logged.watched_tables():
            cursor.execute(f"UPDATE {watched.table} SET {watched.key} = {watched.key}")  # noqa: S608


def reconcile() -> str:
    out = StringIO()
    call_command("reconcile", stdout=out)
    return out.getvalue()


def test_nothing_at_all_is_as_the_facts_have_it() -> None:
    assert "All is as the facts have it." in reconcile()


@pytest.fixture(scope="module")
def lived(shared: None) -> UUID:
    """An interim order that was served, notified late, breached, and varied since."""
    begun = clock.now() - timedelta(days=9)
    order = orders.served(begun, kind="interim")
    notifications.attended(notifications.duty(order), begun + timedelta(days=5))
    breaches.reported(order)
    orders.varied(order, changes=(Change(Act.AMEND, 1, orders.KEEP_OUT),))
    notifications.changed(order, (clock.now() + timedelta(days=1)).date())
    orders.made(begun)
    sweep.run()
    return order.pk


@pytest.fixture
def life(lived: UUID) -> Order:
    return Order.objects.get(pk=lived)


def test_all_is_as_the_facts_have_it(life: Order) -> None:
    said = reconcile()
    assert "All is as the facts have it." in said
    assert life.case.subject.family_name not in said


def stop(kind: str) -> None:
    Deadline.objects.filter(kind=kind, done_at=None).update(done_at=clock.now(), done_by="somebody")
    for case in Case.objects.all():  # so that this alone is wrong
        soonest = case.deadlines.filter(done_at=None).order_by("due_at").first()
        Case.objects.filter(pk=case.pk).update(next_due_at=soonest and soonest.due_at)


def long_ago() -> datetime:
    return clock.now() - timedelta(hours=1)


def an_alert_waits() -> None:
    addressing.run()
    Message.objects.filter(state="queued").update(created_at=long_ago())


def ask_for_a_day() -> None:
    """Of an application that the court has decided."""
    with acting_as("somebody"):
        for application in Application.objects.select_related("case"):
            await_listing(application.case, application)


def ask_the_court() -> None:
    order = Breach.objects.get().order
    change_order.apply_to_vary(order, by=applications.officer(), asked=orders.by_subject(order))


def unlogged(sql: str) -> None:
    """What a superuser writes with the triggers off."""
    with roles.as_owner() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql)
        cursor.execute("SET LOCAL session_replication_role = origin")


PAST_THE_ACTS: dict[str, Callable[[], object]] = {
    "alerts that should have been raised": lambda: Alert.objects.filter(rung__gt=0).delete(),
    "orders whose clocks of service are not as they were served": lambda: stop("serve_order"),
    "orders that would run out unseen": lambda: stop("interim_ends"),
    "orders without a duty to notify": lambda: Duty.objects.filter(status="waiting").delete(),
    "orders without their document": lambda: Document.objects.filter(kind="order").delete(),
    "duties that the facts say otherwise": lambda: (
        Service.objects.filter(variation=None).update(served_at=clock.now() - timedelta(days=1))
        and Duty.objects.filter(kind="initial", status="late").update(status="open")
    ),
    "duties without their clock": lambda: stop("notify_name"),
    "clocks of duties that are done": lambda: Duty.objects.filter(kind="name").update(
        status="not_owed", due_on=None
    ),
    "failures to notify that nobody opened": lambda: (
        SuspectedFailure.objects.all().delete(),
        Duty.objects.filter(status="late").update(status="open"),
    ),
    "failures without a clock": lambda: stop("decide_failure"),
    "acknowledgements to hand over without a clock": lambda: stop("hand_acknowledgement"),
    "attendances in doubt that nobody is asked about": lambda: Attendance.objects.update(
        findings=[{"provision": "s10(1)(a)", "field": "station_area", "message": "Elsewhere"}]
    ),
    "notifications without a paper": lambda: Document.objects.filter(
        kind="acknowledgement"
    ).delete(),
    "reports without a clock": lambda: stop("acknowledge_breach"),
    "breaches without a clock": lambda: stop("decide_breach"),
    "protected persons to be told without a clock": lambda: stop("tell_what_happened"),
    "clocks of what is told already": lambda: Matter.objects.update(
        status=Matter.Status.OVERTAKEN, settled_at=clock.now()
    ),
    "cases whose next clock is another": lambda: Case.objects.update(next_due_at=None),
    "cases that stand elsewhere than their records say": lambda: Case.objects.update(
        status=Case.Status.DRAFTING
    ),
    "cases whose clock to find an officer is wrong": lambda: Case.objects.update(officer=None),
    "cases whose clock to list a hearing is wrong": ask_for_a_day,
    "applications to change an order without a clock": lambda: (
        ask_the_court(),
        stop("list_hearing"),
    ),
    "rows that are not as the log has them": lambda: unlogged(
        "UPDATE casework_case SET opened_at = now()"
    ),
    "people who are not found by what they are called": lambda: Token.objects.filter(
        kind="sound"
    ).delete(),
    "documents that wait too long": lambda: Document.objects.filter(
        case__breaches__isnull=False
    ).update(asked_at=long_ago()),
    "messages that wait too long": an_alert_waits,
}


@pytest.mark.parametrize("what", PAST_THE_ACTS)
def test_what_was_written_past_the_acts_is_found(life: Order, what: str) -> None:
    breaches.lead()
    with transaction.atomic():
        PAST_THE_ACTS[what]()
    out = StringIO()
    with pytest.raises(CommandError) as no:
        call_command("reconcile", stdout=out)
    assert no.value.returncode == 1
    (line,) = (line for line in out.getvalue().splitlines() if line.startswith(f"{what} "))
    assert int(line.removeprefix(what).split()[0]) >= 1
    assert Breach.objects.get().case.reference in out.getvalue() or what.startswith(
        ("alerts", "orders without a duty", "cases whose clock to list", "rows")
    )


@pytest.mark.parametrize("varied", [False, True])
def test_the_paper_of_a_correction_is_to_be_served_too(varied: bool) -> None:
    order = orders.served(clock.now() - timedelta(days=1))
    if varied:
        orders.varied(order, changes=(Change(Act.AMEND, 1, orders.KEEP_OUT),))
    correct(order, last_day=clock.today() + timedelta(days=900))
    assert Deadline.objects.filter(kind="serve_order", done_at=None).exists()
    sweep.run()
    assert "All is as the facts have it." in reconcile()
    with transaction.atomic():
        stop("serve_order")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("reconcile", stdout=out)
    assert "not as they were served" in out.getvalue()
    assert order.case.reference in out.getvalue()


WRITTEN = {
    "changed": ("UPDATE people_person SET given_names = 'Secretly'", "people_person"),
    "emptied": ("UPDATE casework_case SET officer_id = NULL", "casework_case"),
    "filled": ("UPDATE orders_order SET subject_present = true", "orders_order"),
    "taken out": ("DELETE FROM documents_document", "documents_document"),
    "put in": (
        "INSERT INTO accounts_organisation (id, name) VALUES (gen_random_uuid(), 'Secretly')",
        "accounts_organisation",
    ),
    "of a key that is no id": (
        "UPDATE accounts_force SET duty_inbox = 'secretly@police.invalid'",
        "accounts_force",
    ),
    "in the vault": ("UPDATE vault.confidential SET kind = 'work'", "vault.confidential"),
}


def test_what_was_written_with_the_triggers_off_is_found_by_its_key(life: Order) -> None:
    """By the service's own role, which makes nothing; and no value is said."""
    party = life.case.parties.first()
    people.confidential(party.person, life.case.officer, "home", "41 Zelkova Lane, ZZ4 1QZ")
    assert logged.otherwise(str) == []
    for how, (statement, table) in WRITTEN.items():
        before = keys_of(table)
        mark = transaction.savepoint()
        unlogged(statement)
        (found,) = logged.otherwise(str)
        assert (found.plain, found.wrong > 0) == (table, True), how
        assert 0 < len(found.keys) <= logged.EXAMPLES, how
        assert "ecretly" not in str(found), how
        named = keys_of(table) if how == "put in" else before
        assert set(found.keys) <= named, how
        transaction.savepoint_rollback(mark)


def keys_of(table: str) -> set[str]:
    (key,) = (w.key for w in logged.watched_tables() if w.plain == table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key}::text FROM {table}")  # noqa: S608 our own
        return {found for (found,) in cursor.fetchall()}


def test_rows_are_compared_in_parts(life: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(logged, "PART", 2)
    assert logged.otherwise(str) == []
    unlogged("UPDATE casework_deadline SET due_at = due_at + interval '1 day'")
    (found,) = logged.otherwise(said.append)
    assert found.wrong == Deadline.objects.count() > 2
    assert len(found.keys) == logged.EXAMPLES
    assert f"casework_deadline: {found.wrong:,} rows" in said


def test_a_column_that_is_newer_than_the_line_is_no_change_and_a_hidden_one_none(
    life: Order,
) -> None:
    accounts.unit()
    with roles.as_owner() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE accounts_unit ADD COLUMN newer text")
    assert logged.otherwise(str) == []
    unlogged("UPDATE accounts_unit SET newer = 'made up'")
    assert [found.plain for found in logged.otherwise(str)] == ["accounts_unit"]
    unlogged("UPDATE accounts_unit SET newer = NULL")
    unlogged("UPDATE breaches_breach SET what_happened = 'made up'")
    assert logged.otherwise(str) == [], "what never entered the log is compared with nothing"


def every_kind_of_case() -> None:
    applications.request()
    applications.accepted()
    applications.draft()
    applications.submitted()
    applications.lodged()
    applications.heard()
    declined = applications.request()
    lifecycle.decide_request(declined, by=applications.officer(), **applications.DECLINE)
    orders.made()
    applications.hearing(applications.lodged())


def test_all_cases_in_one_statement_stand_where_each_stands_by_itself() -> None:
    every_kind_of_case()
    found = {case.reference: case.stands for case in with_standing(Case.objects.all())}
    assert found == {case.reference: standing.status_of(case) for case in Case.objects.all()}
    assert len(set(found.values())) >= 4
    assert list(misassigned()) == list(mislisted()) == []


def test_every_line_was_seen_to_fail() -> None:
    lines = reconcile().splitlines()[:-1]
    assert len(lines) == len(PAST_THE_ACTS)
