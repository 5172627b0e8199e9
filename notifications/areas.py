"""Where he has to attend, s10(1) to (3), as far as it is known before he comes."""

from django.db.models import QuerySet

from accounts.models import Force
from law.attendance import area_to_attend
from notifications.models import Attendance, Duty, Station
from orders.models import Order
from people.queries import living_addresses

K = Duty.Kind


def stations(duty: Duty) -> QuerySet[Station]:
    """Every station that is known, those of the duty's own force first."""
    return Station.objects.select_related("force").order_by("force__name", "name")


def home_area(duty: Duty) -> str | None:
    """The police area he is known to live in: notified last, else as the people's room has it."""
    if duty.kind == K.ADDRESS and duty.home_force_id:
        return duty.home_force_id
    told = Attendance.objects.filter(
        case_id=duty.case_id, oral_statement=True, superseded_at=None
    ).first()
    if told is not None:
        return told.home_force_id
    address = living_addresses(duty.order.subject).exclude(police_force=None).first()
    return address.police_force_id if address else None


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


def area(duty: Duty) -> str | None:
    """s10(1), (2): the area he has to attend in, as far as is known before he comes."""
    return area_to_attend(home_area=home_area(duty), court_area=court_area(duty))


def area_name(duty: Duty) -> str:
    """The police area he has to attend in, for the form's hint."""
    known = area(duty)
    return str(Force.objects.get(pk=known)) if known else f"the court, {duty.order.court}"
