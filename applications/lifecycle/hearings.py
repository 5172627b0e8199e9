"""Days in court: listed, vacated, and what the court decided on them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import Actor, User
from accounts.roles import Permission
from applications import changing
from applications.lifecycle.clocks import await_hearing, await_listing, stop_listing
from applications.models import Application, Court, Hearing
from audit.actor import acting_as
from casework import actions as casework
from casework import clock
from casework.errors import Refused, WrongState, refuse_all
from casework.lifecycle import Opening, Step, lock
from casework.models import Case
from law.periods import local_date

S, H, P = Application.Status, Hearing.Status, Permission
O = Hearing.Outcome  # noqa: E741
LIST_HEARING = Opening("list_hearing", H.LISTED, P.LIST_HEARING, "list a hearing")
VACATE_HEARING = Step(
    "vacate_hearing", frozenset({H.LISTED}), H.VACATED, P.LIST_HEARING, "vacate this hearing"
)
RESULT_HEARING = Step(
    "result_hearing", frozenset({H.LISTED}), H.RESULTED, P.RESULT_HEARING, "record a result"
)
DECIDE = "record a decision on the application"
GRANT = Step("grant", frozenset({S.LODGED}), S.GRANTED, P.RESULT_HEARING, DECIDE)
REFUSE = Step("refuse", frozenset({S.LODGED}), S.REFUSED, P.RESULT_HEARING, DECIDE)
WITHDRAW_IN_COURT = Step(
    "withdraw_in_court", frozenset({S.LODGED}), S.WITHDRAWN, P.RESULT_HEARING, DECIDE
)
STEPS = (LIST_HEARING, VACATE_HEARING, RESULT_HEARING, GRANT, REFUSE, WITHDRAW_IN_COURT)
DECIDED = "The application is decided"
DETERMINES = {O.FULL_ORDER: GRANT, O.REFUSED: REFUSE, O.WITHDRAWN: WITHDRAW_IN_COURT}
REASONS = {
    O.REFUSED: Application.RefusalReason.values,
    O.INTERIM_REFUSED: Hearing.InterimRefusal.values,
    O.WITHDRAWN: Application.WithdrawalReason.values,
}


def list_hearing(
    case: Case,
    *,
    by: User,
    court: Court,
    starts_at: datetime,
    purpose: str,
    application: Application | None = None,
    room: str = "",
    notice_given: bool | None = None,
    no_notice_reason: str = "",
    special_measures: str = "",
    interpreter: str = "",
    late_reason: str = "",
    follows: Hearing | None = None,
) -> Hearing:
    """Write down a day in court, and start its clocks: to attend, and to record the result.

    application  what the hearing is about; none for one that varies an order
    late_reason  why a hearing that has been is recorded only now
    """
    hearing = Hearing(
        case=case,
        force=case.force,
        application=application,
        court=court,
        starts_at=starts_at,
        purpose=purpose,
        room=room,
        notice_given=notice_given,
        no_notice_reason=no_notice_reason,
        special_measures=special_measures,
        interpreter=interpreter,
        follows=follows,
    )
    with LIST_HEARING.of(case, by=by, late_reason=late_reason) as opened:
        wrong = [*_wrong_about(hearing)]
        if starts_at < clock.now() and not late_reason.strip():
            message = "The hearing must be in the future, or say why it is late"
            wrong.append(("starts_at", message))
        if notice_given is False and not no_notice_reason.strip():
            message = "Enter why the subject should have no notice"
            wrong.append(("no_notice_reason", message))
        refuse_all(wrong)
        opened.save(hearing)
        stop_listing(case, application, by=by)
        await_hearing(hearing)
    return hearing


def _wrong_about(hearing: Hearing) -> Iterator[tuple[str, str]]:
    application = hearing.application
    if (hearing.purpose == Hearing.Purpose.VARIATION) != (application is None):
        yield "purpose", "Select what the hearing is about"
        return
    if application is None:
        why = changing.against(hearing.case, local_date(hearing.starts_at))
        if why and hearing.follows is None:  # what a court adjourns it had to decide
            yield "purpose", why
        return
    if application.case_id != hearing.case_id:
        raise Refused("application", "The application is of another case")
    status = Application.objects.values_list("status", flat=True).get(pk=application.pk)
    if status != S.LODGED or application.lodged_on is None:
        raise WrongState(f"A hearing needs a lodged application. It is {S(status).label.lower()}.")
    if local_date(hearing.starts_at) < application.lodged_on:
        yield "starts_at", "The hearing must be on or after the day of lodging"


def begin(hearing: Hearing, *, by: Actor) -> None:
    """The moment of the hearing has come: from now on its result is awaited, and nothing else."""
    with transaction.atomic(), acting_as(by.username):
        lock(hearing.case_id)
        casework.stop_clock(hearing.case, "hearing", about=hearing.pk, by=by)


def vacate_hearing(hearing: Hearing, *, by: User, note: str) -> Hearing:
    """The court took it out of its list: nothing happens on that day, and another must be found."""
    if not note.strip():
        raise Refused("note", "Enter why the hearing does not take place")
    with vacating(hearing, by=by, note=note) as held:
        _await_another(held)
    return hearing


def _await_another(hearing: Hearing) -> None:
    """Where the application is not decided, it needs another day. Orders see to their own."""
    if hearing.application is not None and hearing.application.status == S.LODGED:
        await_listing(hearing.case, hearing.application, but=hearing)


@contextmanager
def vacating(hearing: Hearing, *, by: User, note: str) -> Iterator[Hearing]:
    """It is out of the list, for this reason, and nothing waits for it."""
    with VACATE_HEARING.on(hearing, by=by) as held:
        held.outcome_note = note
        _stop_clocks(held, by=by)
        yield held


@dataclass(frozen=True)
class Result:
    """What the court decided.

    reason          the coded one of a refusal or a withdrawal
    note            in words; an adjournment needs why
    next_starts_at  where it is adjourned: that hearing is listed too. None where the court gave no
                    day yet: force legal asks for one
    """

    outcome: str
    reason: str = ""
    note: str = ""
    next_starts_at: datetime | None = None
    next_room: str = ""


def result_hearing(
    hearing: Hearing, *, by: User, outcome: str, version: int | None = None, **told: Any
) -> Hearing:
    """Record what the court decided (`told`: as in `Result`). A full order, a refusal or a withdrawal
    determines the application. Where only the interim order was refused it goes on, s5(1).

    The orders that the court made are recorded by the room of orders, in the same transaction.
    """
    with RESULT_HEARING.on(hearing, by=by, version=version, outcome=outcome) as held:
        write_result(held, Result(outcome, **told), by=by)
    return hearing


def write_result(held: Hearing, result: Result, *, by: User, next_stands: bool = False) -> None:
    """What follows from the result, under the hearing's lock.

    next_stands  the hearing that it goes on with is in the list already
    """
    _require_possible(held, result.outcome, result.reason)
    if result.outcome == O.ADJOURNED:
        _require_next(held, result.note, result.next_starts_at)
    held.outcome, held.outcome_reason = result.outcome, result.reason
    held.outcome_note = result.note
    held.resulted_at, held.resulted_by = clock.now(), by
    _stop_clocks(held, by=by)
    if result.outcome == O.ADJOURNED and result.next_starts_at and not next_stands:
        _list_next(held, by=by, starts_at=result.next_starts_at, room=result.next_room)
    if result.outcome in DETERMINES and held.application is not None:
        _determine(held.application, held, by=by)
    else:
        _await_another(held)


def _require_possible(hearing: Hearing, outcome: str, reason: str) -> None:
    if hearing.starts_at > clock.now():
        raise Refused("outcome", "The hearing has not begun: its result cannot be known")
    if outcome not in O.values:
        raise Refused("outcome", "Select what the court decided")
    if (outcome == O.VARIATION_DECIDED) and hearing.application_id is not None:
        raise Refused("outcome", "This hearing is about the application, not about an order")
    if outcome in (O.INTERIM_ORDER, O.FULL_ORDER, O.REFUSED) and hearing.application_id is None:
        raise Refused("outcome", "This hearing is about an order, not about the application")
    if outcome == O.INTERIM_REFUSED and hearing.purpose != Hearing.Purpose.INTERIM:
        raise Refused("outcome", "This hearing is not about an interim order")
    if outcome in REASONS and reason not in REASONS[O(outcome)]:
        raise Refused("reason", "Select the reason")


def _require_next(hearing: Hearing, note: str, next_starts_at: datetime | None) -> None:
    wrong = []
    if next_starts_at is not None and next_starts_at <= hearing.starts_at:
        wrong.append(("next_starts_at", "The next hearing must be after this one"))
    if not note.strip():
        wrong.append(("note", "Enter why it was adjourned"))
    refuse_all(wrong)


def _list_next(hearing: Hearing, *, by: User, starts_at: datetime, room: str) -> None:
    list_hearing(
        hearing.case,
        by=by,
        application=hearing.application,
        court=hearing.court,
        starts_at=starts_at,
        purpose=hearing.purpose,
        room=room,
        notice_given=hearing.notice_given,
        no_notice_reason=hearing.no_notice_reason,
        special_measures=hearing.special_measures,
        interpreter=hearing.interpreter,
        late_reason="Adjourned to a day that has been" if starts_at < clock.now() else "",
        follows=Hearing.objects.get(pk=hearing.pk),
    )


def _determine(application: Application, hearing: Hearing, *, by: User) -> None:
    """Write the court's decision to the application, and take its other hearings out of the list."""
    with DETERMINES[O(hearing.outcome)].on(application, by=by) as held:
        held.determined_on = local_date(hearing.starts_at)
        held.outcome_reason = hearing.outcome_reason
        held.outcome_note = hearing.outcome_note
    close(application, by=by, but=hearing)


def close(application: Application, *, by: User, but: Hearing | None = None) -> None:
    """Nothing about this application waits any more."""
    for kind in ("authorise", "lodge", "list_hearing"):
        casework.stop_clock(application.case, kind, about=application.pk, by=by)
    listed = application.hearings.filter(status=H.LISTED)
    for hearing in listed.exclude(pk=but.pk) if but else listed:
        with vacating(hearing, by=by, note=DECIDED):
            pass


def _stop_clocks(hearing: Hearing, *, by: User) -> None:
    for kind in ("hearing", "result_hearing"):
        casework.stop_clock(hearing.case, kind, about=hearing.pk, by=by)
