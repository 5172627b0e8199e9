"""What leaves the building: a reference and a link. Never a name, an address or a fact of the case."""

from django.conf import settings

from accounts import sites
from alerts import ladders
from alerts.models import Alert

AGAIN = "You may have had this message before: we had no answer when we sent it."
ACCOUNT = "SPO Cases: an account waits for you, or has an answer"
OWN_ACCOUNT = "SPO Cases: somebody asked for a change of your account"
OPENED = "SPO Cases: an account was opened or moved"
OF_NO_CASE = {
    ladders.OWN_ACCOUNT: OWN_ACCOUNT,
    ladders.OPENED: OPENED,
    ladders.MANY_CHECKS: "SPO Cases: somebody goes on beyond a limit",
}
UNEXPECTED = (
    "If you did not expect this, tell your force's administrator at once, and in another way."
)


def subject(alert: Alert) -> str:
    """The first line: the reference, and how much it presses."""
    if alert.case is None:
        return OF_NO_CASE.get(alert.kind, ACCOUNT)
    reference = alert.case.reference
    if alert.needs_acknowledgement:
        return f"{reference}: somebody must answer now"
    if alert.clock_at is None:
        return f"{reference}: there is something to read"
    return f"{reference}: something is {'due' if alert.due_at < alert.clock_at else 'late'}"


def body(first_line: str, alert: Alert, *, again: bool = False) -> str:
    """One sentence and the address of a page behind the sign-in."""
    text = f"{first_line}. Sign in to see it: {address(alert)}"
    if alert.kind == ladders.OWN_ACCOUNT:
        text = f"{text}\n\n{UNEXPECTED}"
    return f"{text}\n\n{AGAIN}" if again else text


def address(alert: Alert) -> str:
    """Where it is read: on the alert's own page, an advocate's answer on the advocates' site."""
    if alert.kind == ladders.ANSWER:
        return sites.advocates_address()
    if alert.kind in (ladders.OWN_ANSWER, *ladders.ACCOUNTS):  # the alert's own page may be closed
        return f"{settings.SITE_URL}{alert.path}"
    return f"{settings.SITE_URL}/alerts/{alert.pk}/"
