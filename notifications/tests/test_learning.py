"""What he notified reaches the people's room, so that an order check finds him. Never a safe place."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.policy import Denied
from accounts.roles import Role
from accounts.tests import factories as accounts
from alerts.models import Alert
from casework import clock
from casework.actions import add_party
from casework.errors import Refused
from casework.models import Case, Party
from law.periods import LONDON
from notifications import lifecycle
from notifications.lifecycle import learning
from notifications.models import Duty
from notifications.tests import factories
from notifications.where import where
from orders import queries as orders_queries
from orders.queries import Reason
from orders.tests import factories as orders
from people import actions as people
from people.models import Address, Name, Person
from people.tests.factories import HOME

pytestmark = pytest.mark.django_db
MADE = datetime(2026, 5, 4, 10, 0, tzinfo=LONDON)
ATTENDED = MADE + timedelta(days=1)
CONFIDENTIAL = '"vault"."confidential"'
NOTIFIED = "Notified under s9 on 5 May 2026"


@pytest.fixture(scope="module")
def initial(shared: None) -> Duty:
    return factories.duty(orders.served(MADE))


@pytest.fixture
def duty(initial: Duty) -> Duty:
    return Duty.objects.get(pk=initial.pk)


def found(text: str) -> list[Person]:
    """Whom a control room finds by this."""
    answer = orders_queries.check(
        accounts.user(Role.CONTROL_ROOM), text, reason=Reason.STOP, moment=clock.now()
    )
    return [card.person for card in answer.cards]


def addresses(duty: Duty) -> list[tuple[str, str]]:
    return [(str(a), a.told_by) for a in Address.objects.filter(person=duty.order.subject)]


class TestNames:
    def test_a_notified_name_finds_him(self, duty: Duty) -> None:
        assert found("Sion Prawf") == []
        factories.attended(duty, ATTENDED, names_given="Siôn Mockford\nSiôn Prawf")
        name = Name.objects.get(person=duty.order.subject)
        assert (name.kind, name.text) == (Name.Kind.NOTIFIED, "Siôn Prawf"), "not his own again"
        assert found("Sion Prawf") == [duty.order.subject]

    def test_the_same_name_at_every_attendance_is_one(self, duty: Duty) -> None:
        people.add_name(
            duty.order.subject, by=orders.officer(), kind=Name.Kind.ALIAS, text="Si Example"
        )
        factories.attended(duty, ATTENDED)
        factories.attended(factories.changed(duty.order, date(2026, 5, 7)), ATTENDED)
        kinds = Name.objects.filter(person=duty.order.subject, text="Si Example")
        assert sorted(kinds.values_list("kind", flat=True)) == ["alias", "notified"]
        [card] = orders_queries.check(
            factories.manager(), "mockford", reason=Reason.STOP, moment=clock.now()
        ).cards
        assert card.also.count("Si Example") == 1

    def test_a_new_name_finds_him_from_when_we_heard_of_it(self, duty: Duty) -> None:
        change = factories.changed(duty.order, date(2026, 5, 10))
        assert found("Sion Prawf") == [duty.order.subject]
        assert Name.objects.get(text="Sion Prawf").kind == Name.Kind.ALIAS, (
            "not notified by him yet"
        )
        factories.attended(change, MADE + timedelta(days=7), names_given="Sion Prawf")
        assert Name.objects.filter(text="Sion Prawf", kind=Name.Kind.NOTIFIED).exists()

    def test_what_was_not_said_aloud_is_not_notified(self, duty: Duty) -> None:
        factories.attended(duty, ATTENDED, oral_statement=False)
        assert not Name.objects.exists()
        assert addresses(duty) == []

    def test_a_name_that_cannot_be_kept_is_refused(self, duty: Duty) -> None:
        with pytest.raises(Refused) as no:
            factories.attended(duty, ATTENDED, names_given="X" * 201)
        assert no.value.field == "names_given"
        with pytest.raises(Refused) as no:
            factories.changed(duty.order, date(2026, 5, 10), told="X" * 201)
        assert no.value.field == "told"


class TestAddresses:
    def test_it_is_kept_with_its_source_and_found_by_its_postcode(self, duty: Duty) -> None:
        factories.attended(duty, ATTENDED, address_given="2 Mock Lane, Testham, ts2 9zz")
        assert addresses(duty) == [("2 Mock Lane, Testham, TS2 9ZZ", NOTIFIED)]
        assert Address.objects.get().police_force == accounts.force()
        assert found("TS2 9ZZ") == [duty.order.subject]

    def test_one_that_was_known_gets_the_newer_source(self, duty: Duty) -> None:
        people.add_address(
            duty.order.subject,
            by=orders.officer(),
            lines="2 Mock Lane, Testham",
            postcode="TS2 9ZZ",
        )
        factories.attended(duty, ATTENDED, address_given="2 Mock Lane Testham TS2 9ZZ")
        assert addresses(duty) == [("2 Mock Lane, Testham, TS2 9ZZ", NOTIFIED)]

    def test_a_move_is_kept_as_we_heard_it_and_then_as_he_notified_it(self, duty: Duty) -> None:
        away = accounts.other_force()
        change = factories.changed(duty.order, date(2026, 5, 10), kind="address", home_force=away)
        address = Address.objects.get()
        assert (str(address), address.told_by) == ("5 Quay Road, Testham", "His sister")
        assert (address.lived_from, address.police_force) == (date(2026, 5, 10), away)
        assert where(change).areas == (str(away),)
        factories.attended(
            change,
            MADE + timedelta(days=7),
            address_given="5 Quay Road, Testham",
            home_force=away,
        )
        assert addresses(duty) == [("5 Quay Road, Testham", "Notified under s9 on 11 May 2026")]

    @pytest.mark.parametrize(
        "given", [HOME, "14 Ffug Rd, Testham", "Flat 2, 14 ffug road\nTestham TS1 4ZZ"]
    )
    def test_where_a_protected_person_is_it_is_never_copied(self, duty: Duty, given: str) -> None:
        factories.attended(duty, ATTENDED, address_given=given)
        assert addresses(duty) == []
        assert found("TS1 4ZZ") == []
        alert = Alert.objects.get(kind="protected_address")
        assert alert.recipients == "officer,role:stalking_lead"
        assert "Ffug" not in alert.title
        assert duty.status == Duty.Status.MET, "he notified all the same"

    def test_nor_where_we_only_heard_of_it(self, duty: Duty) -> None:
        factories.changed(duty.order, date(2026, 5, 10), kind="address", told=HOME)
        assert addresses(duty) == []
        assert Alert.objects.filter(kind="protected_address").exists()

    def test_each_time_that_he_says_it_they_are_asked(self, duty: Duty) -> None:
        moved = factories.changed(duty.order, date(2026, 5, 10), kind="address", told=HOME)
        factories.attended(moved, ATTENDED + timedelta(days=6), address_given=HOME)
        assert Alert.objects.filter(kind="protected_address").count() == 2

    def test_another_door_of_her_street_is_his_address(self, duty: Duty) -> None:
        factories.attended(duty, ATTENDED, address_given="3 Ffug Road, Testham")
        assert addresses(duty) == [("3 Ffug Road, Testham", NOTIFIED)]
        assert not Alert.objects.filter(kind="protected_address").exists()

    def test_not_where_he_is_protected_himself_in_another_case(self, duty: Duty) -> None:
        other = orders.applications.request().case
        with transaction.atomic():
            add_party(Case.objects.get(pk=other.pk), duty.order.subject, role=Party.Role.PROTECTED)
        factories.attended(duty, ATTENDED)
        assert addresses(duty) == []


def test_it_is_the_notification_s_own_permission(duty: Duty) -> None:
    subject, manager = duty.order.subject, factories.manager()
    facts = {"kind": Name.Kind.NOTIFIED, "text": "Sion Prawf"}
    with pytest.raises(Denied):
        people.add_name(subject, by=manager, **facts)
    for user in (accounts.user(Role.LEGAL), factories.manager(accounts.other_force())):
        with pytest.raises(Denied):
            people.learn_name(subject, by=user, **facts)
        with pytest.raises(Denied):
            people.learn_address(subject, by=user, text="2 Mock Lane", told_by="x")
    assert not Name.objects.exists()
    people.learn_name(subject, by=manager, **facts)
    lifecycle.record_attendance(duty, by=manager, given=factories.given(ATTENDED))
    assert Name.objects.filter(kind=Name.Kind.NOTIFIED).count() == 2


def test_the_home_of_who_is_protected_by_the_very_order_is_never_his_address(duty: Duty) -> None:
    """Whoever the subject of her case is said to be by now."""
    stranger = Person.objects.create(force=duty.force, family_name="Nobodyby")
    assert learning.is_protected(stranger, HOME, case=duty.case)


@pytest.mark.parametrize("kind", ["attendance", "change"])
def test_the_vault_of_the_force_is_not_read_while_the_case_is_locked(duty: Duty, kind: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        if kind == "attendance":
            factories.attended(duty, ATTENDED)
        else:
            factories.changed(duty.order, date(2026, 5, 10), kind="address")
    asking = [query["sql"] for query in asked]
    locked = next(n for n, sql in enumerate(asking) if "casework_case WHERE id" in sql)
    read = [n for n, sql in enumerate(asking) if CONFIDENTIAL in sql]
    assert read, "it is asked at all"
    assert max(read) < locked
