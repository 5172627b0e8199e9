"""Refused words answer a guess, and so would masked ones: who had many within the hour is told of.

Whoever drafts may read what is kept confidential in the own case, and that is noted; typing guesses and
reading the refusals must not be the way round the note. Whoever may not read it gets no answer at all
(`casework.guessing`), and is counted the same.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count

from accounts.models import CLOCK, User
from alerts import ladders
from alerts.actions import raise_alert
from alerts.models import Alert
from audit.models import Entry
from casework import clock
from casework.guessing import NOTED, WITHIN
from casework.models import Case

ALARM_AFTER = 5  # hits of one person; a drafter who means well has one or two


def guessers() -> Iterable[User]:
    """Who had many hits within the hour, and of whom nobody was told today."""
    recent = Entry.objects.filter(verb=NOTED, at__gt=clock.database_now() - WITHIN)
    many = recent.values("actor").annotate(times=Count("pk")).filter(times__gte=ALARM_AFTER)
    for user in User.objects.filter(username__in=many.values("actor")):
        if not Alert.objects.filter(thread=_thread(user, clock.now())).exists():
            yield user


def tell(user: User) -> None:
    """Somebody who watches over the force looks at it: in the history of the case that it was about."""
    entry = Entry.objects.filter(actor=user.username, verb=NOTED).order_by("-at")[0]
    case = Case.objects.get(pk=str(entry.case_id))
    raise_alert(
        ladders.GUESSED,
        case=case,
        key=_thread(user, clock.now()),
        path=f"/cases/{case.pk}/history/",
        text="Look at the history: words that give a place away were written again and again",
        by=CLOCK,
    )


def _thread(user: User, now: datetime) -> str:
    return f"{ladders.GUESSED}:{user.pk}:{now:%Y-%m-%d}"
