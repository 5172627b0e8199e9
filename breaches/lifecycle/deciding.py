"""The points to prove, one by one, and what became of the breach."""

from accounts.models import Actor
from accounts.roles import Permission
from breaches.lifecycle.answering import give_clocks
from breaches.models import Breach, Point
from casework import clock
from casework.actions import stop_clock
from casework.errors import Refused
from casework.lifecycle import Step, validate
from contact.lifecycle import ask
from contact.models import Matter

S, NFA = Breach.Status, Breach.Outcome.NFA
SAVE_POINT = Step(
    "save_point",
    frozenset(S),
    None,
    Permission.ANSWER_BREACH,
    "save the evidence for a point",
)
DECIDE = Step(
    "decide",
    frozenset({S.ACKNOWLEDGED, S.ASSIGNED}),
    S.DECIDED,
    Permission.DECIDE_BREACH,
    "record what was decided",
)
STEPS = (SAVE_POINT, DECIDE)


def save_point(
    breach: Breach,
    *,
    by: Actor,
    key: str,
    held: bool,
    evidence: str = "",
    asked: str = "",
    version: int | None = None,
) -> Point:
    """Write what proves one point or, where that is missing, what was done to get it."""
    with SAVE_POINT.on(breach, by=by, version=version, point=key) as locked:
        point = locked.points.select_for_update(no_key=True).filter(key=key).first()
        if point is None:
            raise Refused("key", "Select a point to prove")
        if held and not evidence.strip():
            raise Refused("evidence", "Enter what proves it, and where it is kept")
        point.held, point.evidence, point.asked = held, evidence.strip(), asked.strip()
        point.saved_by_id = by.pk
        validate(point)
        point.save()
    return point


def decide(
    breach: Breach,
    *,
    by: Actor,
    outcome: str,
    note: str,
    reason: str = "",
    version: int | None = None,
) -> Breach:
    """Charged, no further action for a coded reason, or dealt with in another way. With words."""
    with DECIDE.on(breach, by=by, version=version, outcome=outcome) as locked:
        if outcome not in Breach.Outcome.values:
            raise Refused("outcome", "Select what was decided")
        if outcome == NFA and reason not in Breach.NfaReason.values:
            raise Refused("reason", "Select why there is no further action")
        if not note.strip():
            raise Refused("note", "Enter the reasons for the decision")
        locked.outcome, locked.outcome_note = outcome, note.strip()
        locked.outcome_reason = reason if outcome == NFA else ""
        locked.decided_at, locked.decided_by_id = clock.now(), by.pk
        stop_clock(locked.case, "decide_breach", about=locked.pk, by=by)
        ask(
            locked.case,
            Matter.Kind.BREACH_DECIDED,
            about=locked.pk,
            code=outcome,
            happened_at=locked.decided_at,
            by=by,
        )
        give_clocks(locked, by=by)
    return breach
