"""Rules about the tables and acts: whose a moment is, what a list walks, and what is listened to."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Choices, DateTimeField, Model

from casework import announce
from casework.lifecycle import Opening, Step
from casework.models import Case
from spo_cases.tests.test_acts import ACTS, STEPS, VIEWS
from spo_cases.tests.test_architecture import CASE_ROOMS, ROOMS, ROOT, modules

MODELS = [model for model in apps.get_models() if model._meta.app_label in ROOMS]
KEEPS_REAL_TIME = {"accounts", "people"}  # they are below the clock
REAL_TIME = re.compile(r"timezone\.now\(|datetime\.now\(|date\.today\(")
BY_NOBODY = {  # moments that no person sets, or that say in another field whose they are
    "accounts.AccountChange.used_at": "the asker, who is asked_by, makes the link",
    "alerts.Alert.addressed_at": "the loop that addresses",
    "alerts.Alert.clock_at": "copied from the clock",
    "alerts.Alert.created_at": "the act or the sweep that raised it",
    "alerts.Alert.due_at": "computed: when it climbs",
    "alerts.Message.created_at": "the loop that addresses",
    "alerts.Message.due_at": "computed: when it is tried again",
    "alerts.Message.sent_at": "the loop that delivers",
    "applications.Hearing.starts_at": "listed by the court",
    "applications.WrongResult.starts_at": "the court, as it was thought",
    "applications.WrongResult.next_starts_at": "the court, as it was thought",
    "breaches.Breach.happened_at": "what the subject did",
    "casework.Case.asked_at": "the first request has asked_by",
    "casework.Case.next_due_at": "computed: the soonest clock",
    "casework.Case.opened_at": "the first request has recorded_by",
    "casework.Deadline.due_at": "computed",
    "casework.Deadline.set_at": "the act that started the clock",
    "contact.Matter.due_at": "computed: until when she is told",
    "contact.Matter.happened_at": "copied from the record that it is about",
    "contact.Matter.settled_at": "the telling has who told, else the act that overtook it",
    "contact.Telling.try_again_at": "recorded_by wrote it down",
    "documents.Document.due_at": "computed: when a worker may take it",
    "documents.Document.made_at": "the worker",
    "documents.Document.superseded_at": "the act that asked for the next one, which has asked_by",
    "notifications.Attendance.attended_at": "what the subject did; recorded_by wrote it down",
    "orders.Order.ended_at": "the court or the calendar",
    "orders.Order.made_at": "the court; recorded_by wrote it down",
}


def moments(model: type[Model]) -> list[str]:
    """The fields of a row that say when, as "made_at"."""
    fields = model._meta.concrete_fields
    return [f.name for f in fields if isinstance(f, DateTimeField) and f.name.endswith("_at")]


def lonely(model: type[Model]) -> set[str]:
    """Moments without whose they are: no `_by`, and no name of somebody without an account."""
    names = {field.name for field in model._meta.concrete_fields}
    return {
        f"{model._meta.label}.{at}"
        for at in moments(model)
        if not {f"{at[:-3]}_by", f"{at[:-3]}_by_name"} & names
    }


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_every_moment_that_a_person_sets_has_its_by(model: type[Model]) -> None:
    assert lonely(model) <= set(BY_NOBODY)


def test_every_exception_is_still_one() -> None:
    assert set(BY_NOBODY) == set().union(*map(lonely, MODELS))


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_moments_are_named_as_moments(model: type[Model]) -> None:
    wrong = [
        f.name
        for f in model._meta.get_fields()
        if isinstance(f, DateTimeField)
        and not f.name.endswith(("_at", "_from", "_until"))
        and f.name not in ("at", "date_joined")
    ]
    assert not wrong


NO_LIST_OF_A_FORCE = {
    "Alert": "the inbox: the reader's own messages",
    "Correction": "a few in a hundred cases, which are sorted",
    "SuspectedFailure": "a few in a hundred cases, which are sorted",
    "Variation": "a few in a hundred cases, which are sorted",
}


def lists() -> dict[str, tuple[type[Model], str]]:
    """Each list of records of cases, of the pages and of the interface: its model and order."""
    views = [getattr(v, "view_class", None) or getattr(v, "cls", None) for v in VIEWS]
    found = [
        (v.model, v.order)
        for v in views
        if hasattr(v, "model") and getattr(v, "order", "pk") != "pk"
    ]
    return {
        f"{model.__name__} {order}": (model, order)
        for model, order in found
        if "case" in {f.name for f in model._meta.concrete_fields}
        and model.__name__ not in NO_LIST_OF_A_FORCE
    }


LISTS = lists()


def test_there_are_lists() -> None:
    assert {"Request -asked_at", "Duty due_on", "Order -made_at"} <= set(LISTS)


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_list_walks_an_index_that_begins_with_the_force(name: str) -> None:
    """Forces are separate controllers, and a small one never walks through a large one's rows."""
    model, order = LISTS[name]
    walks = [index.fields[:2] for index in model._meta.indexes if index.condition is None]
    assert ["force", order] in walks, f"{name}: give {model.__name__} a force, and such an index"


def test_the_caseload_walks_indexes_that_begin_with_the_force() -> None:
    ordered = [
        i.fields
        for i in Case._meta.indexes
        if {"next_due_at", "asked_at", "-asked_at"} & {*i.fields}
    ]
    assert ordered
    assert all(fields[0] == "force" for fields in ordered)


def topic_of(room: str, step: Step | Opening) -> str:
    """What the engine announces: the room of the record that is moved, which its status tells."""
    status = step.target or next(iter(getattr(step, "sources", ())), None)
    held = type(status).__module__.partition(".")[0] if isinstance(status, Choices) else room
    return f"{held}.{step.name}"


SAID = {topic_of(name.partition(".")[0], step) for name, step in STEPS.items()}
SAID |= {topic_of(view.__module__.partition(".")[0], view.step) for view in ACTS}


@pytest.mark.parametrize("topic", sorted(announce.topics()))
def test_what_is_listened_to_is_said_by_some_act(topic: str) -> None:
    """A name mistyped in `subscribe` would be silence for ever."""
    assert topic in SAID


@pytest.mark.parametrize(
    "path", [p for p in modules(*CASE_ROOMS) if p.parts[0] not in KEEPS_REAL_TIME], ids=str
)
def test_a_room_of_cases_asks_the_one_clock(path: Path) -> None:
    if path != Path("casework/clock.py"):
        assert not REAL_TIME.search((ROOT / path).read_text(encoding="utf-8"))
