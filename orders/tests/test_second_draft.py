"""A second application in a case with an order: the subject stays, and so do those it protects."""

import pytest

from applications import lifecycle as applications
from applications.models import Application
from applications.tests import factories as drafts
from casework.errors import Refused
from casework.models import Case, Party
from documents.scan import Vault
from orders import lifecycle
from orders.models import Order
from orders.tests import factories
from people.tests import factories as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Order:
    return factories.served()


@pytest.fixture
def second(order: Order) -> Application:
    return drafts.draft(by=factories.officer(), case=Case.objects.get(pk=order.case_id))


def refused(act: object, application: Application, **facts: object) -> str:
    with pytest.raises(Refused) as no:
        act(application, by=factories.officer(), **facts)  # type: ignore[operator]
    return str(no.value)


class TestTheSubject:
    def test_nobody_else_becomes_it(self, order: Order, second: Application) -> None:
        other = people.person(factories.officer(), family_name="Otherby")
        assert "against the subject" in refused(applications.name_subject, second, person=other)
        refused(applications.name_subject, second, given_names="A", family_name="Newby")
        assert Case.objects.get(pk=order.case_id).subject == order.subject

    def test_nor_while_the_order_that_was_made_waits_to_be_recorded(self) -> None:
        hearing = factories.hearing()
        by = drafts.legal()
        applications.result_hearing(hearing, by=by, outcome="full_order")
        second = drafts.draft(by=factories.officer(), case=Case.objects.get(pk=hearing.case_id))
        refused(applications.name_subject, second, given_names="A", family_name="Newby")

    def test_he_himself_is_named_again(self, order: Order, second: Application) -> None:
        by = factories.officer()
        assert applications.name_subject(second, by=by, person=order.subject) == order.subject


class TestThoseProtected:
    def test_nobody_leaves_while_the_order_has_effect(
        self, order: Order, second: Application
    ) -> None:
        party = second.case.parties.get()
        remove = applications.remove_protected_person
        assert "protects" in refused(remove, second, party=party)
        assert Vault(order.case).near, "the papers are still searched for her home"
        lifecycle.discharge(order, by=factories.officer(), at=order.made_at)
        remove(second, by=factories.officer(), party=party)
        assert not order.case.parties.exists()

    def test_nobody_becomes_a_mere_witness(self, second: Application) -> None:
        party = second.case.parties.get()
        demote = {"person": party.person, "role": Party.Role.WITNESS, "called": party.called}
        refused(applications.add_protected_person, second, **demote)
        assert second.case.parties.get().role == party.role

    def test_who_was_added_since_may_leave(self, second: Application) -> None:
        by = factories.officer()
        later = drafts.protected(second, by=by, called="Ms B")
        applications.remove_protected_person(second, by=by, party=later)
        assert second.case.parties.count() == 1
