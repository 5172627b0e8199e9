"""What the words to a protected person are read from: the records as they are now, each read once."""

from dataclasses import dataclass, field
from uuid import UUID

from applications.models import Hearing, ThresholdDecision, WrongResult
from casework.models import Case
from contact.models import Matter
from orders.models import Correction, Order, Service, Variation

K = Matter.Kind
IN_COURT = (K.LISTED, K.VACATED, K.ADJOURNED)
DECISIONS = (K.DECLINED, K.REOPENED)
OF_A_BREACH = (K.BREACH, K.ARRESTED, K.BREACH_DECIDED)


@dataclass
class Facts:
    """The records that the matters of a case are about, each read once."""

    hearings: dict[UUID, Hearing] = field(default_factory=dict)
    orders: dict[UUID, Order] = field(default_factory=dict)
    changes: dict[UUID, Variation] = field(default_factory=dict)
    services: list[Service] = field(default_factory=list)
    wrongs: dict[UUID, WrongResult] = field(default_factory=dict)
    corrections: dict[UUID, Correction] = field(default_factory=dict)
    decisions: dict[UUID, ThresholdDecision] = field(default_factory=dict)


def facts_of(case: Case, kinds: set[str]) -> Facts:
    """What these kinds of matters say is read from. At most eight queries."""
    facts = Facts()
    if kinds & {*IN_COURT}:
        rows = Hearing.objects.filter(case=case).select_related("court")
        facts.hearings = {row.pk: row for row in rows}
    if K.PUT_RIGHT in kinds:
        wrongs = WrongResult.objects.filter(case=case).select_related("hearing")
        facts.wrongs = {row.pk: row for row in wrongs}
    if kinds & {K.CORRECTED, K.SERVED, K.SERVICE_PUT_RIGHT}:
        facts.corrections = {row.pk: row for row in Correction.objects.filter(case=case)}
        facts.services = list(Service.objects.filter(case=case, superseded_at=None))
    if kinds - {*IN_COURT, *DECISIONS, *OF_A_BREACH}:
        orders = Order.objects.filter(case=case).prefetch_related("conditions")
        facts.orders = {row.pk: row for row in orders}
    if kinds & {K.SERVED, K.SERVICE_PUT_RIGHT, K.VARIED, K.RENEWED, K.NOT_CHANGED, K.ENDING}:
        facts.changes = {row.pk: row for row in Variation.objects.filter(case=case)}
    if kinds & {*DECISIONS}:
        decisions = ThresholdDecision.objects.filter(case=case).select_related("request")
        for each in decisions.order_by("look"):  # the first matters were kept by the request itself
            facts.decisions |= {each.pk: each, each.request_id: each}
    return facts
