"""What a person is bound by now, as the applications' room asks it (`applications.earlier`)."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from applications.changing import Change
from applications.earlier import Earlier
from applications.elsewhere import Bound
from applications.models import Hearing
from casework import clock
from casework.models import Case
from law.conditions import OtherOrder
from law.periods import local_date
from orders.models import Order, Variation
from orders.queries.standing import in_force
from people.models import Person
from people.queries import namesakes

KIND = {Order.Kind.FULL: OtherOrder.SPO, Order.Kind.INTERIM: OtherOrder.INTERIM_SPO}


def binding(subject: Person) -> Iterator[Earlier]:
    """The orders, of whichever case, that have effect on this person at this moment, s2(7)."""
    for order in in_force(Order.objects.filter(subject=subject), clock.now()).order_by("made_at"):
        yield Earlier(
            kind=KIND[Order.Kind(order.kind)],
            made_on=local_date(order.made_at),
            last_day=order.last_day,
            application_id=order.application_id,
        )


def alike(subject: Person) -> Iterator[Bound]:
    """The orders in force against others of his name and birth date, as `applications.elsewhere` asks.

    Of every force, as the order check answers: none of a restricted case.
    """
    orders = in_force(Order.objects.filter(case__restricted=False), clock.now())
    people = namesakes(
        subject, among=Person.objects.filter(Exists(orders.filter(subject=OuterRef("pk"))))
    )
    if not people:
        return
    found = orders.filter(subject__in=[person.pk for person in people])
    for order in found.select_related("subject", "force").order_by("made_at", "pk"):
        yield Bound(
            order_id=order.pk,
            case_id=order.case_id,
            person=order.subject,
            force=str(order.force),
            kind=KIND[Order.Kind(order.kind)],
            made_on=local_date(order.made_at),
            last_day=order.last_day,
        )


def changes(case: Case) -> list[Change] | None:
    """What was asked of a court about the orders of this case (`applications.changing`)."""
    asked = Variation.objects.filter(case=case).values_list("applied_on", "decided_at")
    found = [Change(on, local_date(at) if at else None) for on, at in asked]
    return found if found or Order.objects.filter(case=case).exists() else None


def made_from(hearing: Hearing) -> Iterator[str]:
    """What is recorded of orders from the result of this hearing, as `applications.resting` asks it."""
    if Order.objects.filter(hearing=hearing).exists():
        yield (
            "An order was made from this result. If the order is wrong, correct the order on its own "
            "page: the result goes with it."
        )
    if hearing.application_id is None:
        day = local_date(hearing.starts_at)
        decided = Variation.objects.filter(case=hearing.case_id, decided_at__isnull=False)
        if any(local_date(v.decided_at) == day for v in decided if v.decided_at):
            yield (
                "What the court decided about the order on that day is recorded. The result stays "
                "with it: ask force legal."
            )
