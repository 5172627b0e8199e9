"""A decline that does not stand: who was told of it hears that, who was not hears of neither."""

import pytest

from applications import lifecycle as applications
from applications.models import Request
from applications.tests import factories as drafting
from applications.tests.factories import DECLINE, PROCEED
from casework import clock
from contact.models import Matter
from contact.tests import factories
from contact.words import words_of

pytestmark = pytest.mark.django_db
K = Matter.Kind


@pytest.fixture(scope="module")
def declined_once(shared: None) -> Request:
    request = drafting.request()
    applications.decide_request(request, by=drafting.officer(), **DECLINE)
    return request


@pytest.fixture
def declined(declined_once: Request) -> Request:
    return Request.objects.select_related("case").get(pk=declined_once.pk)


def reopen(request: Request) -> None:
    applications.second_look(request, by=drafting.lead(), **DECLINE)
    applications.reopen_request(request, by=drafting.lead(), reason="He came back")


def decide(request: Request, answers: dict[str, object]) -> None:
    applications.decide_request(request, by=drafting.officer(), **answers)


def said(request: Request, kind: str) -> str:
    matter = factories.waiting(request.case)[kind]
    return words_of(request.case, [matter])[matter.pk].sentences


@pytest.mark.parametrize("told", [True, False])
def test_it_is_taken_back_at_the_second_look(declined: Request, told: bool) -> None:
    if told:
        factories.tell(factories.waiting(declined.case)[K.DECLINED])
    applications.second_look(declined, by=drafting.lead(), **PROCEED)
    assert set(factories.waiting(declined.case)) == ({K.REOPENED} if told else set())
    if told:
        assert "decided to ask the court after all" in said(declined, K.REOPENED)
        assert K.REOPENED in factories.clocks(declined.case)


def test_a_request_that_is_open_again_is_told_and_then_what_was_decided(declined: Request) -> None:
    factories.tell(factories.waiting(declined.case)[K.DECLINED])
    reopen(declined)
    assert "They are looking at it again" in said(declined, K.REOPENED)
    factories.tell(factories.waiting(declined.case)[K.REOPENED])
    decide(declined, PROCEED)
    assert set(factories.waiting(declined.case)) == {K.REOPENED}


@pytest.mark.parametrize("heard", [True, False])
def test_a_second_decline_is_told_to_who_was_told_of_the_first(
    declined: Request, heard: bool
) -> None:
    factories.tell(factories.waiting(declined.case)[K.DECLINED])
    reopen(declined)
    if heard:
        factories.tell(factories.waiting(declined.case)[K.REOPENED])
    words = "Come again in spring."
    decide(declined, DECLINE | {"told_requester": words})
    assert set(factories.waiting(declined.case)) == {K.DECLINED}
    assert said(declined, K.DECLINED).endswith(words)
    factories.tell(factories.waiting(declined.case)[K.DECLINED])
    applications.second_look(declined, by=drafting.lead(), **PROCEED)
    assert set(factories.waiting(declined.case)) == {K.REOPENED}


def test_the_victim_who_asked_herself_hears_of_it_by_the_clock_of_who_asked() -> None:
    request = drafting.request(source="victim")
    decide(request, DECLINE)
    applications.tell_requester(
        request, by=drafting.officer(), told_at=clock.now(), told_how="By telephone"
    )
    reopen(request)
    assert set(factories.waiting(request.case)) == {K.REOPENED}
    decide(request, PROCEED)
    assert not factories.waiting(request.case)
    assert request.case.deadlines.filter(kind="tell_requester", done_at=None).exists()
