"""Walking a list forwards and backwards meets each row once, whatever its key, and never counts."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.tests import factories as accounts
from casework import paging
from casework.models import Case, Deadline
from casework.paging import BadCursor, Keyset
from casework.tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.urls("casework.tests.acts")]


@pytest.fixture
def cases() -> list[Case]:
    """Eleven cases: equal keys, and four without one."""
    now = timezone.now()
    days = [3, 1, 1, 1, 2, 5, 5, None, None, None, None]
    return [factories.case(next_due_at=now + timedelta(days=day) if day else None) for day in days]


def walk(keyset: Keyset[Any]) -> list[list[UUID]]:
    """Every page, forwards; and the way back must show the same pages."""
    pages, cursors = [], []
    page = keyset.page()
    while True:
        pages.append([row.pk for row in page.rows])
        cursors.append(page)
        if not page.next:
            break
        page = keyset.page(page.next)
    back = [[row.pk for row in page.rows]]
    while page.previous:
        page = keyset.page(page.previous)
        back.insert(0, [row.pk for row in page.rows])
        assert page.next
    assert back == pages
    return pages


@pytest.mark.parametrize("order", ["next_due_at", "-next_due_at", "asked_at", "-reference", "pk"])
def test_each_row_once_both_ways(cases: list[Case], order: str) -> None:
    name = order.lstrip("-")
    keyed = sorted((c for c in cases if getattr(c, name) is not None), key=lambda c: str(c.pk))
    keyed.sort(key=lambda c: getattr(c, name), reverse=order.startswith("-"))
    keyless = sorted((c.pk for c in cases if getattr(c, name) is None), key=str)
    for size in (1, 2, 3, 4, 10, 11, 12):
        pages = walk(Keyset(Case.objects.all(), order, size=size))
        assert [pk for page in pages for pk in page] == [c.pk for c in keyed] + keyless
        assert {len(page) for page in pages[:-1]} <= {size}


def test_a_list_whose_rows_all_have_a_key_asks_once(cases: list[Case]) -> None:
    newest = Keyset(Case.objects.all(), "-asked_at", size=4, sparse=False)
    assert [pk for page in walk(newest) for pk in page] == [
        pk for page in walk(Keyset(Case.objects.all(), "-asked_at", size=4)) for pk in page
    ]
    with CaptureQueriesContext(connection) as asked:
        Keyset(Case.objects.all(), "-asked_at", size=20, sparse=False).page()
    assert len(asked) == 1


def test_an_empty_list_has_one_empty_page() -> None:
    page = Keyset(Case.objects.all(), "next_due_at").page()
    assert (page.rows, page.next, page.previous) == ([], "", "")


def test_a_row_added_above_moves_nothing(cases: list[Case]) -> None:
    keyset = Keyset(Case.objects.all(), "next_due_at", size=3)
    link = keyset.page().next
    before = [case.pk for case in keyset.page(link).rows]
    factories.case(next_due_at=timezone.now())
    assert [case.pk for case in keyset.page(link).rows] == before


@pytest.mark.parametrize(
    "other",
    [
        {"filters": {"stage": "ended"}},
        {"order": "-next_due_at"},
        {"rows": Deadline.objects.all()},
    ],
)
def test_a_cursor_belongs_to_its_list_and_filters(cases: list[Case], other: dict[str, Any]) -> None:
    asked = {"rows": Case.objects.all(), "order": "next_due_at", "size": 2, "filters": {}}
    cursor = Keyset(**asked).page().next
    assert Keyset(**asked).page(cursor).rows
    with pytest.raises(BadCursor):
        Keyset(**(asked | other)).page(cursor)


@pytest.mark.parametrize("cursor", ["x", "a:b:c", "WzFd:1tX:y", "é", "%00"])
def test_a_cursor_made_by_hand_is_refused(cases: list[Case], cursor: str) -> None:
    with pytest.raises(BadCursor):
        Keyset(Case.objects.all(), "next_due_at").page(cursor)


def test_no_offset_no_count_and_at_most_two_queries(cases: list[Case]) -> None:
    keyset = Keyset(Case.objects.all(), "next_due_at", size=3)
    cursor = keyset.page().next
    with CaptureQueriesContext(connection) as asked:
        keyset.page(cursor)
    sql = " ".join(query["sql"] for query in asked.captured_queries)
    assert len(asked) <= 2
    assert "OFFSET" not in sql
    assert "COUNT" not in sql


def test_many_are_said_to_be_many(cases: list[Case], monkeypatch: pytest.MonkeyPatch) -> None:
    keyset = Keyset(Case.objects.all(), "next_due_at")
    for steps, said in (((5, 10, 20), "10"), ((5, 11), "5"), ((2, 5), "5"), ((5, 9, 10), "10")):
        monkeypatch.setattr(paging, "STEPS", steps)
        assert keyset.more_than() == f"More than {said}"


def test_the_lists_page_keeps_its_filters_and_starts_again_on_a_bad_link() -> None:
    case = factories.case()
    now = timezone.now()
    for number in range(5):
        Deadline.objects.create(
            case=case,
            force=case.force,
            kind="look",
            about_id=UUID(int=number),
            title="Look",
            owner_role="officer",
            due_at=now + timedelta(days=number),
            provision="practice",
            reason="",
        )
    browser = Client()
    browser.force_login(accounts.user())
    html = browser.get("/acts/clocks/?kind=look").content.decode()
    assert "Next 2" in html
    assert "Previous" not in html
    href = html.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    assert href.startswith("/acts/clocks/?kind=look&amp;cursor=")
    second = browser.get(href.replace("&amp;", "&"))
    assert "Previous 2" in second.content.decode()
    again = browser.get("/acts/clocks/?kind=look&cursor=made-up")
    assert (again.status_code, again["Location"]) == (302, "/acts/clocks/?kind=look")


def test_the_lists_page_is_a_whole_page() -> None:
    browser = Client()
    browser.force_login(accounts.user())
    html = browser.get("/acts/clocks/").content.decode()
    assert "spo/spo.css" in html
    assert "Nothing is here." in html
