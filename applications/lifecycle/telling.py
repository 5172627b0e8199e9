"""Who is told at once of a request and of its answer."""

from accounts.models import User
from alerts.actions import raise_alert
from applications.models import Request, ThresholdDecision


def tell_officer(request: Request, decision: ThresholdDecision, by: User) -> None:
    """The officer in the case is told at once."""
    if request.case.officer_id in (None, by.pk):
        return
    raise_alert(
        "request_decided",
        case=request.case,
        key=f"request_decided:{decision.pk}",
        path=f"/applications/{request.case_id}/",
        text="Read what was decided on the request for an order",
        by=by,
    )


def tell_leads(request: Request, by: User) -> None:
    """Nobody has the case yet: the stalking leads are told at once, and of nobody in it."""
    raise_alert(
        "order_asked",
        case=request.case,
        key=f"order_asked:{request.pk}",
        path=f"/applications/{request.case_id}/",
        text="Decide on a new request for an order, and who works on it",
        by=by,
    )


def tell_requester(request: Request, decision: ThresholdDecision, by: User) -> None:
    """An advocate who asked is told that there is an answer, and reads it on the advocates' site."""
    asker = request.asked_by
    if asker is None or not asker.is_advocate:
        return
    raise_alert(
        "request_answered",
        case=request.case,
        key=f"request_answered:{decision.pk}",
        path=f"/applications/{request.case_id}/",
        text="Read what was decided on the request",
        by=by,
        recipients=(f"user:{asker.pk}",),
    )
