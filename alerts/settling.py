"""Has the thing that an alert asks for happened? Decided by the facts, at each look; nothing is stored.

A clock's alert is over with its clock. Of other news the rooms above say it in their `AppConfig.ready`:

    settling.found_by("order_asked", decided)        decided(alerts) -> the ids of those that are over

What is over asks nobody for anything and climbs no further; its story stays on its page.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from uuid import UUID

from alerts.models import Alert

Finder = Callable[[Collection[Alert]], Iterable[UUID]]
_finders: dict[str, Finder] = {}


def found_by(news: str, finder: Finder) -> None:
    """From now on this finder is asked about the alerts of this news, and about alarms in their threads."""
    _finders[news] = finder


def news_of(alert: Alert) -> str:
    """What its thread is about: "order_asked" of "order_asked:<id>"."""
    return alert.thread.partition(":")[0]


def about(alert: Alert) -> UUID | None:
    """The record that the thread names."""
    named = alert.thread.split(":")[1:2]
    try:
        return UUID(named[0]) if named else None
    except ValueError:
        return None


def settled(alerts: Collection[Alert]) -> set[UUID]:
    """Those of these that are over. One question for each kind of news among them."""
    over = {alert.pk for alert in alerts if alert.is_over}
    asked: dict[str, list[Alert]] = defaultdict(list)
    for alert in alerts:
        if alert.deadline_id is None:
            for name in {news_of(alert), alert.kind} & _finders.keys():
                asked[name].append(alert)
    for name, those in asked.items():
        over.update(_finders[name](those))
    return over
