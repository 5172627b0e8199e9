"""Somebody takes the report, an officer goes, and the protected person is told, safely."""

from datetime import datetime

from django.db.models import Max

from accounts import policy
from accounts.models import Actor, Grant, User
from accounts.roles import Permission
from alerts.actions import answer, raise_alert
from alerts.ladders import LEADS, USER
from alerts.models import Alert
from breaches.models import Breach, Telling
from breaches.queries import breach_of, thread_of, untold
from casework import clock
from casework.actions import hand_to, let_in, stop_clock
from casework.errors import Refused, WrongState
from casework.lifecycle import Step, lock, validate
from casework.models import Case, Party

S = Breach.Status
ANY = frozenset(S)
ACKNOWLEDGE = Step(
    "acknowledge",
    frozenset({S.REPORTED}),
    S.ACKNOWLEDGED,
    Permission.ACKNOWLEDGE_ALERT,
    "acknowledge the report",
)
ASSIGN = Step(
    "assign",
    frozenset({S.ACKNOWLEDGED, S.ASSIGNED}),
    S.ASSIGNED,
    Permission.ANSWER_BREACH,
    "assign an officer",
)
TELL = Step(
    "record_victim_told",
    ANY,
    None,
    Permission.ANSWER_BREACH,
    "record that a protected person was told",
)
STEPS = (ACKNOWLEDGE, ASSIGN, TELL)


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
        hand_to(locked.case, officer, about=locked.pk)
        if officer.pk != by.pk:
            _tell_officer(locked, officer, by=by)
    return breach


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
    """The case has another officer, or is open to others than before: who answers a breach in it that
    is open can open it all the same, and has its clocks.

    A restricted case is for those who are named: the clocks of who is not go back.
    """
    for breach in Breach.objects.filter(case=case, decided_at=None).exclude(officer=None):
        breach.case = case  # as the act left it
        if breach.officer is not None and not case.restricted:
            let_in(case.pk, breach.officer, basis=Grant.Basis.ASSIGNMENT, by=by)
        _give_clocks(breach, by=by)


def follow_account(user: User, *, by: Actor) -> None:
    """An account was closed or opened, or has another role: so it answers its open breaches, or not."""
    open_ones = Breach.objects.filter(officer=user, decided_at=None).select_related("case")
    for breach in open_ones.order_by("case_id", "pk"):
        lock(breach.case_id)
        breach.officer = user  # as it is now
        _give_clocks(breach, by=by)


def _give_clocks(breach: Breach, *, by: Actor) -> None:
    """Its officer has its clocks; where that one may not answer it any more they go back to the
    officer in the case, and a lead hears that somebody else must answer the breach."""
    officer = breach.officer
    if officer and officer.is_active and policy.can(officer, Permission.ANSWER_BREACH, breach):
        hand_to(breach.case, officer, about=breach.pk)
    elif hand_to(breach.case, None, about=breach.pk):
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


def record_victim_told(
    breach: Breach,
    *,
    by: User,
    told_at: datetime,
    how: str,
    party: Party | None = None,
    version: int | None = None,
) -> Breach:
    """A protected person was told, by the way that she agreed to. Each once: the first time counts.

    The clock runs until the last of them is told.
    party  who; needed only where several wait to be told
    """
    with TELL.on(breach, by=by, version=version) as locked:
        if locked.victim_told_at is not None:
            raise WrongState("You cannot record it again. It is recorded that the person was told.")
        _refuse_impossible(locked, told_at, how)
        waiting = untold(locked)
        who = _who(waiting, party)
        if who is not None:
            _write_telling(locked, who, told_at=told_at, how=how.strip(), by=by)
        if len(waiting) <= 1:
            latest = locked.tellings.aggregate(Max("told_at"))["told_at__max"]
            locked.victim_told_at, locked.victim_told_by_id = latest or told_at, by.pk
            locked.victim_told_how = how.strip()
            stop_clock(locked.case, "tell_protected_person", about=locked.pk, by=by)
    return breach


def _refuse_impossible(breach: Breach, told_at: datetime, how: str) -> None:
    if told_at > clock.now():
        raise Refused("told_at", "The time must be in the past")
    if told_at < breach.happened_at:
        raise Refused("told_at", "The time must be after the breach happened")
    if not how.strip():
        raise Refused("how", "Enter how the person was told, and by whom")


def _who(waiting: list[Party], party: Party | None) -> Party | None:
    """Who of those that wait was told; nobody where the case names nobody."""
    if party is None:
        if len(waiting) > 1:
            raise Refused("party", "Select who was told")
        return waiting[0] if waiting else None
    if party not in waiting:
        raise Refused("party", "Select a protected person who waits to be told")
    return party


def _write_telling(breach: Breach, who: Party, *, told_at: datetime, how: str, by: User) -> None:
    telling = Telling(
        breach=breach,
        case_id=breach.case_id,
        person_id=who.person_id,
        told_at=told_at,
        how=how,
        told_by_id=by.pk,
    )
    validate(telling)
    telling.save(force_insert=True)
