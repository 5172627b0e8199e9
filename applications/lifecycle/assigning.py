"""Who works on a case, and who alone may know of it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from accounts.models import Actor, Grant, Unit, User
from accounts.roles import SEES_RESTRICTED, Permission, Role
from alerts.actions import raise_alert
from applications.lifecycle.clocks import POLICY
from casework import actions as casework
from casework import clock
from casework.errors import Refused, WrongState, refuse_all
from casework.lifecycle import Step, lock
from casework.models import OVER, Case
from law.periods import end_instant

P, B = Permission, Grant.Basis
ANY = frozenset(Case.Status)
ASSIGN_CASE = Step("assign_case", ANY, None, P.ASSIGN_CASE, "assign this case")
RESTRICT_CASE = Step("restrict_case", ANY, None, P.RESTRICT_CASE, "restrict this case")
LIFT_RESTRICTION = Step(
    "lift_restriction", ANY, None, P.RESTRICT_CASE, "lift the restriction of this case"
)
STEPS = (ASSIGN_CASE, RESTRICT_CASE, LIFT_RESTRICTION)
ASSIGN_WITHIN = timedelta(days=1)


def assign_case(
    case: Case, *, by: User, unit: Unit, officer: User, version: int | None = None
) -> Case:
    """Give the case to an officer of the force, who may open it from now on and is told so.

    Whoever had it keeps what the role gives, and nothing more.
    """
    told = {"unit": str(unit), "officer": officer.username}
    with ASSIGN_CASE.on(case, by=by, version=version, **told) as held:
        _require_officer(held, unit, officer)
        if held.officer is not None and held.officer != officer:
            _part(held, held.officer, by=by)
        held.officer, held.unit = officer, unit
        casework.let_in(held.pk, officer, basis=B.ASSIGNMENT, by=by)
        casework.hand_over(held, "decide_request", owner_role=Role.OFFICER)
        if officer != by:
            _tell(held, by)
    return case


def _part(case: Case, officer: User, *, by: User) -> None:
    """Whoever had the case has it no more; nobody puts themselves out of a restricted one by it."""
    casework.put_out(case.pk, officer, basis=B.ASSIGNMENT, by=by)
    if officer != by:
        casework.put_out(case.pk, officer, basis=B.NAMED, by=by)


def _require_officer(case: Case, unit: Unit, officer: User) -> None:
    wrong = []
    if unit.force_id != case.force_id:
        wrong.append(("unit", "Select a unit of this force"))
    if not officer.is_active or officer.force_id != case.force_id:
        wrong.append(("officer", "Select an officer of this force"))
    elif not officer.may(P.DRAFT_APPLICATION):
        wrong.append(("officer", "Select somebody whose role works on cases"))
    elif officer == case.officer and unit == case.unit:
        wrong.append(("officer", "This officer has the case already"))
    refuse_all(wrong)


def _tell(case: Case, by: User) -> None:
    raise_alert(
        "case_assigned",
        case=case,
        key=f"case_assigned:{case.pk}:{case.version}",
        path=f"/applications/{case.pk}/",
        text="Take over the case: you are its officer now",
        by=by,
    )


def restrict_case(
    case: Case, *, by: User, reason: str, named: Sequence[User], version: int | None = None
) -> Case:
    """Close the case to all but those who are named, whoever restricts it, and professional standards.

    Of a case that is restricted already this names others. An officer in the case who is not named
    has it no more, and the clock to find another one runs.
    """
    if not reason.strip():
        raise Refused("reason", "Enter why the case is restricted")
    with RESTRICT_CASE.on(
        case, by=by, version=version, named=sorted(user.username for user in named)
    ) as held:
        _require_named(held, named)
        stay = {*named} if by.role in SEES_RESTRICTED else {*named, by}
        held.restricted, held.restricted_reason = True, reason.strip()
        _let_in_only(held, stay, by=by)
        if held.officer is not None and held.officer not in stay:
            held.officer = None
            casework.hand_over(held, "decide_request", owner_role=Role.STALKING_LEAD)
        # What was recorded twice stands in the closed case too
        for one in Case.objects.filter(request__same_as=held, restricted=False):
            restrict_case(one, by=by, reason=reason, named=named)
    return case


def _require_named(case: Case, named: Sequence[User]) -> None:
    if not named:
        raise Refused("named", "Select who goes on working on the case")
    for user in named:
        if not user.is_active or user.force_id != case.force_id or not user.may(P.VIEW_CASE):
            raise Refused("named", "Select people of this force whose role opens cases")


def _let_in_only(case: Case, stay: set[User], *, by: User) -> None:
    for basis in (B.ASSIGNMENT, B.NAMED):
        for user in casework.let_in_to(case.pk, basis):
            if user not in stay:
                casework.put_out(case.pk, user, basis=basis, by=by)
    for user in stay:
        casework.let_in(case.pk, user, basis=B.NAMED, by=by)


def require_restricted(case: Case) -> None:
    """Raise WrongState where there is no restriction to lift."""
    if not case.restricted:
        raise WrongState("You cannot lift the restriction now. The case is not restricted.")


def lift_restriction(case: Case, *, by: User, reason: str, version: int | None = None) -> Case:
    """The case opens again to everybody whose role reaches it; being named gives nothing more."""
    if not reason.strip():
        raise Refused("reason", "Enter why the restriction is lifted")
    with LIFT_RESTRICTION.on(case, by=by, version=version, reason=reason.strip()) as held:
        require_restricted(held)
        held.restricted, held.restricted_reason = False, ""
        for user in casework.let_in_to(held.pk, B.NAMED):
            casework.put_out(held.pk, user, basis=B.NAMED, by=by)
    return case


def await_officer(record: Any, *, by: Actor) -> None:
    """A stalking lead must find an officer for a case that has none, while anything is to be done.

    One whose account is closed, or whose role works on cases no more, is none.
    """
    case: Case = getattr(record, "case", record)
    waits = casework.waits(case, "assign_case", about=case.pk)
    if has_officer(case) or case.status in OVER:
        if waits:
            casework.stop_clock(case, "assign_case", about=case.pk, by=by)
    elif not waits:
        casework.start_clock(
            case,
            "assign_case",
            about=case.pk,
            title="Assign the case to an officer",
            owner_role=Role.STALKING_LEAD,
            due_at=end_instant(clock.today() + ASSIGN_WITHIN),
            provision=POLICY,
            reason="Nobody has it: 1 day to find an officer",
            path=f"/applications/cases/{case.pk}/assign-case/",
        )


def has_officer(case: Case) -> bool:
    """Is there somebody in the case who can work on it?"""
    return case.officer is not None and works_on_cases(case.officer)


def works_on_cases(user: User) -> bool:
    return user.is_active and user.may(P.DRAFT_APPLICATION)


def follow_account(user: User, *, by: Actor) -> None:
    """An account was closed or opened, or has another role: so its open cases need an officer, or not."""
    owner = Role.OFFICER if works_on_cases(user) else Role.STALKING_LEAD
    rows = Case.objects.filter(officer=user).exclude(status__in=OVER)
    for pk in rows.order_by("pk").values_list("pk", flat=True):
        lock(pk)
        case = Case.objects.select_related("officer").get(pk=pk)
        await_officer(case, by=by)
        if case.officer_id == user.pk:
            casework.hand_over(case, "decide_request", owner_role=owner)
