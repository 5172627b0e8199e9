"""Somebody told her, or tried to: when, how, by whom, and what she said. Never a message left unread."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from accounts.roles import Permission
from casework import clock
from casework.errors import Refused, WrongState
from casework.lifecycle import Step, validate
from contact.lifecycle import asking
from contact.models import Matter, Telling
from contact.rules import RULES
from people.models import SafeContact
from people.queries import safe_contact_of

S, T, How = Matter.Status, Telling.Status, Telling.How
NEEDS = Permission.TELL_PROTECTED
TELL = Step(
    "tell", frozenset({S.WAITING}), S.TOLD, NEEDS, "record that a protected person was told"
)
TRY = Step(
    "try_to_tell",
    frozenset({S.WAITING}),
    None,
    NEEDS,
    "record that a protected person could not be told",
)
CORRECT = Step("correct_telling", frozenset(T), None, NEEDS, "correct what was recorded")
STEPS = (TELL, TRY, CORRECT)
STEP_OF: dict[str, Step] = {T.TOLD: TELL, T.NOT_TOLD: TRY}
BY_METHOD: dict[str, frozenset[str]] = {  # which ways keep to what was agreed
    SafeContact.Method.PHONE: frozenset({How.PHONE}),
    SafeContact.Method.TEXT: frozenset({How.TEXT}),
    SafeContact.Method.EMAIL: frozenset({How.EMAIL}),
    SafeContact.Method.ADVOCATE: frozenset({How.ADVOCATE}),
    SafeContact.Method.IN_PERSON: frozenset({How.IN_PERSON, How.IN_COURT}),
    SafeContact.Method.NONE: frozenset(),
}


@dataclass(frozen=True)
class Told:
    """What happened. `told_at` is also when it was tried.

    other_way  which other way, or why not the one that was agreed with her
    said       what she said or asked
    """

    outcome: str  # Telling.Status
    told_at: datetime
    told_by_name: str
    how: str = ""
    other_way: str = ""
    said: str = ""
    why_not: str = ""
    try_again_at: datetime | None = None


def tell(
    matter: Matter,
    *,
    by: User,
    told: Told,
    also: Collection[Matter] = (),
    version: int | None = None,
) -> Telling:
    """Record the conversation in which she was told this, or the try that reached nobody.

    also  what else she was told in it: one conversation settles as many matters as she heard of

    A try settles nothing: the clock runs on, and says when she is tried again.
    """
    step = STEP_OF.get(told.outcome)
    if step is None:
        raise Refused("outcome", "Select whether the person was told")
    with step.on(matter, by=by, version=version) as held:
        _require_same_person(held, also)
        telling = _write(held, told, [held, *also], by=by)
        if step is TRY:
            asking.run(held, tried=telling)
            return telling
        _told(held, telling, by=by)
        for other in also:
            with TELL.on(other, by=by) as one:
                _told(one, telling, by=by)
    return telling


def correct_telling(
    telling: Telling,
    *,
    by: User,
    told: Told,
    reason: str,
    matters: Collection[Matter],
    version: int | None = None,
) -> Telling:
    """Put a right record in the place of a wrong one, which is kept.

    matters  what she was told in truth; what else stood there waits to be told again
    """
    with CORRECT.on(telling, by=by, version=version) as old:
        if old.superseded_at is not None:
            raise WrongState("You cannot correct it now. It was corrected already.")
        if not reason.strip():
            raise Refused("reason", "Enter what was wrong with the record")
        if told.outcome not in STEP_OF:
            raise Refused("outcome", "Select whether the person was told")
        if told.outcome == T.TOLD and not matters:
            raise Refused("matters", "Select what the person was told")
        before = list(old.matters.select_for_update(no_key=True, of=("self",)))
        for matter in before:
            asking.wait_again(matter)
        about = list(_again(old, matters))
        old.superseded_at, old.superseded_by_id = clock.now(), by.pk
        old.superseded_reason = reason.strip()
        new = _write(old, told, about, by=by)
        for matter in about if told.outcome == T.TOLD else ():
            with TELL.on(matter, by=by) as held:
                _told(held, new, by=by)
    return new


def _again(old: Telling, matters: Collection[Matter]) -> Collection[Matter]:
    """The matters as they are now: each is this person's, and waits."""
    rows = asking.waiting(old.case).filter(person=old.person_id)
    found = rows.filter(pk__in=[one.pk for one in matters])
    if len(found) != len(matters):
        raise Refused("matters", "Select what this person has still to be told")
    return found


def _require_same_person(matter: Matter, also: Collection[Matter]) -> None:
    for other in also:
        same = (other.case_id, other.person_id) == (matter.case_id, matter.person_id)
        if not same or other.pk == matter.pk:
            raise Refused("also", "Select what else the same person was told")


def _told(matter: Matter, telling: Telling, *, by: User) -> None:
    matter.telling, matter.settled_at = telling, clock.now()
    asking.stop(matter, by=by)


def _write(
    record: Matter | Telling, told: Told, matters: Collection[Matter], *, by: User
) -> Telling:
    agreed = safe_contact_of(record.person) if record.person else None
    _refuse_impossible(told, matters)
    reached = told.outcome == T.TOLD
    if reached:
        _require_safe(told, agreed)
    telling = Telling(
        case_id=record.case_id,
        force_id=record.force_id,
        person_id=record.person_id,
        status=told.outcome,
        told_at=told.told_at,
        told_by_name=told.told_by_name.strip(),
        how=told.how if reached else "",
        agreed=agreed,
        other_way=told.other_way.strip() if reached else "",
        said=told.said.strip(),
        why_not="" if reached else told.why_not.strip(),
        try_again_at=None if reached else told.try_again_at,
        recorded_by_id=by.pk,
    )
    validate(telling)
    telling.save(force_insert=True)
    return telling


def _refuse_impossible(told: Told, matters: Collection[Matter]) -> None:
    if told.told_at > clock.now():
        raise Refused("told_at", "The time must be in the past")
    if not told.told_by_name.strip():
        raise Refused("told_by_name", "Enter who told the person, or tried to")
    if told.outcome == T.NOT_TOLD:
        _require_another_try(told)
    else:
        _require_telling(told, matters)


def _require_another_try(told: Told) -> None:
    if not told.why_not.strip():
        raise Refused("why_not", "Enter why the person could not be told")
    if told.try_again_at is None or told.try_again_at <= told.told_at:
        raise Refused("try_again_at", "Enter when to try again, after this time")


def _require_telling(told: Told, matters: Collection[Matter]) -> None:
    if told.how not in How.values:
        raise Refused("how", "Select how the person was told")
    for matter in matters:
        if not RULES[matter.kind].typed and told.told_at < _minute(matter.happened_at):
            raise Refused("told_at", "The time must be after what the person was told of")


def _minute(moment: datetime) -> datetime:
    """A page asks for no more than the minute."""
    return moment.replace(second=0, microsecond=0)


def _require_safe(told: Told, agreed: SafeContact | None) -> None:
    """Another way than the agreed one is a fact, and recorded with its reason."""
    if told.other_way.strip():
        return
    if told.how == How.OTHER:
        raise Refused("other_way", "Enter how the person was told, and why so")
    if agreed is not None and told.how not in BY_METHOD[agreed.method]:
        message = "This is not the way agreed with the person. Enter why it was used"
        raise Refused("other_way", message)
