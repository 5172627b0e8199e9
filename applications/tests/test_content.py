"""What is authorised is exactly what is in the content, and each difference is told in words."""

from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, models, transaction
from hypothesis import given
from hypothesis import strategies as st

from applications import lifecycle
from applications.content import ChangeKind, check_value, content_of, differences, hash_of
from applications.documents import ApplicationForCourt
from applications.models import Application, ProposedCondition, StalkingAct
from applications.tests import factories
from casework import clock
from casework.models import Party
from people import actions as people
from people.models import Address, Person

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def complete(shared):
    return factories.complete_draft()


@pytest.fixture
def application(complete):
    return Application.objects.get(pk=complete.pk)


def told(old, new):
    return [(str(c.kind), c.what) for c in differences(old, new)]


def test_reading_twice_gives_the_same_hash(application):
    first = hash_of(content_of(application))
    assert first == hash_of(content_of(Application.objects.get(pk=application.pk)))
    assert check_value("9f3a71c20b6e" + "0" * 52) == "9F3A 71C2 0B6E"


EDITS = {
    "Risk": lambda a, by: lifecycle.save_section(a, by=by, section="risk", risk="Other"),
    "Length": lambda a, by: lifecycle.save_section(
        a, by=by, section="duration", duration="further_order"
    ),
    "The subject's name": lambda a, by: people.correct_person(
        a.case.subject, by=by, family_name="Exampleby"
    ),
    "Other names of the subject": lambda a, by: people.add_name(
        a.case.subject, by=by, kind="alias", text="Shonny"
    ),
    "Condition 1, no contact by any means: necessity": lambda a, by: lifecycle.edit_condition(
        a.conditions.get(), by=by, necessity="Other"
    ),
    "Ms A: relationship": lambda a, by: lifecycle.add_protected_person(
        a,
        by=by,
        person=a.case.parties.get().person,
        role="both",
        called="Ms A",
        relationship="Colleague",
    ),
}


@pytest.mark.parametrize("what", EDITS)
def test_each_change_changes_the_hash_and_is_told(application, what):
    before = content_of(application)
    EDITS[what](application, factories.officer())
    after = content_of(Application.objects.get(pk=application.pk))
    assert hash_of(before) != hash_of(after)
    assert what in [c.what for c in differences(before, after)]


def test_added_changed_removed(application):
    officer = factories.officer()
    before = content_of(application)
    acts = [*application.acts.all()]
    lifecycle.edit_act(acts[0], by=officer, time=time(17, 5))
    lifecycle.remove_act(acts[1], by=officer)
    factories.condition(application, library_code="P05", slots={"person": "Ms A"})
    changes = differences(before, content_of(application))
    assert [str(c.kind) for c in changes] == ["Changed", "Removed", "Added"]
    assert changes[0].what.endswith(": time")
    assert (changes[0].before, changes[0].after) == ("nothing", "17:05:00")
    assert changes[2].what == "Condition 2, not to refer to a person online"


def test_a_new_order_of_the_conditions_is_a_change(application):
    officer = factories.officer()
    factories.condition(application, library_code="P05", slots={"person": "Ms A"})
    before = content_of(application)
    lifecycle.move_condition(application.conditions.last(), by=officer, position=1)
    after = content_of(application)
    assert hash_of(before) != hash_of(after)
    assert ("Changed", "Condition 1, not to refer to a person online: number") in told(
        before, after
    )


def test_what_is_said_of_an_emptied_fact(application):
    officer = factories.officer()
    before = content_of(application)
    lifecycle.save_section(application, by=officer, section="consultation", victim_view="")
    lifecycle.save_section(application, by=officer, section="other_orders", criminal_reference="X1")
    kinds = {c.what: c.kind for c in differences(before, content_of(application))}
    assert kinds == {
        "What the protected person says": ChangeKind.REMOVED,
        "The criminal case's reference": ChangeKind.ADDED,
    }


def test_no_protected_person_is_named_and_nothing_confidential_is_in_it(application):
    content = str(content_of(application))
    assert "Ms A" in content
    for secret in ("Carys", "Ffugiwr", "Ffug Road", "TS1"):
        assert secret not in content


OTHERWISE = {
    models.CharField: lambda value: f"{value or ''}x"[-1:],
    models.TextField: lambda value: f"{value}x",
    models.DateField: lambda value: (value or clock.today()) - timedelta(days=1),
    models.TimeField: lambda value: time(3, 33),
    models.BooleanField: lambda value: not value,
    models.PositiveSmallIntegerField: lambda value: 40,
}
OF_THE_MOMENT = {
    # what a paper says of its own making, or of what comes after authority
    "title",
    "version",
    "court",
    "court_reference",
    "dated_on",
    "defendant_age",
    "youth_court",
    "authorised",
}
PRINTED = [
    (model, field.name)
    for model in (Application, StalkingAct, ProposedCondition, Party, Person, Address)
    for field in model._meta.concrete_fields
    if type(field) in OTHERWISE
    and not (field.choices and model is not StalkingAct)
    and (model, field.name) != (Party, "role")
]


@pytest.mark.parametrize(("model", "name"), PRINTED, ids=lambda x: getattr(x, "__name__", x))
def test_whatever_changes_the_courts_paper_changes_the_hash(application, model, name):
    """So that nothing is lodged that nobody authorised."""
    officer = factories.officer()
    people.add_address(application.case.subject, by=officer, lines="1 Sample Street")

    def read():
        now = Application.objects.get(pk=application.pk)
        paper = vars(ApplicationForCourt.of(now))
        kept = {k: v for k, v in paper.items() if k not in OF_THE_MOMENT}
        return kept, hash_of(content_of(now))

    paper, content_hash = read()
    row = {Person: application.case.subject}.get(model) or model.objects.first()
    field = model._meta.get_field(name)
    value = "monitoring" if field.choices else OTHERWISE[type(field)](getattr(row, name))
    try:
        with transaction.atomic():
            model.objects.filter(pk=row.pk).update(**{name: value})
    except IntegrityError:
        return  # the database does not let it differ
    changed_paper, changed_hash = read()
    assert changed_paper == paper or changed_hash != content_hash


ROW = st.fixed_dictionaries({"text": st.text(max_size=8), "necessity": st.text(max_size=8)})


@given(st.lists(ROW, max_size=4), st.lists(ROW, max_size=4))
def test_no_difference_is_told_exactly_where_the_hash_is_the_same(old, new):
    def content(rows):
        conditions = [{"id": str(n)} | row for n, row in enumerate(rows)]
        return {"facts": {}, "parties": [], "acts": [], "conditions": conditions}

    first, second = content(old), content(new)
    assert (differences(first, second) == []) == (hash_of(first) == hash_of(second))


def test_the_courts_paper_names_where_he_lives_now(application):
    officer = factories.officer()
    subject = application.case.subject
    people.add_address(subject, by=officer, lines="Somewhere in Testham")
    people.add_address(subject, by=officer, lines="1 Sample Street", lived_from=date(2026, 3, 1))
    assert content_of(application)["facts"]["subject_address"] == "1 Sample Street"


@pytest.mark.parametrize("written", ["None.", " none known ", "A restraining order of 2 May."])
def test_the_courts_paper_says_in_a_sentence_that_no_other_order_is_known(application, written):
    application.other_orders = written
    said = ApplicationForCourt.of(application).other_orders
    if "restraining" in written:
        assert said == written
    else:
        assert said == "No other order, and no bail, is known to the applicant."
