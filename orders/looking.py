"""How many order checks one person makes: it answers for every force, also by a birth date alone.

Nobody is stopped who says why, for a limit that ends a live incident is worse than none; but to go on is
told to professional standards. The log counts: it has each check already, in the database.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from accounts import policy
from accounts.models import User
from accounts.roles import Permission, Role
from alerts import ladders
from alerts.actions import tell_of_account
from audit import looks
from audit.models import Entry
from casework import clock

WATCH = (f"{ladders.STANDARDS}|role:{Role.DATA_PROTECTION_OFFICER}|{ladders.LEADS}",)
TEXT = "Ask why somebody goes on with order checks beyond the limit"
SHOWN_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """One person made `most` checks within `within`; another one is not too many at `until`."""

    most: int
    within: timedelta
    until: datetime

    @property
    def words(self) -> str:
        minutes = int(self.within.total_seconds()) // 60
        return f"{self.most} order checks in {f'{minutes} minutes' if minutes != 60 else 'an hour'}"

    @property
    def seconds(self) -> int:
        return max(1, int((self.until - clock.database_now()).total_seconds()) + 1)


def checks_of(user: User) -> QuerySet[Entry]:
    """Each time that this person asked, in the log; not the orders that were shown."""
    mine = Entry.objects.filter(actor=user.username, kind=Entry.Kind.LOOK)
    return mine.filter(verb="order_check", row_id="")


def limit_of(user: User) -> Limit | None:
    """What this person has used up, the longest wait; None where the next check is one of many."""
    now = clock.database_now()
    used: Iterable[Limit] = (
        Limit(most, within, oldest + within)
        for most, within in ((n, timedelta(seconds=s)) for n, s in settings.ORDER_CHECK_LIMITS)
        if (oldest := _nth(user, most, since=now - within)) is not None
    )
    return max(used, key=lambda limit: limit.until, default=None)


def _nth(user: User, most: int, *, since: datetime) -> datetime | None:
    """When the check was made with which the limit was reached."""
    newest = checks_of(user).filter(at__gt=since).order_by("-at").values_list("at", flat=True)
    return next(iter(newest[most - 1 : most]), None)


def go_on(user: User) -> None:
    """This person goes on and said why: professional standards look at it, once for each hour of it."""
    tell_of_account(
        force_id=str(user.force_id),
        kind=ladders.MANY_CHECKS,
        key=f"{ladders.MANY_CHECKS}:{user.pk}:{clock.now():%Y-%m-%dT%H}",
        path=reverse("orders:many_checks", kwargs={"pk": user.pk}),
        text=TEXT,
        by=user,
        recipients=WATCH,
    )


def watched_or_404(reader: User, pk: UUID) -> User:
    """The person of the reader's own force, for whoever may see who looked. Notes the look."""
    policy.check_role(reader, Permission.VIEW_AUDIT)
    found = User.objects.filter(pk=pk, force_id=reader.force_id).exclude(force=None).first()
    looks.note(looks.Look("open" if found else "refused", User._meta.label_lower, str(pk)))
    if found is None:
        raise Http404
    return found


def of_late(user: User) -> list[Entry]:
    """The checks of a day, the newest first, as the page shows them."""
    since = clock.database_now() - SHOWN_FOR
    return list(checks_of(user).filter(at__gt=since).order_by("-at")[:500])
