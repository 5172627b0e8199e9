"""The clocks before an order: when each ends, why, and whose it is. All force policy."""

from datetime import date, datetime, time, timedelta

from accounts.models import Actor
from accounts.roles import Role
from applications.models import Application, Hearing, Request
from casework import actions as casework
from casework import clock
from casework.models import Case
from law.bank_holidays import ENGLAND_AND_WALES
from law.offences import APPLY
from law.periods import LONDON, end_instant, local_date, working_day_after

POLICY = "force policy"
DECIDE_WITHIN = timedelta(days=2)
LOOK_AGAIN_WITHIN = timedelta(days=2)
TELL_WITHIN = timedelta(days=1)
SEND_WITHIN = timedelta(days=14)
WORKING_DAYS_TO_LIST = 2
RESULT_WITHIN, NEXT_MORNING = timedelta(days=1), time(10)
TO_LIST = "Get a day for the hearing, and list it"
TO_LIST_CHANGE = "Get a day for the hearing about the order, and list it"


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
        path=f"/applications/requests/{request.pk}/decide-request/",
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
        path=f"/applications/requests/{request.pk}/second-look/",
    )


def await_telling(request: Request, *, owner_role: str, forward: bool) -> None:
    """Who asked has no account here: whoever decided says so to them.

    forward  it is taken forward, and the last that they were told is that it is not
    """
    decided = "it was taken forward: they were told of a decline" if forward else "the decline"
    casework.start_clock(
        request.case,
        "tell_requester",
        about=request.pk,
        title="Tell the requester what was decided",
        owner_role=owner_role,
        due_at=end_instant(clock.today() + TELL_WITHIN),
        provision=POLICY,
        reason=f"1 day after {decided}; who asked has no account here",
        path=f"/applications/requests/{request.pk}/tell-requester/",
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


def await_sending_again(application: Application, *, by: Actor) -> None:
    """What was sent or authorised is a draft again: nobody decides on it or lodges it now."""
    for kind in ("authorise", "lodge"):
        casework.stop_clock(application.case, kind, about=application.pk, by=by)
    await_sending(application.case, begun_on=clock.today())


def stop_sending(application: Application, *, by: Actor) -> None:
    """It was sent, or is not wanted any more."""
    casework.stop_clock(application.case, "send_application", about=application.case_id, by=by)


def await_listing(case: Case, about: Application | None, *, but: Hearing | None = None) -> None:
    """A court must give a day: its clock runs from now, unless it runs already or a day is listed.

    about  None: a hearing that varies an order
    but    a listed hearing that will not take place, or has been
    """
    record = about or case
    listed = Hearing.objects.filter(case=case, application=about, status=Hearing.Status.LISTED)
    if but is not None:
        listed = listed.exclude(pk=but.pk)
    if listed.exists() or casework.waits(case, "list_hearing", about=record.pk):
        return
    due_on = working_day_after(clock.today(), WORKING_DAYS_TO_LIST, bank_holidays=ENGLAND_AND_WALES)
    casework.start_clock(
        case,
        "list_hearing",
        about=record.pk,
        title=TO_LIST if about else TO_LIST_CHANGE,
        owner_role=Role.LEGAL,
        due_at=end_instant(due_on),
        provision=POLICY,
        reason="2 working days, as no hearing is listed",
        path=f"/applications/cases/{case.pk}/list-hearing/",
    )


def stop_listing(case: Case, about: Application | None, *, by: Actor) -> None:
    """A day is listed, or none is wanted any more."""
    casework.stop_clock(case, "list_hearing", about=(about or case).pk, by=by)


def await_hearing(hearing: Hearing) -> None:
    """The day itself, and the record of its result."""
    if hearing.starts_at > clock.now():
        _await_day(hearing)
    await_result(hearing, local_date(hearing.starts_at), "10:00 on the morning after the hearing")


def await_result(hearing: Hearing, day: date, reason: str) -> None:
    """The result is to be recorded by 10:00 on the morning after this day."""
    morning = datetime.combine(day + RESULT_WITHIN, NEXT_MORNING, tzinfo=LONDON)
    casework.start_clock(
        hearing.case,
        "result_hearing",
        about=hearing.pk,
        title="Record the result of the hearing",
        owner_role=Role.LEGAL,
        due_at=morning,
        provision=POLICY,
        reason=reason,
        path=_result_page(hearing),
        at_moment="10:00",
    )


def _await_day(hearing: Hearing) -> None:
    casework.start_clock(
        hearing.case,
        "hearing",
        about=hearing.pk,
        title="Attend the hearing",
        owner_role=Role.LEGAL,
        due_at=hearing.starts_at,
        provision=APPLY if hearing.application_id else "s4",
        reason=f"{hearing.get_purpose_display()}, listed by the court",
        path=_result_page(hearing),
        at_moment="hearing",
    )


def _result_page(hearing: Hearing) -> str:
    return f"/applications/hearings/{hearing.pk}/result-hearing/"
