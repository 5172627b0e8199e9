"""What is to be told follows from the facts of the rooms below, whenever an act there changes them.

Nothing here is decided by anybody, and the same fact again asks for nothing more.
"""

from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import Actor
from applications.models import Application, Hearing, WrongResult
from audit.actor import acting_as
from casework import clock
from casework.lifecycle import lock
from casework.models import Case
from contact.lifecycle.asking import ask, heard, protected, settle, share, waiting
from contact.models import Matter
from law.periods import local_date
from orders.models import Order, Variation
from orders.queries import in_force, wordings

K, OUTCOME = Matter.Kind, Hearing.Outcome
IN_COURT = (K.LISTED, K.VACATED, K.ADJOURNED)
BEFORE_A_DECISION = (*IN_COURT, K.NO_INTERIM)
OF_AN_ORDER = (K.MADE, K.SERVED, K.VARIED, K.RENEWED, K.ENDING)
GRANTED = {Variation.Kind.VARY: K.VARIED, Variation.Kind.RENEW: K.RENEWED}


def on_listed(hearing: Hearing, *, by: Actor) -> None:
    """A day in court. One that has been is told of with its result.

    That the day which she was told of is off she has still to hear: a new day does not say it.
    """
    if hearing.starts_at <= clock.now():
        return
    earlier = Q(kind=K.ADJOURNED, about_id__in=_days_of(hearing))
    if hearing.follows_id is not None:
        earlier |= Q(kind=K.LISTED, about_id=hearing.follows_id)
    ask(
        hearing.case,
        K.LISTED,
        about=hearing.pk,
        happened_at=clock.now(),
        by=by,
        overtaking=earlier,
    )


def on_vacated(hearing: Hearing, *, by: Actor) -> None:
    """Who counts on the day must hear that it is off; who was not told of it has nothing to hear."""
    on, off = (Q(kind=kind, about_id=hearing.pk) for kind in (K.LISTED, K.VACATED))
    last = heard(hearing.case, on | off)
    settle(waiting(hearing.case).filter(on), by=by)
    ask(
        hearing.case,
        K.VACATED,
        about=hearing.pk,
        happened_at=clock.now(),
        by=by,
        undone_by=on,
        to=[person for person, one in last.items() if one.kind == K.LISTED],
    )


def on_resulted(hearing: Hearing, *, by: Actor) -> None:
    """What the court decided of the application. An order that it made is told of by itself."""
    days = Q(kind__in=BEFORE_A_DECISION, about_id__in=_days_of(hearing))
    if hearing.outcome == OUTCOME.REFUSED:
        _decided(hearing, K.REFUSED, by=by, overtaking=days)
    elif hearing.outcome == OUTCOME.INTERIM_REFUSED:
        this = Q(kind=K.LISTED, about_id=hearing.pk)
        put_off = Q(kind=K.ADJOURNED, about_id=hearing.follows_id)
        _decided(hearing, K.NO_INTERIM, by=by, overtaking=this | put_off)
    elif hearing.outcome == OUTCOME.WITHDRAWN and hearing.application_id is not None:
        _decided(hearing, K.WITHDRAWN, by=by, overtaking=days)
    elif hearing.outcome == OUTCOME.ADJOURNED:
        this = Q(kind=K.LISTED, about_id=hearing.pk)
        if Hearing.objects.filter(follows=hearing, starts_at__gt=clock.now()).exists():
            settle(waiting(hearing.case).filter(this), by=by)  # the next day says it
        else:
            _decided(hearing, K.ADJOURNED, by=by, overtaking=this)
    elif hearing.outcome == OUTCOME.VARIATION_DECIDED:
        settle(waiting(hearing.case).filter(days), by=by)


def _decided(hearing: Hearing, kind: Matter.Kind, *, by: Actor, overtaking: Q) -> None:
    """The court's moment is not known. Who must hear of it hears not later than if it had decided as
    the hearing began, however late it was typed."""
    about = hearing.application_id if kind == K.WITHDRAWN else hearing.pk
    ask(
        hearing.case,
        kind,
        about=about or hearing.pk,
        happened_at=hearing.starts_at,
        by=by,
        overtaking=overtaking,
        undone_by=_put_right(hearing.application_id, hearing),
    )


def _put_right(application: UUID | None, hearing: Hearing | None = None) -> Q:
    """Every matter of a result of the application, or of a hearing without one, that was wrong."""
    wrongs = WrongResult.objects.filter(hearing__application=application)
    if application is None:
        wrongs = wrongs.filter(hearing=hearing)
    return Q(kind=K.PUT_RIGHT, about_id__in=wrongs.values("pk"))


def _days_of(hearing: Hearing) -> QuerySet[Hearing, object]:
    rows = Hearing.objects.filter(case=hearing.case, application=hearing.application_id)
    return rows.values("pk")


def on_withdrawn(application: Application, *, by: Actor) -> None:
    """Given up outside a hearing, before or after the court was asked."""
    days = Hearing.objects.filter(application=application).values("pk")
    ask(
        application.case,
        K.WITHDRAWN,
        about=application.pk,
        happened_at=clock.now(),
        by=by,
        overtaking=Q(kind__in=BEFORE_A_DECISION, about_id__in=days),
        undone_by=_put_right(application.pk),
    )


def on_made(order: Order, *, by: Actor) -> None:
    """The order that the court made; one that replaces an interim says what became of that."""
    earlier = Q(pk__in=[])
    if order.hearing is not None:
        days = _days_of(order.hearing)
        if order.kind == Order.Kind.INTERIM:  # the day of the main hearing is still to come
            days = days.exclude(status=Hearing.Status.LISTED, starts_at__gt=clock.now())
        earlier |= Q(kind__in=IN_COURT, about_id__in=days)
        until_then = days.filter(starts_at__lte=order.made_at)
        earlier |= Q(kind=K.NO_INTERIM, about_id__in=until_then)
    if order.kind == Order.Kind.FULL:
        for interim in Order.objects.filter(case=order.case, kind=Order.Kind.INTERIM):
            earlier |= of_order(interim)
    ask(
        order.case,
        K.MADE,
        about=order.pk,
        happened_at=order.made_at,
        by=by,
        overtaking=earlier,
    )


def of_order(order: Order) -> Q:
    """Every matter of one order and of what changed it."""
    about = Q(about_id=order.pk)
    for changes in (order.variations, order.corrections):
        about |= Q(about_id__in=changes.order_by().values("pk"))
    return Q(kind__in=OF_AN_ORDER) & about


def on_served(order: Order, *, by: Actor) -> None:
    """He was given the order in some words, or a record of that was corrected. Each words once."""
    if order.status == Order.Status.ENDED:
        return
    held = Order.objects.prefetch_related("services", "variations").get(pk=order.pk)
    served = {w.about or order.pk: w.service for w in wordings(held) if w.service}
    wrong = of_order(order) & Q(kind=K.SERVED) & ~Q(about_id__in=list(served))
    settle(waiting(order.case).filter(wrong), by=by)
    for about, service in served.items():
        ask(order.case, K.SERVED, about=about, happened_at=service.served_at, by=by)


def on_change_granted(variation: Variation, *, by: Actor) -> None:
    """Varied or renewed, while the order had effect. A discharge ends the order, which is told."""
    order, at = variation.order, variation.decided_at or clock.now()
    kind = GRANTED.get(Variation.Kind(variation.kind))
    if kind is None or not in_force(Order.objects.filter(pk=order.pk), at).exists():
        return
    ends = Q(kind__in=(K.ENDING, K.ENDED), about_id=order.pk)
    ask(
        variation.case,
        kind,
        about=variation.pk,
        happened_at=at,
        by=by,
        overtaking=ends if kind == K.RENEWED else Q(pk__in=[]),
    )


def on_change_not_granted(variation: Variation, *, by: Actor) -> None:
    at = variation.decided_at or clock.now()
    ask(variation.case, K.NOT_CHANGED, about=variation.pk, happened_at=at, by=by)


def on_ended(order: Order, *, by: Actor) -> None:
    """It ran out or was discharged: whatever of it she had not heard yet is told with its end."""
    if order.ended_at is None:
        return
    ask(
        order.case,
        K.ENDED,
        about=order.pk,
        of_day=local_date(order.ended_at),
        happened_at=order.ended_at,
        by=by,
        overtaking=of_order(order),
        undone_by=Q(kind=K.CORRECTED, about_id__in=order.corrections.order_by().values("pk")),
    )


def on_determined(order: Order, *, by: Actor) -> None:
    """Over with its application, which was refused or withdrawn: told with that, and nothing before it."""
    settle(waiting(order.case).filter(of_order(order)), by=by)


def on_ended_with_decision(order: Order, *, by: Actor) -> None:
    """Replaced by the full order: that is what she is told."""
    settle(waiting(order.case).filter(kind=K.ENDING, about_id=order.pk), by=by)


def tell_of_end(order: Order, *, by: Actor) -> None:
    """The last weeks of an order have begun. Asked by the clock, safe at any time."""
    with transaction.atomic(), acting_as(by.username):
        lock(order.case_id)
        held = Order.objects.select_related("case").get(pk=order.pk)
        if held.ended_at is not None or held.last_day is None:
            return
        ask(
            held.case,
            K.ENDING,
            about=held.pk,
            of_day=held.last_day,
            happened_at=clock.now(),
            by=by,
        )


def follow_parties(application: Application, *, by: Actor) -> None:
    """Somebody is protected now, or no more: what waits is told to those who are, and to no others.

    Who is new in a case with an order is told of the order too, as if it were made now.
    """
    case = application.case
    people, known = protected(case), _known(case)
    if not known:
        return
    open_ones = list(waiting(case).order_by("happened_at"))
    settle([one for one in open_ones if one.person_id not in people], by=by)
    for person in people:
        for one in open_ones:
            share(one, person)
    for person in set(people) - known:
        for order in in_force(Order.objects.filter(case=case), clock.now()):
            about = {"kind": K.MADE, "about_id": order.pk, "happened_at": clock.now()}
            share(Matter(case=case, **about), person)


def _known(case: Case) -> set[UUID | None]:
    """Who was ever to be told something in the case."""
    return set(Matter.objects.filter(case=case).values_list("person_id", flat=True))
