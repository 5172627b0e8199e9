"""Twice at once, with real threads on a real database: one of the two, whole, and no other."""

from typing import Any

import pytest

from accounts.models import Grant
from alerts.models import Alert
from applications import lifecycle
from applications.content import content_of, hash_of
from applications.models import Application, Authority, Hearing, Request
from applications.tests import factories
from applications.tests.factories import ALL_MET, DECLINE, PROCEED
from casework import clock
from casework.errors import Stale, WrongState
from casework.models import Case
from casework.tests.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def refusals(results: list[Any]) -> list[type]:
    return [type(r) for r in results if isinstance(r, Exception)]


def test_references_of_requests_made_at_once_are_all_different():
    by = factories.officer()
    results = at_once(*[lambda: factories.request(by=by)] * 4)
    assert len({r.case.reference for r in results}) == 4


def test_a_request_is_decided_once():
    by, request = factories.officer(), factories.request()

    def decide(answers):
        mine = Request.objects.get(pk=request.pk)
        return lambda: lifecycle.decide_request(mine, by=by, **answers)

    results = at_once(decide(PROCEED), decide(DECLINE))
    assert refusals(results) == [WrongState]
    assert request.decisions.count() == 1


def test_one_draft_begins():
    by, case = factories.officer(), factories.accepted().case
    results = at_once(*[lambda: lifecycle.start_draft(Case.objects.get(), by=by)] * 2)
    assert refusals(results) == [WrongState]
    assert case.applications.count() == 1
    assert Grant.objects.filter(case_id=case.pk, user=by, revoked_at=None).count() == 1


def test_of_two_edits_of_the_same_page_one_is_stale():
    by, application = factories.officer(), factories.draft()

    def save(words):
        mine = Application.objects.get(pk=application.pk)
        return lambda: lifecycle.save_section(mine, by=by, section="risk", version=1, risk=words)

    results = at_once(save("one"), save("two"))
    assert refusals(results) == [Stale]
    assert Application.objects.get().version == 2


def test_conditions_added_at_once_have_different_numbers():
    by, application = factories.officer(), factories.draft()
    factories.protected(application)
    results = at_once(
        *[lambda: factories.condition(Application.objects.get(pk=application.pk), by=by)] * 3
    )
    assert refusals(results) == []
    assert [c.position for c in application.conditions.all()] == [1, 2, 3]


def test_authority_and_an_edit_at_once_never_leave_authority_for_another_text():
    application, by = factories.submitted(), factories.officer()
    superintendent, seen = factories.superintendent(), hash_of(content_of(application))

    def mine():
        return Application.objects.get(pk=application.pk)

    results = at_once(
        lambda: lifecycle.give_authority(mine(), by=superintendent, seen_hash=seen, **ALL_MET),
        lambda: lifecycle.save_section(mine(), by=by, section="risk", risk="Otherwise"),
    )
    application.refresh_from_db()
    assert application.status == "draft"
    assert not Authority.objects.filter(voided_at=None).exists()
    assert set(refusals(results)) <= {WrongState, Stale}
    assert Alert.objects.filter(kind="authority_voided").count() == Authority.objects.count()


def test_authority_is_given_once():
    application = factories.submitted()
    superintendent, seen = factories.superintendent(), hash_of(content_of(application))
    results = at_once(
        *[
            lambda: lifecycle.give_authority(
                Application.objects.get(pk=application.pk),
                by=superintendent,
                seen_hash=seen,
                **ALL_MET,
            )
        ]
        * 2
    )
    assert refusals(results) == [WrongState]
    assert Authority.objects.count() == 1


def test_it_is_lodged_once():
    by, application, court = factories.officer(), factories.authorised(), factories.court()
    results = at_once(
        *[
            lambda: lifecycle.lodge(
                Application.objects.get(pk=application.pk),
                by=by,
                court=court,
                lodged_on=clock.today(),
            )
        ]
        * 2
    )
    assert refusals(results) == [WrongState]


def test_a_hearing_has_one_result_and_withdrawing_at_once_does_not_deadlock():
    hearing, by = factories.heard(), factories.legal()

    def result(outcome, reason=""):
        mine = Hearing.objects.get(pk=hearing.pk)
        return lambda: lifecycle.result_hearing(mine, by=by, outcome=outcome, reason=reason)

    results = at_once(
        result("full_order"),
        result("refused", "not_proved"),
        lambda: lifecycle.withdraw_application(Application.objects.get(), by=by, reason="evidence"),
    )
    assert refusals(results) == [WrongState, WrongState]
    assert Application.objects.get().status in ("granted", "refused", "withdrawn")


def test_a_hearing_listed_while_the_application_is_decided_is_not_left_in_the_list():
    hearing, by, court = factories.heard(), factories.legal(), factories.court()
    at_once(
        lambda: lifecycle.result_hearing(
            Hearing.objects.get(pk=hearing.pk), by=by, outcome="full_order"
        ),
        lambda: factories.hearing(Application.objects.get(), by=by, court=court),
    )
    assert not Hearing.objects.filter(status="listed").exists()
