"""The order check: found however it is written, the card only across forces, and every look noted."""

from dataclasses import fields
from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import User
from accounts.policy import Denied
from accounts.roles import Role
from accounts.tests import factories as accounts
from audit import looks
from casework import clock
from casework.actions import let_in
from casework.models import Case
from orders import queries
from orders.models import Order
from orders.queries import Answer, Reason
from orders.tests import factories
from people import actions as people
from people.models import Identifier, Name

pytestmark = pytest.mark.django_db
KNOWN = (
    "mockford",
    "Siôn Mockford",
    "SION MOCKFORD",
    "Mockford, Sion",
    "sioni bach",
    "wyn ffugiwr ys",
    "07700 900318",
    "+44 7700 900318",
    "0044 (0)7700-900-318",
    "tel: 07700 900318",
    "07700900318",
    "zz99tst",
    "ZZ99 TST",
    "ts14zz",
    "TS1 4ZZ",
    "@Sioni_Tests",
    "3 sample street",
    "SAMPLE STREET",
    "3 Sample St",
    "3, Sample Street, Testham",
    "3 Sample Street, Testham, TS1 4ZZ",
    "3 sample street testham ts1 4zz",
    "3 Sample Street TS14ZZ",
    "mockford, 3 Sample Street",
    "Mockford TS1 4ZZ",
    "mockford 07700 900318",
    "mockford 02/07/1991",
    "2/7/1991",
    "2/7/91",
    "mockford 02/07/91",
    "mockford 2 July 1991",
    "Siôn Mockford, 2nd Jul 1991",
    "mockford July 2, 1991",
    "mockford 2 Gorffennaf 1991",
    "2 July 1991",
    "1991-07-02",
    "mockford 02071991",
    "02071991",
    "19910702",
    "020791",
    "02 07 1991",
    "dob 02/07/1991",
    "Mockford d.o.b. 2.7.91",
    "mockford born 2 July 1991",
    "mockford 1991",
    "born 1991 mockford",
    "mockford 07700 900318 02/07/1991",
    "2 July 1991 07700 900318",
)
PARTLY = (
    "Siôn Mockford 07700 900999",
    "Testwood 07700 900318",
    "mockford 03/07/1991",
    "mockford 3 July 1991",
    "mockford 03071991",
    "mockford 1992",
    "Testwood 02/07/1991",
    "Testwood 07700 900999 02/07/91",
    "mockford 07700 900999 03/07/1991",
    "mokford 07700 900999",
    "3 Sample Street 03/07/1991",
)
OTHERS = (
    "mockford 07700 900999",
    "mockford 03/07/1991",
    "ts1 4zy",
    "4 Sample Street",
    "3 Sample Road",
    "3 Sample Street, Testham, TS1 4ZY",
    "Testwood, 3 Sample Street",
    "Street",
    "3",
    "1991",
    "born 1991",
    "Testwood 1991",
    "Nobody Atall",
    "32/13/1991",
)


def ask(user: User, text: str) -> Answer:
    return queries.check(user, text, reason=Reason.LIVE_INCIDENT, moment=clock.now())


def found(answer: Answer) -> list[Order]:
    return [card.order for card in answer.cards]


@pytest.fixture
def order(served: Order) -> Order:
    return Order.objects.get(pk=served.pk)


@pytest.fixture
def desk() -> User:
    return accounts.user(Role.CONTROL_ROOM)


@pytest.fixture(scope="module")
def served(shared: None) -> Order:
    """On Siôn Mockford, with a nickname, a phone, a plate, an account and an address."""
    order = factories.served(clock.now() - timedelta(days=2), kind="interim")
    subject, by = order.subject, factories.officer()
    people.add_name(subject, by=by, kind=Name.Kind.NICKNAME, text="Sioni Bach")
    people.add_name(subject, by=by, kind=Name.Kind.ALIAS, text="Ŵyn Ffugiwr-Ŷs")
    for kind, text in (
        (Identifier.Kind.PHONE, "07700 900318"),
        (Identifier.Kind.PLATE, "ZZ99 TST"),
        (Identifier.Kind.ACCOUNT, "@sioni_tests"),
    ):
        people.add_identifier(subject, by=by, kind=kind, text=text)
    people.add_address(subject, by=by, lines="3 Sample Street, Testham", postcode="TS1 4ZZ")
    return order


def renamed(case: Case) -> None:
    """Its subject is somebody that no other case of these tests is about."""
    people.correct_person(case.subject, by=factories.officer(), family_name="Exampleby")


def named(given: str, family: str) -> Order:
    """An order on somebody else."""
    other = factories.served(clock.now() - timedelta(days=2), kind="interim")
    by = factories.officer()
    people.correct_person(other.subject, by=by, given_names=given, family_name=family)
    return Order.objects.get(pk=other.pk)


class TestFinding:
    def test_by_anything_that_is_known(self, order: Order, desk: User) -> None:
        for text in KNOWN:
            answer = ask(desk, text)
            assert (text, found(answer), answer.people) == (text, [order], 1)

    def test_the_card_says_he_or_she_only_of_whoever_is_recorded_so(
        self, order: Order, desk: User
    ) -> None:
        for gender, said in (("male", "him"), ("female", "her"), ("unknown", "the subject")):
            people.correct_person(order.subject, by=factories.officer(), gender=gender)
            (card,) = ask(desk, KNOWN[0]).cards
            assert card.him == said

    def test_a_name_that_sounds_alike_stands_apart(self, order: Order, desk: User) -> None:
        answer = ask(desk, "Shaun Mokford")
        assert found(answer) == []
        assert [line.order for line in answer.alike] == [order]

    def test_somebody_else_is_not_found(self, order: Order, desk: User) -> None:
        for text in OTHERS:
            answer = ask(desk, text)
            assert (text, answer.people, answer.cards, answer.others) == (text, 0, (), ())

    def test_who_has_a_part_of_it_is_less_likely(self, order: Order, desk: User) -> None:
        for text in PARTLY:
            answer = ask(desk, text)
            assert (text, [line.order for line in answer.alike]) == (text, [order])
            assert (answer.people, answer.cards) == (0, ())

    @pytest.mark.parametrize("text", ["1991", "born 1991", "Testwood 1991", "02/07/1992"])
    def test_a_year_alone_or_another_day_finds_nobody(
        self, order: Order, desk: User, text: str
    ) -> None:
        assert order.subject.born_on.year == 1991
        assert ask(desk, text) == Answer(people=0, cards=(), others=(), alike=())

    @pytest.mark.parametrize(
        "text",
        [
            "3 Sample Street, Sampleford",
            "3 sample street sampleford",
            "3 Sample Street TS9 9ZZ",
            "Flat 8, Sample House, TS1 4ZZ",
            "Testham",
        ],
    )
    def test_part_of_an_address_is_less_likely(self, order: Order, desk: User, text: str) -> None:
        answer = ask(desk, text)
        assert [line.order for line in answer.alike] == [order]
        assert (answer.people, answer.cards) == (0, ())

    @pytest.mark.parametrize(
        "text",
        [
            "Bart Mockford",
            "Mockford, Bart",
            "bart mokford",
            "Bart Mockford 07700 900111",
            "Mockford Bart",
        ],
    )
    def test_the_family_name_under_another_first_name_is_less_likely(
        self, order: Order, desk: User, text: str
    ) -> None:
        answer = ask(desk, text)
        assert [line.order for line in answer.alike] == [order]
        assert (answer.people, answer.cards, answer.others) == (0, (), ())

    @pytest.mark.parametrize("text", ["Bart Zelkova", "Sion Zelkova", "Zelkova, Sion", "Bart"])
    def test_a_wholly_other_name_finds_nobody(self, order: Order, desk: User, text: str) -> None:
        assert ask(desk, text) == Answer(people=0, cards=(), others=(), alike=())

    def test_nobody_is_less_likely_beside_the_one_who_is_meant(
        self, order: Order, desk: User
    ) -> None:
        other = named("Bartholomew", "Mockford")
        assert ask(desk, "Sion Mockford").alike == ()
        assert [line.order for line in ask(desk, "Bart Mockford").alike] == [other, order]

    def test_an_address_that_he_has_left_finds_him_too(self, order: Order, desk: User) -> None:
        [address] = order.subject.addresses.all()
        people.leave_address(address, by=factories.officer(), lived_until=clock.today())
        assert found(ask(desk, "3 Sample Street")) == [order]

    def test_a_protected_person_is_never_found(self, order: Order, desk: User) -> None:
        assert ask(desk, "Carys Ffugiwr").people == 0

    def test_somebody_without_an_order_is_not_found(self, desk: User) -> None:
        renamed(factories.applications.lodged().case)
        assert ask(desk, "exampleby").people == 0


class TestTheCard:
    def test_what_he_must_not_and_what_he_must(self, order: Order, desk: User) -> None:
        [card] = ask(desk, "mockford").cards
        assert [c.number for c in card.must_not] == [1, 2]
        assert [c.number for c in card.must] == [3]
        assert card.service.served_at == order.services.get().served_at
        assert card.in_force
        assert card.localities == ("Area A, Testham",)
        assert card.also == ("Sioni Bach", "Ŵyn Ffugiwr-Ŷs", "@sioni_tests")
        assert card.plates == ("ZZ99 TST",)

    def test_not_served_is_said(self, desk: User) -> None:
        renamed(factories.made().case)
        [card] = ask(desk, "exampleby").cards
        assert card.service is None

    def test_the_interim_that_was_replaced_is_not_shown_beside_the_full_order(
        self, order: Order, desk: User
    ) -> None:
        full = factories.full_after(order)
        assert found(ask(desk, "mockford")) == [full]

    def test_an_ended_order_is_a_line(self, desk: User) -> None:
        ended = factories.made(clock.now() - timedelta(days=40), kind="interim")
        renamed(ended.case)
        answer = ask(desk, "exampleby")
        assert answer.cards == ()
        assert [(line.order, line.in_force) for line in answer.others] == [(ended, False)]

    def test_another_force_has_the_card_only(self, order: Order) -> None:
        theirs = factories.other_force_officer()
        [card] = ask(theirs, "mockford").cards
        assert (card.own_force, card.opens) == (False, False)
        [ours] = ask(factories.officer(), "mockford").cards
        assert (ours.own_force, ours.opens) == (True, True)

    def test_the_control_room_reads_the_card_and_does_not_open_the_case(
        self, order: Order, desk: User
    ) -> None:
        [card] = ask(desk, "mockford").cards
        assert (card.own_force, card.opens) == (True, False)

    def test_another_force_reads_nothing_of_the_protected_person_but_the_conditions(
        self, order: Order
    ) -> None:
        [card] = ask(factories.other_force_officer(), "mockford").cards
        said = " ".join(str(getattr(card, f.name)) for f in fields(card))
        assert "Carys" not in said
        assert "Ffug Road" not in said

    def test_the_own_force_reads_who_the_code_is_and_never_where(
        self, order: Order, desk: User, client: Client
    ) -> None:
        [card] = ask(desk, "mockford").cards
        assert [name.startswith("Ms A (Carys") for name in card.protects] == [True]
        said = " ".join(str(getattr(card, f.name)) for f in fields(card))
        assert "Ffug Road" not in said
        page = f"/order-check/{order.pk}/?reason=live_incident"
        for address in (page, f"/api{page}"):
            client.force_login(desk)
            assert "Ms A (Carys" in client.get(address).content.decode()
            client.force_login(factories.other_force_officer())
            assert "Carys" not in client.get(address).content.decode()


class TestRestricted:
    @pytest.fixture
    def closed(self, order: Order) -> Order:
        Case.objects.filter(pk=order.case_id).update(
            restricted=True, restricted_reason="An officer of this force"
        )
        return Order.objects.get(pk=order.pk)

    def test_it_is_absent_for_everybody_else(self, closed: Order, desk: User) -> None:
        for user in (desk, factories.other_force_officer(), factories.legal(closed)):
            for text in ("mockford", "mockford 1991", "2 July 1991", "mockford 07700 900999"):
                assert ask(user, text) == Answer(people=0, cards=(), others=(), alike=())
            assert queries.one(user, closed.pk) is None

    def test_it_answers_those_who_may_open_it(self, closed: Order) -> None:
        named = accounts.user(username="named.on.it")
        let_in(closed.case_id, named, basis="named", by=factories.applications.lead())
        assert found(ask(named, "mockford")) == [closed]


class TestTheLook:
    def test_every_order_that_is_shown_is_noted_with_its_reason(
        self, order: Order, desk: User
    ) -> None:
        with looks.noting() as noted:
            ask(desk, "mockford")
        assert [(look.row_id, look.reason) for look in noted if look.row_id] == [
            (str(order.pk), "Live incident")
        ]

    def test_a_check_that_finds_nothing_is_noted_too(self, desk: User) -> None:
        with looks.noting() as noted:
            ask(desk, "Nobody Atall")
        assert [(look.verb, look.reason) for look in noted] == [("order_check", "Live incident")]

    @pytest.mark.parametrize("role", sorted(set(Role) - {Role.CLOCK}))
    def test_who_may_check(self, role: Role) -> None:
        user = accounts.user(role)
        police = {"officer", "authorising_officer", "legal", "stalking_lead"}
        if role in police | {"offender_manager", "control_room"}:
            assert ask(user, "exampleby").people == 0
        else:
            with pytest.raises(Denied):
                ask(user, "mockford")
