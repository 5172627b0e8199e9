"""The record of an order was put right: what our own records prove of its breaches is read again."""

from accounts.models import Actor
from audit import events
from breaches.lifecycle.reporting import findings_of
from breaches.models import Breach
from breaches.queries import evidence_from_facts
from law.breach import Point as PointToProve
from orders.models import Order
from orders.terms import stored


def on_order_corrected(order: Order, *, by: Actor) -> None:
    """Each breach that is not decided: what the law says to it, and the points that nobody wrote.

    It points to the same condition as before. What somebody wrote down as evidence stays theirs.
    """
    for breach in Breach.objects.filter(order=order, decided_at=None).select_related("condition"):
        breach.order = order
        before = breach.findings
        breach.findings = stored(findings_of(order, breach.condition, breach.happened_at))
        if _prove_again(breach) or breach.findings != before:
            breach.version += 1
            breach.save(update_fields=["findings", "version"])
            events.record("follow_order", breach, by=by.username, case_id=breach.case_id)


def _prove_again(breach: Breach) -> bool:
    known, changed = evidence_from_facts(breach), False
    for point in breach.points.filter(saved_by=None):
        evidence = known.get(PointToProve(point.key), "")[:300]
        if point.evidence != evidence:
            point.held, point.evidence, changed = bool(evidence), evidence, True
            point.save(update_fields=["held", "evidence"])
    return changed
