"""Finding people by what somebody says of them."""

from datetime import date

import pytest

from accounts.tests import factories as accounts
from people import actions, queries
from people.models import Person
from people.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return accounts.user()


@pytest.fixture
def mockford(officer):
    person = factories.person(
        officer, given_names="Siôn", family_name="Mockford", born_on=date(1991, 7, 2)
    )
    actions.add_name(person, by=officer, kind="nickname", text="Shonny")
    actions.add_identifier(person, by=officer, kind="phone", text="07700 900123")
    actions.add_identifier(person, by=officer, kind="account", text="@Mock.Ford")
    actions.add_identifier(person, by=officer, kind="plate", text="TE57 OOO")
    actions.add_address(person, by=officer, lines="1 Sample Street", postcode="TS1 4ZZ")
    return person


@pytest.mark.parametrize(
    ("asked", "by", "exact"),
    [
        ("siôn mockford", "name", True),
        ("MOCKFORD Sion", "name", True),
        ("mockford", "name", True),
        ("Shonny", "name", True),
        ("Shon Mokford", "sound", False),
        ("+44 7700 900123", "phone", True),
        ("te57 000", "plate", True),
        ("ts14zz", "postcode", True),
        ("mock.ford", "account", True),
    ],
)
def test_found(mockford, officer, asked, by, exact):
    factories.person(officer, given_names="Carys", family_name="Testwood")
    assert queries.find(asked) == [queries.Found(mockford, by, exact)]


@pytest.mark.parametrize(
    "asked", ["", "  ", "x", "Siôn Testwood", "07700 900124", "%", "\x00", "\ud800"]
)
def test_not_found(mockford, asked):
    assert queries.find(asked) == []


def test_exact_before_sounding_alike(mockford, officer):
    alike = factories.person(officer, given_names="Shan", family_name="Mokford")
    assert [f.person for f in queries.find("Shan Mokford")] == [alike, mockford]


def test_only_among_those_the_asker_may_be_shown(mockford):
    assert queries.find("mockford", among=Person.objects.none()) == []


def test_look_alikes_before_a_new_person_is_made(mockford, officer):
    elsewhere = accounts.user(of=accounts.other_force())
    factories.person(elsewhere, given_names="Siôn", family_name="Mockford")
    found = queries.look_alikes(officer.force, given_names="Sean", family_name="Mockford")
    assert [f.person for f in found] == [mockford]


def test_look_alikes_of_another_birthday_are_somebody_else(mockford, officer):
    def ask(born_on):
        return queries.look_alikes(
            officer.force, given_names="Sion", family_name="Mockford", born_on=born_on
        )

    assert [f.person for f in ask(date(1991, 7, 2))] == [mockford]
    assert ask(date(1970, 1, 1)) == []


def test_look_alikes_by_birthday_where_the_given_name_is_another(mockford, officer):
    found = queries.look_alikes(
        officer.force, given_names="John", family_name="Mockford", born_on=date(1991, 7, 2)
    )
    assert [f.person for f in found] == [mockford]


def test_the_current_address_is_the_newest_and_one_without_a_day_is_the_last(officer):
    person = factories.person(officer)
    for lines, day in (("vague", None), ("older", date(2024, 1, 1)), ("newer", date(2026, 3, 1))):
        actions.add_address(person, by=officer, lines=lines, lived_from=day)
    assert [a.lines for a in queries.living_addresses(person)] == ["newer", "older", "vague"]
    actions.leave_address(
        person.addresses.get(lines="newer"), by=officer, lived_until=date(2026, 4, 1)
    )
    assert str(queries.current_address(person)) == "older"
