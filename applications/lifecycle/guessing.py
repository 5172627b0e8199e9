"""Refused words answer a guess: each is noted, many in an hour alarm somebody, and more are not looked at.

Whoever drafts may read what is kept confidential in the own case, and that is noted; typing guesses and
reading the refusals must not be the way round the note.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count

from accounts.models import CLOCK, User
from alerts import ladders
from alerts.actions import raise_alert
from alerts.models import Alert
from applications.models import Application
from audit import looks
from audit.models import Entry
from casework import clock
from casework.errors import Refused
from casework.models import Case

NOTED = "given_away"
WITHIN = timedelta(hours=1)
ALARM_AFTER, MOST = 5, 15  # refusals of one person; a drafter who means well has one or two
TOO_MANY = (
    "Too many of your words were refused within an hour. Ask your stalking lead to look at them with "
    "you, or wait an hour"
)


def note(application: Application) -> None:
    """These words give something away: a look of whoever wrote them, which no refusal undoes."""
    table = application._meta.label_lower
    looks.note(looks.Look(NOTED, table, str(application.pk), application.case_id))


def require_patience(by: User) -> None:
    """Raises Refused for whoever had too many refusals, whatever the words are this time."""
    mine = Entry.objects.filter(actor=by.username, kind=Entry.Kind.LOOK, verb=NOTED)
    if mine.filter(at__gt=clock.database_now() - WITHIN).count() >= MOST:
        raise Refused(None, TOO_MANY)


def guessers() -> Iterable[User]:
    """Who had many refusals within the hour, and of whom nobody was told today."""
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
        text="Look at the history: words that give a place away were refused again and again",
        by=CLOCK,
    )


def _thread(user: User, now: datetime) -> str:
    return f"{ladders.GUESSED}:{user.pk}:{now:%Y-%m-%d}"
