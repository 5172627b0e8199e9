"""How a case stands before there is an order: its tag in the identity bar."""

from applications.models import Application, Request
from casework.frame import Mark
from casework.models import Case

S = Application.Status
MARKS = {
    S.DRAFT: Mark("Drafting"),
    S.SUBMITTED: Mark("Waits for authority", "yellow"),
    S.AUTHORISED: Mark("Authorised, to lodge", "yellow"),
    S.LODGED: Mark("Before the court"),
}
UNDECIDED = {
    Request.Status.RECEIVED: Mark("Waits for a decision", "yellow"),
    Request.Status.DECLINED: Mark("Declined, to look at again", "yellow"),
    Request.Status.CONFIRMED: Mark("Declined", "grey"),
    Request.Status.ACCEPTED: Mark("Taken forward"),
}


def marks_of(case: Case) -> list[Mark]:
    """The application under way; before there is one, the request. Nothing once it is decided."""
    statuses = set(case.applications.values_list("status", flat=True))
    if under_way := [mark for status, mark in MARKS.items() if status in statuses]:
        return under_way
    request = None if statuses else Request.objects.filter(case=case).first()
    return [UNDECIDED[Request.Status(request.status)]] if request else []
