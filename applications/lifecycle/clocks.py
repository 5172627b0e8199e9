"""The clocks of a request and of a draft: when each ends, why, and whose it is. All force policy."""

from datetime import date, timedelta

from accounts.models import Actor
from accounts.roles import Role
from applications.models import Application, Request
from casework import actions as casework
from casework import clock
from casework.models import Case
from law.periods import end_instant

POLICY = "force policy"
DECIDE_WITHIN = timedelta(days=2)
LOOK_AGAIN_WITHIN = timedelta(days=2)
SEND_WITHIN = timedelta(days=14)


def await_decision(request: Request, asked_on: date) -> None:
    case = request.case
    casework.start_clock(
        case,
        "decide_request",
        about=request.pk,
        title="Decide on the request",
        owner_role=Role.OFFICER if case.officer_id else Role.STALKING_LEAD,
        due_at=end_instant(asked_on + DECIDE_WITHIN),
        provision=POLICY,
        reason="2 days after the first ask",
        path=f"/applications/{case.pk}/",
    )


def await_second_look(request: Request) -> None:
    casework.start_clock(
        request.case,
        "look_again",
        about=request.pk,
        title="Look again at a declined request",
        owner_role=Role.STALKING_LEAD,
        due_at=end_instant(clock.today() + LOOK_AGAIN_WITHIN),
        provision=POLICY,
        reason="2 days after the decline",
        path=f"/applications/{request.case_id}/",
    )


def await_day_to_look_again(request: Request, day: date) -> None:
    casework.start_clock(
        request.case,
        "look_again",
        about=request.pk,
        title="Ask whether anything is new",
        owner_role=Role.STALKING_LEAD,
        due_at=end_instant(day),
        provision=POLICY,
        reason="The day set when the request was declined",
        path=f"/applications/{request.case_id}/",
    )


def await_sending(case: Case, *, begun_on: date) -> None:
    """The application is to be written and sent to a superintendent by a day."""
    casework.start_clock(
        case,
        "send_application",
        about=case.pk,
        title="Send the application for authority",
        owner_role=Role.OFFICER,
        due_at=end_instant(begun_on + SEND_WITHIN),
        provision=POLICY,
        reason="14 days after the decision to go forward",
        path=f"/applications/{case.pk}/",
    )


def stop_sending(application: Application, *, by: Actor) -> None:
    """It was sent, or is not wanted any more."""
    casework.stop_clock(application.case, "send_application", about=application.case_id, by=by)
