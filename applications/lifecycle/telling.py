"""Who is told of a request and of its answer: by alert, or by somebody who says it to them."""

from datetime import datetime

from accounts.models import User
from accounts.roles import Permission
from alerts import ladders
from alerts.actions import raise_alert
from applications.lifecycle.clocks import await_telling
from applications.models import Request, ThresholdDecision
from casework import actions as casework
from casework import clock
from casework.errors import WrongState, refuse_all
from casework.lifecycle import Step, validate

S = Request.Status
TELL_REQUESTER = Step(
    "tell_requester",
    frozenset({S.DECLINED, S.CONFIRMED, S.ACCEPTED}),
    None,
    Permission.DECIDE_REQUEST,
    "record that the requester was told",
)
STEPS = (TELL_REQUESTER,)
MADE_BY_ME = "/applications/asked/"


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


def answer_requester(request: Request, decision: ThresholdDecision, by: User) -> None:
    """Whoever asked hears that there is an answer; where there is no account, somebody must say it.

    An advocate reads it on the advocates' site, others among the requests that they made.
    """
    if without_account(request):
        casework.stop_clock(request.case, TELL_REQUESTER.name, about=request.pk, by=by)
        forward = decision.outcome == ThresholdDecision.Outcome.PROCEED
        if not forward or were_told_of_decline(request):
            await_telling(request, owner_role=by.role, forward=forward)
    told = {one.asked_by_id: one.asked_by for one in everybody_who_asked(request) if one.asked_by}
    for asker in told.values():
        own = asker.pk == request.asked_by_id
        key = f"{decision.pk}" if own else f"{decision.pk}:{asker.pk}"
        tell_asker(asker, request, key=key, by=by)


def tell_asker(asker: User, request: Request, *, key: str, by: User) -> None:
    """Somebody with an account here has an answer to read, unless it is their own work."""
    if not asker.is_advocate and asker.pk in (by.pk, request.case.officer_id):
        return
    raise_alert(
        ladders.ANSWER if asker.is_advocate else ladders.OWN_ANSWER,
        case=request.case,
        key=f"request_answered:{key}",
        path=f"/applications/{request.case_id}/" if asker.is_advocate else MADE_BY_ME,
        text="Read what was decided on the request",
        by=by,
        recipients=(f"{ladders.USER}{asker.pk}",),
    )


def everybody_who_asked(request: Request) -> list[Request]:
    """The request, and those closed as the same: whoever made any of them waits for its answer."""
    rows = Request.objects.select_related("asked_by", "organisation", "case")
    return [request, *rows.filter(same_as=request.case_id).order_by("asked_at")]


def without_account(request: Request) -> list[Request]:
    """Those of them whose askers have no account here: a person tells them."""
    return [one for one in everybody_who_asked(request) if one.asked_by_id is None]


def were_told_of_decline(request: Request) -> bool:
    """Is a decline the last that somebody was told who has no account here?"""
    heard = [one.decisions.exclude(told_at=None).last() for one in everybody_who_asked(request)]
    return any(last and last.outcome == ThresholdDecision.Outcome.DECLINE for last in heard)


def tell_requester(request: Request, *, by: User, told_at: datetime, told_how: str) -> Request:
    """A requester without an account was told of the decline, in the words that were written for it, or
    that it does not stand.
    """
    with TELL_REQUESTER.on(request, by=by) as held:
        decision = held.decisions.select_for_update(no_key=True).last()
        if decision is None or not casework.waits(held.case, TELL_REQUESTER.name, about=held.pk):
            raise WrongState("You cannot record it now. The requester has the answer already.")
        wrong = []
        if not decision.decided_at <= told_at <= clock.now():
            wrong.append(("told_at", "The time must be between the decision and now"))
        if not told_how.strip():
            wrong.append(("told_how", "Enter how the requester was told"))
        refuse_all(wrong)
        decision.told_at, decision.told_how, decision.told_by = told_at, told_how.strip(), by
        validate(decision)
        decision.save(update_fields=["told_at", "told_how", "told_by"])
        casework.stop_clock(held.case, TELL_REQUESTER.name, about=held.pk, by=by)
    return request
