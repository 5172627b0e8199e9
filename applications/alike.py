"""Is a request that is about to be recorded one that the force has already?

One rule for officers: first asked for at the same minute, with the same words of whom or of what has
happened. One for an advocate, whose ask begins now: the same client, asked of the same force within a week.
A case that is restricted is like none to whoever may not open it.
"""

from datetime import timedelta

from accounts import policy
from accounts.models import User
from applications.models import Request
from casework import clock
from casework.jinja import moment
from casework.models import Case
from people.folding import fold

A_WHILE = timedelta(days=7)
TICK = "tick the box if this is a second request"


def alike(request: Request, by: User) -> Request | None:
    """The first request of the same force that says the same, as far as `by` may know of it."""
    rows = Request.objects.filter(force=request.force_id).exclude(pk=request.pk)
    rows = rows.select_related("case")
    if by.is_advocate:
        mine = rows.filter(asked_by=by, asked_at__gt=clock.now() - A_WHILE).order_by("asked_at")
        return next((one for one in mine if _same(one, request, "client_as_told")), None)
    asked_then = rows.filter(asked_at=request.asked_at).order_by("recorded_at", "pk")
    return next(
        (
            one
            for one in asked_then
            if (_same(one, request, "subject_as_told") or _same(one, request, "concerns"))
            and (not one.case.restricted or opens(by, one.case))
        ),
        None,
    )


def _same(one: Request, other: Request, field: str) -> bool:
    return bool(said := fold(getattr(one, field))) and said == fold(getattr(other, field))


def opens(user: User, case: Case) -> bool:
    """Whether this user may open the case, so that its reference may be said."""
    return policy.visible(user, Case.objects.filter(pk=case.pk)).exists()


def said_of(found: Request, by: User) -> str:
    """What it looks like, and the two ways on."""
    if by.is_advocate:
        at = moment(found.asked_at)
        return f"You asked this force for this client already, on {at}. Look at your clients, or {TICK}"
    at = moment(found.recorded_at)
    if opens(by, found.case):
        return f"This looks like {found.case.reference}, recorded on {at}. Open it, or {TICK}"
    return f"This looks like a request that your force recorded on {at}. Ask your stalking lead, or {TICK}"
