"""What was recorded wrongly and put right: who was told the wrong thing hears the right one.

Who had not been told yet is told of what is recorded now, and of nothing else.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from accounts.models import Actor
from applications.models import Hearing
from casework import clock
from contact.lifecycle import deriving
from contact.lifecycle.asking import ask, heard, reopen, settle, waiting
from contact.models import Matter
from contact.words import at_time
from law.periods import local_date
from orders.models import Order, Service

K, S = Matter.Kind, Matter.Status
WITH_ANOTHER = (Order.EndReason.REPLACED, Order.EndReason.DETERMINED)  # told with what ended it
KIND_OF: dict[str, str] = {
    Hearing.Outcome.INTERIM_REFUSED: K.NO_INTERIM,
    Hearing.Outcome.REFUSED: K.REFUSED,
    Hearing.Outcome.WITHDRAWN: K.WITHDRAWN,
    Hearing.Outcome.ADJOURNED: K.ADJOURNED,
}


def on_result_righted(hearing: Hearing, *, by: Actor) -> None:
    """Another result takes the place of a wrong one, or none does yet."""
    wrong = hearing.wrong_results.last()
    if wrong is None:
        return
    of_it = Q(kind__in=(K.NO_INTERIM, K.REFUSED, K.ADJOURNED), about_id=hearing.pk)
    of_it |= Q(kind=K.WITHDRAWN, about_id=hearing.application_id)
    of_it |= Q(kind=K.PUT_RIGHT, about_id__in=hearing.wrong_results.values("pk"))
    settle(waiting(hearing.case).filter(of_it), by=by)
    if Matter.objects.filter(of_it, case=hearing.case, status=S.TOLD).exists():
        now = clock.now()
        ask(hearing.case, K.PUT_RIGHT, about=wrong.pk, happened_at=now, by=by)
    elif hearing.status == Hearing.Status.RESULTED:
        deriving.on_resulted(hearing, by=by)
        reopen(Matter.objects.filter(of_it, case=hearing.case, kind=_kind_of(hearing)))


def _kind_of(hearing: Hearing) -> str:
    """The kind of the right result, where it is of the same kind as a wrong one was."""
    return KIND_OF.get(Hearing.Outcome(hearing.outcome), "")


def on_relisted(hearing: Hearing, *, by: Actor) -> None:
    """The day that was off stands: told to who was told that it is off, or that there is nothing to
    decide any more, and to who waited for it.
    """
    on, off = (Q(kind=kind, about_id=hearing.pk) for kind in (K.LISTED, K.VACATED))
    settle(waiting(hearing.case).filter(off), by=by)
    if hearing.starts_at <= clock.now():
        return
    days = Hearing.objects.filter(application=hearing.application_id, case=hearing.case_id)
    off |= Q(kind=K.REFUSED, about_id__in=days.values("pk"))
    off |= Q(kind=K.WITHDRAWN, about_id=hearing.application_id)
    last = heard(hearing.case, on | off)
    ask(
        hearing.case,
        K.LISTED,
        about=hearing.pk,
        happened_at=clock.now(),
        by=by,
        undone_by=off,
        to=[person for person, one in last.items() if one.kind != K.LISTED],
    )
    rows = Matter.objects.filter(on, case=hearing.case)
    reopen(one for one in rows if one.person_id not in last)


def on_order_corrected(order: Order, *, by: Actor) -> None:
    """Who was told anything of the order hears what it says in truth; who was not hears that it was made.
    Its last day may be another, and it may have ended, or not, by that.
    """
    correction = order.corrections.last()
    if correction is None:
        return
    rows = waiting(order.case).filter(kind=K.ENDING, about_id=order.pk)
    settle(rows.exclude(of_day=order.last_day), by=by)
    if correction.before["last_day"] != correction.after["last_day"]:
        _follow_end(order, by=by)
    corrections = order.corrections.order_by().values("pk")
    corrected = Q(kind=K.CORRECTED, about_id__in=corrections)
    ended = Q(kind=K.ENDED, about_id=order.pk)
    told = heard(order.case, deriving.of_order(order) | ended | corrected)
    ask(
        order.case,
        K.CORRECTED,
        about=correction.pk,
        happened_at=correction.recorded_at,
        by=by,
        overtaking=corrected & ~Q(about_id=correction.pk),
        to=list(told),
    )
    if order.ended_at is None:
        made = Matter.objects.filter(case=order.case, kind=K.MADE, about_id=order.pk)
        reopen(one for one in made if one.person_id not in told)


def _follow_end(order: Order, *, by: Actor) -> None:
    """Nobody is told of an end that did not come, or came on another day; and of the one that did."""
    ended = waiting(order.case).filter(kind=K.ENDED, about_id=order.pk)
    if order.ended_at is None:
        settle(ended, by=by)
        _goes_on(order, by=by)
    elif order.end_reason == Order.EndReason.EXPIRED:
        settle(ended.exclude(of_day=local_date(order.ended_at)), by=by)
        deriving.on_ended(order, by=by)
    elif order.end_reason in WITH_ANOTHER:
        settle(ended, by=by)


def on_revived(order: Order, *, by: Actor) -> None:
    """An interim order goes on: what she had not heard of it yet is to be told after all."""
    _goes_on(order, by=by)
    reopen(Matter.objects.filter(case=order.case, kind=K.MADE, about_id=order.pk))


def _goes_on(order: Order, *, by: Actor) -> None:
    """It has effect as if it had not been ended: how it was changed, its near end, its service."""
    changed = deriving.of_order(order) & Q(kind__in=(K.VARIED, K.RENEWED))
    near = Q(kind=K.ENDING, about_id=order.pk, of_day=order.last_day)
    reopen(Matter.objects.filter(changed | near, case=order.case))
    deriving.on_served(order, by=by)


def on_service_corrected(order: Order, *, by: Actor) -> None:
    """Who was told when he was given the order, and it was at another time, hears when it was."""
    deriving.on_served(order, by=by)
    records = list(Service.objects.filter(order=order).order_by("recorded_at"))
    wrong = max((one for one in records if one.superseded_at), key=_superseded)
    right = records[-1]
    words = {wrong.about, right.about}
    of_them = Q(kind=K.SERVED, about_id__in=words)
    of_them |= Q(
        kind=K.SERVICE_PUT_RIGHT, about_id__in=[one.pk for one in records if one.about in words]
    )
    untold = Q(kind=K.SERVICE_PUT_RIGHT, about_id=wrong.pk)
    late = set(waiting(order.case).filter(untold).values_list("person_id", flat=True))
    told = heard(order.case, of_them)
    misled = {person for person, one in told.items() if _differ(_told(one, records), right)}
    ask(
        order.case,
        K.SERVICE_PUT_RIGHT,
        about=right.pk,
        happened_at=clock.now(),
        by=by,
        overtaking=untold,
        to=[*misled, *(late - set(told))],
    )


def _superseded(service: Service) -> datetime:
    return service.superseded_at or service.recorded_at


def _told(matter: Matter, records: Sequence[Service]) -> Service:
    """The record of service as it was when she was told of it."""
    if matter.kind == K.SERVICE_PUT_RIGHT:
        return next(one for one in records if one.pk == matter.about_id)
    same = [one for one in records if one.about == matter.about_id]
    told_at = matter.telling.told_at if matter.telling else clock.now()
    there = [one for one in same if one.recorded_at <= told_at]
    return there[-1] if there else same[0]


def _differ(told: Service, right: Service) -> bool:
    """Would she hear something else? Not where only the place or the proof was recorded wrongly."""
    first, second = ((one.about, one.explained, at_time(one.served_at)) for one in (told, right))
    return first != second
