"""Somebody takes the report, and an officer goes. The protected person is told in `contact`."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts import policy
from accounts.models import Actor, Grant, User
from accounts.roles import Permission
from alerts.actions import answer, raise_alert
from alerts.ladders import LEADS, USER
from alerts.models import Alert
from breaches.models import Breach
from breaches.queries import breach_of, thread_of
from casework import clock
from casework.actions import hand_to, let_in, stop_clock
from casework.errors import Refused
from casework.lifecycle import Step, lock
from casework.models import Case
from contact.lifecycle import hand_clocks
from contact.models import Matter
from contact.words import at_time

S = Breach.Status


def _taken(breach: Breach) -> str:
    """Who comes second reads who took it, and when."""
    at = breach.acknowledged_at
    return f"You need not acknowledge it: {breach.taken} took it on {at_time(at)}." if at else ""


ACKNOWLEDGE = Step(
    "acknowledge",
    frozenset({S.REPORTED}),
    S.ACKNOWLEDGED,
    Permission.ACKNOWLEDGE_ALERT,
    "acknowledge the report",
    bars=_taken,
)
ASSIGN = Step(
    "assign",
    frozenset({S.ACKNOWLEDGED, S.ASSIGNED}),
    S.ASSIGNED,
    Permission.ANSWER_BREACH,
    "assign an officer",
)
STEPS = (ACKNOWLEDGE, ASSIGN)


def acknowledge(breach: Breach, *, by: User, version: int | None = None) -> Breach:
    """Somebody takes it: the ladder stops climbing, and everybody sees who has it."""
    with ACKNOWLEDGE.on(breach, by=by, version=version) as locked:
        locked.acknowledged_at, locked.acknowledged_by = clock.now(), by
        answer(thread_of(locked), by=by)
        stop_clock(locked.case, "acknowledge_breach", about=locked.pk, by=by)
    return breach


def on_alert_taken(alert: Alert, *, by: User) -> None:
    """The alert was acknowledged from an inbox or a message: so is its report.

    An alarm about the report's own ladder (nobody on a rung, a message that failed) is in its thread.
    """
    breach = breach_of(alert)
    if breach is not None and breach.status == S.REPORTED:
        acknowledge(breach, by=by)


def assign(breach: Breach, *, by: Actor, officer: User, version: int | None = None) -> Breach:
    """Give the breach and its clocks to an officer, who may open the case from now on and is told so."""
    with ASSIGN.on(breach, by=by, version=version, officer=officer.username) as locked:
        if not officer.is_active or officer.force_id != locked.force_id:
            raise Refused("officer", "Select an officer of this force")
        if not officer.may(Permission.ANSWER_BREACH):
            raise Refused("officer", "Select somebody whose role answers breaches")
        locked.officer, locked.assigned_at, locked.assigned_by_id = officer, clock.now(), by.pk
        let_in(locked.case_id, officer, basis=Grant.Basis.ASSIGNMENT, by=by)
        _hand_clocks(locked, officer)
        if officer.pk != by.pk:
            _tell_officer(locked, officer, by=by)
    return breach


def _hand_clocks(breach: Breach, officer: User | None) -> bool:
    """The response, and what is to be told of it, are this officer's; None: the case's again. Whether
    any clock was not before."""
    own = hand_to(breach.case, officer, about=breach.pk)
    return hand_clocks(breach.case, officer, about=breach.pk) or own


def _tell_officer(breach: Breach, officer: User, *, by: Actor) -> None:
    raise_alert(
        "breach_assigned",
        case=breach.case,
        key=f"breach_assigned:{breach.pk}:{breach.version}",
        path=f"/breaches/{breach.pk}/",
        text="Answer the breach: you are its officer now",
        by=by,
        recipients=(f"{USER}{officer.pk}",),
    )


def keep_answering(case: Case, *, by: Actor) -> None:
    """The case has another officer, or is open to others than before: who answers a breach in it can
    open it all the same, and has its clocks.

    A restricted case is for those who are named: the clocks of who is not go back.
    """
    for breach in _to_answer().filter(case=case).exclude(officer=None):
        breach.case = case  # as the act left it
        if breach.officer is not None and not case.restricted:
            let_in(case.pk, breach.officer, basis=Grant.Basis.ASSIGNMENT, by=by)
        give_clocks(breach, by=by)


def follow_account(user: User, *, by: Actor) -> None:
    """An account was closed or opened, or has another role: so it answers its breaches, or not."""
    open_ones = _to_answer().filter(officer=user).select_related("case")
    for breach in open_ones.order_by("case_id", "pk"):
        lock(breach.case_id)
        breach.officer = user  # as it is now
        give_clocks(breach, by=by)


def _to_answer() -> QuerySet[Breach]:
    """Not decided, or decided while the protected person still waits to be told of it."""
    untold = Matter.objects.filter(about_id=OuterRef("pk"), status=Matter.Status.WAITING)
    return Breach.objects.filter(Q(decided_at=None) | Exists(untold))


def give_clocks(breach: Breach, *, by: Actor) -> None:
    """Its officer has its clocks; where that one may not answer it any more they go back to the
    officer in the case, and a lead hears that somebody else must answer the breach."""
    officer = breach.officer
    if officer and officer.is_active and policy.can(officer, Permission.ANSWER_BREACH, breach):
        _hand_clocks(breach, officer)
    elif _hand_clocks(breach, None) and breach.decided_at is None:
        _find_another(breach, by=by)


def _find_another(breach: Breach, *, by: Actor) -> None:
    raise_alert(
        "breach_without_officer",
        case=breach.case,
        key=f"breach_without_officer:{breach.pk}:{clock.now():%Y%m%d%H%M%S%f}",
        path=f"/breaches/{breach.pk}/assign/",
        text="Assign another officer to the breach: nobody answers it now",
        by=by,
        recipients=(LEADS,),
    )
