"""A fact is one to be told: a matter and a clock for each protected person, until it is settled."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import Actor, User
from accounts.roles import Role
from casework import clock
from casework.actions import hand_to, start_clock, stop_clock
from casework.lifecycle import validate
from casework.models import PROTECTED_ROLES, Case
from contact.models import Matter, Telling
from contact.rules import RULES, Due
from law.periods import LONDON
from orders.models import Order
from orders.queries import in_force
from people.pronouns import said_of

S = Matter.Status
NOTHING = Q(pk__in=[])
SEVERAL = 2
SINCE_BEFORE = "Something was to be told earlier, and this has taken its place"


def ask(
    case: Case,
    kind: Matter.Kind,
    *,
    about: UUID,
    happened_at: datetime,
    by: Actor,
    of_day: date | None = None,
    code: str = "",
    overtaking: Q = NOTHING,
    undone_by: Q = NOTHING,
    to: Collection[UUID | None] | None = None,
) -> None:
    """Each protected person of the case is to be told this, once. Asking again changes nothing, but that
    what had been overtaken waits again: it happened once more.

    overtaking  the matters of the case that this one takes the place of. Who still waited for one of
                them has waited since: the clock ends when theirs would have.
    undone_by   the matters that say that this is not so. Who was told one of them after this is told
                this again
    to          who of them; None: all
    """
    rule = RULES[kind]
    own = rule.due(happened_at)
    waited = settle(waiting(case).filter(overtaking), by=by)
    same = Q(kind=kind, about_id=about, of_day=of_day)
    rows = Matter.objects.filter(same, case=case).select_related("case")
    known = {one.person_id: one for one in rows.order_by("nth")}
    last = _last_told(case, same | undone_by) if undone_by is not NOTHING else {}
    for person in protected(case) if to is None else to:
        due = min([own, *waited.get(person, [])], key=lambda each: each.at)
        before = known.get(person)
        if before is not None and before.status == S.OVERTAKEN:
            before.happened_at, before.due_at = happened_at, due.at
            before.whole_day = due.whole_day
            wait_again(before)
        elif before is None or (before.status == S.TOLD and last.get(person, before) != before):
            matter = Matter(kind=kind, about_id=about, of_day=of_day, code=code)
            matter.case, matter.person_id, matter.happened_at = case, person, happened_at
            matter.nth = before.nth + 1 if before else 1
            _open(matter, due)


def heard(case: Case, of: Q) -> dict[UUID | None, Matter]:
    """The last of these matters that each protected person was told, if any of them. Who was not named
    when it was told may be any of them.
    """
    last = _last_told(case, of)
    found = {person: last.get(person) or last.get(None) for person in protected(case)}
    return {person: matter for person, matter in found.items() if matter}


def _last_told(case: Case, of: Q) -> dict[UUID | None, Matter]:
    rows = Matter.objects.filter(of, case=case, status=S.TOLD).select_related("telling")
    return {one.person_id: one for one in rows.order_by("telling__told_at", "happened_at")}


def share(matter: Matter, person: UUID | None) -> None:
    """This person is to be told the same, if it is not recorded that she was."""
    same = Matter.objects.filter(
        case=matter.case,
        person=person,
        kind=matter.kind,
        about_id=matter.about_id,
        of_day=matter.of_day,
        nth=matter.nth,
    ).first()
    if same is None:
        own = Matter(kind=matter.kind, about_id=matter.about_id, of_day=matter.of_day)
        own.nth = matter.nth
        own.case, own.person_id, own.code = matter.case, person, matter.code
        own.happened_at = matter.happened_at
        _open(own, RULES[matter.kind].due(matter.happened_at))
    elif same.status == S.OVERTAKEN:
        wait_again(same)


def reopen(matters: Iterable[Matter]) -> None:
    """What overtook these was recorded wrongly: whoever is protected still is to be told after all."""
    for matter in matters:
        if matter.status == S.OVERTAKEN and matter.person_id in protected(matter.case):
            wait_again(matter)


def protected(case: Case) -> list[UUID | None]:
    """Who must be told: each of them; somebody not yet named where the case names nobody."""
    people = case.parties.filter(role__in=PROTECTED_ROLES).order_by("pk")
    return [*people.values_list("person_id", flat=True)] or [None]


def waiting(case: Case) -> QuerySet[Matter]:
    return Matter.objects.filter(case=case, status=S.WAITING)


def settle(matters: Iterable[Matter], *, by: Actor) -> dict[UUID | None, list[Due]]:
    """These need not be told any more, and their clocks stop. By when each person was to be told."""
    until: dict[UUID | None, list[Due]] = {}
    for matter in matters:
        until.setdefault(matter.person_id, []).append(Due(matter.due_at, matter.whole_day))
        matter.status, matter.settled_at = S.OVERTAKEN, clock.now()
        _keep(matter)
        stop(matter, by=by)
    return until


def stop(matter: Matter, *, by: Actor) -> None:
    stop_clock(matter.case, RULES[matter.kind].clock, about=matter.pk, by=by)


def wait_again(matter: Matter) -> None:
    """It is recorded no longer that she was told: the clock runs to where it ran."""
    matter.status, matter.settled_at, matter.telling = S.WAITING, None, None
    _keep(matter)
    run(matter)


def run(matter: Matter, tried: Telling | None = None) -> None:
    """The matter's clock. It says of whom, where several wait, only as documents call them."""
    rule = RULES[matter.kind]
    why = rule.bare if rule.bare and not _bound(matter.case) else rule.why
    reason = said_of(why, matter.case.subject)
    if matter.due_at < rule.due(matter.happened_at).at:
        reason = SINCE_BEFORE
    if tried is not None and tried.try_again_at is not None:
        again = tried.try_again_at.astimezone(LONDON)
        reason = f"Could not be told yet: try again on {again.day} {again:%B at %H:%M}"
    called = _called(matter)
    start_clock(
        matter.case,
        rule.clock,
        about=matter.pk,
        title=str(matter),
        owner_role=Role.OFFICER,
        due_at=matter.due_at,
        provision=rule.provision,
        reason=f"{called}: {reason[:1].lower()}{reason[1:]}" if called else reason,
        path=f"/contact/matters/{matter.pk}/tell/",
        at_moment="" if matter.whole_day else "yes",
    )


def _bound(case: Case) -> bool:
    """Has an order effect in the case now?"""
    return in_force(Order.objects.filter(case=case), clock.now()).exists()


def hand_clocks(case: Case, officer: User | None, *, about: UUID) -> bool:
    """What is to be told about this record is this officer's to tell; None: the case's again. Whether
    any of it was not before."""
    handed = {hand_to(case, officer, about=one.pk) for one in waiting(case).filter(about_id=about)}
    return True in handed


def _open(matter: Matter, due: Due) -> None:
    matter.force_id = matter.case.force_id
    matter.due_at, matter.whole_day = due.at, due.whole_day
    validate(matter)
    matter.save(force_insert=True)
    run(matter)


def _keep(matter: Matter) -> None:
    matter.version += 1
    validate(matter)
    matter.save()


def _called(matter: Matter) -> str:
    """What documents call the person, where the case protects several: never a name."""
    parties = dict(
        matter.case.parties.filter(role__in=PROTECTED_ROLES).values_list("person_id", "called")
    )
    if matter.person_id is None or len(parties) < SEVERAL:
        return ""
    return parties.get(matter.person_id, "")
