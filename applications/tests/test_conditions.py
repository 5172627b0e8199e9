"""Conditions: added, written, moved and removed; gaps allowed while drafting, never when sending."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from applications import checks, library, lifecycle
from applications.models import ProposedCondition
from applications.tests import factories
from applications.tests.traces import no_trace
from casework import clock
from casework.errors import Refused, Stale, WrongState
from casework.lifecycle import held
from law.findings import Weight

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return factories.officer()


@pytest.fixture
def draft(officer):
    application = factories.draft()
    factories.protected(application)
    return application


def order(application):
    return [(c.position, c.library_code or "own") for c in application.conditions.all()]


def findings(condition):
    beside = checks.Beside.of(condition.application, today=clock.today())
    return checks.condition_findings(condition, beside)


def test_from_the_library_the_sentence_follows_the_slots(draft, officer):
    condition = factories.condition(draft)
    assert condition.text == (
        "You must not contact Ms A, or try to, by any means, whether in person, by phone, message, "
        "letter, email, gift, payment or social media, except through a solicitor acting for you."
    )
    assert (condition.kind, condition.library_version, condition.position) == ("prohibition", 1, 1)
    lifecycle.edit_condition(condition, by=officer, slots={"person": "Ms A"})
    condition.refresh_from_db()
    assert "except" not in condition.text
    assert condition.version == 2


def test_an_empty_slot_is_kept_and_blocks(draft):
    condition = factories.condition(draft, library_code="P03", slots={"area": "Area A"})
    assert "[the streets that bound it]" in condition.text
    blocks = [f for f in findings(condition) if f.weight is Weight.BLOCK]
    assert [f.provision for f in blocks] == ["s6(c)"]


def test_bespoke_says_so(draft):
    condition = factories.condition(
        draft,
        library_code="",
        slots=None,
        text="You must not send money to Ms A, except when a court orders it.",
        short="No money",
    )
    assert condition.library_code == ""
    assert [f.provision for f in findings(condition)].count("force rule") == 1
    assert "short" not in {f.field for f in findings(condition)}


def test_bespoke_is_asked_for_a_few_words_and_the_library_s_has_them(draft):
    facts = {"library_code": "", "slots": None, "text": "You must not send money to Ms A."}
    [asked] = [f for f in findings(factories.condition(draft, **facts)) if f.field == "short"]
    assert asked.weight is Weight.WARN
    assert "short" not in {f.field for f in findings(factories.condition(draft))}


def test_a_distance_that_is_the_point_of_it_stands_in_its_name_in_lists(draft, officer):
    near = factories.condition(draft, library_code="P04", slots={"person": "Ms A"})
    assert near.short == "Not to come within a distance", "none is given yet"
    slots = {"person": "Ms A", "distance": 100}
    near = lifecycle.edit_condition(near, by=officer, slots=slots, short=near.short)
    assert near.short == "Not to come within 100 metres"
    near = lifecycle.edit_condition(near, by=officer, slots=slots | {"distance": 150})
    assert near.short == "Not to come within 150 metres"
    near = lifecycle.edit_condition(near, by=officer, short="Keep well away")
    near = lifecycle.edit_condition(near, by=officer, slots=slots)
    assert near.short == "Keep well away", "somebody's own words stay"


def test_no_name_in_lists_has_room_for_a_place_or_a_person():
    for entry in library.ENTRIES.values():
        for name in library.PLACEHOLDER.findall(entry.short):
            assert entry.slot(name).kind in {
                library.SlotKind.DISTANCE,
                library.SlotKind.NUMBER,
            }


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"library_code": "P99"}, "library_code"),
        ({"slots": {"colour": "red"}}, "colour"),
        ({"slots": {"person": "Ms Q"}}, "person"),
        ({"library_code": "P04", "slots": {"distance": "near"}}, "distance"),
        ({"own_last_day": clock.today()}, "own_last_day"),
        ({"necessity": "x" * 4001}, "necessity"),
        ({"position": 9}, "position"),
        ({"library_code": "", "slots": None, "text": "x" * 2001}, "text"),
        ({"library_code": "", "slots": None, "text": "x", "kind": "wish"}, "kind"),
    ],
)
def test_a_condition_that_is_refused(draft, facts, field):
    with no_trace(Refused, field=field):
        factories.condition(draft, **facts)


def test_moving_and_removing_keeps_the_numbers_without_a_gap(draft, officer):
    first, second, third = (
        factories.condition(draft, library_code=code, slots={"person": "Ms A"})
        for code in ("P01", "P02", "P05")
    )
    lifecycle.move_condition(third, by=officer, position=1)
    assert order(draft) == [(1, "P05"), (2, "P01"), (3, "P02")]
    lifecycle.move_condition(third, by=officer, position=3)
    assert order(draft) == [(1, "P01"), (2, "P02"), (3, "P05")]
    lifecycle.move_condition(second, by=officer, position=2)
    assert order(draft) == [(1, "P01"), (2, "P02"), (3, "P05")]
    lifecycle.remove_condition(first, by=officer)
    assert order(draft) == [(1, "P02"), (2, "P05")]
    for position in (0, 3):
        with no_trace(Refused, field="position"):
            lifecycle.move_condition(second, by=officer, position=position)


def test_the_database_has_one_condition_at_a_number(draft):
    first, second = factories.condition(draft), factories.condition(draft)
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="one_condition_at_a_position"), transaction.atomic():
        ProposedCondition.objects.filter(pk=second.pk).update(position=first.position)


def test_a_stale_edit_of_a_condition(draft, officer):
    condition = factories.condition(draft)
    lifecycle.edit_condition(condition, by=officer, version=1, necessity="First")
    with no_trace(Stale):
        lifecycle.edit_condition(condition, by=officer, version=1, necessity="Second")
    assert ProposedCondition.objects.get().necessity == "First"


def test_two_conditions_can_be_written_at_the_same_time(draft, officer):
    first, second = factories.condition(draft), factories.condition(draft)
    lifecycle.edit_condition(first, by=officer, version=1, necessity="First")
    lifecycle.edit_condition(second, by=officer, version=1, necessity="Second")
    assert {c.necessity for c in draft.conditions.all()} == {"First", "Second"}


def test_a_confidential_place_blocks_in_a_slot_and_in_own_words(draft):
    in_a_slot = factories.condition(
        draft, library_code="P03", slots={"area": "the Ffug Rd estate", "streets": "A and B"}
    )
    in_words = factories.condition(
        draft, library_code="", slots=None, text="You must not enter FFUG ROAD."
    )
    elsewhere = factories.condition(
        draft,
        library_code="P03",
        slots={"area": "Area A", "streets": "Test Way"},
        locality="Ffug Road, Testham",
    )
    for condition in (in_a_slot, in_words, elsewhere):
        blocks = [f for f in findings(condition) if f.weight is Weight.BLOCK]
        assert [f.provision for f in blocks] == ["safety rule"], condition.text


def test_what_is_missing_warns_and_what_is_required_blocks(draft):
    bare = factories.condition(
        draft,
        slots={"person": "Ms A"},
        necessity="",
        evidence="",
        monitoring="",
        conflicts_with_religion=None,
        interferes_with_work=None,
        interferes_with_education=None,
        discloses_location=None,
        own_last_day=clock.today() + timedelta(days=180),
    )
    found = {(f.provision, f.field): f.weight for f in findings(bare)}
    assert found["s2(2)", "necessity"] is Weight.BLOCK
    assert found["safety rule", "discloses_location"] is Weight.BLOCK
    warned = {field for (_, field), weight in found.items() if weight is Weight.WARN}
    assert {"conflicts_with_religion", "evidence", "monitoring", "own_last_day"} <= warned


def test_there_is_a_most(draft, monkeypatch):
    monkeypatch.setattr("applications.lifecycle.conditions.MOST", 1)
    factories.condition(draft)
    with no_trace(Refused):
        factories.condition(draft)


def test_a_condition_of_an_earlier_version_keeps_its_wording_and_says_that_there_is_a_newer(
    draft, officer
):
    slots = {"area": "Area A", "streets": "Test Way and Mock Lane"}
    condition = factories.condition(draft, library_code="P03", slots=slots)
    assert "the area bounded by Test Way" in condition.text
    assert not [f for f in findings(condition) if "newer wording" in f.message]
    type(condition).objects.filter(pk=condition.pk).update(library_version=1)
    condition.refresh_from_db()
    lifecycle.edit_condition(condition, by=officer, slots=slots)
    condition.refresh_from_db()
    assert "edged on the map attached to this order" in condition.text
    assert [f.weight for f in findings(condition) if "newer wording" in f.message] == [Weight.WARN]


@pytest.mark.parametrize("part", ["condition", "act"])
def test_what_somebody_removed_meanwhile_says_so(draft, officer, part):
    record = getattr(factories, part)(draft)
    seen = type(record).objects.get(pk=record.pk)
    getattr(lifecycle, f"remove_{part}")(record, by=officer)
    for verb in ("edit", "remove"):
        with no_trace(WrongState):
            getattr(lifecycle, f"{verb}_{part}")(seen, by=officer)
    with pytest.raises(WrongState), transaction.atomic():
        held(seen)
