"""The part of a tale that follows an order: conditions, service, duty, notification, breach."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from breaches.models import Breach
from law.periods import end_instant, local_date, written
from notifications.models import Attendance, Duty
from orders.lifecycle.guarding import guarded_by
from orders.models import Condition, Order, Service
from spo_cases.volume.batch import Batch
from spo_cases.volume.tales import Made, Tale

CONDITIONS = (
    (
        "prohibition",
        "You must not contact Ms A by any means, or through anyone else.",
        "Contact Ms A",
    ),
    ("prohibition", "You must not go into Area A, as shown on the plan.", "Go into Area A"),
    ("requirement", "You must attend an assessment when told to.", "Attend an assessment"),
)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def ordered(
    batch: Batch, tale: Tale, case: str, person: str, application: str
) -> Iterator[datetime]:
    """From the order to its end."""
    if (order := tale.order) is None:
        return
    standing = Order.Status.SERVED if order.served_at else Order.Status.MADE
    pk = batch.add(
        Order,
        case_id=case,
        force_id=tale.home.force.code,
        subject_id=person,
        application_id=application,
        kind=order.kind,
        status=(Order.Status.ENDED if order.ended_at else standing).value,
        court_id=tale.home.court.pk,
        made_at=order.made_at,
        last_day=order.last_day,
        ended_at=order.ended_at,
        end_reason=Order.EndReason.EXPIRED.value if order.ended_at else "",
        recorded_by_id=tale.officer.pk,
        recorded_at=order.made_at,
    )
    batch.event("make_order", Order, pk, case=case, at=order.made_at, by=tale.officer)
    _worded(batch, case, pk, order.made_at)
    yield from _guarded(batch, tale, case, pk, order)
    if order.served_at:
        yield from _served(batch, tale, case, pk, order)
    if order.ended_at:
        batch.event("expire", Order, pk, case=case, at=order.ended_at, by=tale.officer)


def _worded(batch: Batch, case: str, order: str, made_at: datetime) -> None:
    for number, (kind, text, short) in enumerate(CONDITIONS, start=1):
        batch.add(
            Condition,
            order_id=order,
            case_id=case,
            number=number,
            kind=kind,
            text=text,
            short=short,
            necessity="He went on after he was told to stop.",
            in_force=f"[{made_at.isoformat()},)",
        )


def _guarded(batch: Batch, tale: Tale, case: str, pk: str, order: Made) -> Iterator[datetime]:
    """It is to be served, and not to run out unseen."""
    yield from batch.clock(
        tale,
        "serve_order",
        case=case,
        about=pk,
        set_at=order.made_at,
        due_at=order.made_at + DAY,
        done_at=order.served_at,
    )
    if order.last_day:
        yield from batch.clock(
            tale,
            "interim_ends" if order.kind == Order.Kind.INTERIM else "order_ends",
            case=case,
            about=pk,
            set_at=order.made_at,
            due_at=end_instant(
                guarded_by(order.kind, order.last_day, since=local_date(order.made_at))
            ),
            done_at=order.ended_at,
        )


def _served(batch: Batch, tale: Tale, case: str, order_pk: str, order: Made) -> Iterator[datetime]:
    by, served_at = tale.officer, order.served_at
    batch.add(
        Service,
        order_id=order_pk,
        case_id=case,
        served_at=served_at,
        method=Service.Method.IN_PERSON.value,
        place="Sample Street police station",
        served_by_name=str(by),
        pages_served=6,
        explained=True,
        notification_explained=True,
        acknowledgement=Service.Acknowledgement.SIGNED.value,
        recorded_by_id=by.pk,
        recorded_at=served_at,
    )
    if served_at and order.due_on:
        batch.event("serve", Order, order_pk, case=case, at=served_at, by=by)
        yield from _owed(batch, tale, case, order_pk, order)
    if order.breached_at:
        _breached(batch, tale, case, order_pk, order.breached_at)


def _owed(batch: Batch, tale: Tale, case: str, order_pk: str, order: Made) -> Iterator[datetime]:
    """The duty that follows from service, and his notification."""
    served_at, due_on = order.served_at, order.due_on
    if served_at is None or due_on is None:
        return
    began = local_date(served_at)
    pk = batch.add(
        Duty,
        case_id=case,
        force_id=tale.home.force.code,
        order_id=order_pk,
        kind=Duty.Kind.INITIAL.value,
        status=(Duty.Status.MET if order.notified_at else Duty.Status.OPEN).value,
        starts_on=began,
        due_on=due_on,
        provision="s9(1)",
        reason=f"3 days beginning with the day of service, {written(began)}",
    )
    batch.event("derive_duty", Duty, pk, case=case, at=served_at, by=tale.officer)
    if order.notified_at:
        _notified(batch, tale, case, pk, order.notified_at)
    yield from batch.clock(
        tale,
        "notify_initial",
        case=case,
        about=pk,
        set_at=served_at,
        due_at=end_instant(due_on),
        done_at=order.notified_at,
    )


def _notified(batch: Batch, tale: Tale, case: str, duty: str, at: datetime) -> None:
    batch.add(
        Attendance,
        duty_id=duty,
        case_id=case,
        attended_at=at,
        station_id=tale.home.station.pk,
        received_by_name=str(tale.officer),
        names_given=f"{tale.given} {tale.family}",
        address_limb=Attendance.AddressLimb.HOME.value,
        address_given="2 Mock Lane, Sampleton",
        home_force_id=tale.home.force.code,
        fingerprints=Attendance.Answer.NOT_ASKED.value,
        photograph=Attendance.Answer.NOT_ASKED.value,
        oral_statement=True,
        status=Attendance.Status.HANDED.value,
        handed_at=at,
        handed_by_name=str(tale.officer),
        handing_recorded_at=at,
        handing_recorded_by_id=tale.officer.pk,
        in_time=True,
        recorded_by_id=tale.officer.pk,
        recorded_at=at,
    )
    batch.event("record_attendance", Duty, duty, case=case, at=at, by=tale.officer)


def _breached(batch: Batch, tale: Tale, case: str, order_pk: str, at: datetime) -> None:
    """Reported, acknowledged and decided within a day."""
    by, reported_at, decided_at = tale.officer, at + HOUR, at + 20 * HOUR
    pk = batch.add(
        Breach,
        case_id=case,
        force_id=tale.home.force.code,
        order_id=order_pk,
        status=Breach.Status.DECIDED.value,
        happened_at=at,
        what_happened="He sent four messages.",
        source=Breach.Source.PROTECTED_PERSON.value,
        reported_at=reported_at,
        reported_by_id=by.pk,
        acknowledged_at=reported_at,
        acknowledged_by_id=by.pk,
        outcome=Breach.Outcome.CHARGED.value,
        decided_at=decided_at,
        decided_by_id=by.pk,
    )
    for verb, moment in (
        ("report", reported_at),
        ("acknowledge", reported_at),
        ("decide", decided_at),
    ):
        batch.event(verb, Breach, pk, case=case, at=moment, by=by)
