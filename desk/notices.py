"""Who is told that an account waits for a second person, what the answer was, and of another duty inbox."""

from uuid import uuid4

from accounts import queries
from accounts.models import AccountChange, Actor, Force
from accounts.roles import Role
from alerts import ladders
from alerts.actions import tell_of_account
from casework import frame

S = AccountChange.Status
WAITS = "Confirm or refuse what was asked of an account"
ANSWERED = "Read the answer to what was asked of an account"
WATCH = [ladders.LEADS, f"{ladders.STANDARDS}|role:{Role.DATA_PROTECTION_OFFICER}"]
OWN = {
    True: "A change of your account was asked for. A second person decides on it",
    False: "What was asked of your account has its answer",
}


K = AccountChange.Kind
READS = {  # of an account that reads confidential details
    K.OPEN: "Look at who reads confidential details: an account was opened",
    K.ROLE: "Look at who reads confidential details: an account got another role",
    K.UNIT: "Look at who reads confidential details: an account was moved to another unit",
    K.LINK: "Look at who made the link into an account: whoever opened it",
}


def tell(change: AccountChange, *, by: Actor) -> None:
    """Whoever can confirm it, or asked; and, in words of their own, the person whose account it is.

    What is done to an account that reads confidential details is told to who answers for them.
    """
    if change.status == S.DONE or (change.status == S.CONFIRMED and change.kind == K.UNIT):
        _tell(change, ladders.OPENED, READS[K(change.kind)], WATCH, by=by)
    if change.status == S.DONE:
        return
    waits = change.status == S.WAITING
    _tell(change, ladders.OWN_ACCOUNT, OWN[waits], [f"{ladders.USER}{change.account_id}"], by=by)
    if waits:
        roles = queries.who_can_confirm(change).values_list("role", flat=True)
        _tell(change, ladders.ACCOUNT, WAITS, [f"role:{r}" for r in sorted(set(roles))], by=by)
    else:
        _tell(change, ladders.ACCOUNT, ANSWERED, [f"{ladders.USER}{change.asked_by_id}"], by=by)


def tell_of_inbox(force: Force, *, by: Actor) -> None:
    """The stalking leads hear that their force's alerts go to another place, or to none."""
    tell_of_account(
        force_id=force.pk,
        key=f"{ladders.ACCOUNT}:{uuid4()}:inbox",
        path=frame.address("desk:reach"),
        text="Look at whom alerts reach: the duty inbox was changed",
        by=by,
        recipients=[ladders.LEADS],
        kind=ladders.ACCOUNT,
    )


def _tell(change: AccountChange, kind: str, text: str, recipients: list[str], *, by: Actor) -> None:
    tell_of_account(
        force_id=change.force_id,
        key=f"{kind}:{change.pk}:{change.status}",
        path=frame.address("desk:change", pk=change.pk),
        text=text,
        by=by,
        recipients=recipients,
        kind=kind,
    )
