"""What each of our roles may do with each table of the database: all of it, on one page.

The tables belong to a fourth role, the owner, who migrates and does nothing else. No role of a service
may alter or empty a table, switch a trigger off or make anything. `manage.py migrate` gives these rights
anew each time; a table that is not here is refused by a test, and gives nobody anything.

The advocates' site has its rights on windows of the tables, not on the tables: see `spo_cases.windows`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction

from spo_cases import windows

SERVICE, DOCUMENTS, ADVOCATES = "service", "documents", "advocates"
VERBS = {"s": "SELECT", "i": "INSERT", "u": "UPDATE", "d": "DELETE", ".": ""}
RIGHTS = """
table                            service  documents  advocates
advocates.django_session         .        .          siud
advocates.spo_cache              .        .          siud
account_emailaddress             siud     .          .
account_emailconfirmation        siud     .          .
accounts_accountchange           siud     .          .
accounts_apitoken                siud     .          .
accounts_force                   siud     .          s
accounts_grant                   siud     .          si
accounts_organisation            siud     .          s
accounts_unit                    siud     .          s
accounts_user                    siud     .          su
advocates_consent                siud     .          s
alerts_alert                     siud     .          si
alerts_heartbeat                 siud     siu        s
alerts_message                   siud     .          .
applications_application         siud     .          s
applications_authority           siud     .          .
applications_closedcourt         siud     .          .
applications_court               siud     .          .
applications_hearing             siud     .          s
applications_otherrecord         siud     .          .
applications_proposedcondition   siud     .          .
applications_request             siud     .          si
applications_stalkingact         siud     .          .
applications_thresholddecision   siud     .          s
applications_wrongresult         siud     .          .
audit_entry                      si       .          si
audit_streamhead                 s        .          .
auth_group                       s        .          .
auth_group_permissions           s        .          .
auth_permission                  s        .          .
breaches_breach                  siud     .          si
breaches_point                   siud     .          i
casework_case                    siud     .          siu
casework_counter                 siud     .          siu
casework_deadline                siud     .          siu
casework_party                   siud     .          s
casework_submission              siud     .          sid
contact_matter                   siud     .          si
contact_telling                  siud     .          s
django_content_type              s        .          .
django_migrations                s        .          .
django_session                   siud     .          .
documents_document               siud     su         .
notifications_attendance         siud     .          s
notifications_duty               siud     .          s
notifications_station            siud     .          .
notifications_suspectedfailure   siud     .          .
orders_condition                 siud     .          s
orders_correction                siud     .          s
orders_order                     siud     .          s
orders_service                   siud     .          s
orders_serviceattempt            siud     .          .
orders_variation                 siud     .          s
people_address                   siud     .          .
people_correction                siud     .          .
people_identifier                siud     .          .
people_name                      siud     .          .
people_person                    siud     .          s
people_safecontact               siud     .          s
people_token                     siud     .          .
spo_cache                        siud     .          .
vault.confidential               siud     .          .
"""

UPDATED = {  # where a role may change these columns and no others
    (DOCUMENTS, "public.documents_document"): (
        *("stage", "html", "proof", "pages", "problem", "due_at", "attempts"),
    ),
    (ADVOCATES, "public.accounts_user"): ("password",),
    (ADVOCATES, "public.casework_case"): ("next_due_at", "status", "version"),
    (ADVOCATES, "public.casework_counter"): ("last",),
    (ADVOCATES, "public.casework_deadline"): ("path",),  # none is: to lock a row takes the right
}
READ = {  # the same of what a role may read
    (ADVOCATES, "public.audit_entry"): (
        *("id", "kind", "at", "actor", "verb", "table", "row_id", "case_id"),
    ),
}
SEEN = {  # where a role reaches only the rows for which this holds
    (DOCUMENTS, "public.documents_document"): "status = 'waiting'",
}
SOME_COLUMNS: Mapping[str, Mapping[tuple[str, str], tuple[str, ...]]] = {
    "UPDATE": UPDATED,
    "SELECT": READ,
}


OPEN_TO_ALL = """
    SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace
    AND (proname ~ '^(pg_advisory_|pg_try_advisory_|lo_)' OR proname IN ('loread', 'lowrite'))
    AND has_function_privilege('public', oid, 'EXECUTE') ORDER BY 1
"""
STREAM_LOCKS = ("pg_advisory_xact_lock(int, int)", "pg_try_advisory_xact_lock(int, int)")
LOCKS = {  # of one number: with those of two, which are the owner's, the log holds its streams
    ADVOCATES: ("pg_advisory_xact_lock(bigint)", "pg_try_advisory_xact_lock(bigint)"),
    SERVICE: (
        *("pg_advisory_xact_lock(bigint)", "pg_try_advisory_xact_lock(bigint)"),
        *("pg_advisory_lock(bigint)", "pg_advisory_unlock(bigint)"),
    ),
}
OPEN = (
    "Any role of this database may hold the locks of the log's streams and keep large objects. Only a "
    "superuser can end that, as docs/operations.md says under “Roles of the database”."
)


class NoSuchRole(Exception):
    """An address names a role that the server does not know."""


@dataclass(frozen=True)
class Right:
    """What one role may do with one table. `table` carries its schema: "vault.confidential"."""

    role: str
    table: str
    verbs: tuple[str, ...]

    @property
    def place(self) -> str:
        """Where the role has it: on the table, or on its window."""
        schema, _, name = self.table.partition(".")
        windowed = self.role == ADVOCATES and schema == "public"
        return f"{windows.SCHEMA}.{name}" if windowed else self.table


def rights() -> Iterator[Right]:
    """The page above, cell by cell."""
    _, head, *lines = RIGHTS.rstrip().split("\n")
    for line in lines:
        table, *cells = line.split()
        for role, letters in zip(head.split()[1:], cells, strict=True):
            verbs = tuple(VERBS[letter] for letter in letters if VERBS[letter])
            yield Right(role, table if "." in table else f"public.{table}", verbs)


def apply(roles: Mapping[str, str] | None = None) -> list[str]:
    """Give every role its rights and take all others, as the owner; which roles got them.

    roles  our name for it -> the server's; without it those of the addresses in the settings

    Raises NoSuchRole. A role that owns the tables is left as it is.
    """
    named: Mapping[str, str] = settings.DATABASE_ROLES if roles is None else roles
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (owner,) = cursor.fetchone()
        given = {role: name for role, name in named.items() if name and name != owner}
        for name in given.values():
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
            if not cursor.fetchone():
                raise NoSuchRole(
                    f"There is no role {name}: CREATE ROLE {name} LOGIN PASSWORD '...'"
                )
        closes = _close_to_all()
        if ADVOCATES in given:
            windows.make()
        there = set(_tables())
        for role, name in given.items():
            cells = [right for right in rights() if right.role == role and right.table in there]
            for statement in _statements(_quoted(name), cells):
                cursor.execute(statement)
            if closes and (locks := LOCKS.get(role)):
                cursor.execute(f"GRANT EXECUTE ON FUNCTION {', '.join(locks)} TO {_quoted(name)}")
    return list(given.values())


def open_to_all() -> list[str]:
    """The server's own functions that let any role stop the log's writers, or keep what no table has."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN_TO_ALL)
        return [function for (function,) in cursor.fetchall()]


def _close_to_all() -> bool:
    """Take them from everybody in this database. Only a superuser may; gives whether it was one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        (may,) = cursor.fetchone()
        if may and (functions := open_to_all()):
            cursor.execute(f"REVOKE EXECUTE ON FUNCTION {', '.join(functions)} FROM PUBLIC")
            cursor.execute(f"GRANT EXECUTE ON FUNCTION {', '.join(STREAM_LOCKS)} TO CURRENT_USER")
    return bool(may)


def _statements(role: str, cells: list[Right]) -> Iterator[str]:
    """The SQL that leaves this role with exactly these cells."""
    database = _quoted(str(connection.settings_dict["NAME"]))
    yield f"REVOKE CREATE, TEMPORARY ON DATABASE {database} FROM PUBLIC, {role}"
    yield f"REVOKE CREATE ON SCHEMA public FROM PUBLIC, {role}"
    yield f"GRANT CONNECT ON DATABASE {database} TO {role}"
    for schema in sorted({table.partition(".")[0] for table in _tables()}):
        yield f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {role}"
        yield f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA {schema} FROM {role}"
        yield f"REVOKE ALL ON SCHEMA {schema} FROM {role}"
        if any(right.place.startswith(f"{schema}.") and right.verbs for right in cells):
            yield f"GRANT USAGE ON SCHEMA {schema} TO {role}"
    for right in cells:
        if verbs := [_verb(right, verb) for verb in right.verbs]:
            yield f"GRANT {', '.join(verbs)} ON {right.place} TO {role}"
        if rows := SEEN.get((right.role, right.table)):
            yield from _policies(right, role, rows)


def _verb(right: Right, verb: str) -> str:
    """UPDATE, or UPDATE ("stage", "html")"""
    some = SOME_COLUMNS.get(verb, {}).get((right.role, right.table))
    return f"{verb} ({', '.join(map(_quoted, some))})" if some else verb


def _policies(right: Right, role: str, rows: str) -> Iterator[str]:
    """SQL for row security: everybody as before, and this role only where `rows` holds."""
    table, ours = right.table, f"walled_{right.role}"
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
    yield f"DROP POLICY IF EXISTS everybody ON {table}"
    yield f"CREATE POLICY everybody ON {table} USING (true)"
    yield f"DROP POLICY IF EXISTS {ours} ON {table}"
    yield f"CREATE POLICY {ours} ON {table} AS RESTRICTIVE TO {role} USING ({rows})"


def _tables() -> list[str]:
    """Every table of ours that is there, with its schema."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT schemaname || '.' || tablename FROM pg_tables "
            "WHERE schemaname IN ('public', 'vault', 'advocates') ORDER BY 1"
        )
        return [table for (table,) in cursor.fetchall()]


def owns_its_tables() -> bool:
    """Whether the role that asks could rewrite the log: it owns it, or is a superuser."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class "
            "WHERE oid = 'audit_entry'::regclass"
        )
        return bool(cursor.fetchone()[0])


def has_settings_of_its_own() -> bool:
    """Whether whoever connects as this role, or to this database, is given an actor or a stream. The log
    believes neither (`audit.triggers`); somebody tried."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_db_role_setting AS s, unnest(s.setconfig) AS said "
            "WHERE starts_with(said, 'spo.') "
            "AND s.setrole IN (0, (SELECT oid FROM pg_roles WHERE rolname = current_user)) "
            "AND s.setdatabase IN "
            "(0, (SELECT oid FROM pg_database WHERE datname = current_database())))"
        )
        return bool(cursor.fetchone()[0])


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
