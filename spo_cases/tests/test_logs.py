"""The log is one JSON object a line, and no person stands in it."""

import json
import logging
import sys
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from desk.tests import factories
from spo_cases.logs import formatter

CANARY = "Canary Ffugiwr"


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What would stand in the file, of every logger."""
    out, root = StringIO(), logging.getLogger()
    handler = logging.StreamHandler(out)
    handler.setFormatter(formatter())
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield out
    root.removeHandler(handler)
    root.setLevel(level)


def lines(log: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_line_is_an_object_with_its_moment_level_and_logger(log: StringIO) -> None:
    logging.getLogger("some.room").warning("Document %s was not made: %s", 7, "TimeoutError")
    [line] = lines(log)
    assert line["event"] == "Document 7 was not made: TimeoutError"
    assert (line["level"], line["logger"]) == ("warning", "some.room")
    assert line["timestamp"].endswith("Z")


def test_a_line_break_begins_no_line(log: StringIO) -> None:
    logging.getLogger("x").error('a\n{"event": "made up"}\r\nb\x1b[31m')
    assert len(lines(log)) == 1


def test_of_an_error_its_type_and_place_are_kept_and_not_its_words(log: StringIO) -> None:
    def fail(name: str) -> None:
        raise ValueError(f"no such person: {name}")

    try:
        fail(CANARY)
    except ValueError as error:
        logging.getLogger("x").exception("It failed: %s", error)
        logging.getLogger("x").error("Again: %s", error, exc_info=sys.exc_info())
    for line in lines(log):
        assert line["error"] == "ValueError"
        assert line["at"][-1].endswith(" fail")
    assert CANARY not in log.getvalue()


@pytest.mark.django_db
def test_a_request_leaves_its_route_and_nobodys_name(log: StringIO, client: Client) -> None:
    case = factories.requested()
    client.force_login(factories.lead())
    client.post("/caseload/", {"q": CANARY}, follow=True)
    client.get(reverse("desk:overview", args=[case.pk]))
    client.get("/no/such/page/", {"q": CANARY})
    client.get("/health/live")
    told = [(line["method"], line["route"], line["status"]) for line in lines(log)]
    assert told == [
        ("POST", "caseload/", 302),
        ("GET", "caseload/", 200),
        ("GET", "cases/<uuid:case>/", 200),
        ("GET", "", 404),
    ]
    for hidden in (CANARY, "Canary", str(case.pk), case.reference, "lead", "sessionid"):
        assert hidden not in log.getvalue(), hidden


@pytest.mark.django_db
@pytest.mark.urls("casework.tests.acts")
def test_a_bug_leaves_no_words_either(log: StringIO) -> None:
    browser = Client(raise_request_exception=False)
    assert browser.get(f"/acts/broken/?name={CANARY}").status_code == 500
    errors = [line for line in lines(log) if line["level"] == "error"]
    assert [line["error"] for line in errors] == ["RuntimeError"]
    assert "Canary" not in log.getvalue()
