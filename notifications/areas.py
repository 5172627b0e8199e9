"""The stations that are known, and the area of the court: what s10(2) asks beside where he lives."""

from django.db.models import QuerySet

from accounts.models import Force
from notifications.models import Duty, Station
from orders.models import Order


def stations(duty: Duty) -> QuerySet[Station]:
    """Every station that is known, those of the duty's own force first."""
    return Station.objects.select_related("force").order_by("force__name", "name")


def court_area(duty: Duty) -> str | None:
    """s10(2): the police area of the court that last made an order for him, in whichever of his cases;
    None: not known.

    Where nobody has said where the court lies, it is taken to be in the area of the force which the
    order was made for. The British Transport Police and the Ministry of Defence Police have none.
    """
    his = Order.objects.filter(subject=duty.order.subject_id, force=duty.force_id)
    made = his.select_related("force", "court")
    last = made.order_by("-made_at").first() or duty.order
    if last.court.area_id:
        return last.court.area_id
    return last.force_id if last.force.kind == Force.Kind.TERRITORIAL else None
