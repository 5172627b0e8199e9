"""The same submit once: across routes, users, refusals and a day."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from casework import once
from casework.errors import Refused
from casework.models import Submission

pytestmark = pytest.mark.django_db


class Counter:
    def __init__(self) -> None:
        self.done = 0

    def __call__(self) -> once.Answer:
        self.done += 1
        return once.Answer(201, f"/{self.done}/", {"number": self.done})


def ask(act: Counter, **over: object) -> once.Answer:
    asked = {"key": "k", "username": "pc", "route": "/r/", "body": {"a": 1}, "wait": True}
    return once.answer(act, **(asked | over))  # type: ignore[arg-type]


def test_the_same_again_gives_the_same_answer() -> None:
    act = Counter()
    assert ask(act) == ask(act) == once.Answer(201, "/1/", {"number": 1})
    assert act.done == 1


def test_without_a_key_each_is_an_act() -> None:
    act = Counter()
    ask(act, key="")
    ask(act, key="")
    assert act.done == 2
    assert not Submission.objects.exists()


def test_the_order_of_fields_does_not_matter() -> None:
    act = Counter()
    ask(act, body={"a": 1, "b": 2})
    ask(act, body={"b": 2, "a": 1})
    assert act.done == 1


@pytest.mark.parametrize("other", [{"body": {"a": 2}}, {"route": "/s/"}])
def test_the_key_for_something_else_is_refused(other: dict[str, object]) -> None:
    act = Counter()
    ask(act)
    with pytest.raises(once.OtherBody):
        ask(act, **other)
    assert act.done == 1


def test_a_key_belongs_to_its_user() -> None:
    act = Counter()
    ask(act)
    ask(act, username="other")
    assert act.done == 2


def test_an_act_that_is_refused_leaves_no_trace() -> None:
    def refused() -> once.Answer:
        raise Refused(None, "no")

    with pytest.raises(Refused), transaction.atomic():
        ask(refused)  # type: ignore[arg-type]
    assert not Submission.objects.exists()
    assert ask(Counter()).location == "/1/"


def test_a_very_long_key_is_a_key() -> None:
    act = Counter()
    ask(act, key="k" * 5000)
    ask(act, key="k" * 5000)
    ask(act, key="k" * 4999)
    assert act.done == 2


def test_after_a_day_a_key_is_forgotten() -> None:
    act = Counter()
    ask(act)
    Submission.objects.update(at=timezone.now() - timedelta(hours=24, seconds=1))
    assert ask(act).location == "/2/"
    ask(act, key="young")
    Submission.objects.filter(key="k").update(at=timezone.now() - timedelta(hours=25))
    assert once.purge() == 1
    assert Submission.objects.get().key == "young"
