"""A result that was recorded wrongly: who was told of it hears the right one, who was not hears no other."""

from datetime import timedelta

import pytest

from applications import lifecycle
from applications.models import Hearing
from applications.tests import factories as drafting
from casework import clock
from contact.lifecycle import deriving, righting
from contact.models import Matter
from contact.tests import factories
from contact.words import words_of

pytestmark = pytest.mark.django_db
K = Matter.Kind


@pytest.fixture(scope="module")
def heard_once(shared: None) -> Hearing:
    return drafting.heard()


@pytest.fixture
def heard(heard_once: Hearing) -> Hearing:
    return Hearing.objects.select_related("case").get(pk=heard_once.pk)


def refuse(hearing: Hearing) -> None:
    by = drafting.legal()
    lifecycle.result_hearing(hearing, by=by, outcome="refused", reason="bail_thought_enough")


def test_who_was_told_of_a_refusal_hears_that_it_was_wrong(heard: Hearing) -> None:
    refuse(heard)
    factories.tell(factories.waiting(heard.case)[K.REFUSED])
    lifecycle.take_back_result(heard, by=drafting.legal(), why="Another case")
    found = factories.waiting(heard.case)
    assert set(found) == {K.PUT_RIGHT}
    said = words_of(heard.case, found.values())[found[K.PUT_RIGHT].pk].sentences
    assert said.endswith("was wrong. We find out what the court decided, and tell you.")


def test_who_was_not_told_yet_hears_the_right_one_alone(heard: Hearing) -> None:
    refuse(heard)
    lifecycle.correct_result(
        heard, by=drafting.legal(), why="Misread", outcome="adjourned", note="Time"
    )
    assert set(factories.waiting(heard.case)) == {K.ADJOURNED}
    assert factories.clocks(heard.case) == {K.ADJOURNED}
    again = {"outcome": "refused", "reason": "bail_thought_enough"}
    lifecycle.correct_result(heard, by=drafting.legal(), why="Right before", **again)
    assert set(factories.waiting(heard.case)) == {K.REFUSED}


@pytest.mark.parametrize("told", [True, False])
def test_a_day_that_is_back_in_the_list_is_told_again(heard: Hearing, told: bool) -> None:
    other = drafting.hearing(heard.application, starts_at=clock.now() + timedelta(days=4))
    if told:
        factories.tell(factories.waiting(heard.case)[K.LISTED])
    refuse(heard)
    assert set(factories.waiting(heard.case)) == {K.REFUSED}
    lifecycle.take_back_result(heard, by=drafting.legal(), why="Another case")
    found = factories.waiting(heard.case)
    assert set(found) == (set() if told else {K.LISTED})
    assert told or found[K.LISTED].about_id == other.pk


def test_a_day_that_stands_is_told_to_who_was_told_that_nothing_is_to_be_decided(
    heard: Hearing,
) -> None:
    other = drafting.hearing(heard.application, starts_at=clock.now() + timedelta(days=4))
    factories.tell(factories.waiting(heard.case)[K.LISTED])
    refuse(heard)
    factories.tell(factories.waiting(heard.case)[K.REFUSED])
    lifecycle.take_back_result(heard, by=drafting.legal(), why="Another case")
    found = factories.waiting(heard.case)
    assert set(found) == {K.PUT_RIGHT, K.LISTED}
    assert found[K.LISTED].about_id == other.pk
    factories.tell(found[K.PUT_RIGHT], also=[found[K.LISTED]])
    refuse(heard)
    assert set(factories.waiting(heard.case)) == {K.REFUSED}, "in truth, and so once more"


def test_a_day_that_is_off_and_on_and_off_again_is_told_each_time(heard: Hearing) -> None:
    """All on one day: nobody goes to court in vain, and nobody stays away from it."""
    by = drafting.legal()
    other = drafting.hearing(heard.application, starts_at=clock.now() + timedelta(days=4))
    factories.tell(factories.waiting(heard.case)[K.LISTED])
    for _ in range(2):
        for happens, kind in ((deriving.on_vacated, K.VACATED), (righting.on_relisted, K.LISTED)):
            for _again in range(2):
                happens(other, by=by)
                assert set(factories.waiting(heard.case)) == {kind}
            factories.tell(factories.waiting(heard.case)[kind])
            if kind == K.VACATED:
                happens(other, by=by)
                assert not factories.waiting(heard.case)
    assert Matter.objects.filter(about_id=other.pk, kind=K.LISTED).count() == 3


def test_only_who_counts_on_a_day_hears_that_it_is_off(heard: Hearing) -> None:
    second = factories.another_person(heard.case)
    other = drafting.hearing(heard.application, starts_at=clock.now() + timedelta(days=4))
    listed = Matter.objects.filter(about_id=other.pk, kind=K.LISTED).exclude(person=second)
    factories.tell(listed.select_related("case", "person").get())
    lifecycle.vacate_hearing(other, by=drafting.legal(), note="No court room")
    waits = Matter.objects.filter(case=heard.case, status=Matter.Status.WAITING)
    assert [(one.kind, one.person) for one in waits] == [(K.VACATED, listed.get().person)]
