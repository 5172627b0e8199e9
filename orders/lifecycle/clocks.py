"""The clocks that an order sets and stops."""

from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from accounts.models import Actor
from accounts.roles import Role
from applications.lifecycle.clocks import await_listing, stop_listing
from applications.models import Hearing
from casework import clock
from casework.actions import start_clock, stop_clock, waits
from casework.models import Case
from law.bank_holidays import ENGLAND_AND_WALES
from law.periods import end_instant, local_date, start_instant, working_day_after, written
from orders.lifecycle import guarding
from orders.lifecycle.given_away import URGENT, tells_where
from orders.models import Correction, Order, Variation
from orders.queries import to_serve, wordings
from orders.terms import blocked

TIME_TO_SERVE = timedelta(hours=24)
TIME_TO_DECIDE = timedelta(days=1)  # to write down what the court did, once it is known that it did
WORKING_DAYS_FOR_LEGAL = 2
TIME_TO_MAKE_SAFE = timedelta(hours=4)  # the subject may read it any moment
AS_MADE = "An order is served within 24 hours of its making. It binds him already."
CHANGED = "New words are served within 24 hours: without service a breach of them is hard to prove."
CORRECTED = "He was served a paper with a mistake. He is given the right one within 24 hours."
DONE = {Variation.Kind.VARY: "varied", Variation.Kind.RENEW: "renewed"}


def start(order: Order) -> None:
    """An order is made: serve it, and do not let it run out unseen."""
    ask_service(order, None, since=order.made_at)
    guarding.start_guard(order, since=local_date(order.made_at))


def ask_service(order: Order, change: Variation | Correction | None, *, since: datetime) -> None:
    """The order has words that he was not given, as made, as a court left them or as we put them
    right: give them to him."""
    kind = order.get_kind_display().lower()
    said, why = "", AS_MADE
    if isinstance(change, Variation):
        said, why = f" as {DONE[Variation.Kind(change.kind)]}", CHANGED
    elif change is not None:
        said, why = " as corrected", CORRECTED
    start_clock(
        order.case,
        "serve_order",
        about=change.pk if change else order.pk,
        title=f"Serve the {kind}{said}",
        owner_role=Role.OFFICER,
        due_at=since + TIME_TO_SERVE,
        provision="force policy",
        reason=why,
        path=f"/orders/{order.pk}/serve/",
        at_moment="yes",
    )


def settle_service(order: Order, *, by: Actor) -> None:
    """Make the clocks of service equal to what was served: later words hold the earlier ones."""
    waiting = to_serve(order)
    for wording in wordings(order):
        if wording in waiting:
            ask_service(order, wording.correction or wording.variation, since=wording.since)
        else:
            stop_clock(order.case, "serve_order", about=wording.about or order.pk, by=by)


def stop_service(order: Order, *, by: Actor) -> None:
    """The order is over: nothing of it is left to serve."""
    changes = (order.variations, order.corrections)
    for about in (order.pk, *(pk for rows in changes for pk in rows.values_list("pk", flat=True))):
        stop_clock(order.case, "serve_order", about=about, by=by)


def stop(order: Order, *, by: Actor) -> None:
    """The order has ended: nothing is left to serve, to guard or to renew."""
    stop_service(order, by=by)
    guarding.stop_guard(order, by=by)


def ask_legal(record: Order | Variation) -> None:
    """A court did what the law does not seem to allow: it is recorded, and a lawyer looks."""
    order = record.order if isinstance(record, Variation) else record
    urgent = tells_where(record)
    due_on = working_day_after(
        clock.today(), WORKING_DAYS_FOR_LEGAL, bank_holidays=ENGLAND_AND_WALES
    )
    start_clock(
        record.case,
        "legal_query",
        about=order.pk,
        title=URGENT if urgent else "Look at what the court did: the law has a finding",
        owner_role=Role.LEGAL,
        due_at=clock.now() + TIME_TO_MAKE_SAFE if urgent else end_instant(due_on),
        provision="force policy",
        reason="What the court did is recorded as it is. Ask the court to correct it if it must.",
        path=f"/orders/{order.pk}/legal/",
        at_moment="yes" if urgent else "",
    )


def settle_legal(order: Order, *, before: list[dict[str, str]], by: Actor) -> None:
    """The order's findings were found anew: ask about one that was not there, or ask no more."""
    if blocked(order.findings):
        if order.findings != before:
            ask_legal(order)
    elif not any(blocked(variation.findings) for variation in order.variations.all()):
        stop_clock(order.case, "legal_query", about=order.pk, by=by)


def watch_hearing(variation: Variation) -> None:
    """The variation has a day in court, whose result is chased from that day's end; or it needs one."""
    if variation.hearing_on is None:
        await_listing(variation.case, None)
        return
    _await_decision(
        variation,
        by_day=variation.hearing_on,
        reason=f"{variation.get_kind_display()}: the hearing is {written(variation.hearing_on)}.",
    )


def _await_decision(variation: Variation, *, by_day: date, reason: str) -> None:
    start_clock(
        variation.case,
        "decide_variation",
        about=variation.pk,
        title="Record what the court decided",
        owner_role=Role.OFFICER,
        due_at=end_instant(by_day),
        provision="force policy",
        reason=reason,
        path=f"/orders/variations/{variation.pk}/decide-variation/",
    )


def await_day(hearing: Hearing, *, by: Actor) -> None:
    """What the result of a hearing about an order leaves to do, also where it was recorded wrongly.

    Where the court decided, what it decided is to be recorded for each that waits. Where it did not
    there is nothing to record: each needs another day, or the result of this hearing is awaited again.
    """
    if hearing.application_id is not None:
        return
    day = local_date(hearing.starts_at)
    if hearing.outcome == Hearing.Outcome.VARIATION_DECIDED:
        _await_record(hearing.case, day, by=by)
    else:
        _await_another(hearing, day, by=by)


def _await_record(case: Case, day: date, *, by: Actor) -> None:
    """The court decided: what it decided is to be recorded for each that it was asked about."""
    waiting = _waiting(case)
    if not waiting.filter(applied_on__gt=day).exists():
        stop_listing(case, None, by=by)
    for variation in waiting.filter(applied_on__lte=day):
        if not waits(case, "decide_variation", about=variation.pk):
            _await_decision(
                variation,
                by_day=clock.today() + TIME_TO_DECIDE,
                reason=f"{variation.get_kind_display()}: the court decided on {written(day)}.",
            )


def _await_another(hearing: Hearing, day: date, *, by: Actor) -> None:
    """The court did not decide: there is nothing to record yet, and a day is wanted."""
    undecided = [v for v in _waiting(hearing.case) if not _decided_elsewhere(v, hearing)]
    for variation in undecided:
        if variation.hearing_on is None or variation.hearing_on <= day:
            stop_clock(hearing.case, "decide_variation", about=variation.pk, by=by)
    if undecided and hearing.status != Hearing.Status.LISTED:
        await_listing(hearing.case, None, but=hearing)


def _decided_elsewhere(variation: Variation, hearing: Hearing) -> bool:
    """Did the court decide at another hearing, and nobody has written yet what?"""
    others = Hearing.objects.filter(
        case=variation.case_id,
        application=None,
        outcome=Hearing.Outcome.VARIATION_DECIDED,
        starts_at__gte=start_instant(variation.applied_on),
    )
    return others.exclude(pk=hearing.pk).exists()


def stop_day(variation: Variation, *, by: Actor) -> None:
    """It is decided: no day is wanted, unless another one waits."""
    if not _waiting(variation.case).exclude(pk=variation.pk).exists():
        stop_listing(variation.case, None, by=by)


def _waiting(case: Case) -> QuerySet[Variation]:
    return Variation.objects.filter(case=case, status=Variation.Status.APPLIED)
