"""Every row change is written with its actor, or is not made; and what is written stays."""

import pytest
from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.db import DatabaseError, connection, transaction

from accounts.models import Force, User
from accounts.tests import factories as accounts
from audit.actor import acting_as
from audit.models import Entry, StreamHead
from audit.tests.factories import person
from people.models import Confidential, Person
from spo_cases.tests import roles

pytestmark = pytest.mark.django_db
NOT_WATCHED = {
    "audit.Entry": "the log itself",
    "audit.StreamHead": "the log itself",
    "alerts.Heartbeat": "a sign of life every few seconds, of no case",
    "casework.Counter": "the last number given; the case that got it is watched",
    "casework.Submission": "an answer kept for a day; what it did is watched",
    "people.Token": "derived from names and numbers that are watched",
}
OWN = [
    model
    for model in apps.get_models(include_auto_created=True)
    if (apps.get_app_config(model._meta.app_label).module.__name__ == model._meta.app_label)
]


def lines(verb: str, table: str = "people_person") -> list[Entry]:
    return list(Entry.objects.filter(kind="row", verb=verb, table=table).order_by("id"))


def test_a_new_row_is_logged_with_its_actor():
    with acting_as("jo"):
        made = person()
    (entry,) = lines("insert")
    assert (entry.actor, entry.row_id) == ("jo", str(made.pk))
    assert entry.details["after"]["family_name"] == "Testwood"
    assert "before" not in entry.details


def test_even_a_bulk_update_is_logged_row_by_row():
    made = [person("Testwood"), person("Specimen")]
    with acting_as("jo"), transaction.atomic():
        Person.objects.update(language="Welsh")
    entries = lines("update")
    assert {entry.row_id for entry in entries} == {str(p.pk) for p in made}
    assert {entry.actor for entry in entries} == {"jo"}
    assert entries[0].details["before"]["language"] == ""
    assert entries[0].details["after"]["language"] == "Welsh"


def test_a_deletion_is_logged_with_what_was_there():
    made = person()
    with acting_as("jo"), transaction.atomic():
        Person.objects.filter(pk=made.pk).delete()
    (entry,) = lines("delete")
    assert entry.details["before"]["family_name"] == "Testwood"


def test_a_row_of_a_case_names_its_case():
    with transaction.atomic():
        force = accounts.force()
        case = apps.get_model("casework", "Case").objects.create(
            force=force, reference="TS-26-0001", asked_at="2026-11-24T09:00:00Z"
        )
    (entry,) = lines("insert", "casework_case")
    assert entry.case_id == case.pk


def test_a_write_by_nobody_is_refused():
    made = person()
    with acting_as(""), pytest.raises(DatabaseError, match="no actor"), transaction.atomic():
        Person.objects.filter(pk=made.pk).update(language="Welsh")


@pytest.mark.django_db(transaction=True)
def test_a_write_outside_a_transaction_is_refused():
    made = person()
    with acting_as("jo"), pytest.raises(DatabaseError, match="no actor or no transaction"):
        Person.objects.filter(pk=made.pk).update(language="Welsh")
    assert not Person.objects.filter(warnings="Dog").exists()


@pytest.mark.django_db(transaction=True)
def test_an_actor_does_not_outlive_the_transaction():
    with acting_as("jo"):
        made = person()
    with (
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="no actor"),
    ):
        cursor.execute(
            "/* by hand */ UPDATE people_person SET warnings = 'Dog' WHERE id = %s", [made.pk]
        )


def test_many_rows_at_once_are_logged_with_their_actor():
    """By the database's own way for one statement with many values."""
    made = [person("Testwood"), person("Specimen")]
    values = [("Welsh", made[0].pk), ("Cornish", made[1].pk)]
    with acting_as("jo"), transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany("UPDATE people_person SET language = %s WHERE id = %s", values)
    entries = lines("update")
    assert [(e.actor, e.details["after"]["language"]) for e in entries] == [
        ("jo", "Welsh"),
        ("jo", "Cornish"),
    ]
    with acting_as(""), pytest.raises(DatabaseError, match="no actor"), transaction.atomic():
        connection.cursor().executemany("UPDATE people_person SET language = %s", [("Irish",)])


@pytest.fixture
def somebody_set_an_actor():
    """What `ALTER DATABASE` gives to every connection that comes, as `ALTER ROLE` does."""
    name = connection.ops.quote_name(connection.settings_dict["NAME"])
    settings = {"spo.actor": "'somebody'", "spo.actor_of": "'1'"}
    with roles.as_owner() as cursor:
        for setting, value in settings.items():
            cursor.execute(f"ALTER DATABASE {name} SET {setting} = {value}")
    connection.close()
    yield
    with roles.as_owner() as cursor:
        for setting in settings:
            cursor.execute(f"ALTER DATABASE {name} RESET {setting}")
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_what_a_role_or_a_database_is_set_to_is_nobody(somebody_set_an_actor):
    """Whether the write is in a transaction or not; one that names its actor goes on."""
    by_hand = "/* by hand */ UPDATE people_person SET warnings = 'Dog'"
    with acting_as("jo"):
        person()
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('spo.actor')")
        assert cursor.fetchone() == ("somebody",)
        with pytest.raises(DatabaseError, match="no actor"):
            cursor.execute(by_hand)
        with pytest.raises(DatabaseError, match="no actor"), transaction.atomic():
            cursor.execute(by_hand)
    with acting_as("jo"), pytest.raises(DatabaseError, match="no actor or no transaction"):
        Person.objects.update(warnings="Dog")
    with acting_as("jo"), transaction.atomic():
        Person.objects.update(language="Welsh")
    assert [entry.actor for entry in lines("update")] == ["jo"]


def test_an_event_by_nobody_is_refused():
    with pytest.raises(DatabaseError, match="no actor"), transaction.atomic():
        Entry.objects.bulk_create(
            [
                Entry(
                    kind="event",
                    at="2026-11-24T09:00:00Z",
                    actor="",
                    verb="serve",
                    table="orders.order",
                    stream=0,
                    seq=0,
                    prev=b"",
                    hash=b"",
                )
            ]
        )


@pytest.mark.parametrize(
    "rewrite",
    [
        "UPDATE audit_entry SET actor = 'x'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "TRUNCATE audit_entry CASCADE",
        "DELETE FROM audit_streamhead",
    ],
)
def test_the_log_cannot_be_rewritten(rewrite):
    """Not by the tables' owner either; what the service may, see `test_roles`."""
    person()
    with roles.as_owner() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute(rewrite)


@pytest.mark.parametrize("model", OWN, ids=lambda model: model._meta.label)
def test_every_table_is_watched_or_says_why_not(model):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgname = 'row_change' AND tgenabled = 'O' "
            "AND tgrelid = %s::regclass",
            [model._meta.db_table],
        )
        (watched,) = cursor.fetchone()
    assert bool(watched) != (model._meta.label in NOT_WATCHED)


def test_nothing_is_excepted_that_is_not_there():
    assert set(NOT_WATCHED) <= {model._meta.label for model in OWN}


# What must never enter the log


def test_no_password_enters_the_log():
    hashed = make_password("correct horse battery")
    user = accounts.user()
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(password=hashed)
    entries = Entry.objects.filter(table="accounts_user")
    assert entries.count() == 2
    assert not any(
        "password" in (side or {})
        for e in entries
        for side in (e.details.get("before"), e.details.get("after"))
    )
    assert hashed not in str(list(entries.values_list("details", flat=True)))


def test_no_confidential_place_enters_the_log():
    owner = person()
    with transaction.atomic():
        row = Confidential.objects.create(person=owner, kind="home", text="1 Hidden Lane")
        Confidential.objects.filter(pk=row.pk).update(text="2 Hidden Lane")
        Confidential.objects.filter(pk=row.pk).delete()
    entries = Entry.objects.filter(table="confidential")
    assert entries.count() == 3
    assert "Hidden Lane" not in str(list(Entry.objects.values_list("details", flat=True)))


# The ends of the streams


@pytest.mark.django_db(transaction=True)
def test_the_head_of_a_stream_is_where_it_ends():
    for _ in range(3):
        person()
    heads = StreamHead.objects.filter(seq__gt=0)
    assert heads
    for head in heads:
        last = Entry.objects.filter(stream=head.stream).latest("seq")
        assert (last.seq, bytes(last.hash)) == (head.seq, bytes(head.hash))


@pytest.mark.django_db(transaction=True)
def test_a_savepoint_that_is_undone_leaves_no_gap():
    with transaction.atomic():
        accounts.force()
        with transaction.atomic():
            person("Undone")
            transaction.set_rollback(True)
        person("Kept")
    sequence = list(Entry.objects.order_by("stream", "seq").values_list("stream", "seq"))
    for stream in {stream for stream, _ in sequence}:
        numbers = [seq for its, seq in sequence if its == stream]
        assert numbers == list(range(1, len(numbers) + 1))
    assert not Force.objects.filter(name="Undone").exists()


def test_a_thousand_rows_in_one_transaction_write_the_head_once():
    """Written for each line, it makes the cost of a transaction grow with the square of its lines."""
    force = accounts.force()

    def written() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT coalesce(sum(n_tup_upd), 0) FROM pg_stat_xact_user_tables "
                "WHERE relname = 'audit_streamhead'"
            )
            return cursor.fetchone()[0]

    before = written()
    with transaction.atomic():
        Person.objects.bulk_create(
            [Person(force=force, family_name="Specimen") for _ in range(1000)]
        )
    assert written() == before
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS keep_head IMMEDIATE")
    assert written() - before <= 1
