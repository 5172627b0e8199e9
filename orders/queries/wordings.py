"""The words that an order has had, from its making on, and in which of them it was served."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from law.duration import has_effect_at
from orders.models import Condition, Order, Service, Variation

K = Variation.Kind
AS_MADE = "made"


@dataclass(frozen=True)
class Wording:
    """The order as it reads from a moment on. `service` is the record that counts, if there is one."""

    since: datetime
    variation: Variation | None  # None: as made
    service: Service | None

    @property
    def key(self) -> str:
        """How a form names it."""
        return str(self.variation.pk) if self.variation else AS_MADE

    @property
    def about(self) -> UUID | None:
        """What its clock of service is about, beside the order itself: the variation."""
        return self.variation.pk if self.variation else None

    @property
    def name(self) -> str:
        if self.variation is None:
            return "as made"
        return "as renewed" if self.variation.kind == K.RENEW else "as changed"


def wordings(order: Order) -> list[Wording]:
    """Each wording of the order, the first first."""
    services = {s.variation_id: s for s in order.services.all() if s.superseded_at is None}
    return [
        Wording(order.made_at, None, services.get(None)),
        *(
            Wording(variation.decided_at, variation, services.get(variation.pk))
            for variation in _carried_out(order)
            if variation.decided_at
        ),
    ]


def _carried_out(order: Order) -> list[Variation]:
    """What the court granted while the order had effect, and so changed it."""
    granted = [v for v in order.variations.all() if v.status == Variation.Status.GRANTED]
    changed = [
        variation
        for variation in granted
        if (variation.kind == K.RENEW or (variation.kind == K.VARY and variation.decided_changes))
        and has_effect_at(
            made_at=order.made_at,
            last_day=order.last_day,
            ended_at=order.ended_at,
            moment=variation.decided_at or order.made_at,
        )
    ]
    return sorted(changed, key=lambda variation: variation.decided_at or order.made_at)


def unserved(order: Order) -> list[Wording]:
    """The wordings of which no service is recorded."""
    return [wording for wording in wordings(order) if wording.service is None]


def to_serve(order: Order) -> list[Wording]:
    """What must still be served: words of which neither they nor later ones were, while it binds."""
    if order.status == Order.Status.ENDED:
        return []
    words = wordings(order)
    served = max((place for place, w in enumerate(words) if w.service), default=-1)
    return words[served + 1 :]


def unserved_now(order: Order, moment: datetime) -> Wording | None:
    """The words that bind at this moment, where he was not given them; None where he was."""
    words = [wording for wording in wordings(order) if wording.since <= moment]
    return words[-1] if words and words[-1].service is None else None


def unserved_changes(moment: datetime) -> QuerySet[Variation]:
    """What changed an order last before this moment, where he was not given the changed words.

    `unserved_now` of many orders that bind and were served once; a parity test holds the two together.
    """
    changed = Variation.objects.filter(
        Q(kind=K.RENEW) | (Q(kind=K.VARY) & ~Q(decided_changes=[])),
        status=Variation.Status.GRANTED,
        decided_at__lte=moment,
    )
    later = changed.filter(order=OuterRef("order"), decided_at__gt=OuterRef("decided_at"))
    given = Service.objects.filter(variation=OuterRef("pk"), superseded_at=None)
    return changed.filter(~Exists(later), ~Exists(given), order__status=Order.Status.SERVED)


def service_of_words(
    order: Order, condition: Condition | None, *, before: datetime
) -> Service | None:
    """The first service, before a moment, of words that held this condition as it then read.

    A condition that a variation left alone was given to him with the order as made. Where no
    condition is named, only service of the words of that moment is proof.
    """
    words = [wording for wording in wordings(order) if wording.since <= before]
    if condition is not None:
        given = [wording for wording in words if wording.since in condition.in_force]
    else:
        given = words[-1:]
    services = [w.service for w in given if w.service and w.service.served_at <= before]
    return min(services, key=lambda service: service.served_at, default=None)
