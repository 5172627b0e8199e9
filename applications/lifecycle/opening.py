"""A case is opened for what was asked, unless the force has the same request already."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import Force, Grant, Unit, User
from applications import alike
from applications.lifecycle import telling
from applications.lifecycle.clocks import await_decision
from applications.models import Request
from casework import actions as casework
from casework import clock
from casework.errors import Refused
from casework.lifecycle import Opening, validate
from casework.models import Case
from law.periods import local_date


@dataclass(frozen=True)
class Ask:
    """Who asks or records it, of which force, and whose work it is from now on."""

    by: User
    force: Force | None
    unit: Unit | None
    officer: User | None
    at: datetime


def open_case_for(
    opening: Opening, ask: Ask, request: Request, *, again: bool, **kind: bool
) -> Request:
    """The case, the request in it, its clock, and who may open it: in one transaction."""
    with opening.of(None, by=ask.by) as opened:
        case = _open_case(ask, **kind)
        request.case, request.force = case, case.force
        request.asked_at, request.recorded_by = ask.at, ask.by
        # The counter of references is held since the case was opened: of two at once one finds the other
        if not again and (found := alike.alike(request, ask.by)):
            raise Refused("again", alike.said_of(found, ask.by))
        opened.save(request)
        if ask.officer is not None:
            casework.let_in(case.pk, ask.officer, basis=Grant.Basis.ASSIGNMENT, by=ask.by)
        if request.asked_by is not None:
            casework.let_in(case.pk, request.asked_by, basis=Grant.Basis.REQUESTER, by=ask.by)
        await_decision(request, local_date(ask.at))
        if ask.by.is_advocate:
            telling.tell_leads(request, ask.by)
    return request


def _open_case(ask: Ask, *, domestic_abuse: bool, online_acts: bool) -> Case:
    if ask.force is None:
        raise Refused("force", "Select the force that is asked")
    case = Case(
        force=ask.force,
        unit=ask.unit,
        reference=casework.next_reference(ask.force, clock.now()),
        officer=ask.officer,
        domestic_abuse=domestic_abuse,
        online_acts=online_acts,
        asked_at=ask.at,
    )
    validate(case)
    case.save(force_insert=True)
    return case
