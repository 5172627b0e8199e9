"""The words that an order has had, from its making on, and in which of them it was served."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from law.duration import has_effect_at
from orders.models import Condition, Correction, Order, Service, Variation
from orders.queries.correcting import conditions_corrected

K = Variation.Kind
AS_MADE = "made"


@dataclass(frozen=True)
class Wording:
    """The order as it reads from a moment on. `service` is the record that counts, if there is one."""

    since: datetime
    variation: Variation | None  # None: as made, or as corrected
    service: Service | None
    correction: Correction | None = None  # of a paper that was served with a mistake in it

    @property
    def key(self) -> str:
        """How a form names it."""
        return str(self.about or AS_MADE)

    @property
    def about(self) -> UUID | None:
        """What its clock of service is about, beside the order itself."""
        change = self.correction or self.variation
        return change.pk if change else None

    @property
    def name(self) -> str:
        if self.correction is not None:
            return "as corrected"
        if self.variation is None:
            return "as made"
        return "as renewed" if self.variation.kind == K.RENEW else "as changed"


def wordings(order: Order) -> list[Wording]:
    """Each wording of the order, the first first.

    A correction is one where he was given a paper with the mistake: the right words bound him all the
    time, and he was not given them.
    """
    living = [service for service in order.services.all() if service.superseded_at is None]
    services = {(s.variation_id, s.correction_id): s for s in living}
    later = [
        *(
            Wording(variation.decided_at, variation, services.get((variation.pk, None)))
            for variation in carried_out(order)
            if variation.decided_at
        ),
        *(
            Wording(one.recorded_at, None, services.get((None, one.pk)), one)
            for one in order.corrections.all()
            if one.give_again
        ),
    ]
    made = Wording(order.made_at, None, services.get((None, None)))
    return [made, *sorted(later, key=lambda wording: wording.since)]


def carried_out(order: Order) -> list[Variation]:
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


def unserved_changes(moment: datetime) -> QuerySet[Order]:
    """Served orders of which he was not given the last words that a court or we put into them.

    `unserved_now` of many orders that bind and were served once; a parity test holds the two together.
    """
    changed = Variation.objects.filter(
        Q(kind=K.RENEW) | (Q(kind=K.VARY) & ~Q(decided_changes=[])),
        status=Variation.Status.GRANTED,
        decided_at__lte=moment,
    )
    corrected = Correction.objects.filter(give_again=True, recorded_at__lte=moment)
    after = {"order": OuterRef("order")}
    last_changed = changed.filter(
        ~Exists(changed.filter(decided_at__gt=OuterRef("decided_at"), **after)),
        ~Exists(corrected.filter(recorded_at__gte=OuterRef("decided_at"), **after)),
        ~Exists(Service.objects.filter(variation=OuterRef("pk"), superseded_at=None)),
        order=OuterRef("pk"),
    )
    last_corrected = corrected.filter(
        ~Exists(changed.filter(decided_at__gt=OuterRef("recorded_at"), **after)),
        ~Exists(corrected.filter(recorded_at__gt=OuterRef("recorded_at"), **after)),
        ~Exists(Service.objects.filter(correction=OuterRef("pk"), superseded_at=None)),
        order=OuterRef("pk"),
    )
    served = Order.objects.filter(status=Order.Status.SERVED)
    return served.filter(Q(Exists(last_changed)) | Q(Exists(last_corrected)))


def service_of_words(
    order: Order, condition: Condition | None, *, before: datetime
) -> Service | None:
    """The first service, before a moment, of words that held this condition as it then read.

    A condition that a variation left alone was given to him with the order as made. Where no
    condition is named, only service of the words of that moment is proof. A paper in which the
    condition stood wrongly is none.
    """
    words = [wording for wording in wordings(order) if wording.since <= before]
    if condition is not None:
        given = [wording for wording in words if wording.since in condition.in_force]
    else:
        given = words[-1:]
    misled = [
        one.recorded_at
        for one in order.corrections.all()
        if one.give_again and _touched(one, condition)
    ]
    given = [wording for wording in given if all(wording.since >= at for at in misled)]
    services = [w.service for w in given if w.service and w.service.served_at <= before]
    return min(services, key=lambda service: service.served_at, default=None)


def _touched(correction: Correction, condition: Condition | None) -> bool:
    """Did it put the words of this condition right; where none is named, those of any?"""
    key = str(condition.pk) if condition else ""
    return any(not key or changed.key == key for changed in conditions_corrected(correction))
