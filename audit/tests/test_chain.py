"""What a superuser with the guards off does to the log is found, whatever it is."""

import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from audit import chain
from audit.actor import acting_as
from audit.models import Entry
from audit.tests.factories import as_superuser, person
from people.models import Person

ENTRY = """
    INSERT INTO audit_entry
        (kind, at, actor, verb, "table", row_id, details, stream, seq, prev, hash)
    SELECT 'event', now(), 'forger', 'authorise', 'applications.application', 'x', '{}', stream, %s,
        %s, '\\x00' FROM audit_entry WHERE stream = %s AND seq = 1
"""


@pytest.fixture
def log(db) -> int:
    """Six lines in one stream of a pristine log. Gives the stream's number."""
    with as_superuser() as cursor:
        cursor.execute("TRUNCATE audit_entry")
        cursor.execute("UPDATE audit_streamhead SET seq = 0, hash = ''")
        cursor.execute("SELECT set_config('spo.stream', '', true)")
    for name in ("One", "Two", "Three", "Four", "Five"):
        person(name)
    assert chain.first_fault() is None
    (stream,) = set(Entry.objects.values_list("stream", flat=True))
    return stream


@pytest.mark.parametrize(
    "change",
    [
        "details = '{}'",
        "actor = 'somebody else'",
        "at = at + interval '1 microsecond'",
        "verb = 'delete'",
        "row_id = ''",
        "case_id = gen_random_uuid()",
        "kind = 'look'",
        "\"table\" = 'accounts_user'",
    ],
)
def test_an_edit_is_found(log, change):
    with as_superuser() as cursor:
        cursor.execute("UPDATE audit_entry SET " + change + " WHERE seq = 3")  # noqa: S608
    assert chain.first_fault() == chain.Fault(log, 3, "its content was changed")


def test_an_edit_with_a_new_hash_is_found_at_the_next_line(log):
    with as_superuser() as cursor:
        cursor.execute("UPDATE audit_entry SET actor = 'x' WHERE seq = 3")
        cursor.execute("UPDATE audit_entry e SET hash = audit_hash(e.*) WHERE seq = 3")
    assert chain.first_fault() == chain.Fault(log, 4, "it does not follow the line before it")


@pytest.mark.parametrize(("gone", "found"), [(1, 2), (3, 4)])
def test_a_deletion_is_found(log, gone, found):
    with as_superuser() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE seq = %s", [gone])
    assert chain.first_fault() == chain.Fault(log, found, "a line before it is missing")


def test_a_deletion_that_closes_the_gap_is_found(log):
    with as_superuser() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE seq = 3")
        cursor.execute("UPDATE audit_entry SET seq = seq - 1 WHERE seq > 3")
    assert chain.first_fault() == chain.Fault(log, 3, "it does not follow the line before it")


def test_an_insertion_is_found(log):
    with as_superuser() as cursor:
        cursor.execute("UPDATE audit_entry SET seq = seq + 1000 WHERE seq > 3")
        cursor.execute("SELECT hash FROM audit_entry WHERE seq = 3")
        (before,) = cursor.fetchone()
        cursor.execute(ENTRY, [4, before, log])
        cursor.execute("UPDATE audit_entry e SET hash = audit_hash(e.*) WHERE seq = 4")
        cursor.execute("UPDATE audit_entry SET seq = seq - 999 WHERE seq > 1000")
    assert chain.first_fault() == chain.Fault(log, 5, "it does not follow the line before it")


def test_an_addition_at_the_end_is_found(log):
    last = Entry.objects.latest("seq")
    with as_superuser() as cursor:
        cursor.execute(ENTRY, [last.seq + 1, last.hash, log])
        cursor.execute(
            "UPDATE audit_entry e SET hash = audit_hash(e.*) WHERE seq = %s", [last.seq + 1]
        )
    found = chain.first_fault()
    assert found == chain.Fault(log, last.seq + 1, f"the stream should end at line {last.seq}")


def test_a_new_order_is_found(log):
    with as_superuser() as cursor:
        cursor.execute("UPDATE audit_entry SET seq = 99 WHERE seq = 2")
        cursor.execute("UPDATE audit_entry SET seq = 2 WHERE seq = 3")
        cursor.execute("UPDATE audit_entry SET seq = 3 WHERE seq = 99")
    assert chain.first_fault() == chain.Fault(log, 2, "it does not follow the line before it")


@pytest.mark.parametrize("left", [0, 4])
def test_a_tail_that_was_cut_is_found(log, left):
    end = Entry.objects.latest("seq").seq
    with as_superuser() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE seq > %s", [left])
    assert chain.first_fault() == chain.Fault(log, left, f"the stream should end at line {end}")


def test_the_command_names_the_first_bad_line_and_fails(log):
    with as_superuser() as cursor:
        cursor.execute("UPDATE audit_entry SET actor = 'x' WHERE seq IN (3, 5)")
    with pytest.raises(CommandError, match=f"Stream {log}, line 3: its content was changed") as no:
        call_command("audit_verify")
    assert no.value.returncode == 1


def test_the_command_is_content_with_a_log_that_nobody_touched(log, capsys):
    call_command("audit_verify")
    assert "each as it was written" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("writers", [8, 70])
def test_writers_at_once_neither_deadlock_nor_break_the_chain(writers):
    """70 writers are more than there are streams: some wait, none for ever."""
    rounds = 4 if writers == 8 else 1
    people = [person(f"Person {number}") for number in range(6)]
    gate, failed = threading.Barrier(writers), []

    def write(number: int) -> None:
        try:
            with acting_as(f"test:writer-{number}"):
                gate.wait(30)
                for turn in range(rounds):
                    with transaction.atomic():
                        person(f"New {number} {turn}")
                        mine = sorted(
                            (people[number % 6], people[(number + 1) % 6]), key=lambda p: p.pk
                        )
                        for row in mine:
                            Person.objects.filter(pk=row.pk).update(warnings=f"{number}")
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert chain.first_fault() is None
    written = Entry.objects.filter(actor__startswith="test:writer-")
    assert written.count() == writers * rounds * 3
