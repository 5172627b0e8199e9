"""Four eyes on power: what one person asks of an account, another confirms before it works.

A role that decides or sees more than an officer (`accounts.roles.takes_two`); whatever lets
somebody into an account that has such a role, or that a person has used already; and another address for
what such a person is told. Nobody answers what
they asked for, nor what concerns their own account; the database holds that too.

A power begins in an account that nobody is in: whoever kept a link to it, a password, a session or a
key from before has none of them afterwards.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import announcing
from accounts.account_policy import opens_vault, why_not_answer, why_not_withdraw
from accounts.actions.signing import revoke_tokens
from accounts.actions.writing import write
from accounts.models import AccountChange, Actor, Force, Unit, User
from accounts.policy import Denied
from accounts.queries import was_used
from accounts.roles import Permission
from audit import events
from audit.actor import acting_as

K, S = AccountChange.Kind, AccountChange.Status
LINK_GOOD_FOR = timedelta(days=1)  # so long a confirmed link may be made, once
NOT_ONESELF = "This is your own account. Ask another administrator"


def ask(
    account: User,
    *,
    by: Actor,
    kind: str,
    role: str,
    email: str = "",
    unit: Unit | None = None,
) -> AccountChange:
    """Write what waits for a second person, in the act's own transaction. Raises ValidationError."""
    if account.pk == by.pk:
        raise ValidationError(NOT_ONESELF)
    if AccountChange.objects.filter(account=account, kind=kind, status=S.WAITING).exists():
        raise ValidationError("This waits already for a second person. Withdraw it to ask anew")
    change = AccountChange(
        force_id=str(by.force_id),
        account=account,
        kind=kind,
        role=role,
        email=email,
        unit=unit,
        asked_by_id=UUID(str(by.pk)),
    )
    change.save(force_insert=True)
    events.record("ask_to_confirm", change, by=by.username, case_id=None, kind=kind, role=role)
    announcing.tell(change, by=by)
    return change


def show(account: User, *, by: Actor, kind: str) -> None:
    """What one person did by themselves to an account that reads confidential details, for the force's
    stalking leads and professional standards to see. Nothing is said of any other account."""
    if not (opens_vault(account) and account.is_active):
        return
    change = AccountChange(
        force_id=str(by.force_id),
        account=account,
        kind=kind,
        role=account.role,
        unit=account.unit,
        status=S.DONE,
        asked_by_id=UUID(str(by.pk)),
    )
    change.save(force_insert=True)
    announcing.tell(change, by=by)


def confirm_change(change: AccountChange, *, by: Actor) -> AccountChange:
    """A second person agrees: now it works. Raises Denied or ValidationError."""
    with _answering(change, by, S.CONFIRMED) as held:
        if not (held.asked_by.is_active and held.asked_by.may(Permission.MANAGE_ACCOUNTS)):
            raise ValidationError("Whoever asked keeps no accounts any more. Refuse it")
        _carry_out(held)
        if held.kind in (K.ROLE, K.OPEN):
            _shut_out_everybody(held.account, by)
        changed = ["role", "is_active", "password", "email", "invitations", "unit"]
        held.account.save(update_fields=changed)
        if held.kind in (K.ROLE, K.OPEN):
            announcing.tell_of_work(held.account, by=by)
    return held


def _carry_out(change: AccountChange) -> None:
    """Put on the account what was agreed to. Another address ends the links from before."""
    account = change.account
    if change.kind == K.ROLE:
        write(account, Force.objects.get(pk=change.force_id), "", {"role": change.role})
    elif account.role != change.role:
        raise ValidationError("The account has another role than when this was asked. Refuse it")
    elif change.kind == K.OPEN:
        account.is_active = True
    elif change.kind == K.UNIT:
        account.unit = change.unit
    elif change.kind == K.EMAIL:
        account.email = change.email
        account.invitations += 1


def _shut_out_everybody(account: User, by: Actor) -> None:
    """End what let anybody in before. Without the old password its sessions and links are dead too."""
    account.set_unusable_password()
    revoke_tokens(account, by=by.username)


def require_second(change: AccountChange, by: Actor) -> None:
    """Raises Denied for anybody but a second person who may answer it."""
    if reason := why_not_answer(by, change):
        raise Denied(reason)


def refuse_change(change: AccountChange, *, by: Actor) -> AccountChange:
    """A second person does not agree: nothing of it happens."""
    with _answering(change, by, S.REFUSED) as held:
        return held


def withdraw_change(change: AccountChange, *, by: Actor) -> AccountChange:
    """An administrator of the force takes back what waits."""
    if reason := why_not_withdraw(by, change):
        raise Denied(reason)
    with _waiting(change, by) as held:
        _answer(held, S.WITHDRAWN, by)
    return held


def withdraw_all(account: User, *, by: Actor) -> None:
    """The account became another one: what was asked of it before is not meant any more."""
    for change in AccountChange.objects.filter(account=account, status=S.WAITING):
        _answer(change, S.WITHDRAWN, by)


def link_is_confirmed(account: User, *, by: Actor) -> bool:
    """Was this person's link agreed to within a day, and not made yet? Asking uses it up.

    Who opened an account that nobody was ever in needs no second answer for its first link.
    """
    first = Q(pk=None) if was_used(account) else Q(kind=K.OPEN)
    found = (
        AccountChange.objects.filter(Q(kind=K.LINK) | first, account=account, asked_by_id=by.pk)
        .filter(role=account.role)  # what was agreed to for another role is not meant for this one
        .filter(status=S.CONFIRMED, used_at=None, answered_at__gt=timezone.now() - LINK_GOOD_FOR)
        .order_by("answered_at")
        .first()
    )
    if found:
        found.used_at = timezone.now()
        found.save(update_fields=["used_at"])
    return found is not None


@contextmanager
def _answering(change: AccountChange, by: Actor, status: str) -> Iterator[AccountChange]:
    """The change under its lock, for a second person. Raises Denied for the first, and for others."""
    require_second(change, by)
    with _waiting(change, by) as held:
        yield held
        _answer(held, status, by)


@contextmanager
def _waiting(change: AccountChange, by: Actor) -> Iterator[AccountChange]:
    """Both rows, locked, the account's first. Raises ValidationError where it was answered already."""
    with transaction.atomic(), acting_as(by.username):
        account = User.objects.select_for_update(no_key=True).get(pk=change.account_id)
        rows = AccountChange.objects.select_for_update(no_key=True, of=("self",))
        held = rows.select_related("asked_by").get(pk=change.pk)
        held.account = account
        if held.status != S.WAITING:
            raise ValidationError(f"This was {held.get_status_display().lower()} already")
        yield held


def _answer(change: AccountChange, status: str, by: Actor) -> None:
    change.status, change.answered_at, change.answered_by_id = status, timezone.now(), by.pk
    change.save(update_fields=["status", "answered_at", "answered_by"])
    told = {"kind": change.kind, "role": change.role, "account": str(change.account_id)}
    events.record(VERBS[status], change, by=by.username, case_id=None, **told)
    announcing.tell(change, by=by)


VERBS: dict[str, str] = {
    S.CONFIRMED: "confirm_change",
    S.REFUSED: "refuse_change",
    S.WITHDRAWN: "withdraw_change",
}
