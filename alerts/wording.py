"""What leaves the building: a reference and a link. Never a name, an address or a fact of the case."""

from datetime import timedelta

from django.conf import settings

AGAIN = "You may have had this message before: we had no answer when we sent it."


def subject(reference: str, *, urgent: bool, after: timedelta) -> str:
    """The first line. `after` is how long after the end of the clock, negative before it."""
    if urgent:
        return f"{reference}: somebody must answer now"
    return f"{reference}: something is {'due' if after < timedelta() else 'late'}"


def body(first_line: str, alert_id: object, *, again: bool = False) -> str:
    """One sentence and the address of a page behind the sign-in."""
    text = f"{first_line}. Sign in to see it: {settings.SITE_URL}/alerts/{alert_id}/"
    return f"{text}\n\n{AGAIN}" if again else text
