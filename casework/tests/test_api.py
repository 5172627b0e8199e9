"""The API does what the pages do, by the same form, act and door."""

import json
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator

from accounts import actions
from accounts.models import User
from accounts.roles import Role
from accounts.tests import factories as accounts
from audit.models import Entry
from casework.models import Case, Party, Submission
from casework.tests import acts, factories

pytestmark = [pytest.mark.django_db, pytest.mark.urls("casework.tests.acts")]
BODY = {"restricted_reason": "His brother works here", "online_acts": True}


@pytest.fixture
def officer() -> User:
    return accounts.user()


@pytest.fixture
def case(officer: User) -> Case:
    return factories.case(officer=officer)


@pytest.fixture
def key(officer: User) -> str:
    until = timezone.now() + timedelta(days=1)
    return actions.issue_token(officer, label="test", valid_until=until, by="test:setup")


class Program:
    """A caller with a token."""

    def __init__(self, key: str) -> None:
        self.client = Client(headers={"Authorization": f"Token {key}"} if key else {})

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        raw = body if isinstance(body, bytes) else json.dumps(body if body is not None else {})
        return self.client.post(path, raw, content_type="application/json", headers=headers)

    def get(self, path: str) -> Any:
        return self.client.get(path)


@pytest.fixture
def program(key: str) -> Program:
    return Program(key)


def path(case: Case, act: str = "note") -> str:
    return f"/api/cases/{case.pk}/{act}/"


def unchanged(case: Case) -> bool:
    kept = Case.objects.get(pk=case.pk)
    return kept.version == case.version and not Entry.objects.filter(kind="event", case_id=case.pk)


def problem(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    said = answer.json()
    assert said["status"] == status
    assert said["title"]
    assert said["detail"]
    return said


def test_an_act_by_a_program_is_the_act_of_the_page(program: Program, case: Case) -> None:
    answer = program.post(path(case), BODY)
    assert answer.status_code == 200
    assert answer.json() == {
        "id": str(case.pk),
        "case": str(case.pk),
        "reference": case.reference,
        "status": "request",
        "version": 2,
    }
    kept = Case.objects.get(pk=case.pk)
    assert (kept.restricted_reason, kept.online_acts) == ("His brother works here", True)


def test_looks_through_a_token_are_the_users(program: Program, case: Case, officer: User) -> None:
    program.get(f"/api/cases/{case.pk}/")
    look = Entry.objects.get(kind="look", row_id=str(case.pk))
    assert look.actor == officer.username


def test_an_opening_answers_201(program: Program, case: Case) -> None:
    answer = program.post(path(case, "add-party"), {"family_name": "Samplewell", "role": "victim"})
    assert answer.status_code == 201
    assert answer.json()["id"] == str(Party.objects.get().pk)
    assert (
        program.post("/api/people/record-person/", {"family_name": "Exampleby"}).status_code == 201
    )


def test_errors_name_their_fields_in_the_forms_words(program: Program, case: Case) -> None:
    said = problem(program.post(path(case), {}), 422)
    assert said["errors"] == {
        "restricted_reason": ["Enter the reason"],
        "online_acts": ["Select yes if there were acts online"],
    }
    said = problem(program.post(path(case), BODY | {"restricted_reason": "forbidden"}), 422)
    assert said["errors"] == {"restricted_reason": ["The reason must not be forbidden"]}
    assert unchanged(case)


@pytest.mark.parametrize(
    ("body", "field", "words"),
    [
        (BODY | {"restricted_reason": 5}, "restricted_reason", "a text, not a number"),
        (BODY | {"restricted_reason": ["a"]}, "restricted_reason", "a text, not a list"),
        (BODY | {"restricted_reason": "x" * 61}, "restricted_reason", "60 characters or fewer"),
        (BODY | {"online_acts": "yes"}, "online_acts", "true or false, not a text"),
        (BODY | {"online_acts": None}, "online_acts", "Select yes if"),
        (BODY | {"status": "ended"}, "status", "no such field"),
        (BODY | {"force_id": "X"}, "force_id", "no such field"),
        (BODY | {"version": "two"}, "version", "whole number"),
        *((body, "", "must be an object") for body in ([], [1], "", "x", 0, 1, False, True)),
    ],
)
def test_wrong_types_and_unknown_fields(
    program: Program, case: Case, body: Any, field: str, words: str
) -> None:
    said = problem(program.post(path(case), body), 422)
    assert words in said["errors"][field][0]
    assert unchanged(case)


@pytest.mark.parametrize(
    ("closed_at", "words"),
    [
        ("2026-11-23T19:42:00", "Must have an offset"),
        ("2026-02-31T19:42:00Z", "Must be a moment"),
        ("23/11/2026", "Must be a moment"),
        (1764000000, "not a number"),
        ("9999-12-31T23:59:59-12:00", "Must be a moment"),
        ("1800-01-01T00:00:00Z", "must be a real date"),
    ],
)
def test_moments_are_iso_with_an_offset(
    program: Program, case: Case, closed_at: Any, words: str
) -> None:
    said = problem(program.post(path(case, "close"), {"closed_at": closed_at}), 422)
    assert words in said["errors"]["closed_at"][0]
    assert unchanged(case)


@pytest.mark.parametrize("hour", [0, 1])
def test_the_offset_tells_the_two_half_past_ones_apart(
    program: Program, case: Case, hour: int
) -> None:
    moment = datetime(2026, 10, 25, hour, 30, tzinfo=UTC)
    assert program.post(path(case, "close"), {"closed_at": moment.isoformat()}).status_code == 200
    assert Case.objects.get(pk=case.pk).asked_at == moment


def test_the_same_key_is_one_act_with_one_answer(program: Program, case: Case) -> None:
    body = {"family_name": "Samplewell", "role": "victim"}
    url, key = path(case, "add-party"), {"Idempotency-Key": "k-1"}
    first, second = program.post(url, body, **key), program.post(url, body, **key)
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert Party.objects.count() == 1


def test_an_answer_is_not_given_again_to_whom_the_case_is_closed(
    program: Program, case: Case
) -> None:
    body = {"family_name": "Samplewell", "role": "victim"}
    url, key = path(case, "add-party"), {"Idempotency-Key": "k-1"}
    assert program.post(url, body, **key).status_code == 201
    Case.objects.filter(pk=case.pk).update(force=accounts.other_force(), unit=None)
    problem(program.post(url, body, **key), 404)


def test_the_same_key_for_another_body_is_422(program: Program, case: Case) -> None:
    url, key = path(case, "add-party"), {"Idempotency-Key": "k-1"}
    program.post(url, {"family_name": "Samplewell", "role": "victim"}, **key)
    other = program.post(url, {"family_name": "Other", "role": "victim"}, **key)
    assert "Idempotency-Key" in problem(other, 422)["detail"]
    assert Party.objects.count() == 1


def test_another_users_key_is_their_own(program: Program, case: Case, officer: User) -> None:
    other = accounts.user(Role.STALKING_LEAD)
    until = timezone.now() + timedelta(days=1)
    theirs = Program(actions.issue_token(other, label="t", valid_until=until, by="test:setup"))
    for caller in (program, theirs):
        answer = caller.post(
            path(case, "add-party"),
            {"family_name": "Samplewell", "role": "victim"},
            **{"Idempotency-Key": "same"},
        )
        assert answer.status_code == 201
    assert Party.objects.count() == 2


def test_a_stale_version_is_409(program: Program, case: Case) -> None:
    program.post(path(case), BODY)
    for headers, body in (({"If-Match": '"1"'}, BODY), ({}, BODY | {"version": 1})):
        said = problem(program.post(path(case), body, **headers), 409)
        assert "since you opened it" in said["detail"]
    assert program.post(path(case), BODY, **{"If-Match": '"2"'}).status_code == 200


def test_the_wrong_state_is_409_and_says_what_it_is(program: Program, officer: User) -> None:
    case = factories.case(officer=officer, status=Case.Status.ENDED)
    said = problem(program.post(path(case), BODY), 409)
    assert said["detail"] == "You cannot note now. It is ended."


def test_denied_is_403_and_another_forces_case_404(program: Program, case: Case) -> None:
    until = timezone.now() + timedelta(days=1)
    legal = actions.issue_token(
        accounts.user(Role.LEGAL), label="t", valid_until=until, by="test:setup"
    )
    assert "Your role (legal)" in problem(Program(legal).post(path(case), BODY), 403)["detail"]
    theirs = factories.case(officer=accounts.user(of=accounts.other_force()))
    nobodys = path(case).replace(str(case.pk), "00000000-0000-4000-8000-000000000000")
    found, absent = program.post(path(theirs), BODY), program.post(nobodys, BODY)
    assert problem(found, 404) == problem(absent, 404)


@pytest.mark.parametrize("key", ["", "wrong", "x" * 5000])
def test_who_is_not_known_may_do_nothing(case: Case, key: str) -> None:
    answer = Program(key).post(path(case), BODY)
    problem(answer, 401)
    assert answer["WWW-Authenticate"] == "Token"
    assert unchanged(case)


def test_a_token_ends(program: Program, case: Case, officer: User, key: str) -> None:
    actions.revoke_tokens(officer, by="test:setup")
    problem(program.post(path(case), BODY), 401)


def test_a_session_needs_its_csrf_token(case: Case, officer: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(officer)
    answer = browser.post(path(case), json.dumps(BODY), content_type="application/json")
    problem(answer, 403)
    assert unchanged(case)


def test_other_media_types_and_methods(program: Program, case: Case) -> None:
    answer = program.client.post(path(case), "a=b", content_type="text/plain")
    problem(answer, 415)
    problem(program.get(path(case)), 405)
    problem(program.get("/api/nothing/"), 404)


def test_records_are_read_with_their_version_and_in_pages(program: Program, case: Case) -> None:
    one = program.get(f"/api/cases/{case.pk}/")
    assert one.json() == {"id": str(case.pk), "reference": case.reference, "status": "request"}
    assert one["ETag"] == '"1"'
    factories.case(officer=accounts.user(of=accounts.other_force()))
    listed = program.get("/api/cases/").json()
    assert [row["id"] for row in listed["results"]] == [str(case.pk)]
    assert listed["next"] == listed["previous"] == ""
    problem(program.get("/api/cases/?cursor=made-up"), 422)


def test_every_act_is_described() -> None:
    schema = SchemaGenerator(patterns=acts.api_here).get_schema(public=True)
    note = schema["paths"]["/cases/{id}/note/"]["post"]
    body = schema["components"]["schemas"]["CaseworkNoteBody"]
    assert set(body["required"]) == {"restricted_reason", "online_acts"}
    assert body["properties"]["restricted_reason"]["maxLength"] == 60
    assert "application/problem+json" in note["responses"]["422"]["content"]
    assert {p["name"] for p in note["parameters"]} >= {"Idempotency-Key", "If-Match"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.urls("casework.tests.acts")
def test_a_key_in_flight_is_409_and_then_answers(key: str, case: Case) -> None:
    url, body = path(case, "add-party"), {"family_name": "Samplewell", "role": "victim"}
    codes: list[int] = []
    gate = threading.Barrier(6)

    def call() -> None:
        program = Program(key)
        gate.wait()
        codes.append(program.post(url, body, **{"Idempotency-Key": "k"}).status_code)
        connection.close()

    threads = [threading.Thread(target=call) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(codes) <= {201, 409}
    assert 201 in codes
    assert Program(key).post(url, body, **{"Idempotency-Key": "k"}).status_code == 201
    assert Party.objects.count() == 1
    assert Submission.objects.count() == 1
