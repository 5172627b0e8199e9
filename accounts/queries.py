"""Which accounts a force's administrator keeps, what of them waits for a second person, who is behind a
name in the log, who reads for a force."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from accounts import account_policy, policy
from accounts.models import CLOCK, AccountChange, Actor, Force, Unit, User
from accounts.roles import GRANTS, Permission, Role
from audit import looks
from audit.models import Entry

CONFIRM = Permission.CONFIRM_ACCOUNTS


def kept_by(user: Actor) -> QuerySet[User]:
    """The accounts that this administrator keeps. Raises Denied."""
    return User.objects.filter(account_policy.accounts_kept_by(user))


def account_or_404(user: Actor, pk: UUID) -> User:
    """One of them; another force's account does not exist. Notes the look."""
    found = kept_by(user).filter(pk=pk).first()
    looks.note(looks.Look("open" if found else "refused", User._meta.label_lower, str(pk)))
    if found is None:
        raise Http404
    return found


def names_of(usernames: Iterable[str]) -> dict[str, str]:
    """Who is behind the names in the log, as people know them; the clock too. One query for any number."""
    users = User.objects.filter(username__in=set(usernames)).only("username", "title", "name")
    return {user.username: str(user) for user in users} | {CLOCK.username: str(CLOCK)}


def units_of(user: Actor) -> QuerySet[Unit]:
    """The units of this person's force."""
    return Unit.objects.filter(force_id=user.force_id).order_by("name")


def waiting_changes(user: Actor) -> QuerySet[AccountChange]:
    """What waits in the own force for a second person, the longest first. Raises Denied."""
    policy.check_role(user, CONFIRM)
    rows = AccountChange.objects.filter(force_id=user.force_id, status="waiting")
    return rows.select_related("account", "asked_by").order_by("asked_at", "pk")


def done_changes(user: Actor) -> QuerySet[AccountChange]:
    """What one person alone did in the own force to accounts that read confidential details, the newest
    first. Raises Denied."""
    policy.check_role(user, CONFIRM)
    rows = AccountChange.objects.filter(force_id=user.force_id, status="done")
    return rows.select_related("account", "asked_by", "unit").order_by("-asked_at", "pk")


def changes_to_answer(user: Actor) -> int:
    """How many of them this very person may answer; for whoever may not confirm any, none."""
    if CONFIRM not in GRANTS[Role(user.role)]:
        return 0
    return waiting_changes(user).exclude(Q(asked_by_id=user.pk) | Q(account_id=user.pk)).count()


def change_or_404(user: Actor, pk: UUID) -> AccountChange:
    """A change, for the force's confirmers and for those whom it concerns. Notes the look."""
    rows = AccountChange.objects.select_related("account", "asked_by", "answered_by", "unit")
    found = rows.filter(account_policy.changes_open_to(user), pk=pk).first()
    looks.note(looks.Look("open" if found else "refused", AccountChange._meta.label_lower, str(pk)))
    if found is None:
        raise Http404
    return found


def waiting_of(account: User | None) -> AccountChange | None:
    """What of this account waits, the newest; None where nothing does, or there is no account yet."""
    if account is None:
        return None
    return account.changes.filter(status="waiting").order_by("-asked_at").first()


def who_can_confirm(change: AccountChange) -> QuerySet[User]:
    """Who may answer it: the force's confirmers, but for who asked and whom it is about; of a move to
    another unit the stalking leads too."""
    roles = account_policy.who_answers(change.kind)
    rows = User.objects.filter(force_id=change.force_id, role__in=roles, is_active=True)
    return rows.exclude(pk__in=[change.asked_by_id, change.account_id]).order_by("role", "name")


def held_roles(force_id: str | None) -> frozenset[str]:
    """The roles that somebody in the force has, with an account that is open."""
    rows = User.objects.filter(force_id=force_id, is_active=True)
    return frozenset(rows.values_list("role", flat=True).distinct())


def was_used(account: User) -> bool:
    """Whether a person was ever in it: a password that somebody chose, now or before, or a sign-in."""
    if account.has_usable_password():
        return True
    theirs = Entry.objects.filter(kind=Entry.Kind.EVENT, actor=account.username)
    return theirs.filter(verb__in=("choose_password", "sign_in")).exists()


def opened_by(account: User, by: Actor) -> bool:
    """Whether this very person opened the account, or gave it what it reads."""
    theirs = account.changes.filter(status="done", asked_by_id=by.pk)
    return theirs.exclude(kind=AccountChange.Kind.LINK).exists()


def link_takes_two(account: User) -> bool:
    """Whether a link would let its maker into a power, or into what is somebody's own already."""
    return account_policy.link_takes_two(account, used=was_used(account))


def forces_that_answer() -> QuerySet[Force]:
    """Territorial forces in which somebody reads a request: a stalking lead, else the duty inbox."""
    leads = User.objects.filter(force=OuterRef("pk"), role=Role.STALKING_LEAD, is_active=True)
    rows = Force.objects.filter(kind=Force.Kind.TERRITORIAL)
    return rows.filter(Exists(leads) | ~Q(duty_inbox=""))
