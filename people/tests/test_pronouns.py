"""Nobody is called he or she but by the gender that is recorded, and what was typed before is read."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from accounts.roles import Role
from accounts.tests.factories import user
from people.models import Person
from people.pronouns import FORMS, pronoun_of, said_of
from people.tests import factories

GENDER = import_module("people.migrations.0009_gender_by_choice")
G = Person.Gender


@pytest.mark.parametrize(
    ("gender", "said"),
    [
        (G.MALE, "He has his order; they gave it to him"),
        (G.FEMALE, "She has her order; they gave it to her"),
        (G.OTHER, "They have their order; they gave it to them"),
        (G.UNKNOWN, "They have their order; they gave it to them"),
    ],
)
def test_the_recorded_gender_says_the_word_and_a_name_never(gender: str, said: str) -> None:
    for name in ("Carys", "Gareth"):
        person = Person(given_names=name, gender=gender)
        assert said_of("{He} {has} {his} order; they gave it to {him}", person) == said


def test_nobody_named_yet_is_they() -> None:
    assert pronoun_of(None) == "they"
    assert pronoun_of(Person(given_names="Gareth")) == "they"
    assert {*FORMS} == {"he", "she", "they"}


@pytest.mark.django_db
def test_what_was_typed_becomes_one_of_the_four() -> None:
    read = {
        "M": "male",
        "Woman": "female",
        " male ": "male",
        "X": "other",
        "": "unknown",
        "Mx?": "unknown",
    }
    by = user(Role.OFFICER)
    people = {typed: factories.person(by) for typed in read}
    for typed, person in people.items():
        Person.objects.filter(pk=person.pk).update(gender=typed)
    GENDER.choose(apps, connection.schema_editor())
    for typed, person in people.items():
        person.refresh_from_db()
        assert person.gender == read[typed], typed
