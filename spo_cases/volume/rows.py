"""A tale as rows: what the acts would have left in each room's tables, and their events."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from applications.models import Application, Hearing, Request
from breaches.models import Breach
from casework.models import Case
from law.periods import end_instant, local_date, written
from notifications.models import Attendance, Duty
from orders.models import Condition, Order, Service
from people.models import Identifier, Person, Token
from people.queries import tokens_of_facts
from spo_cases.volume.batch import Batch
from spo_cases.volume.tales import Made, Stage, Tale

S = Stage
STATUS = {
    S.REQUEST: Case.Status.REQUEST,
    S.DRAFTING: Case.Status.DRAFTING,
    S.COURT: Case.Status.COURT,
    S.OVER: Case.Status.ENDED,
    S.DECLINED: Case.Status.DECLINED,
    S.WITHDRAWN: Case.Status.ENDED,
} | dict.fromkeys((S.NOT_SERVED, S.INTERIM, S.FULL, S.OPEN_ENDED), Case.Status.ORDER)
REQUESTED = {S.REQUEST: Request.Status.RECEIVED, S.DECLINED: Request.Status.CONFIRMED}
APPLIED = {
    S.DRAFTING: Application.Status.DRAFT,
    S.COURT: Application.Status.LODGED,
    S.INTERIM: Application.Status.LODGED,
    S.WITHDRAWN: Application.Status.WITHDRAWN,
}
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


def write(batch: Batch, tale: Tale) -> None:
    """Everything that one case leaves."""
    person, case = _person(batch, tale), batch.new_id()
    running = [*_asked(batch, tale, case), *_ordered(batch, tale, case, person)]
    closed_at = {S.OVER: tale.order.ended_at if tale.order else None} | dict.fromkeys(
        (S.DECLINED, S.WITHDRAWN), tale.asked_at + 9 * DAY
    )
    batch.add(
        Case,
        case,
        force_id=tale.home.force.code,
        unit_id=tale.officer.unit_id,
        reference=batch.reference(tale.home, tale.asked_at),
        status=STATUS[tale.stage].value,
        restricted=tale.restricted,
        restricted_reason="Known to staff of the force" if tale.restricted else "",
        subject_id=person,
        officer_id=tale.officer.pk,
        domestic_abuse=tale.domestic_abuse,
        online_acts=tale.online_acts,
        asked_at=tale.asked_at,
        opened_at=tale.asked_at + HOUR,
        closed_at=closed_at.get(tale.stage),
        next_due_at=min(running, default=None),
    )


def _person(batch: Batch, tale: Tale) -> str:
    force = tale.home.force.code
    pk = batch.add(
        Person,
        force_id=force,
        given_names=tale.given,
        family_name=tale.family,
        born_on=tale.born_on,
        gender=tale.gender,
    )
    phones = [(Identifier.Kind.PHONE, tale.phone)] if tale.phone else []
    for kind, text in phones:
        batch.add(Identifier, person_id=pk, kind=kind.value, text=text)
    for token, text in sorted(tokens_of_facts([tale.given, tale.family], phones)):
        values = {"person_id": pk, "force_id": force, "kind": token, "text": text}
        batch.table(Token).add(values)
    return pk


def _asked(batch: Batch, tale: Tale, case: str) -> Iterator[datetime]:
    """From the first ask to the application."""
    recorded_at = tale.asked_at + HOUR
    request = batch.add(
        Request,
        case_id=case,
        status=REQUESTED.get(tale.stage, Request.Status.ACCEPTED).value,
        source=Request.Source.PARTNER.value,
        asked_at=tale.asked_at,
        asker_name="Sampleford Housing",
        subject_as_told=f"{tale.given} {tale.family}",
        concerns="He waits outside her work and sends messages every day.",
        recorded_by_id=tale.officer.pk,
        recorded_at=recorded_at,
    )
    by = tale.officer
    batch.event("record_request", Request, request, case=case, at=recorded_at, by=by)
    decided_at = None if tale.stage is S.REQUEST else tale.asked_at + 20 * HOUR
    due_at = end_instant(local_date(tale.asked_at + 2 * DAY))
    yield from batch.clock(
        tale,
        "decide_request",
        case=case,
        about=request,
        set_at=recorded_at,
        due_at=due_at,
        done_at=decided_at,
    )
    if decided_at is None:
        return
    verb = "decline_request" if tale.stage is S.DECLINED else "accept_request"
    batch.event(verb, Request, request, case=case, at=decided_at, by=by)
    if tale.stage is not S.DECLINED:
        yield from _applied(batch, tale, case, decided_at)


def _applied(batch: Batch, tale: Tale, case: str, begun_at: datetime) -> Iterator[datetime]:
    by = tale.officer
    lodged_at = None if tale.stage is S.DRAFTING else tale.asked_at + 9 * DAY
    pk = batch.add(
        Application,
        case_id=case,
        status=APPLIED.get(tale.stage, Application.Status.GRANTED).value,
        drafter_id=by.pk,
        duration="further_order" if lodged_at else "",
        court_id=tale.home.court.pk if lodged_at else None,
        lodged_on=local_date(lodged_at) if lodged_at else None,
        saved_at=lodged_at or begun_at,
        saved_by_id=by.pk,
    )
    batch.event("start_draft", Application, pk, case=case, at=begun_at, by=by)
    due_at = end_instant(local_date(begun_at + 14 * DAY))
    yield from batch.clock(
        tale,
        "send_application",
        case=case,
        about=case,
        set_at=begun_at,
        due_at=due_at,
        done_at=lodged_at,
    )
    if lodged_at:
        batch.event("lodge", Application, pk, case=case, at=lodged_at, by=by)
    if lodged_at and tale.hearing_at:
        yield from _listed(batch, tale, case, pk, lodged_at, tale.hearing_at)


def _listed(
    batch: Batch, tale: Tale, case: str, application: str, at: datetime, starts_at: datetime
) -> Iterator[datetime]:
    pk = batch.add(
        Hearing,
        case_id=case,
        application_id=application,
        court_id=tale.home.court.pk,
        starts_at=starts_at,
        purpose=Hearing.Purpose.INTERIM.value,
        notice_given=True,
    )
    batch.event("list_hearing", Hearing, pk, case=case, at=at, by=tale.officer)
    yield from batch.clock(
        tale, "hearing", case=case, about=pk, set_at=at, due_at=starts_at, done_at=None
    )


def _ordered(batch: Batch, tale: Tale, case: str, person: str) -> Iterator[datetime]:
    """From the order to its end."""
    if (order := tale.order) is None:
        return
    standing = Order.Status.SERVED if order.served_at else Order.Status.MADE
    pk = batch.add(
        Order,
        case_id=case,
        force_id=tale.home.force.code,
        subject_id=person,
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
            due_at=end_instant(order.last_day),
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
        acknowledgement_given=True,
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
