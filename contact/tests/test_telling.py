"""The acts of telling: when, how and by whom she was told, what was tried in vain, and corrections."""

from datetime import timedelta
from functools import partial

import pytest

from accounts.policy import Denied
from accounts.roles import GRANTS, Permission, Role
from accounts.tests import factories as accounts
from audit.models import Entry
from casework import clock
from casework.errors import Stale, WrongState
from casework.models import Deadline
from casework.tests import refusals
from contact import lifecycle
from contact.models import Matter, Telling
from contact.tests import factories
from orders import lifecycle as orders_lifecycle
from orders.models import Order
from orders.tests import factories as orders

pytestmark = pytest.mark.django_db
refused = partial(refusals.refused, (Telling, Deadline, Entry))
K, S = Matter.Kind, Matter.Status


@pytest.fixture(scope="module")
def served(shared: None) -> Order:
    return orders.served(clock.now() - timedelta(hours=3))


@pytest.fixture
def order(served: Order) -> Order:
    return Order.objects.select_related("case").get(pk=served.pk)


@pytest.fixture
def made(order: Order) -> Matter:
    return factories.waiting(order.case)[K.MADE]


def test_one_conversation_settles_all_that_she_heard(order: Order, made: Matter) -> None:
    served = factories.waiting(order.case)[K.SERVED]
    telling = factories.tell(made, also=[served])
    for matter in (made, served):
        matter.refresh_from_db()
        assert (matter.status, matter.telling) == (S.TOLD, telling)
    assert not factories.clocks(order.case)
    assert telling.person == made.person
    with pytest.raises(WrongState):
        factories.tell(made)


def test_each_matter_by_itself_leaves_the_others_waiting(order: Order, made: Matter) -> None:
    factories.tell(made)
    assert factories.clocks(order.case) == {K.SERVED}


def test_a_try_settles_nothing_and_says_when_she_is_tried_again(made: Matter) -> None:
    by = factories.officer(made.case)
    telling = lifecycle.tell(made, by=by, told=factories.not_told())
    made.refresh_from_db()
    assert (made.status, telling.status) == (S.WAITING, Telling.Status.NOT_TOLD)
    deadline = Deadline.objects.get(about_id=made.pk, done_at=None)
    assert deadline.due_at == made.due_at
    assert deadline.reason.startswith("Could not be told yet: try again on ")


def test_what_cannot_have_been_is_refused(made: Matter) -> None:
    by = factories.officer(made.case)
    early, later = made.happened_at - timedelta(minutes=2), clock.now() + timedelta(hours=1)
    for field, told in (
        ("told_at", factories.told(later)),
        ("told_at", factories.told(early)),
        ("told_by_name", factories.told(told_by_name=" ")),
        ("how", factories.told(how="")),
        ("how", factories.told(how="letter")),
        ("other_way", factories.told(how="other")),
        ("outcome", factories.told(outcome="perhaps")),
        ("why_not", factories.not_told(why_not=" ")),
        ("try_again_at", factories.not_told(try_again_at=None)),
        ("try_again_at", factories.not_told(try_again_at=early)),
    ):
        refused(field, lambda t=told: lifecycle.tell(made, by=by, told=t))


def test_the_agreed_way_is_kept_or_it_is_said_why_not(made: Matter) -> None:
    assert made.person is not None
    factories.agree(made.person, "in_person")
    by = factories.officer(made.case)
    refused("other_way", lambda: lifecycle.tell(made, by=by, told=factories.told(how="text")))
    told = factories.told(how="text", other_way="She wrote first, from a friend’s phone")
    telling = lifecycle.tell(made, by=by, told=told)
    assert telling.agreed is not None
    assert telling.agreed.method == "in_person"


def test_somebody_else_was_told_nothing(order: Order, made: Matter) -> None:
    factories.another_person(order.case)
    orders_lifecycle.correct_service(
        order, by=factories.officer(order.case), proof=orders.proof(), reason="The time"
    )
    hers = Matter.objects.exclude(person=made.person).get(kind=K.SERVED, case=order.case)
    refused("also", lambda: factories.tell(made, also=[hers]))


def test_a_wrong_record_is_kept_and_what_she_was_not_told_waits_again(
    order: Order, made: Matter
) -> None:
    served = factories.waiting(order.case)[K.SERVED]
    wrong = factories.tell(made, also=[served])
    by = factories.officer(order.case)
    facts = {"told": factories.told(how="in_court"), "matters": [made]}
    refused("reason", lambda: lifecycle.correct_telling(wrong, by=by, reason=" ", **facts))
    right = lifecycle.correct_telling(wrong, by=by, reason="Not of the service", **facts)
    wrong.refresh_from_db()
    made.refresh_from_db()
    assert (wrong.superseded_reason, wrong.superseded_by) == ("Not of the service", by)
    assert (made.status, made.telling) == (S.TOLD, right)
    assert factories.clocks(order.case) == {K.SERVED}
    with pytest.raises(WrongState):
        lifecycle.correct_telling(wrong, by=by, reason="Again", **facts)
    nobody = factories.not_told()
    lifecycle.correct_telling(right, by=by, reason="Another person", told=nobody, matters=[])
    assert factories.clocks(order.case) == {K.MADE, K.SERVED}


def test_no_log_has_what_somebody_wrote(made: Matter) -> None:
    factories.tell(made, said="A word of hers", other_way="A way of ours")
    log = str(list(Entry.objects.filter(table="contact_telling").values_list("details")))
    assert "A word of hers" not in log
    assert "A way of ours" not in log
    assert "Mockley" not in log


@pytest.mark.parametrize("role", [r for r in Role if r != Role.CLOCK])
def test_only_who_works_with_her_records_it(made: Matter, role: Role) -> None:
    by = accounts.user(role)
    if Permission.TELL_PROTECTED in GRANTS[role]:
        factories.tell(made, by=by)
    else:
        with pytest.raises(Denied):
            factories.tell(made, by=by)


def test_another_force_records_nothing(made: Matter) -> None:
    with pytest.raises(Denied):
        factories.tell(made, by=orders.other_force_officer())


def test_a_stale_page_is_told(made: Matter) -> None:
    by = factories.officer(made.case)
    with pytest.raises(Stale):
        lifecycle.tell(made, by=by, told=factories.told(), version=made.version + 1)
