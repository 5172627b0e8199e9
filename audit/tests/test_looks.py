"""Who looked is kept, refused looks too, even where the view's own work is undone."""

from uuid import uuid4

import pytest
from django.http import Http404
from django.test import Client

from accounts import policy
from accounts.models import User
from accounts.tests import factories as accounts
from audit import looks
from audit.models import Entry
from casework.models import Case
from casework.tests import factories as casework

pytestmark = pytest.mark.django_db


def kept() -> list[tuple[str, str, str, int]]:
    found = Entry.objects.filter(kind="look").order_by("id")
    return [(e.actor, e.verb, e.row_id, e.details["status"]) for e in found]


def test_a_look_is_kept_once_however_often_the_page_asks():
    case, officer = casework.case(), accounts.user()
    with looks.noting() as noted:
        for _ in range(3):
            policy.open_or_404(officer, Case.objects.all(), case.pk)
    looks.save(noted, actor="jo", path="/cases/", status=200)
    assert kept() == [("jo", "open", str(case.pk), 200)]


def test_a_refused_look_is_kept_with_the_case_that_it_was_at():
    case = casework.case()
    stranger: User = accounts.user(of=accounts.other_force())
    with looks.noting() as noted:
        for pk in (case.pk, missing := uuid4()):
            with pytest.raises(Http404):
                policy.open_or_404(stranger, Case.objects.all(), pk)
    looks.save(noted, actor="jo", path="/cases/", status=404)
    assert kept() == [("jo", "refused", str(pk), 404) for pk in (case.pk, missing)]
    cases = Entry.objects.filter(kind="look").order_by("id").values_list("case_id", flat=True)
    assert list(cases) == [case.pk, None]


def test_a_request_that_asks_for_nothing_writes_nothing(django_assert_num_queries):
    with looks.noting() as noted:
        pass
    with django_assert_num_queries(0):
        looks.save(noted, actor="jo", path="/", status=200)


def test_outside_a_request_nobody_notes():
    looks.note(looks.Look(verb="open", table="casework.case", row_id="x"))
    assert kept() == []


def test_the_page_of_an_alert_is_a_look(client: Client):
    officer = accounts.user()
    client.force_login(officer)
    pk = uuid4()
    assert client.get(f"/alerts/{pk}/").status_code == 404
    assert kept() == [(officer.username, "refused", str(pk), 404)]
