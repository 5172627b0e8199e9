"""Every table has a decision for every role, and every role has exactly what was decided."""

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import override_settings

from audit.models import Entry, StreamHead
from spo_cases import grants, health
from spo_cases.tests import roles

pytestmark = pytest.mark.django_db
VERBS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
READ_ONLY = {"auth_group", "auth_group_permissions", "auth_permission", "django_content_type"}
DECIDED = {(right.role, right.table): right.verbs for right in grants.rights()}


def tables() -> list[str]:
    """What the migrations made, asked of the database: nobody can forget to list one here."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT schemaname || '.' || tablename FROM pg_tables "
            "WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1"
        )
        return [table for (table,) in cursor.fetchall()]


def test_every_table_has_a_decision_for_every_role():
    decided = {table for _, table in DECIDED}
    missing, gone = set(tables()) - decided, decided - set(tables())
    assert not missing, f"say in spo_cases/grants.py who may do what with {sorted(missing)}"
    assert not gone, f"spo_cases/grants.py knows tables that are not there: {sorted(gone)}"


@pytest.mark.parametrize("role", roles.ROLES)
def test_a_role_has_what_was_decided_and_nothing_else(role):
    wrong = []
    for table in tables():
        for verb in VERBS:
            right = grants.Right(role, table, DECIDED[role, table])
            if right.place != table:
                assert not may(role, table, verb), f"{role}: {verb} past the window of {table}"
                if not right.verbs:
                    continue
            wanted = verb in right.verbs
            if columns := grants.SOME_COLUMNS.get(verb, {}).get((role, table)):
                wanted = False  # of the whole row
                assert columns_that(role, right.place, verb) == set(columns)
            if may(role, right.place, verb) != wanted:
                wrong.append((right.place, verb, not wanted))
    assert not wrong


def may(role: str, table: str, verb: str) -> bool:
    with roles.as_owner() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, %s, %s)", [roles.ROLES[role], table, verb])
        return cursor.fetchone() == (True,)


def columns_that(role: str, table: str, verb: str) -> set[str]:
    """Those that the role may read or change."""
    with roles.as_owner() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 "
            "AND NOT attisdropped AND has_column_privilege(%s, attrelid, attnum, %s)",
            [table, roles.ROLES[role], verb],
        )
        return {name for (name,) in cursor.fetchall()}


def test_the_service_may_write_every_record_of_the_rooms():
    """The log alone is only written to; what Django keeps of itself is only read."""
    short = []
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table.replace('"', "")
        verbs = DECIDED["service", table if "." in table else f"public.{table}"]
        if model is Entry:
            wanted = {"SELECT", "INSERT"}
        elif model is StreamHead or table in READ_ONLY:
            wanted = {"SELECT"}
        else:
            wanted = {"SELECT", "INSERT", "UPDATE", "DELETE"}
        if set(verbs) != wanted:
            short.append((table, verbs))
    assert not short


def test_no_sequence_needs_a_right_of_its_own():
    """The numbers of new rows come from identity columns, which need none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class c WHERE relkind = 'S' AND NOT EXISTS "
            "(SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'i')"
        )
        assert cursor.fetchall() == []


def test_rights_that_somebody_added_are_taken_again():
    with roles.as_owner() as cursor:
        cursor.execute(f"GRANT ALL ON audit_entry TO {roles.SERVICE}")
        grants.apply(roles.ROLES)
        cursor.execute("SELECT has_table_privilege(%s, 'audit_entry', 'TRUNCATE')", [roles.SERVICE])
        assert cursor.fetchone() == (False,)


def test_a_role_that_is_not_there_is_named_with_the_mend():
    with (
        roles.as_owner(),
        override_settings(DATABASE_ROLES={"service": "nobody_has_made_it"}),
        pytest.raises(CommandError, match="CREATE ROLE nobody_has_made_it LOGIN"),
    ):
        call_command("grant_roles")


def test_with_one_address_alone_nothing_is_granted(capsys):
    with roles.as_owner() as cursor:
        cursor.execute("SELECT current_user")
        (owner,) = cursor.fetchone()
        with override_settings(DATABASE_ROLES={"service": owner}):
            call_command("grant_roles")
    assert "the service owns its tables" in capsys.readouterr().out


@pytest.mark.parametrize("apart", [True, False])
def test_health_warns_where_a_role_does_what_another_should(settings, apart):
    settings.ADVOCATES_APART = apart
    shared = [] if apart else [health.ADVOCATES]
    assert health.measures()["warnings"] == shared
    with roles.as_owner():
        assert health.measures()["warnings"] == [health.OWNER, *shared]


@pytest.mark.parametrize("of", ["ROLE", "DATABASE"])
def test_health_warns_where_somebody_tried_to_steer_the_log(settings, of):
    settings.ADVOCATES_APART = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        (database,) = cursor.fetchone()
    name = roles.SERVICE if of == "ROLE" else connection.ops.quote_name(database)
    with roles.as_owner() as cursor:
        cursor.execute(f"ALTER {of} {name} SET search_path = 'public'")
    assert health.measures()["warnings"] == [], "only what the log believes"
    with roles.as_owner() as cursor:
        cursor.execute(f"ALTER {of} {name} SET spo.actor = 'somebody'")
    assert health.measures()["warnings"] == [health.STEERED]


@pytest.mark.parametrize("role", roles.ROLES)
@pytest.mark.parametrize(
    "call",
    [
        "pg_advisory_lock(7379, 1)",
        "pg_advisory_lock_shared(7379, 1)",
        "pg_advisory_xact_lock(7379, 1)",
        "pg_try_advisory_lock(7379, 1)",
        "pg_try_advisory_xact_lock_shared(7379, 1)",
        "lo_create(0)",
        "lo_creat(-1)",
        "lo_from_bytea(0, '')",
        "lo_put(1, 0, '')",
    ],
)
def test_no_role_holds_the_logs_streams_or_keeps_large_objects(role, call):
    with (
        roles.as_role(roles.ROLES[role]) as cursor,
        pytest.raises(DatabaseError, match="permission denied for function"),
        transaction.atomic(),
    ):
        cursor.execute(f"SELECT {call}")


def test_each_role_has_the_locks_that_it_uses_and_the_printer_none():
    with connection.cursor() as cursor:
        for role, name in roles.ROLES.items():
            for lock in grants.LOCKS[grants.SERVICE]:
                cursor.execute("SELECT has_function_privilege(%s, %s, 'EXECUTE')", [name, lock])
                assert cursor.fetchone() == (lock in grants.LOCKS.get(role, ()),), (role, lock)


def test_an_owner_who_may_not_close_them_is_told_so(capsys):
    """It is not a superuser: its rights are given as ever, and what is left open is said."""
    with roles.as_owner() as cursor:
        cursor.execute("GRANT EXECUTE ON FUNCTION lo_create(oid) TO PUBLIC")
        cursor.execute("CREATE ROLE spo_test_plain")
        with roles.as_role("spo_test_plain"), override_settings(DATABASE_ROLES={}):
            call_command("grant_roles")
        assert grants.OPEN in capsys.readouterr().out
        cursor.execute("SET ROLE NONE")
        call_command("grant_roles")
    assert grants.OPEN not in capsys.readouterr().out
    assert grants.open_to_all() == []
