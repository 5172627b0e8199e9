"""Somebody asks for an order; the police decide on the three grounds, and look again at a decline."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NotRequired, TypedDict, Unpack

from django.db import transaction

from accounts.models import Force, Organisation, User
from accounts.queries import forces_that_answer
from accounts.roles import Permission, Role
from applications.lifecycle import telling, twice
from applications.lifecycle.clocks import (
    await_day_to_look_again,
    await_decision,
    await_second_look,
    await_sending,
)
from applications.lifecycle.opening import Ask, open_case_for
from applications.models import Request, ThresholdDecision
from casework import actions as casework
from casework import clock
from casework.errors import Refused, refuse_all
from casework.lifecycle import Opening, Step, validate
from law.grounds import POLICE_ASK, Ground
from law.periods import local_date

S, P = Request.Status, Permission
Reason = Request.DeclineReason
RECORD_REQUEST = Opening("record_request", S.RECEIVED, P.RECORD_REQUEST)
ASK_FOR_ORDER = Opening("ask_for_order", S.RECEIVED, P.ASK_FOR_ORDER)
ACCEPT_REQUEST = Step(
    "accept_request", frozenset({S.RECEIVED}), S.ACCEPTED, P.DECIDE_REQUEST, "decide this request"
)
DECLINE_REQUEST = Step(
    "decline_request", frozenset({S.RECEIVED}), S.DECLINED, P.DECIDE_REQUEST, "decide this request"
)
CONFIRM_DECLINE = Step(
    "confirm_decline", frozenset({S.DECLINED}), S.CONFIRMED, P.LOOK_AGAIN, "look again at this"
)
OVERTURN_DECLINE = Step(
    "overturn_decline", frozenset({S.DECLINED}), S.ACCEPTED, P.LOOK_AGAIN, "look again at this"
)
REOPEN_REQUEST = Step(
    "reopen_request", frozenset({S.CONFIRMED, S.TWICE}), S.RECEIVED, P.DECIDE_REQUEST
)
STEPS = (
    RECORD_REQUEST,
    ASK_FOR_ORDER,
    ACCEPT_REQUEST,
    DECLINE_REQUEST,
    CONFIRM_DECLINE,
    OVERTURN_DECLINE,
    REOPEN_REQUEST,
)

LIMB_OF_REASON: dict[str, str] = {
    Reason.NO_ACTS: "acts_shown",
    Reason.NO_RISK: "risk_shown",
    Reason.NOT_NECESSARY: "necessary",
}
GROUND_OF_LIMB = {
    "acts_shown": Ground.ACTS,
    "risk_shown": Ground.RISK,
    "necessary": Ground.NECESSITY,
}


def record_request(
    *,
    by: User,
    source: str,
    asked_at: datetime,
    subject_as_told: str,
    concerns: str,
    asked_by: User | None = None,
    organisation: Organisation | None = None,
    asker_name: str = "",
    crime_reference: str = "",
    officer: User | None = None,
    domestic_abuse: bool = False,
    online_acts: bool = False,
    again: bool = False,
) -> Request:
    """Open a case for what was asked of this force. Its clock began at the first ask, by anybody.

    asked_by    where the asker has an account here; else the organisation, or the name
    officer     who works on it; the recording officer where nobody is named
    again       a request that says the same is there (`alike`), and this is another one
    """
    officer = officer or (by if by.role == Role.OFFICER else None)
    ask = Ask(by, by.force, officer.unit if officer else by.unit, officer, asked_at)
    wrong = []
    if asked_by is None and organisation is None and not asker_name.strip():
        wrong.append(("asker_name", "Say who asked: a person, or an organisation"))
    if asked_at > clock.now():
        wrong.append(("asked_at", "The time of the first ask must be in the past"))
    if officer is not None and officer.force_id != by.force_id:
        wrong.append(("officer", "The officer in the case must be of this force"))
    refuse_all(wrong)
    request = Request(
        source=source,
        asked_by=asked_by,
        organisation=organisation,
        asker_name=asker_name,
        crime_reference=crime_reference,
        subject_as_told=subject_as_told,
        concerns=concerns,
    )
    kind = {"domestic_abuse": domestic_abuse, "online_acts": online_acts}
    return open_case_for(RECORD_REQUEST, ask, request, again=again, **kind)


def ask_for_order(
    *,
    by: User,
    force: Force,
    subject_as_told: str,
    concerns: str,
    client_as_told: str,
    safe_contact: str,
    client_agrees: bool,
    crime_reference: str = "",
    domestic_abuse: bool = False,
    online_acts: bool = False,
    again: bool = False,
) -> Request:
    """An advocate asks a force for an order; the stalking lead there has it from this moment.

    client_as_told  a name or initials, as the client chooses
    safe_contact    how the police reach the client without anybody else knowing
    again           she asked for this client already, and this is another request
    """
    wrong = []
    if not forces_that_answer().filter(pk=force.pk).exists():
        message = f"{force} does not read requests here. Ring 101 and ask for it"
        wrong.append(("force", message))
    if not client_as_told.strip():
        wrong.append(("client_as_told", "Enter a name or initials for your client"))
    if not safe_contact.strip():
        wrong.append(("safe_contact", "Enter how the police can reach your client safely"))
    if not client_agrees:
        wrong.append(("client_agrees", "Confirm that your client agrees that you ask"))
    refuse_all(wrong)
    ask = Ask(by, force, None, None, clock.now())
    request = Request(
        source=Request.Source.ADVOCATE,
        asked_by=by,
        organisation=by.organisation,
        crime_reference=crime_reference,
        subject_as_told=subject_as_told,
        concerns=concerns,
        client_as_told=client_as_told,
        safe_contact=safe_contact,
        client_agrees=client_agrees,
    )
    kind = {"domestic_abuse": domestic_abuse, "online_acts": online_acts}
    return open_case_for(ASK_FOR_ORDER, ask, request, again=again, **kind)


class Answers(TypedDict):
    """The three grounds of s1(1), limb by limb, and what follows from them."""

    outcome: str  # ThresholdDecision.Outcome
    acts_shown: bool
    acts_reason: str
    risk_shown: bool
    risk_reason: str
    necessary: bool
    necessary_reason: str
    decline_reason: NotRequired[str]
    told_requester: NotRequired[str]  # in words for the requester
    look_again_on: NotRequired[date | None]


def decide_request(request: Request, *, by: User, **answers: Unpack[Answers]) -> ThresholdDecision:
    """Take it forward, or decline with a code: s1(1), each ground with its reason.

    A decline goes to the stalking lead for a second look, and the requester is told. Bail and other
    orders are never a reason.
    """
    decision = ThresholdDecision(**answers)
    step = ACCEPT_REQUEST if _proceeds(decision) else DECLINE_REQUEST
    with step.on(request, by=by) as held:
        _keep(decision, held, by)
        casework.stop_clock(held.case, "decide_request", about=held.pk, by=by)
        if _proceeds(decision):
            await_sending(held.case, begun_on=clock.today())
        else:
            await_second_look(held)
        telling.tell_officer(held, decision, by)
        telling.answer_requester(held, decision, by)
    return decision


def second_look(request: Request, *, by: User, **answers: Unpack[Answers]) -> ThresholdDecision:
    """The stalking lead looks at a decline afresh, on the same grounds: agrees, or goes forward."""
    decision = ThresholdDecision(**answers)
    step = OVERTURN_DECLINE if _proceeds(decision) else CONFIRM_DECLINE
    with step.on(request, by=by) as held:
        if held.decisions.filter(decided_by=by, look=held.decisions.count()).exists():
            raise Refused(None, "You declined it: the second look is for another stalking lead")
        _keep(decision, held, by)
        casework.stop_clock(held.case, "look_again", about=held.pk, by=by)
        if _proceeds(decision):
            await_sending(held.case, begun_on=clock.today())
        elif decision.look_again_on is not None:
            await_day_to_look_again(held, decision.look_again_on)
        telling.tell_officer(held, decision, by)
        telling.answer_requester(held, decision, by)
    return decision


def _proceeds(decision: ThresholdDecision) -> bool:
    return decision.outcome == ThresholdDecision.Outcome.PROCEED


def reopen_request(request: Request, *, by: User, reason: str) -> Request:
    """Something new has come to light: the request waits for a decision again, from today.

    One that was closed as a duplicate and is none waits from its own first ask.
    """
    if not reason.strip():
        raise Refused("reason", "Enter what is new")
    with transaction.atomic():
        twice.lock_both(request.case_id, request.same_as_id)
        _reopen(request, by, reason)
    return request


def _reopen(request: Request, by: User, reason: str) -> None:
    with REOPEN_REQUEST.on(request, by=by, reason=reason) as held:
        for kind in ("look_again", "tell_requester"):
            casework.stop_clock(held.case, kind, about=held.pk, by=by)
        since = local_date(held.asked_at) if held.status == S.TWICE else clock.today()
        twice.take_apart(held, by=by)
        await_decision(held, since)


def _keep(decision: ThresholdDecision, request: Request, by: User) -> None:
    _require_consistent(decision)
    decision.request, decision.case = request, request.case
    decision.look = request.decisions.count() + 1
    decision.decided_by, decision.decided_at = by, clock.now()
    validate(decision)
    decision.save(force_insert=True)


def _require_consistent(decision: ThresholdDecision) -> None:
    """The outcome follows from the limbs, and the code from the limb that is not shown."""
    if _proceeds(decision):
        refuse_all(
            (limb, f"To take it forward this must appear so: {POLICE_ASK[ground]}")
            for limb, ground in GROUND_OF_LIMB.items()
            if not getattr(decision, limb)
        )
        decision.decline_reason, decision.look_again_on = "", None
        return
    refuse_all(_wrong_with_decline(decision))


def _wrong_with_decline(decision: ThresholdDecision) -> Iterator[tuple[str, str]]:
    limb = LIMB_OF_REASON.get(decision.decline_reason, "")
    if not decision.decline_reason:
        yield "decline_reason", "Select why the request is declined"
    elif limb and getattr(decision, limb):
        yield "decline_reason", "You say above that this ground is shown"
    if not decision.told_requester.strip():
        yield "told_requester", "Enter what the requester is told"
    if decision.look_again_on is not None and decision.look_again_on <= clock.today():
        yield "look_again_on", "The day to look again must be after today"
