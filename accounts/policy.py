"""The one place that answers "may this person do this to this case?".

`objection` is the rule, pure; `visible` is the same rule for lists, in SQL; `open_or_404` is the
only door to one record. A test holds the two against each other for every role, force and relation.
What other rooms need beside (who takes an alert, whom a card shows) is decided here too, from the facts
that they bring; who may do what to an account in `accounts.account_policy`.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from accounts.models import Actor, Grant
from accounts.roles import (
    BY_CARD,
    FOUR_EYES,
    GRANTS,
    IN_FORCE,
    READS_THE_INBOX,
    SCOPES,
    SEES_RESTRICTED,
    Permission,
    Role,
    Scope,
)
from audit import looks

CASE = "casework.case"
OPENS = (Grant.Basis.ASSIGNMENT, Grant.Basis.NAMED)
M = TypeVar("M", bound=Model)


NOT_TOLD = (
    "This alert was not sent to you, and its case is not open to you. Ring the officer in the case or "
    "the stalking lead of your force, who can take it"
)


class Denied(PermissionDenied):
    """The rules forbid it; the message says why, in words a user can be shown."""


@dataclass(frozen=True)
class Facts:
    """What the rule needs to know of a record, and nothing else."""

    case_id: UUID
    force_id: str
    unit_id: UUID | None
    restricted: bool
    drafter_id: UUID | None = None
    grants: frozenset[str] = field(default_factory=frozenset)  # bases held by the asking user


def objection(user: Actor, permission: Permission, facts: Facts) -> str | None:
    """Why not, or None if allowed. Pure: reads its arguments, never the database."""
    role = Role(user.role)
    if permission not in GRANTS[role]:
        return cannot(role, permission)
    if not (_by_card(user, permission, facts) or _within_reach(user, role, facts)):
        return "This case is not open to you"
    if permission in FOUR_EYES and user.pk == facts.drafter_id:
        return "The person who drafted an application cannot authorise it"
    return None


def _by_card(user: Actor, permission: Permission, facts: Facts) -> bool:
    """What order check lets people do who may not open the case: see `accounts.roles`."""
    if facts.restricted:
        return False
    return permission in BY_CARD or (permission in IN_FORCE and user.force_id == facts.force_id)


def _within_reach(user: Actor, role: Role, facts: Facts) -> bool:
    scope = SCOPES[role]
    if scope is Scope.EVERYWHERE:
        return True
    if scope is Scope.CONSENT:
        return Grant.Basis.CONSENT in facts.grants
    if scope is Scope.NONE or user.force_id != facts.force_id:
        return False
    if facts.grants & set(OPENS):
        return True
    if facts.restricted and role not in SEES_RESTRICTED:
        return False
    in_unit = user.unit_id is not None and user.unit_id == facts.unit_id
    return scope is Scope.FORCE or in_unit


def can(user: Actor, permission: Permission, record: Any) -> bool:
    """Whether `user` may use `permission` on the record's case, now."""
    return objection(user, permission, facts_of(user, record)) is None


def check(user: Actor, permission: Permission, record: Any) -> None:
    """Raise Denied, with the reason, where `can` would be False."""
    if reason := objection(user, permission, facts_of(user, record)):
        raise Denied(reason)


def check_role(user: Actor, permission: Permission) -> None:
    """For pages and acts that have no case yet. Raises Denied."""
    if permission not in GRANTS[Role(user.role)]:
        raise Denied(cannot(Role(user.role), permission))


def of_own_force(user: Actor, force_id: str) -> bool:
    """Whether a record of no case is the user's own force's; so too what a card says to its force alone."""
    return user.force_id == force_id


def check_own_force(user: Actor, permission: Permission, force_id: str, *, what: str) -> None:
    """For writes about what belongs to a force, and to no case. Raises Denied.

    what  the record, as in "This ... belongs to another force"
    """
    check_role(user, permission)
    if not of_own_force(user, force_id):
        raise Denied(f"This {what} belongs to another force")


def cannot(role: Role, permission: Permission) -> str:
    """The reason that a role is one that may not."""
    return f"Your role ({role.replace('_', ' ')}) cannot {permission.phrase}"


def who_may(permission: Permission) -> tuple[str, ...]:
    """The roles of people that have a permission, in words: ("authorising officer",)."""
    people = (role for role in Role if role is not Role.CLOCK and permission in GRANTS[role])
    return tuple(role.replace("_", " ") for role in people)


def facts_of(user: Actor, record: Any) -> Facts:
    """The facts of the case that a record belongs to (or is), with the user's live grants."""
    case = getattr(record, "case", record)
    return Facts(
        case_id=case.pk,
        force_id=case.force_id,
        unit_id=case.unit_id,
        restricted=case.restricted,
        drafter_id=getattr(record, "drafter_id", None),
        grants=frozenset(_live(user).filter(case_id=case.pk).values_list("basis", flat=True)),
    )


def _live(user: Actor, at: datetime | None = None) -> QuerySet[Grant]:
    at = at or timezone.now()
    if user.pk is None:  # the clock: it needs no grant
        return Grant.objects.none()
    return Grant.objects.filter(user_id=user.pk, revoked_at=None, valid_from__lte=at).filter(
        Q(valid_until=None) | Q(valid_until__gt=at)
    )


def visible(
    user: Actor, rows: QuerySet[M], permission: Permission = Permission.VIEW_CASE
) -> QuerySet[M]:
    """The same rule for lists, searches and exports. `rows` are cases, or have a `case`."""
    role = Role(user.role)
    if permission not in GRANTS[role]:
        return rows.none()
    if SCOPES[role] is Scope.EVERYWHERE:
        return rows
    path = "" if rows.model._meta.label_lower == CASE else "case__"
    reached = rows.filter(_reach(user, role, path) | _card(user, permission, path))
    if _in_own_force_alone(role, permission) and _has_own_force(rows):
        reached = reached.filter(force_id=user.force_id)  # the list's index begins with it
    return reached


def _in_own_force_alone(role: Role, permission: Permission) -> bool:
    """Whether nothing of another force is ever reached this way."""
    return SCOPES[role] in (Scope.FORCE, Scope.UNIT) and permission not in BY_CARD


def _has_own_force(rows: QuerySet[M]) -> bool:
    meta = rows.model._meta
    return meta.label_lower != CASE and any(field.name == "force" for field in meta.fields)


NOTHING = Q(pk__in=[])


def _card(user: Actor, permission: Permission, path: str) -> Q:
    """`_by_card` for lists."""
    if permission in BY_CARD:
        return Q(**{f"{path}restricted": False})
    if permission in IN_FORCE:
        return Q(**{f"{path}restricted": False, f"{path}force_id": user.force_id})
    return NOTHING


def _reach(user: Actor, role: Role, path: str) -> Q:
    """`_within_reach` for lists: by consent, or the own force's that are open to the role."""
    if SCOPES[role] is Scope.NONE:
        return NOTHING
    if SCOPES[role] is Scope.CONSENT:
        return Q(**{f"{path}id__in": _granted(user, [Grant.Basis.CONSENT])})
    open_to = Q()
    if SCOPES[role] is Scope.UNIT:
        in_unit = Q(**{f"{path}unit_id": user.unit_id})
        open_to &= in_unit if user.unit_id is not None else NOTHING
    if role not in SEES_RESTRICTED:
        open_to &= Q(**{f"{path}restricted": False})
    if open_to:
        open_to |= Q(**{f"{path}id__in": _granted(user, OPENS)})
    return open_to & Q(**{f"{path}force_id": user.force_id})


def _granted(user: Actor, bases: Collection[str]) -> QuerySet[Grant, UUID]:
    return _live(user).filter(basis__in=bases).values_list("case_id", flat=True)


def open_or_404(
    user: Actor, rows: QuerySet[M], pk: UUID, permission: Permission = Permission.VIEW_CASE
) -> M:
    """The only door to a single record: what is not visible does not exist. Notes the look."""
    row = visible(user, rows, permission).filter(pk=pk).first()
    looks.note(
        looks.Look(
            verb="open" if row else "refused",
            table=rows.model._meta.label_lower,
            row_id=str(pk),
            case_id=_case_of(rows.model, pk) if row is None else _case_id(row),
        )
    )
    if row is None:
        raise Http404
    return row


def _case_id(row: Any) -> UUID | None:
    """The case that an opened record is, or belongs to."""
    case = getattr(row, "case", row)
    return case.pk if case else None


def _case_of(model: type[Model], pk: UUID) -> UUID | None:
    """The case of a record that is refused, for its history; None where there is no such record.

    Asked the same way for what does not exist, so that both answers take as long.
    """
    path = "pk" if model._meta.label_lower == CASE else "case_id"
    return model._base_manager.filter(pk=pk).values_list(path, flat=True).first()


def why_not_take(user: Actor, alert: Any, *, told: Callable[[], bool]) -> str | None:
    """Why this person may not answer for an alert, and what to do then; None for who may.

    Who takes an alert stops it for everybody: so it takes somebody who can open its case, or who was told
    of it, by name or in the duty inbox.
    """
    return None if can(user, Permission.VIEW_CASE, alert) or told() else NOT_TOLD


def reads_inbox(user: Actor) -> bool:
    """Whether what the duty inbox was told is told to this person."""
    return user.role == READS_THE_INBOX


def on_cards(user: Actor, cases: QuerySet[M]) -> QuerySet[M]:
    """The cases that the order check answers from: all but the restricted ones that are closed to `user`."""
    opened = visible(user, cases).filter(restricted=True)
    return cases.filter(Q(restricted=False) | Q(pk__in=opened.values("pk")))


def known_to(
    user: Actor, rows: QuerySet[M], cases: QuerySet[Any], within: Callable[[QuerySet[Any]], Q]
) -> QuerySet[M]:
    """Rows of a case that is open to the user, or of none: what is in closed cases alone is not there."""
    return rows.filter(within(visible(user, cases)) | ~within(cases))
