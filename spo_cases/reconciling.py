"""Is what was derived equal to the facts? Clocks, duties, alerts, documents, messages: counted anew.

Every act derives what follows from it in its own transaction, so that nothing here should ever be
found. What is found is a fault of the service, or of somebody who wrote past it. Nothing is mended,
and nothing is named but the references of cases, and rows by their table and key.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, F, Min, Model, OuterRef, Q, QuerySet

from alerts import sweep
from alerts.models import UNSENT, Message
from breaches.models import Breach
from casework.models import Case, Deadline
from contact.models import Matter
from contact.rules import CLOCKS as TELLING_CLOCKS
from documents.models import Document
from law.periods import end_instant, local_date
from notifications import queries as notifications
from notifications.models import Attendance, Duty, SuspectedFailure
from orders.models import Order
from orders.queries import to_serve
from people.models import Person
from people.queries import tokens_of
from spo_cases import logged, standing_of_cases

SWEPT = timedelta(minutes=2)  # what fell due later than this may still be on its way
WORKED = timedelta(minutes=15)
EXAMPLES = 3


@dataclass(frozen=True)
class Checked:
    """One line of the table. `cases` are the references of some of the wrong ones, or their keys."""

    what: str
    wrong: int
    cases: tuple[str, ...] = ()


def everything(now: datetime, progress: logged.Progress = str) -> Iterator[Checked]:
    """Each comparison in turn, by the facts as they are at this moment."""
    yield Checked("alerts that should have been raised", sweep.missing(now - SWEPT))
    yield from _of_orders()
    yield from _of_duties(now)
    yield from _of_breaches()
    yield from _of_contact()
    yield from _of_cases()
    yield _of_people()
    yield from _of_what_leaves(now)
    yield _of_the_log(progress)


def _of_orders() -> Iterator[Checked]:
    live = Order.objects.exclude(status=Order.Status.ENDED)
    yield _listed("orders whose clocks of service are not as they were served", _unserved(live))
    guarded = _clock("interim_ends", "order_ends")
    ending = live.filter(last_day__isnull=False, not_renewed_at=None)
    yield _counted("orders that would run out unseen", ending.filter(~guarded))
    initial = Duty.objects.filter(order=OuterRef("pk"), kind=Duty.Kind.INITIAL)
    yield _counted("orders without a duty to notify", Order.objects.filter(~Exists(initial)))
    yield _counted("orders without their document", Order.objects.filter(~_document("order")))


def _unserved(live: QuerySet[Order]) -> Iterator[Order]:
    """Live orders that wait for service, or were varied or corrected, and whose clocks say otherwise."""
    changed = Q(variations__status="granted") | Q(corrections__give_again=True)
    rows = live.filter(Q(status=Order.Status.MADE) | changed).distinct()
    for order in rows.select_related("case").iterator(chunk_size=500):
        varied = order.variations.values_list("pk", flat=True)
        about = [order.pk, *varied, *order.corrections.values_list("pk", flat=True)]
        held = Deadline.objects.filter(kind="serve_order", done_at=None, about_id__in=about)
        asked: set[UUID] = {wording.about or order.pk for wording in to_serve(order)}
        if set(held.values_list("about_id", flat=True)) != asked:
            yield order


def _of_duties(now: datetime) -> Iterator[Checked]:
    undone = Duty.objects.filter(status__in=(Duty.Status.OPEN, Duty.Status.WAITING))
    yield _listed("duties that the facts say otherwise", _otherwise(undone))
    kinds = list(notifications.CLOCKS.values())
    ended = Q(order__ended_at__isnull=False) & ~Q(failures__status=SuspectedFailure.Status.OPEN)
    opened = undone.filter(status=Duty.Status.OPEN).exclude(ended)
    yield _counted("duties without their clock", opened.filter(~_clock(*kinds)))
    owed = Exists(Duty.objects.filter(pk=OuterRef("about_id"), status=Duty.Status.OPEN))
    running = Deadline.objects.filter(kind__in=kinds, done_at=None)
    yield _counted("clocks of duties that are done", running.filter(~owed))
    overdue = notifications.overdue(local_date(now - WORKED))
    yield _counted("failures to notify that nobody opened", overdue)
    waiting = SuspectedFailure.objects.filter(status=SuspectedFailure.Status.OPEN)
    yield _counted("failures without a clock", waiting.filter(~_clock("decide_failure")))
    said = Attendance.objects.filter(notifications.counting())
    unhanded = said.filter(status=Attendance.Status.TO_HAND)
    handing = _clock("hand_acknowledgement")
    yield _counted("acknowledgements to hand over without a clock", unhanded.filter(~handing))
    yield _listed("attendances in doubt that nobody is asked about", _unasked(said))
    yield _counted("notifications without a paper", said.filter(~_document("acknowledgement")))


def _unasked(said: QuerySet[Attendance]) -> Iterator[Attendance]:
    """In doubt, and the duty hangs on it, but no clock waits for force legal."""
    rows = said.filter(~_clock("decide_attendance"), decision="").exclude(findings=[])
    for attendance in rows.select_related("duty").iterator(chunk_size=500):
        if notifications.in_doubt(attendance) and notifications.doubted(attendance.duty):
            yield attendance


def _otherwise(duties: QuerySet[Duty]) -> Iterator[Duty]:
    for duty in duties.select_related("order", "case").iterator(chunk_size=500):
        clock = Deadline.objects.filter(
            about_id=duty.pk, kind=notifications.CLOCKS[Duty.Kind(duty.kind)], done_at=None
        ).first()
        moved = clock is not None and (
            duty.due_on is None or clock.due_at != end_instant(duty.due_on)
        )
        if moved or notifications.asked_of(duty).due_on != duty.due_on:
            yield duty


def _of_breaches() -> Iterator[Checked]:
    S = Breach.Status
    reported = Breach.objects.filter(status=S.REPORTED)
    yield _counted("reports without a clock", reported.filter(~_clock("acknowledge_breach")))
    undecided = Breach.objects.exclude(status=S.DECIDED)
    yield _counted("breaches without a clock", undecided.filter(~_clock("decide_breach")))


def _of_contact() -> Iterator[Checked]:
    """What waits to be told has its clock, and nothing else has one."""
    waits = Matter.objects.filter(status=Matter.Status.WAITING)
    untold = waits.filter(~_clock(*TELLING_CLOCKS))
    yield _counted("protected persons to be told without a clock", untold)
    running = Deadline.objects.filter(kind__in=TELLING_CLOCKS, done_at=None)
    for_nothing = running.filter(~Exists(waits.filter(pk=OuterRef("about_id"))))
    yield _counted("clocks of what is told already", for_nothing)


def _of_cases() -> Iterator[Checked]:
    soonest = Min("deadlines__due_at", filter=Q(deadlines__done_at=None))
    cases = Case.objects.annotate(soonest=soonest)
    wrong = cases.exclude(next_due_at=F("soonest")).exclude(next_due_at=None, soonest=None)
    yield _counted("cases whose next clock is another", wrong)
    stands = "cases that stand elsewhere than their records say"
    yield _counted(stands, standing_of_cases.elsewhere())
    yield _counted("cases whose clock to find an officer is wrong", standing_of_cases.misassigned())
    yield _counted("cases whose clock to list a hearing is wrong", standing_of_cases.mislisted())
    unwatched = standing_of_cases.unwatched()
    yield _counted("applications to change an order without a clock", unwatched)


def _of_people() -> Checked:
    """A subject is found in the order check by words made of his names, addresses and phones."""
    facts = ("names", "identifiers", "addresses", "tokens")
    people = Person.objects.prefetch_related(*facts).iterator(chunk_size=500)
    wrong = [p.pk for p in people if {(t.kind, t.text) for t in p.tokens.all()} != tokens_of(p)]
    cases = Case.objects.filter(Q(subject__in=wrong) | Q(parties__person__in=wrong)).distinct()
    found = cases.values_list("reference", flat=True)[:EXAMPLES]
    return Checked("people who are not found by what they are called", len(wrong), tuple(found))


def _of_what_leaves(now: datetime) -> Iterator[Checked]:
    waiting = Document.objects.filter(status=Document.Status.WAITING, asked_at__lt=now - WORKED)
    yield _counted("documents that wait too long", waiting)
    unsent = Message.objects.filter(state__in=UNSENT, created_at__lt=now - WORKED)
    yield _counted("messages that wait too long", unsent, reference="alert__case__reference")


def _of_the_log(progress: logged.Progress) -> Checked:
    """By table and key: a row that was written while the log was off has no better name."""
    found = logged.otherwise(progress)
    named = (f"{table.plain} {key}" for table in found for key in table.keys)
    return Checked("rows that are not as the log has them", sum(t.wrong for t in found), (*named,))


def _clock(*kinds: str) -> Exists:
    return Exists(Deadline.objects.filter(about_id=OuterRef("pk"), kind__in=kinds, done_at=None))


def _document(kind: str) -> Exists:
    return Exists(Document.objects.filter(about_id=OuterRef("pk"), kind=kind, superseded_at=None))


def _counted(what: str, wrong: QuerySet[Model], *, reference: str = "") -> Checked:
    name = reference or ("reference" if wrong.model is Case else "case__reference")
    found = tuple(wrong.order_by(name).values_list(name, flat=True).distinct()[:EXAMPLES])
    return Checked(what, wrong.count() if found else 0, tuple(str(name) for name in found if name))


def _listed(what: str, wrong: Iterable[Order] | Iterable[Duty] | Iterable[Attendance]) -> Checked:
    found = [record.case.reference for record in wrong]
    return Checked(what, len(found), tuple(found[:EXAMPLES]))
