"""Who is told that an account waits for a second person, and what the answer was."""

from accounts import queries
from accounts.models import AccountChange, Actor
from alerts import ladders
from alerts.actions import tell_of_account
from casework import frame

S = AccountChange.Status
WAITS = "Confirm or refuse what was asked of an account"
ANSWERED = "Read the answer to what was asked of an account"


def tell(change: AccountChange, *, by: Actor) -> None:
    """Whoever can confirm it, and the person whose account it is; of the answer, also who asked."""
    concerned = [f"{ladders.USER}{change.account_id}"]
    if change.status == S.WAITING:
        roles = queries.who_can_confirm(change).values_list("role", flat=True)
        concerned += [f"role:{role}" for role in sorted(set(roles))]
    else:
        concerned.append(f"{ladders.USER}{change.asked_by_id}")
    tell_of_account(
        force_id=change.force_id,
        key=f"account_change:{change.pk}:{change.status}",
        path=frame.address("desk:change", pk=change.pk),
        text=WAITS if change.status == S.WAITING else ANSWERED,
        by=by,
        recipients=concerned,
    )
