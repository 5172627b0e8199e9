"""The advocates' site under its own role: every page and act works, and nothing else is reached."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import get_resolver

from accounts import passwords
from accounts.models import User
from accounts.roles import Role
from accounts.tests import factories as accounts
from advocates.tests import factories
from alerts.models import Alert
from applications.models import Request
from audit.actor import SET_ACTOR, acting_as
from breaches.models import Breach, Point
from breaches.tests import factories as breaches
from casework import clock
from casework.models import Case, Deadline, Submission
from notifications import lifecycle as notifications
from notifications.models import Duty
from notifications.tests import factories as duties
from orders.tests import factories as orders
from orders.tests.test_correcting import correct
from people import actions as people
from spo_cases import grants, windows
from spo_cases.tests import roles

pytestmark = pytest.mark.django_db
HOST = {"HTTP_HOST": factories.HOST}
PASSWORD = "a long enough password"
TABLE = r'(?:"?\w+"?\.)?"?(\w+)"?'
CALLED = re.compile(rf"\b(?:FROM|JOIN|INTO|UPDATE) {TABLE}(?: ([A-Z]\d+)\b)?")
PLAIN = r'"?\w+"?\."\w+"(?: AS "\w+")?'
LISTED = re.compile(rf"SELECT (?:DISTINCT ON \([^)]*\) )?{PLAIN}(?:, {PLAIN})*|(?:, {PLAIN}){{4,}}")
ASKED = re.compile(r'"?(\w+)"?\."(\w+)"')
READS = re.compile(rf"\b(?:FROM|JOIN) {TABLE}")
WRITES = {
    "INSERT": re.compile(rf"\bINSERT INTO {TABLE}"),
    "UPDATE": re.compile(rf"\bUPDATE {TABLE} SET (.*?)(?: WHERE |$)"),
    "DELETE": re.compile(rf"\bDELETE FROM {TABLE}"),
}


@pytest.fixture(scope="module")
def lived(shared: None) -> UUID:
    """A client's, in which much has happened: what a window hides wrongly is missed somewhere."""
    now = clock.now()
    order = orders.served(now - timedelta(days=20), kind="interim")
    case = order.case
    came = duties.attended(duties.duty(order), now - timedelta(days=19), heard_by_constable=False)
    notifications.decide_attendance(
        came, by=accounts.user(Role.LEGAL), outcome="again", reason="Nobody authorised it"
    )
    duties.attended(Duty.objects.get(pk=came.duty_id), now - timedelta(days=17))
    breaches.reported(order)
    breaches.decided(order)
    orders.varied(order, now - timedelta(days=9), renewed_until=clock.today() + timedelta(days=90))
    correct(order, last_day=clock.today() + timedelta(days=95), court_reference="TM-26-77")
    factories.consent(case)
    client, by = factories.client_of(case), factories.officer(case)
    people.agree_safe_contact(client, by=by, method="phone", rule="After six, and alone")
    return case.pk


@pytest.fixture
def case(lived: UUID) -> Case:
    return Case.objects.get(pk=lived)


@pytest.fixture
def browser(case: Case) -> Client:
    client = Client(**HOST)
    client.force_login(User.objects.get(username="advocate"))
    return client


def incident(words: str = "He stood at her gate") -> dict[str, str]:
    at = clock.now() - timedelta(minutes=30)
    day = {"happened_at_day": f"{at:%d}", "happened_at_month": f"{at:%m}"}
    hour = {"happened_at_year": f"{at:%Y}", "happened_at_hour": "00", "happened_at_minute": "01"}
    return day | hour | {"what_happened": words, "once": words}


def asking() -> dict[str, str]:
    return {
        "force": accounts.force().pk,
        "client_as_told": "C. F.",
        "safe_contact": "Through me",
        "subject_as_told": "Her former partner",
        "concerns": "He follows her home.",
        "client_agrees": "yes",
        "once": "asking",
    }


def walk(browser: Client, case: Case) -> set[str]:
    """Every page and every act of the site; gives the names of the addresses that were opened."""
    opened = set()
    for name, path in pages(case):
        assert browser.get(path).status_code == 200, path
        opened.add(name)
    assert browser.post("/", {"q": "C F"}, follow=True).status_code == 200
    assert browser.get("/?cursor=nonsense").status_code == 302
    for _ in range(2):
        assert browser.post("/ask/", asking()).status_code == 302
        assert browser.post(f"/clients/{case.pk}/report/", incident()).status_code == 302
    assert browser.post("/ask/", {}).status_code == 422
    Submission.objects.update(at=clock.now() - timedelta(days=2))
    assert browser.post(f"/clients/{case.pk}/report/", incident()).status_code == 302
    assert browser.get(f"/clients/{UUID(int=1)}/").status_code == 404
    for _ in range(2):
        assert browser.get("/health/ready").status_code in (200, 503)
    return opened | programs(browser, case) | signs_in()


def programs(browser: Client, case: Case) -> set[str]:
    """The interface of the site's acts, by a session of the site."""
    at = (clock.now() - timedelta(minutes=5)).isoformat()
    told = {
        "ask-for-order": {k: v for k, v in asking().items() if k != "once"}
        | {"client_agrees": True, "client_as_told": "Another client"},
        "report-incident": {"happened_at": at, "what_happened": "He wrote to her again"},
    }
    opened = set()
    for name, route in routes(get_resolver("advocates.hosted_urls").url_patterns):
        if route.startswith("api/"):
            path, act = "/" + re.sub(r"<uuid:\w+>", str(case.pk), route), route.split("/")[-2]
            sent = {"data": told[act], "content_type": "application/json"}
            answer = browser.post(path, headers={"Idempotency-Key": act}, **sent)
            assert answer.status_code == 201, answer.content
            opened.add(name)
    return opened


def signs_in() -> set[str]:
    """By a link, with a wrong password, with the right one, and out again."""
    user = factories.advocate("advocate.new")
    browser = Client(**HOST)
    page = browser.get(passwords.path_of_link(user), follow=True)
    chosen = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    assert browser.post(page.redirect_chain[-1][0], chosen).status_code == 302
    tried = {"login": user.username, "password": "something else"}
    assert browser.post("/accounts/login/", tried).status_code == 200
    again = browser.post("/accounts/login/", tried | {"password": PASSWORD})
    assert again.headers["Location"] == "/"
    assert browser.get("/").status_code == 200
    assert browser.post("/accounts/logout/").status_code == 302
    assert browser.get("/").status_code == 302
    browser.post("/accounts/login/", tried | {"password": PASSWORD})
    assert browser.get("/accounts/leave/").status_code == 302
    assert browser.get("/").status_code == 302
    return {"choose_password", "account_login", "account_logout", "leave"}


def pages(case: Case) -> Iterator[tuple[str, str]]:
    """What can be opened with a GET by somebody signed in."""
    for name, route in routes(get_resolver("advocates.hosted_urls").url_patterns):
        if not route.startswith(("accounts/", "api/")):
            yield name, "/" + re.sub(r"<uuid:\w+>", str(case.pk), route)
    yield "account_inactive", "/accounts/inactive/"


def routes(patterns: list[Any], before: str = "") -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = f"{before}{pattern.pattern}"
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, route)
        else:
            yield pattern.name, route


@contextmanager
def recorded() -> Iterator[dict[tuple[str, str], set[str]]]:
    """Which verbs the site used on which table, and with which columns."""
    used: dict[tuple[str, str], set[str]] = {}

    def note(execute: Callable[..., Any], sql: Any, *rest: Any) -> Any:
        if roles.whose() == roles.ADVOCATES:
            for verb, table, columns in verbs_of(str(sql)):
                used.setdefault((table, verb), set()).update(columns)
            for table, column in asked_about(str(sql)):
                used.setdefault((table, "ASKED"), set()).add(column)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield used


def verbs_of(sql: str) -> Iterator[tuple[str, str, list[str]]]:
    for verb, pattern in WRITES.items():
        for found in pattern.finditer(sql):
            columns = found[2] if verb == "UPDATE" else ""
            yield verb, found[1], re.findall(r'"(\w+)" = ', columns)
    for found in READS.finditer(re.sub(r"\bDELETE FROM", "DELETE", sql)):
        if found[1].islower():  # else a function's
            yield "SELECT", found[1], []
    if " FOR NO KEY UPDATE" in sql or " FOR UPDATE" in sql:
        for found in READS.finditer(sql):
            yield "LOCK", found[1], []


def asked_about(sql: str) -> Iterator[tuple[str, str]]:
    """The columns by which rows are found, joined or put in order: what is only listed is left out.

    One name may stand for several tables, in subqueries beside each other: one that shows it will do.
    """
    tables: dict[str, set[str]] = {}
    for table, called in CALLED.findall(sql):
        tables.setdefault(called or table, set()).add(table)
    for name, column in ASKED.findall(LISTED.sub("SELECT", sql)):
        seen = tables.get(name, set()) & set(windows.WINDOWS)
        if seen and not any(windows.shows(table, column) for table in seen):
            yield min(seen), column


def granted() -> set[tuple[str, str]]:
    cells = (right for right in grants.rights() if right.role == grants.ADVOCATES)
    return {(right.table.partition(".")[2], verb) for right in cells for verb in right.verbs}


def test_every_page_and_act_works_and_nothing_is_granted_that_none_of_them_uses(
    browser: Client, case: Case
) -> None:
    with recorded() as used:
        opened = walk(browser, case)
    missed = {
        (table, column)
        for (table, verb), columns in used.items()
        for column in columns
        if verb == "ASKED"
    }
    assert not missed, (
        f"show these in spo_cases/windows.py: the site asks by them: {sorted(missed)}"
    )
    names = {name for name, _ in routes(get_resolver("advocates.hosted_urls").url_patterns)}
    assert opened == names
    done = {(table, "UPDATE" if verb == "LOCK" else verb) for table, verb in used}
    done = {(table, verb) for table, verb in done if verb != "ASKED"}
    unused = granted() - done
    assert not unused, f"take these from the advocates in spo_cases/grants.py: {sorted(unused)}"
    assert not done - granted()
    for (role, table), columns in grants.UPDATED.items():
        if role == grants.ADVOCATES:
            name = table.partition(".")[2]
            changed = used.get((name, "UPDATE"), set())
            assert changed <= set(columns), name
            assert changed == set(columns) or (name, "LOCK") in used, f"{name}: {changed}"


def test_a_request_runs_as_the_role_of_its_site_also_after_a_fault(
    browser: Client, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tests' own switch; the processes of a real service know one address each."""
    seen: list[tuple[str, str]] = []

    def note(execute: Callable[..., Any], sql: Any, *rest: Any) -> Any:
        with connection.connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            seen.append((roles.whose(), cursor.fetchone()[0]))
        return execute(sql, *rest)

    police = Client()
    police.force_login(factories.officer(case))
    broken = "advocates.views.queries.facts"
    with connection.execute_wrapper(note):
        browser.get(f"/clients/{case.pk}/")
        assert {who for who, _ in seen} == {roles.ADVOCATES, roles.SERVICE}, "and the keeper"
        assert all(who == user for who, user in seen)
        with monkeypatch.context() as fault:
            fault.setattr(broken, lambda *args: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                browser.get(f"/clients/{case.pk}/")
        seen.clear()
        police.get("/")
        assert seen
        assert set(seen) == {("", roles.SERVICE)}


@contextmanager
def as_the_site(reader: str = "advocate") -> Iterator[Any]:
    with acting_as(reader), roles.on_the_advocates_site(), connection.cursor() as cursor:
        yield cursor


def rows(cursor: Any, sql: str, *values: Any) -> list[Any]:
    cursor.execute(sql, values)
    return list(cursor.fetchall())


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT text FROM vault.confidential",
        "SELECT lines FROM people_address",
        "SELECT key_hash FROM accounts_apitoken",
        "SELECT session_key FROM public.django_session",
        "SELECT value FROM public.spo_cache",
        "SELECT password FROM public.accounts_user",
        "SELECT 1 FROM public.casework_case",
        "SELECT 1 FROM applications_authority",
        "SELECT 1 FROM applications_proposedcondition",
        "SELECT 1 FROM applications_stalkingact",
        "SELECT 1 FROM documents_document",
        "SELECT 1 FROM orders_serviceattempt",
        "SELECT 1 FROM notifications_suspectedfailure",
        "SELECT 1 FROM alerts_message",
        "SELECT details FROM audit_entry",
        "SELECT * FROM public.audit_entry",
        "SELECT 1 FROM breaches_point",
        "UPDATE accounts_user SET role = 'stalking_lead'",
        "UPDATE casework_case SET restricted = false",
        "UPDATE advocates_consent SET valid_until = '2099-01-01'",
        "DELETE FROM breaches_breach",
        "DELETE FROM audit_entry",
        "CREATE TABLE advocates.mine (a int)",
        "CREATE FUNCTION advocates.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "SELECT pg_advisory_lock(1)",
    ],
)
def test_what_the_site_does_not_need_it_cannot_reach(sql: str) -> None:
    with (
        as_the_site() as cursor,
        pytest.raises(DatabaseError, match="permission denied|cannot"),
        transaction.atomic(),
    ):
        cursor.execute(sql)


def test_of_a_case_that_nobody_consented_to_there_is_not_a_row(case: Case) -> None:
    """Whatever is asked, and whoever asks: this is the database's answer, not the policy's."""
    theirs = orders.served(clock.now() - timedelta(days=2)).case
    with as_the_site() as cursor:
        for table in case_tables():
            assert (theirs.pk,) not in rows(cursor, every("case_id", table)), table
        assert rows(cursor, "SELECT id FROM casework_case") == [(case.pk,)]


@pytest.mark.parametrize("reader", ["", "anonymous", "officer", "advocate.other"])
def test_whoever_is_not_her_advocate_sees_nothing_of_the_case(case: Case, reader: str) -> None:
    """A query that forgot to ask whose client it is finds none of another's."""
    factories.advocate("advocate.other")
    accounts.user(username="officer")
    with as_the_site(reader) as cursor:
        for table in (*case_tables(), "casework_case", "people_person", "people_safecontact"):
            column = "id" if table == "casework_case" else "1"
            assert rows(cursor, every(column, table)) == [], table


def test_who_reads_is_said_anew_with_each_statement(case: Case) -> None:
    """Nothing stays for the request that has the connection next."""
    with as_the_site() as cursor:
        assert rows(cursor, "SELECT count(*) FROM casework_case") == [(1,)]
        with acting_as("somebody"):
            assert rows(cursor, "SELECT count(*) FROM casework_case") == [(0,)]
            assert rows(cursor, "SELECT 'a' LIKE '%%a'") == [(True,)]
        cursor.execute("SELECT 'a' LIKE '%a'")
        assert cursor.fetchall() == [(True,)]


def every(column: str, table: str) -> str:
    return f"SELECT {column} FROM {table}"  # noqa: S608 our own names


def case_tables() -> list[str]:
    """The windows on what belongs to a case, as far as they may be read."""
    readable = {table for table, verb in granted() if verb == "SELECT"}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.columns WHERE column_name = 'case_id'"
        )
        return sorted({table for (table,) in cursor.fetchall()} & readable & set(windows.WINDOWS))


def test_consent_that_is_withdrawn_or_over_closes_the_windows(case: Case) -> None:
    consent = case.consents.get()
    with as_the_site() as cursor:
        assert rows(cursor, "SELECT id FROM casework_case") == [(case.pk,)]
    with transaction.atomic():
        day = clock.today() - timedelta(days=1)
        type(consent).objects.update(given_on=day, valid_until=day)
    with as_the_site() as cursor:
        for table in ("casework_case", "orders_order", "people_person", "advocates_consent"):
            assert rows(cursor, every("id", table)) == [], table


def test_of_people_it_sees_the_clients_name_and_of_him_how_he_is_spoken_of(case: Case) -> None:
    consent = case.consents.get()
    with as_the_site() as cursor:
        found = rows(cursor, "SELECT id, family_name, born_on, description FROM people_person")
    known = {pk: rest for pk, *rest in found}
    assert known.pop(consent.person_id) == [consent.person.family_name, None, ""]
    assert known.pop(case.subject_id) == ["", None, ""]
    assert not known, "nobody else in the case"


def test_of_an_officer_it_sees_name_and_phone_and_no_password(case: Case) -> None:
    officer = factories.officer(case)
    officer.set_password(PASSWORD)
    with transaction.atomic():
        officer.save()
        Case.objects.filter(pk=case.pk).update(officer=officer)
    with as_the_site() as cursor:
        told = "SELECT name, password, email, username FROM accounts_user WHERE id = %s"
        assert rows(cursor, told, officer.pk) == [(officer.name, "", "", "")]
        hers = rows(cursor, "SELECT password FROM accounts_user WHERE role = 'advocate'")
        assert all(password for (password,) in hers)


def test_no_password_but_an_advocates_is_changed_there(case: Case) -> None:
    officer = factories.officer(case)
    with transaction.atomic():
        Case.objects.filter(pk=case.pk).update(officer=officer)
    before = officer.password
    with as_the_site() as cursor, transaction.atomic():
        cursor.execute(SET_ACTOR, ["somebody"])
        cursor.execute("UPDATE accounts_user SET password = 'x' WHERE id = %s", [officer.pk])
    officer.refresh_from_db()
    assert officer.password == before


def test_nobody_is_let_in_and_no_line_forged_through_a_window(case: Case) -> None:
    officer, other = accounts.user(username="new.officer"), orders.made().case
    grant = (
        "INSERT INTO accounts_grant (id, case_id, user_id, basis, valid_from) "
        "VALUES (gen_random_uuid(), %s, %s, 'assignment', now())"
    )
    line = (
        'INSERT INTO audit_entry (kind, at, actor, verb, "table", row_id, details) '
        "VALUES ('row', now(), 'officer', 'insert', 'orders_order', '', '{}')"
    )
    for sql, values in ((grant, [other.pk, officer.pk]), (line, [])):
        with as_the_site() as cursor, transaction.atomic():
            cursor.execute(SET_ACTOR, ["somebody"])
            with pytest.raises(DatabaseError, match="check option|only the change of a row"):
                cursor.execute(sql, values)
            transaction.set_rollback(True)


def test_without_the_keeper_there_is_no_page_but_a_report_is_taken(
    case: Case, settings: Any, tmp_path: Any
) -> None:
    browser = Client(raise_request_exception=False, **HOST)
    browser.force_login(User.objects.get(username="advocate"))
    settings.KEEPER = str(tmp_path / "nobody")
    assert browser.get("/").status_code == 200, "where no text of a case stands"
    for page in (f"/clients/{case.pk}/", f"/clients/{case.pk}/report/"):
        answer = browser.get(page)
        assert answer.status_code == 503
        assert "cannot tell at the moment what it may show" in answer.content.decode()
        assert settings.HELP_PHONE in answer.content.decode()
    told = Breach.objects.count()
    assert browser.post(f"/clients/{case.pk}/report/", incident()).status_code == 302
    assert browser.post("/ask/", asking()).status_code == 302
    assert Breach.objects.count() == told + 1


# What is not shown must not be missed: both ways of serving the site give the same


def test_the_pages_say_the_same_as_with_the_services_role(browser: Client, case: Case) -> None:
    plain = Client(**HOST)
    with roles.one_role():
        plain.force_login(User.objects.get(username="advocate"))
    for name, path in pages(case):
        walled = browser.get(path)
        with roles.one_role():
            assert said(plain.get(path)) == said(walled), name


def said(answer: Any) -> str:
    text: str = answer.content.decode()
    text = re.sub(r'(nonce|value)="[\w/+=:.-]{16,}"', "", text)
    return re.sub(r"As at \d\d:\d\d", "", text)


def test_a_report_and_an_ask_leave_the_same_rows(browser: Client, case: Case) -> None:
    plain = Client(**HOST)
    with roles.one_role():
        plain.force_login(User.objects.get(username="advocate"))
    left = []
    for one, client in ((False, browser), (True, plain)):
        with transaction.atomic():
            with roles.one_role() if one else roles.two_roles():
                assert client.post("/ask/", asking()).status_code == 302
                assert client.post(f"/clients/{case.pk}/report/", incident()).status_code == 302
            left.append(rows_left(case))
            transaction.set_rollback(True)
    assert left[0] == left[1]
    assert len(left[0]) > 20


def rows_left(case: Case) -> list[Any]:
    """What the two acts wrote, without moments and keys."""
    asked = Request.objects.exclude(case=case).get()
    told = Breach.objects.filter(case=case).order_by("-number").first()
    assert told
    of_both = {"case__in": [case, asked.case]}
    return [
        *Case.objects.values_list("reference", "status", "officer", "restricted").order_by(
            "reference"
        ),
        *Request.objects.filter(pk=asked.pk).values_list("concerns", "safe_contact", "source"),
        *Breach.objects.filter(pk=told.pk).values_list("what_happened", "findings", "source"),
        *Point.objects.filter(breach=told).values_list("key", "held", "evidence").order_by("key"),
        *sorted(Deadline.objects.filter(**of_both).values_list("kind", "owner_role", "title")),
        *sorted(Alert.objects.filter(**of_both).values_list("kind", "recipients", "title")),
        *[case.next_due_at is not None for case in Case.objects.order_by("reference")],
    ]
