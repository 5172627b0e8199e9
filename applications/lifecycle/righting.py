"""A result that was recorded wrongly is kept as it was, with the reason; the right one takes its place.

What followed from the wrong one is undone with it: the application is open again, the hearing that it
went on with is out of the list, those that were taken out for it are back, and the clocks run anew. An
order that was made from it is put right by itself first: the room of orders says so.
"""

from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.roles import Permission
from alerts import ladders
from alerts.actions import raise_alert
from applications import resting
from applications.lifecycle.clocks import await_hearing, await_result, stop_listing
from applications.lifecycle.drafting import OPEN
from applications.lifecycle.hearings import (
    DECIDED,
    DETERMINES,
    Result,
    vacating,
    write_result,
)
from applications.models import Application, Hearing, WrongResult
from casework import clock
from casework.errors import Refused
from casework.lifecycle import Step, validate
from law.periods import local_date, written

S, H = Application.Status, Hearing.Status
O = Hearing.Outcome  # noqa: E741
NEEDS = Permission.RESULT_HEARING
CORRECT_RESULT = Step(
    "correct_result", frozenset({H.RESULTED}), None, NEEDS, "correct the result of this hearing"
)
TAKE_BACK_RESULT = Step(
    "take_back_result",
    frozenset({H.RESULTED}),
    H.LISTED,
    NEEDS,
    "take back the result of this hearing",
)
RELIST_HEARING = Step(
    "relist_hearing", frozenset({H.VACATED}), H.LISTED, NEEDS, "put this hearing back into the list"
)
REOPEN_APPLICATION = Step(
    "reopen_application",
    frozenset({S.GRANTED, S.REFUSED, S.WITHDRAWN}),
    S.LODGED,
    NEEDS,
    "open this application again",
)
STEPS = (CORRECT_RESULT, TAKE_BACK_RESULT, RELIST_HEARING, REOPEN_APPLICATION)
RECORDED_WRONGLY = "The result that listed it was recorded wrongly"


def correct_result(
    hearing: Hearing,
    *,
    by: User,
    why: str,
    outcome: str,
    starts_at: datetime | None = None,
    version: int | None = None,
    **told: Any,
) -> Hearing:
    """Put the right result in the place of a wrong one (`told`: as in `Result`).

    why        what was wrong with the record
    starts_at  when the hearing was in truth; None: as it was listed
    """
    with CORRECT_RESULT.on(hearing, by=by, version=version, outcome=outcome) as held:
        result, follower = Result(outcome, **told), _follower(held)
        _require_other(held, result, follower, starts_at)
        stands = follower is not None and _goes_on_with(result, follower)
        wrong = _supersede(held, why, by=by, keeps=stands)
        if starts_at is not None:
            _move(held, starts_at)
        write_result(held, result, by=by, next_stands=stands)
        _tell(wrong, by)
    return hearing


def take_back_result(
    hearing: Hearing, *, by: User, why: str, version: int | None = None
) -> Hearing:
    """The court decided nothing of the kind, or made an order: the result is awaited again."""
    with TAKE_BACK_RESULT.on(hearing, by=by, version=version) as held:
        wrong = _supersede(held, why, by=by, keeps=False)
        stop_listing(held.case, held.application, by=by)
        reason = "10:00 tomorrow, as the result that was recorded was wrong"
        await_result(held, clock.today(), reason)
        _tell(wrong, by)
    return hearing


def _follower(hearing: Hearing) -> Hearing | None:
    return Hearing.objects.filter(follows=hearing).first()


def _goes_on_with(result: Result, follower: Hearing) -> bool:
    """Is it the hearing that the right result goes on with too?"""
    return (
        result.outcome == O.ADJOURNED
        and result.next_starts_at == follower.starts_at
        and result.next_room in ("", follower.room)
        and follower.status != H.VACATED
    )


def _require_other(
    hearing: Hearing, result: Result, follower: Hearing | None, starts_at: datetime | None
) -> None:
    was = (hearing.outcome, hearing.outcome_reason, hearing.outcome_note)
    same_next = (
        _goes_on_with(result, follower) if follower else result.next_starts_at is None
    ) or result.outcome != O.ADJOURNED
    if (
        was == (result.outcome, result.reason, result.note)
        and same_next
        and starts_at in (None, hearing.starts_at)
    ):
        raise Refused(None, "Nothing is different. Correct what is wrong, or go back")


def _supersede(hearing: Hearing, why: str, *, by: User, keeps: bool) -> WrongResult:
    """Keep what was recorded, and undo what followed from it."""
    if not why.strip():
        raise Refused("why", "Say what was wrong with the record")
    for reason in resting.on(hearing):
        raise Refused(None, reason)
    if hearing.resulted_at is None or hearing.resulted_by is None:
        raise AssertionError("A hearing with a result has who recorded it, and when")
    follower = _follower(hearing)
    wrong = WrongResult(
        hearing=hearing,
        case=hearing.case,
        starts_at=hearing.starts_at,
        outcome=hearing.outcome,
        outcome_reason=hearing.outcome_reason,
        outcome_note=hearing.outcome_note,
        next_starts_at=follower.starts_at if follower else None,
        resulted_at=hearing.resulted_at,
        resulted_by=hearing.resulted_by,
        superseded_at=clock.now(),
        superseded_by=by,
        superseded_reason=why.strip(),
    )
    validate(wrong)
    wrong.save(force_insert=True)
    if follower is not None and not keeps:
        _take_out(follower, by=by)
    if hearing.outcome in DETERMINES and hearing.application is not None:
        _reopen(hearing.application, by=by)
    hearing.outcome = hearing.outcome_reason = hearing.outcome_note = ""
    hearing.resulted_at = hearing.resulted_by = None
    return wrong


def _take_out(follower: Hearing, *, by: User) -> None:
    """The hearing that the wrong result went on with. One that has been, with its result, stays."""
    if follower.status == H.RESULTED:
        day = written(local_date(follower.starts_at))
        message = (
            f"The hearing of {day} followed from it and has its own result. Correct that first"
        )
        raise Refused(None, message)
    if follower.status == H.LISTED:
        with vacating(follower, by=by, note=RECORDED_WRONGLY) as held:
            held.follows = None
    else:
        Hearing.objects.filter(pk=follower.pk).update(follows=None)


def _reopen(application: Application, *, by: User) -> None:
    """It is not decided: its other hearings, which were taken out for that, are in the list again."""
    others = Application.objects.filter(case=application.case_id, status__in=OPEN)
    if others.exclude(pk=application.pk).exists():
        message = "Another application was begun in this case since. Withdraw that first"
        raise Refused(None, message)
    with REOPEN_APPLICATION.on(application, by=by) as held:
        held.determined_on = None
        held.outcome_reason = held.outcome_note = ""
    for hearing in application.hearings.filter(status=H.VACATED, outcome_note=DECIDED):
        with RELIST_HEARING.on(hearing, by=by) as again:
            again.outcome_note = ""
            await_hearing(again)


def _move(hearing: Hearing, starts_at: datetime) -> None:
    lodged_on = hearing.application.lodged_on if hearing.application else None
    if starts_at > clock.now():
        raise Refused("starts_at", "The hearing must have begun: its result is known")
    if lodged_on is not None and local_date(starts_at) < lodged_on:
        raise Refused("starts_at", "The hearing must be on or after the day of lodging")
    hearing.starts_at = starts_at


def _tell(wrong: WrongResult, by: User) -> None:
    """Whoever was told of the wrong result, or of the day that it named, is told that it was wrong."""
    raise_alert(
        "result_corrected",
        case=wrong.case,
        key=f"result_corrected:{wrong.pk}",
        path=f"/applications/{wrong.case_id}/hearings/",
        text="Read the result of the hearing again: it was recorded wrongly before",
        by=by,
        recipients=(ladders.OFFICER, ladders.LEGAL, ladders.LEADS),
    )
