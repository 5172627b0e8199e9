"""Which of an advocate's clients comes first. The database orders them: no page reads the others.

Protection that ends within days, or has just ended, is first; then what she has not seen, then other
protection that ends soon or has ended, then a hearing soon.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import (
    BigIntegerField,
    Case,
    Exists,
    Expression,
    F,
    Func,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, Least, TruncDate

from accounts import policy
from accounts.models import User
from accounts.roles import Permission
from advocates import news
from advocates.standing import coming, living_consents
from audit.models import Entry
from casework import models
from law.periods import LONDON, local_date
from orders.models import Order

ENDS_NOW, ENDS_SOON, HEARD_SOON = timedelta(days=14), timedelta(days=28), timedelta(days=14)
NO_END = date(9999, 12, 31)
PRESSING, NEW, ENDING, HEARD, REST = range(5)
RANK = 10**11  # seconds between two ranks: more than any moment has since 1970
LAST = 10**10
UNSEEN = Q(seen_at=None) | Q(news_at__gt=F("seen_at"))


def by_urgency(
    user: User, now: datetime, *, among: Collection[UUID] | None = None
) -> QuerySet[models.Case]:
    """The cases whose clients consented, now, each with its `urgency`: the lowest comes first.

    among  only these cases
    """
    consented = living_consents(user).filter(case=OuterRef("pk"))
    rows = policy.visible(user, models.Case.objects.all(), Permission.VIEW_STATUS)
    rows = rows.filter(Exists(consented))
    if among is not None:
        rows = rows.filter(pk__in=among)
    known = rows.annotate(
        news_at=Greatest(*news.moments(user)),
        seen_at=_seen_at(user),
        protected_until=_protected_until(now),
        heard_at=Subquery(coming(now).filter(case=OuterRef("pk")).values("starts_at")[:1]),
    )
    return known.annotate(urgency=_urgency(now))


def _urgency(now: datetime) -> Case:
    today = local_date(now)
    newest_first = Value(LAST) - _seconds(Coalesce(F("news_at"), F("asked_at")))
    ended = Q(protected_until__lte=today + ENDS_SOON)
    pressing = Q(protected_until__gte=today - ENDS_NOW, protected_until__lte=today + ENDS_NOW) & ~Q(
        status__in=models.OVER
    )
    not_long_ago = Q(protected_until__gte=today - ENDS_SOON) | ~Q(status__in=models.OVER)
    return Case(
        When(pressing, then=_seconds(F("protected_until"))),
        When(UNSEEN, then=Value(NEW * RANK) + newest_first),
        When(ended & not_long_ago, then=Value(ENDING * RANK) + _seconds(F("protected_until"))),
        When(heard_at__lte=now + HEARD_SOON, then=Value(HEARD * RANK) + _seconds(F("heard_at"))),
        default=Value(REST * RANK) + newest_first,
        output_field=BigIntegerField(),
    )


def _seconds(moment: Expression | F) -> Func:
    return Func(
        moment,
        template="EXTRACT(EPOCH FROM %(expressions)s)::bigint",
        output_field=BigIntegerField(),
    )


def _seen_at(user: User) -> Subquery:
    """When this advocate last opened the client's page, as the log of looks has it."""
    looks = Entry.objects.filter(
        kind=Entry.Kind.LOOK, case_id=OuterRef("pk"), actor=user.username, verb="open"
    )
    return Subquery(looks.order_by("-at").values("at")[:1])


def _protected_until(now: datetime) -> Subquery:
    """The last day of the order that lasts longest, also of one that is over; null without any."""
    held = Order.objects.filter(case=OuterRef("pk"), made_at__lte=now).order_by()
    end = Coalesce(Least("last_day", TruncDate("ended_at", tzinfo=LONDON)), Value(NO_END))
    return Subquery(held.values("case").annotate(until=Max(end)).values("until"))
