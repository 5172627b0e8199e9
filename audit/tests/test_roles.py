"""The role of the service writes the log and can do nothing else to it; nobody empties it."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from audit import events
from audit.chain import first_fault
from audit.models import Entry, StreamHead
from audit.tests.factories import person
from spo_cases.tests import roles

pytestmark = pytest.mark.django_db
LINE = 'kind, at, actor, verb, "table", row_id, details'


def refused(statement: str, why: str) -> None:
    with (
        pytest.raises(DatabaseError, match=why),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET actor = 'x'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "UPDATE audit_streamhead SET seq = 0",
        "DELETE FROM audit_streamhead",
        "INSERT INTO audit_streamhead VALUES (64, 0, '')",
        "TRUNCATE audit_streamhead",
        "TRUNCATE casework_case CASCADE",
        "DROP TRIGGER append_only ON audit_entry",
        "DROP TRIGGER row_change ON people_person",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "ALTER TABLE people_person DISABLE TRIGGER row_change",
        "ALTER TABLE people_person ADD COLUMN x int",
        "SET session_replication_role = replica",
        "SET LOCAL session_replication_role = replica",
        "ALTER FUNCTION audit_chain() SECURITY INVOKER",
        "CREATE OR REPLACE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql "
        "AS $$ BEGIN RETURN NEW; END $$",
        "SELECT audit_claim_stream()",
        "SELECT audit_hold_stream(0)",
        "CREATE TABLE mine (word text)",
        "CREATE TEMPORARY TABLE audit_entry (word text)",
        "CREATE SCHEMA mine",
        "DELETE FROM django_migrations",
    ],
)
def test_the_service_cannot_rewrite_the_log_nor_switch_it_off(statement):
    person()
    refused(statement, "permission denied|must be owner")


def test_the_moment_of_a_line_is_the_databases():
    before = timezone.now()
    long_ago = "2001-01-01T00:00:00Z"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO audit_entry ({LINE}, stream, seq, prev, hash) "  # noqa: S608
            "VALUES ('event', %s, 'jo', 'serve', 'orders.order', 'x', '{}', 7, 1, '', '')",
            [long_ago],
        )
    entry = Entry.objects.get(actor="jo")
    assert before <= entry.at <= timezone.now()
    assert entry.hash


def test_the_owner_too_cannot_say_when():
    before = timezone.now()
    with transaction.atomic(), roles.as_owner():
        events.record("serve", person(), by="jo", case_id=None)
    assert Entry.objects.get(actor="jo").at >= before


def test_nobody_writes_a_change_that_no_row_had():
    refused(
        f"INSERT INTO audit_entry ({LINE}) VALUES "  # noqa: S608
        "('row', now(), 'jo', 'update', 'people_person', 'x', '{}')",
        "only the change of a row",
    )


@pytest.mark.parametrize("table", ["audit_entry", "audit_streamhead"])
def test_not_even_the_owner_empties_the_log(table):
    person()
    with roles.as_owner() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        refused(f"TRUNCATE {table}", "append-only")


def test_a_table_of_the_same_name_is_never_taken_for_the_log():
    """What is in a schema before ours, or among the passing tables, the log's functions do not see."""
    with roles.as_owner() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE audit_entry (LIKE public.audit_entry)")
        person("Shadowton")
        cursor.execute("SELECT count(*) FROM pg_temp.audit_entry")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM public.audit_entry WHERE details::text ~ 'Shadowton'")
        assert cursor.fetchone() == (1,)
        cursor.execute("DROP TABLE pg_temp.audit_entry")


@transaction.atomic
def write_after(settings):
    """Two lines of one transaction, the second after it was said where the stream is and ends."""
    person("Steerton")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for name, value in settings.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
        person("Steerton again")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    "settings",
    [
        {"spo.head": "900:00"},
        {"spo.head": "-9:"},
        {"spo.head": "0:00"},
        {"spo.stream": "70", "spo.head": "0:"},
        {"spo.stream": "3", "spo.head": "900:00"},
    ],
)
def test_the_service_cannot_steer_the_chain(settings):
    """It may say where a stream ends; the database goes by what it kept itself."""
    with pytest.raises(DatabaseError, match="does not follow|entry_once"):
        write_after(settings)
    assert not Entry.objects.filter(details__icontains="Steerton").exists()
    assert first_fault() is None


def test_a_forgotten_end_is_kept_all_the_same():
    """Whoever blanks the end before the commit would leave the stream to break at the next writer."""
    with transaction.atomic(), connection.cursor() as cursor:
        person("Steerton")
        cursor.execute("SELECT current_setting('spo.stream'), set_config('spo.head', 'x', true)")
        stream = int(cursor.fetchone()[0])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    last = Entry.objects.filter(stream=stream).order_by("-seq")[0]
    assert StreamHead.objects.get(pk=stream).seq == last.seq


@pytest.mark.django_db(transaction=True)
def test_nobody_writes_to_a_stream_that_another_holds():
    stream = 5
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SET ROLE NONE")
            cursor.execute("SELECT pg_advisory_lock(7379, %s)", [stream])
        with pytest.raises(DatabaseError, match="another writer"):
            write_after({"spo.stream": str(stream), "spo.head": "0:"})
    finally:
        other.close()
