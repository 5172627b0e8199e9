"""What the pages of a case's orders show beside the orders themselves."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q

from applications.models import Application, Hearing, ProposedCondition
from casework import clock
from casework.models import Case, Deadline
from orders.models import Condition, Order, Service
from orders.queries.standing import in_force


@dataclass(frozen=True)
class Compared:
    """A condition as applied for beside the same as made."""

    asked: ProposedCondition | None
    made: Condition | None
    word: str  # As asked, Changed, Added, Not made


def of_case(case: Case, moment: datetime) -> list[Order]:
    """Every order of a case: those that bind first, then the others, the newest first."""
    orders = (
        Order.objects.filter(case=case)
        .select_related(
            "court",
            "hearing",
            "application",
            "replaces_interim",
            "legal_answered_by",
            "not_renewed_by",
            "case",
        )
        .prefetch_related(Prefetch("services", Service.objects.select_related("recorded_by")))
    )
    binding = set(in_force(orders, moment).values_list("pk", flat=True))
    return sorted(orders.order_by("kind", "-made_at"), key=lambda order: order.pk not in binding)


def compared(order: Order) -> list[Compared]:
    """The order as made against the application: what the court kept, changed, added, left out."""
    made = list(order.conditions.filter(wording=1, in_force__startswith=order.made_at))
    if order.application is None:
        return [Compared(None, condition, "Added") for condition in made]
    asked = {condition.pk: condition for condition in order.application.conditions.all()}
    found = [_beside(asked.get(c.proposed_id) if c.proposed_id else None, c) for c in made]
    kept = {condition.proposed_id for condition in made}
    left_out = [condition for pk, condition in asked.items() if pk not in kept]
    return [*found, *(Compared(condition, None, "Not made") for condition in left_out)]


def _beside(asked: ProposedCondition | None, made: Condition) -> Compared:
    if asked is None:
        return Compared(None, made, "Added")
    same = all(
        getattr(asked, name) == getattr(made, name)
        for name in ("kind", "text", "locality", "own_last_day")
    )
    return Compared(asked, made, "As asked" if same else "Changed")


def asks_legal(order: Order) -> bool:
    """Does a question about this order wait for force legal?"""
    return Deadline.objects.filter(
        case_id=order.case_id, kind="legal_query", about_id=order.pk, done_at=None
    ).exists()


def to_be_heard(case: Case) -> tuple[Application | None, Hearing | None]:
    """The application that the court has to decide on, and the next day that is listed for it."""
    lodged = Application.objects.filter(case=case, status=Application.Status.LODGED).first()
    listed = Hearing.objects.filter(application=lodged, status=Hearing.Status.LISTED)
    return lodged, listed.order_by("starts_at").first() if lodged else None


def heard_without_order(case: Case) -> list[Hearing]:
    """Hearings from which an order may be recorded: begun and not resulted, or resulted so."""
    orders = (Hearing.Outcome.INTERIM_ORDER, Hearing.Outcome.FULL_ORDER)
    begun = Q(
        status=Hearing.Status.LISTED,
        starts_at__lte=clock.now(),
        application__status=Application.Status.LODGED,
    )
    return list(
        Hearing.objects.filter(
            begun | Q(status=Hearing.Status.RESULTED, outcome__in=orders), case=case, orders=None
        ).select_related("court")
    )
