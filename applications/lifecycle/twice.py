"""One request that stands in two cases: one is closed, the other goes on with everybody who asked.

It is no decision on the grounds: nothing is declined, and nobody who asked is lost. The clock of the case
that stays runs from the first ask, and what is decided there is told to those who asked here too.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts import policy
from accounts.models import Actor, Grant, User
from accounts.roles import Permission
from alerts.actions import raise_alert
from applications.lifecycle import telling
from applications.lifecycle.clocks import await_decision, await_telling
from applications.models import Request
from audit import events
from casework import actions as casework
from casework import clock
from casework.errors import Refused, WrongState
from casework.lifecycle import Step, lock
from casework.models import OVER, Case
from law.periods import local_date

S = Request.Status
CLOSE_DUPLICATE = Step(
    "close_duplicate",
    frozenset({S.RECEIVED, S.ACCEPTED}),
    S.TWICE,
    Permission.DECIDE_REQUEST,
    "close this as a duplicate",
)
# The same act, in the case that stays: whoever closes one must answer for both
JOIN_REQUEST = Step(
    "join_request",
    frozenset({S.RECEIVED, S.ACCEPTED}),
    None,
    Permission.DECIDE_REQUEST,
    "let the request of another case go on in this one",
)
STEPS = (CLOSE_DUPLICATE, JOIN_REQUEST)
JOINED, CLOSED = "request_joined", "closed_as_duplicate"
NONE = "No case that you may open has this reference. Check it"
RESTRICTED = "A restricted case is tied to no other one. Ask your stalking lead"
BEGUN = "You cannot close this as a duplicate now. An application was begun in this case."
GOES_ON = (
    "You cannot close this as a duplicate now. Another request, recorded twice, goes on in this case: "
    "close the other case as a duplicate of this one."
)


def close_duplicate(
    request: Request, *, by: User, other: str, reason: str, version: int | None = None
) -> Request:
    """Close the case: the same request goes on in another case of the force.

    other  the reference of the case that stays, in which the request still goes on
    """
    CLOSE_DUPLICATE.require(request, by)
    if not reason.strip():
        raise Refused("reason", "Enter how you know that it is the same request")
    stays = _found(request, other, by)
    with transaction.atomic():
        lock_both(request.case_id, stays.case_id)
        with (
            CLOSE_DUPLICATE.on(request, by=by, version=version, reason=reason.strip()) as held,
            JOIN_REQUEST.on(stays, by=by) as kept,
        ):
            _require_joinable(held.case, kept.case)
            held.same_as, held.same_reason = kept.case, reason.strip()
            held.same_at, held.same_by = clock.now(), by
            _stop_clocks(held, by)
            _carry(held, kept)
            _tell(held, kept, by)
    return request


def lock_both(*case_ids: UUID | None) -> None:
    """Hold these cases, always in one order, so that no two acts on the same two deadlock."""
    for pk in sorted(pk for pk in case_ids if pk is not None):
        lock(pk)


def _found(request: Request, reference: str, by: User) -> Request:
    """The request that stays. Another force's case, and one closed to the user, are none."""
    wanted = "".join(reference.split()).upper()
    rows = policy.visible(by, Case.objects.filter(force=request.force_id, reference=wanted))
    case = rows.first()
    if case is None:
        raise Refused("other", NONE)
    if case.pk == request.case_id:
        raise Refused("other", "This is the case itself. Enter the reference of the other one")
    found = Request.objects.filter(case=case).first()
    if found is None:
        raise Refused("other", f"No request is recorded in {case}")
    if found.status == S.TWICE:
        raise Refused("other", f"{case} was closed as a duplicate. Enter the case that goes on")
    if case.status in OVER or found.status not in JOIN_REQUEST.sources:
        message = f"{case} is declined or over: nobody would answer there. Decide on this request"
        raise Refused("other", message)
    return found


def _require_joinable(closed: Case, stays: Case) -> None:
    if closed.restricted or stays.restricted:
        raise Refused("other", RESTRICTED)
    require_closable(closed)


def require_closable(case: Case) -> None:
    """Raise WrongState where the case is more than a request by now, or others go on in it."""
    if why := _why_not_closed(case):
        raise WrongState(why)


def may_be_closed(case: Case) -> bool:
    """Do the pages offer to close it as a duplicate?"""
    return not case.restricted and _why_not_closed(case) is None


def _why_not_closed(case: Case) -> str | None:
    """Others that go on in it were said to be the same as this one, and would be answered by a case that
    nobody compared them with: also after this one was opened again.
    """
    if case.applications.exists():
        return BEGUN
    return GOES_ON if case.recorded_twice.exists() else None


def _stop_clocks(request: Request, by: User) -> None:
    for kind in ("decide_request", "tell_requester"):
        casework.stop_clock(request.case, kind, about=request.pk, by=by)
    casework.stop_clock(request.case, "send_application", about=request.case_id, by=by)


def _carry(closed: Request, kept: Request) -> None:
    """The first ask by anybody is the first ask of the case that stays."""
    if closed.case.asked_at < kept.case.asked_at:
        _asked_first(kept, closed.case.asked_at)


def _asked_first(kept: Request, at: datetime) -> None:
    casework.asked_first(kept.case, at)
    if kept.status == S.RECEIVED and not kept.decisions.exists():
        await_decision(kept, local_date(at))


def _tell(closed: Request, kept: Request, by: User) -> None:
    """Whoever asked hears the answer of the case that stays; the officers of both read of it."""
    asker = closed.asked_by
    if asker is not None:
        casework.let_in(kept.case_id, asker, basis=Grant.Basis.REQUESTER, by=by)
        if asker.pk != kept.asked_by_id:
            telling.tell_asker(asker, closed, key=f"{closed.pk}:{closed.version}", by=by)
    elif kept.status == S.ACCEPTED and telling.were_told_of_decline(closed):
        await_telling(kept, owner_role=by.role, forward=True)
    again = f"{closed.pk}:{closed.version}"
    _tell_officer(
        kept.case,
        f"{JOINED}:{kept.pk}:{again}",
        "Read what was recorded of the same request in another case",
        by=by,
    )
    _tell_officer(
        closed.case,
        f"{CLOSED}:{again}",
        "Your case was closed as a duplicate: read in which one the request goes on",
        by=by,
    )


def _tell_officer(case: Case, key: str, text: str, *, by: User) -> None:
    if case.officer_id not in (None, by.pk):
        news, path = key.partition(":")[0], f"/applications/{case.pk}/"
        raise_alert(news, case=case, key=key, path=path, text=text, by=by)


def take_apart(request: Request, *, by: Actor) -> None:
    """It was another request after all: whoever asked here hears no more of the other case, and what was
    asked here first was not asked there.
    """
    stays, asker = request.same_as, request.asked_by
    request.same_as, request.same_reason = None, ""
    request.same_at, request.same_by = None, None
    if stays is None:
        return
    if asker is not None and not _asked_in(stays, asker, but=request):
        casework.put_out(stays.pk, asker, basis=Grant.Basis.REQUESTER, by=by)
    kept = stays.request
    joined = stays.recorded_twice.exclude(pk=request.pk).values_list("asked_at", flat=True)
    if (first := min([kept.asked_at, *joined])) != stays.asked_at:
        _asked_first(kept, first)
    events.record("part_request", kept, by=by.username, case_id=stays.pk)


def _asked_in(case: Case, asker: User, *, but: Request) -> bool:
    rows = Request.objects.filter(asked_by=asker).exclude(pk=but.pk)
    return rows.filter(case=case).exists() or rows.filter(same_as=case).exists()
