"""The tags of a case: which order is in force and was served, and what is wrong. For lists and the bar."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from breaches.models import Breach
from casework import clock
from casework.frame import Mark
from casework.models import Case
from law.duration import has_effect_at
from law.periods import local_date
from notifications import queries as notifications
from notifications.models import Duty
from orders import queries as orders
from orders.models import Order

S = Case.Status
COLOURS: dict[str, str] = {Order.Kind.INTERIM: "purple", Order.Kind.FULL: "teal"}
SERVED, NOT_SERVED = Mark("Served", "green"), Mark("Not served", "red")
CHANGE_NOT_SERVED = Mark("Change not served", "red")  # the words as made were


def told(
    held: QuerySet[Order], now: datetime
) -> tuple[dict[UUID, list[Order]], dict[UUID, list[Order]]]:
    """By case, in one query: the orders that have effect, and the interim orders that ran out before the
    court decided."""
    live: dict[UUID, list[Order]] = defaultdict(list)
    over: dict[UUID, list[Order]] = defaultdict(list)
    for order in (orders.in_force(held, now) | orders.lapsed(held, now)).order_by("made_at"):
        bound = has_effect_at(
            made_at=order.made_at, last_day=order.last_day, ended_at=order.ended_at, moment=now
        )
        (live if bound else over)[order.case_id].append(order)
    return live, over


def marks(
    case: Case, live: list[Order], over: list[Order], changed: set[UUID], *, breached: bool
) -> list[Mark]:
    """The tags of a case: what is in force first, then what is wrong."""
    found = []
    for order in live:
        found.append(Mark(order.get_kind_display(), COLOURS[order.kind]))
        if (served := _served(order, changed)) != SERVED:
            found.append(served)
    if not live:
        found += [_without_order(case), *_no_order(over)]
    return [*found, *_wrong(case, breached=breached)]


def changed_words(live: Iterable[Order], now: datetime) -> set[UUID]:
    """Of which of these orders he was not given the words that bind now, though he was earlier ones."""
    rows = orders.unserved_changes(now).filter(pk__in=[order.pk for order in live])
    return set(rows.values_list("pk", flat=True))


def _served(order: Order, changed: set[UUID]) -> Mark:
    if order.status == Order.Status.MADE:
        return NOT_SERVED
    return CHANGE_NOT_SERVED if order.pk in changed else SERVED


def _without_order(case: Case) -> Mark:
    over = case.status in (S.ENDED, S.DECLINED)
    text = "Ended" if case.status in (S.ENDED, S.ORDER) else case.get_status_display()
    return Mark(text, "grey" if over or case.status == S.ORDER else "")


def _no_order(over: list[Order]) -> list[Mark]:
    """Since when nothing binds him, though the court has not decided: no interim order lapses unseen."""
    since = orders.without_since(over)
    if since is None:
        return []
    year = "" if since.year == clock.today().year else f" {since.year}"
    return [Mark(f"No order since {since.day} {since:%b}{year}", "red")]


def _wrong(case: Case, *, breached: bool) -> list[Mark]:
    found = [Mark("Breach open", "red")] if breached else []
    return [*found, Mark("Restricted", "orange")] if case.restricted else found


def note(live: list[Order], case: Case) -> str:
    """The quiet line under the tags."""
    if not live:
        asked_on = local_date(case.asked_at)
        return f"Asked {asked_on.day} {asked_on:%b %Y}"
    order = live[-1]
    if order.last_day is None:
        return "Until further order"
    return f"Ends {order.last_day:%a} {order.last_day.day} {order.last_day:%b %Y}"


def marks_of(case: Case, now: datetime) -> list[Mark]:
    """The tags of the identity bar, which says more: that he was served, and what he must notify.

    Until an order, the application says where it stands itself.
    """
    those, over = told(Order.objects.filter(case=case), now)
    live, found = those[case.pk], []
    changed = changed_words(live, now)
    for order in live:
        found.append(Mark(f"{order.get_kind_display()} in force", COLOURS[order.kind]))
        found.append(_served(order, changed))
    found += _must_notify(case, local_date(now))
    if not live and case.status in (S.ORDER, S.ENDED):
        found.append(_without_order(case))
    if not live:
        found += _no_order(over[case.pk])
    breached = Breach.objects.filter(case=case, decided_at=None).exists()
    return [*found, *_wrong(case, breached=breached)]


def _must_notify(case: Case, today: date) -> list[Mark]:
    """What he must notify first, by when, and of which order where it is not the one that binds him."""
    duty = notifications.running(case).first()
    if duty is None or duty.due_on is None:
        return []
    by = f"{duty.due_on.day} {duty.due_on:%b}"
    over = duty.kind == Duty.Kind.INITIAL and duty.order.ended_at is not None
    of = f" of the {duty.order.get_kind_display().lower()}" if over else ""
    if duty.due_on < today:
        return [Mark(f"Not notified by {by}{of}", "red")]
    return [Mark(f"Must notify by {by}{of}", "yellow")]
