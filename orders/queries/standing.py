"""Which order binds now, or bound then, and which of its conditions. The database answers."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import User
from applications.models import Application
from casework import clock
from casework.models import Case
from law.duration import has_effect_at
from law.periods import end_instant, local_date
from orders.models import Condition, Order, Service, Variation

A_MOMENT = timedelta(microseconds=1)
LAST_MONTHS = timedelta(days=182)


def in_force(orders: QuerySet[Order], moment: datetime) -> QuerySet[Order]:
    """`law.duration.has_effect_at` as a queryset; a parity test holds the two together."""
    return orders.filter(
        Q(last_day=None) | Q(last_day__gte=local_date(moment)),
        Q(ended_at=None) | Q(ended_at__gt=moment),
        made_at__lte=moment,
    )


def lapsed(orders: QuerySet[Order], moment: datetime) -> QuerySet[Order]:
    """Interim orders that are over, while the court has still to decide on their application."""
    return orders.filter(
        Q(last_day__lt=local_date(moment)) | Q(ended_at__lte=moment),
        kind=Order.Kind.INTERIM,
        application__status=Application.Status.LODGED,
    )


def without_since(lapsed: Iterable[Order]) -> date | None:
    """The first day on which none of these orders, which are over, had effect."""
    return max((_first_day_without(order) for order in lapsed), default=None)


def _first_day_without(order: Order) -> date:
    ends = [end_instant(order.last_day)] if order.last_day else []
    ends += [order.ended_at] if order.ended_at else []
    return local_date(min(ends))


def as_at(order: Order, moment: datetime) -> QuerySet[Condition]:
    """The conditions of the order that bound at this moment, in the wording of that moment."""
    return Condition.objects.filter(
        order__in=in_force(Order.objects.filter(pk=order.pk), moment), in_force__contains=moment
    ).order_by("number")


def readable(user: User) -> QuerySet[Order]:
    """Orders for a list of them, with all that it shows in a few questions, however long it is."""
    return Order.objects.select_related("case").prefetch_related(
        "conditions", "services", "variations", "corrections"
    )


def words_at(order: Order, moment: datetime) -> list[Condition]:
    """`as_at` of an order whose conditions are there already: asks the database nothing more."""
    if not has_effect_at(
        made_at=order.made_at, last_day=order.last_day, ended_at=order.ended_at, moment=moment
    ):
        return []
    binding = [c for c in order.conditions.all() if moment in c.in_force]
    return sorted(binding, key=lambda condition: condition.number)


def live_interims(case: Case, moment: datetime) -> QuerySet[Order]:
    """The interim orders of a case that have effect at this moment."""
    return in_force(Order.objects.filter(case=case, kind=Order.Kind.INTERIM), moment)


def current_order(case: Case, moment: datetime) -> Order | None:
    """The order that binds the subject of this case at a moment: a full one before an interim."""
    return in_force(Order.objects.filter(case=case), moment).order_by("kind", "-made_at").first()


def living_service(order: Order) -> Service | None:
    """The service of the order that counts, s9(1): the first one, in whatever words it was served."""
    return _counts(order.services.all())


def living_services(orders: Collection[UUID]) -> dict[UUID, Service]:
    """The same of many orders, in one query; those that are not served are left out."""
    found: dict[UUID, list[Service]] = defaultdict(list)
    for service in Service.objects.filter(order__in=orders):
        found[service.order_id].append(service)
    counted = {order: _counts(services) for order, services in found.items()}
    return {order: service for order, service in counted.items() if service}


def _counts(services: Iterable[Service]) -> Service | None:
    living = (service for service in services if service.superseded_at is None)
    return min(living, key=lambda service: service.served_at, default=None)


def last_effective_day(order: Order) -> date | None:
    """The last day on which the order had effect; None: until further order, and not ended."""
    if order.ended_at is None:
        return order.last_day
    ended = max(local_date(order.ended_at - A_MOMENT), local_date(order.made_at))
    return ended if order.last_day is None else min(ended, order.last_day)


def last_moment(order: Order, now: datetime) -> datetime:
    """The moment by which its words are read: this one or, once it has ended, the last it had."""
    over = [order.ended_at] if order.ended_at else []
    over += [end_instant(order.last_day)] if order.last_day else []
    return max(min([now, *(end - A_MOMENT for end in over)]), order.made_at)


def versions(order: Order) -> list[datetime]:
    """The moments at which its conditions were made or changed by a court, the first first.

    A condition whose own last day has passed is no change: it was made so.
    """
    moments = set()
    for condition in order.conditions.all():
        if condition.in_force.isempty:
            continue  # recorded by mistake: it never bound
        moments.add(condition.in_force.lower)
        until = condition.in_force.upper
        if until and not (condition.own_last_day and until == end_instant(condition.own_last_day)):
            moments.add(until)
    return sorted(moments)


def may_be_left_to_end(order: Order) -> bool:
    """A full order in its last 6 months, which nobody asked to renew or decided about yet."""
    if order.kind != Order.Kind.FULL or order.last_day is None or order.not_renewed_at:
        return False
    if clock.today() < order.last_day - LAST_MONTHS:
        return False
    return not any(
        variation.kind == Variation.Kind.RENEW and variation.status == Variation.Status.APPLIED
        for variation in order.variations.all()
    )


def stands(case: Case) -> Iterator[str]:
    """What the orders say of where their case stands: one is live, or granted and not yet recorded."""
    live = Order.objects.filter(case=case, ended_at=None)
    granted = Application.objects.filter(case=case, status=Application.Status.GRANTED, orders=None)
    if live.exists() or granted.exists():
        yield Case.Status.ORDER


def run_out(today: date) -> QuerySet[Order]:
    """Orders that are over by their last day and not yet written down as ended."""
    return Order.objects.filter(
        status__in=(Order.Status.MADE, Order.Status.SERVED), last_day__lt=today
    ).order_by("last_day", "pk")
