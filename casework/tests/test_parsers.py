"""No JSON makes a 500, and none that cannot be kept gets past the parser."""

import json

import pytest
from django.test import Client

from accounts.tests import factories as accounts
from casework.models import Case
from casework.tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.urls("casework.tests.acts")]


@pytest.fixture
def case() -> Case:
    return factories.case()


def reason(text: str) -> bytes:
    return b'{"restricted_reason": "' + text.encode() + b'", "online_acts": true}'


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        (reason("a\\u0000b"), 400, "a NUL character"),
        (reason("a\\ud800b"), 400, "lone surrogate"),
        (reason("a\\udc00\\ud800b"), 400, "lone surrogate"),
        (reason("a\\u001bb"), 400, "U+001B"),
        (b'{"restricted_reason\\u0000": "a"}', 400, "a NUL character"),
        (b'{"restricted_reason": "\xed\xa0\x80"}', 400, "not UTF-8"),
        (b"\xff\xfe", 400, "not UTF-8"),
        (b"[" * 1000 + b"]" * 1000, 400, "nested deeper than 64"),
        (b'{"a":' * 1000 + b"1" + b"}" * 1000, 400, "nested deeper than 64"),
        (b"[" * 100_000, 400, "nested deeper than 64"),
        (b'{"a": "' + b"[" * 200 + b'"}', 422, "missing or wrong"),
        (b'{"a": "\\"[[[[" }', 422, "missing or wrong"),
        (b'{"online_acts": true, "online_acts": false}', 400, "a name stands twice"),
        (b'{"a": NaN}', 400, "NaN is not a JSON number"),
        (b'{"a": -Infinity}', 400, "-Infinity is not a JSON number"),
        (b'{"a": 1e999}', 422, "missing or wrong"),
        (b'{"a": ' + b"9" * 10_000 + b"}", 400, "not JSON"),
        (b'{"a": ', 400, "not JSON"),
        (b"nothing", 400, "not JSON"),
        (reason("x" * 10_000_000), 413, "too big"),
        (reason("x" * 1_100_000), 413, "too big"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_bad_json_is_a_problem_and_changes_nothing(
    case: Case, body: bytes, status: int, words: str
) -> None:
    browser = Client()
    browser.force_login(accounts.user())
    answer = browser.post(f"/api/cases/{case.pk}/note/", body, content_type="application/json")
    assert answer.status_code == status, answer.content[:300]
    assert answer["Content-Type"] == "application/problem+json"
    assert words in json.loads(answer.content)["detail"]
    assert Case.objects.get(pk=case.pk).version == 1


def test_an_escaped_pair_is_one_good_character(case: Case) -> None:
    browser = Client()
    browser.force_login(accounts.user())
    answer = browser.post(
        f"/api/cases/{case.pk}/note/", reason("\\ud83d\\ude00"), content_type="application/json"
    )
    assert answer.status_code == 200
    assert Case.objects.get(pk=case.pk).restricted_reason == "😀"
