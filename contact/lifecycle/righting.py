"""What was recorded wrongly and put right: who was told the wrong thing hears the right one.

Who had not been told yet is told of what is recorded now, and of nothing else.
"""

from django.db.models import Q

from accounts.models import Actor
from applications.models import Hearing
from casework import clock
from contact.lifecycle import deriving
from contact.lifecycle.asking import ask, reopen, settle, waiting
from contact.models import Matter
from orders.models import Order

K, S = Matter.Kind, Matter.Status
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
    """The day that was off stands: told to who was told that it is off, and to who waited for it."""
    off = Matter.objects.filter(case=hearing.case, kind=K.VACATED, about_id=hearing.pk)
    settle(off.filter(status=S.WAITING), by=by)
    if hearing.starts_at <= clock.now():
        return
    if off.filter(status=S.TOLD).exists():
        ask(
            hearing.case,
            K.LISTED,
            about=hearing.pk,
            of_day=clock.today(),
            happened_at=clock.now(),
            by=by,
        )
    else:
        reopen(Matter.objects.filter(case=hearing.case, kind=K.LISTED, about_id=hearing.pk))


def on_order_corrected(order: Order, *, by: Actor) -> None:
    """Who was told what the order says hears what it says in truth. Its last day may be another."""
    correction = order.corrections.last()
    if correction is None:
        return
    rows = waiting(order.case).filter(kind=K.ENDING, about_id=order.pk)
    settle(rows.exclude(of_day=order.last_day), by=by)
    made = Matter.objects.filter(case=order.case, kind=K.MADE, about_id=order.pk)
    if made.filter(status=S.TOLD).exists():
        earlier = order.corrections.exclude(pk=correction.pk).values("pk")
        ask(
            order.case,
            K.CORRECTED,
            about=correction.pk,
            happened_at=correction.recorded_at,
            by=by,
            overtaking=Q(kind=K.CORRECTED, about_id__in=earlier),
        )


def on_revived(order: Order, *, by: Actor) -> None:
    """An interim order goes on: its near end is to be told again."""
    rows = Matter.objects.filter(case=order.case, kind=K.ENDING, about_id=order.pk)
    reopen(rows.filter(of_day=order.last_day))
