"""What the advocates' site sees of each table: which rows, and which columns of them.

The role of the advocates' site has no right on any table. It has a schema of its own, `advocates`, first
on its search path, with a window for each table that the site needs: a view of the same name. So the
same code runs there, a query that nobody narrowed finds only what the window shows, and one that forgot
the search path finds nothing. A column that is not shown is empty; so is every column that comes later.

Rows are those of the reader's clients, and of what she asked for. She is named with each statement, by the
site itself: against somebody who can make it run other SQL the windows hold for advocates as a whole, not
for one among them.

What the site may do through a window is one column of `spo_cases.grants`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.db import connection

SCHEMA = "advocates"  # has its own django_session and spo_cache too: the police's are elsewhere
TODAY = "(now() AT TIME ZONE 'Europe/London')::date"
INSERTED = f"{SCHEMA}.put_in"
PASSWORD = f"{SCHEMA}.keep_password"
# Who reads says so with each statement (`spo_cases.reading`); whoever is no advocate reads nobody's.
READER = "current_setting('spo.reader', true)"
HER = f"(SELECT id FROM public.accounts_user WHERE role = 'advocate' AND username = {READER})"  # noqa: S608
HERS = "t.role = 'advocate'"
CONSENTS = (
    f"FROM public.advocates_consent WHERE advocate_id = {HER}"
    f" AND status = 'given' AND valid_until >= {TODAY}"
)
CASES, CLIENTS = f"SELECT case_id {CONSENTS}", f"SELECT person_id {CONSENTS}"
ASKED = f"SELECT case_id FROM public.applications_request WHERE asked_by_id = {HER}"  # noqa: S608

JOINED = f"SELECT same_as_id FROM public.applications_request WHERE asked_by_id = {HER}"  # noqa: S608
"""Where what she asked for goes on, after it was recorded twice."""


def among(column: str, *rows: str) -> str:
    """SQL: the column has a value that one of these selects gives. Few rows, so each is found by key."""
    return f"{column} IN ({' UNION ALL '.join(rows)})"


def in_cases(column: str) -> str:
    """SQL: what this column says of each case that a client of hers agreed to."""
    return f"SELECT {column} FROM public.casework_case WHERE {among('id', CASES)}"  # noqa: S608


CONSENTED, OPEN = among("t.case_id", CASES), among("t.case_id", CASES, ASKED, JOINED)


@dataclass(frozen=True)
class Window:
    """One table as the site sees it. `t` is the table's row in the SQL.

    shown    the columns, where not all of them are
    only     columns that are shown where something holds, as SQL
    checked  what is put in or changed must be among the rows
    """

    rows: str
    shown: tuple[str, ...] = ()
    only: Mapping[str, str] = field(default_factory=dict)
    checked: bool = False


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


WINDOWS: dict[str, Window] = {
    "accounts_force": Window("true"),
    "accounts_grant": Window(f"t.user_id = {HER}", checked=True),
    "accounts_organisation": Window("true"),
    "accounts_unit": Window("true"),
    "accounts_user": Window(
        f"{HERS} OR t.role = 'stalking_lead' OR {among('t.id', in_cases('officer_id'))}",
        words(
            "id name title phone role force_id unit_id organisation_id is_active is_demonstration"
        ),
        dict.fromkeys(words("username password email keeping_force_id invitations"), HERS)
        | {"date_joined": HERS},
    ),
    "advocates_consent": Window(
        f"t.advocate_id = {HER} AND t.status = 'given' AND t.valid_until >= {TODAY}",
        words("id case_id person_id advocate_id status given_on valid_until version"),
    ),
    "alerts_alert": Window(OPEN, checked=True),
    "alerts_heartbeat": Window("true"),
    "applications_application": Window(
        CONSENTED, words("id case_id force_id status lodged_on determined_on saved_at version")
    ),
    "applications_hearing": Window(
        CONSENTED,
        words("id case_id force_id application_id status starts_at purpose outcome version"),
    ),
    "applications_request": Window(
        OPEN,
        words("id case_id force_id status source asked_at asked_by_id organisation_id version")
        + words("same_as_id same_at"),
        {"client_as_told": f"t.asked_by_id = {HER}"},
    ),
    "applications_thresholddecision": Window(
        OPEN,
        words("id request_id case_id look outcome told_requester decided_at"),
    ),
    "audit_entry": Window(f"t.actor = {READER} OR (t.kind = 'event' AND {CONSENTED})"),
    "breaches_breach": Window(
        CONSENTED,
        words("id case_id force_id order_id condition_id status number happened_at same_as_id")
        + words("reported_at reported_by_id decided_at version"),
        {
            "outcome": "t.outcome = 'charged'",
            "what_happened": f"t.reported_by_id = {HER}",
        },
    ),
    "breaches_point": Window(CONSENTED, checked=True),
    "casework_case": Window(among("t.id", CASES, ASKED, JOINED)),
    "casework_counter": Window("true"),
    "casework_deadline": Window(OPEN, checked=True),
    "casework_party": Window(CONSENTED, words("id case_id person_id role")),
    "casework_submission": Window(f"t.username = {READER}", checked=True),
    "contact_matter": Window(
        CONSENTED,
        words("id case_id force_id person_id kind about_id of_day nth happened_at due_at")
        + words("whole_day status settled_at telling_id version"),
    ),
    "contact_telling": Window(
        f"{CONSENTED} AND {among('t.person_id', CLIENTS)} AND t.superseded_at IS NULL",
        words("id case_id force_id person_id status told_at told_by_name version"),
    ),
    "notifications_attendance": Window(
        CONSENTED,
        words("id duty_id case_id attended_at oral_statement status in_time findings")
        + words("decision decided_at recorded_at superseded_at version"),
    ),
    "notifications_duty": Window(
        CONSENTED, words("id case_id force_id order_id kind status superseded_at version")
    ),
    "orders_condition": Window(
        CONSENTED,
        words("id order_id case_id number wording kind text short own_last_day in_force"),
    ),
    "orders_correction": Window(
        CONSENTED,
        words("id order_id case_id kind corrected_on before after give_again recorded_at"),
    ),
    "orders_order": Window(
        CONSENTED,
        words("id case_id force_id subject_id application_id kind status made_at last_day ended_at")
        + words("end_reason replaces_interim_id version"),
    ),
    "orders_service": Window(
        CONSENTED,
        words("id order_id case_id variation_id correction_id served_at method explained")
        + words("footage_reference recorded_at superseded_at"),
    ),
    "orders_variation": Window(
        CONSENTED,
        words("id order_id case_id kind status applied_on decided_at decided_changes version"),
    ),
    "people_person": Window(
        among("t.id", CLIENTS, in_cases("subject_id")),
        words("id force_id gender version"),
        dict.fromkeys(words("given_names family_name"), among("t.id", CLIENTS)),
    ),
    "people_safecontact": Window(f"{among('t.person_id', CLIENTS)} AND t.superseded_at IS NULL"),
}


def shows(table: str, column: str) -> bool:
    """Whether this column is there to be read, at least in some rows."""
    window = WINDOWS[table]
    return not (window.shown or window.only) or column in window.shown or column in window.only


def clear() -> None:
    """Take the windows away, as the tables' owner: the tables behind them may then be altered."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(viewname) FROM pg_views WHERE schemaname = %s", [SCHEMA])
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP VIEW {SCHEMA}.{name}")


def make() -> None:
    """Make every window anew, as the tables' owner."""
    clear()
    with connection.cursor() as cursor:
        for statement in (PUT_IN, KEEP_PASSWORD):
            cursor.execute(statement)
        for table, window in WINDOWS.items():
            cursor.execute(
                "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute "
                "WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped "
                "ORDER BY attnum",
                [f"public.{table}"],
            )
            if columns := cursor.fetchall():
                for statement in _statements(table, window, dict(columns)):
                    cursor.execute(statement)


def _statements(table: str, window: Window, columns: Mapping[str, str]) -> Iterator[str]:
    """The SQL of one window."""
    every = not (window.shown or window.only)
    shown = ", ".join(
        f't."{name}"' if every or name in window.shown else _hidden(window, name, kind)
        for name, kind in columns.items()
    )
    option = " WITH LOCAL CHECK OPTION" if window.checked else ""
    rows = f"SELECT {shown} FROM public.{table} t WHERE {window.rows}"  # noqa: S608 our own words our own names
    yield f"CREATE VIEW {SCHEMA}.{table} WITH (security_barrier) AS {rows}{option}"
    if table == "accounts_user":
        yield (
            f"CREATE TRIGGER keep_password INSTEAD OF UPDATE ON {SCHEMA}.{table} "
            f"FOR EACH ROW EXECUTE FUNCTION {PASSWORD}()"
        )
    elif not every:
        yield (
            f"CREATE TRIGGER put_in INSTEAD OF INSERT ON {SCHEMA}.{table} "
            f"FOR EACH ROW EXECUTE FUNCTION {INSERTED}()"
        )


def _hidden(window: Window, name: str, kind: str) -> str:
    """A column that is empty, or empty but where something holds."""
    empty = f"{_empty(kind)}::{kind}"
    if name in window.only:
        return f'CASE WHEN {window.only[name]} THEN t."{name}" ELSE {empty} END AS "{name}"'
    return f'{empty} AS "{name}"'


def _empty(kind: str) -> str:
    return "''" if kind == "text" or kind.startswith("character varying") else "NULL"


# A window with empty columns takes a new row whole: what the site writes it need not read again.
PUT_IN = f"""
CREATE OR REPLACE FUNCTION {INSERTED}() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  EXECUTE format('INSERT INTO public.%I SELECT ($1).*', TG_TABLE_NAME) USING NEW;
  RETURN NEW;
END $$
"""
# Of an account its own password alone is changed here: when it is chosen, or its hash is renewed.
KEEP_PASSWORD = f"""
CREATE OR REPLACE FUNCTION {PASSWORD}() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE public.accounts_user SET password = NEW.password WHERE id = OLD.id AND role = 'advocate';
  RETURN NEW;
END $$
"""  # noqa: S608 our own words only names of our own go in
