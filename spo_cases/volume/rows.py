"""A tale as rows: what the acts would have left in each room's tables, and their events."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from applications.models import Application, Hearing, Request
from casework.models import Case
from law.periods import end_instant, local_date
from people.models import Identifier, Person, Token
from people.queries import tokens_of_facts
from spo_cases.volume import order_rows
from spo_cases.volume.batch import Batch
from spo_cases.volume.tales import Stage, Tale

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
OVER = {S.WITHDRAWN: Application.WithdrawalReason.NOT_NEEDED.value}
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def write(batch: Batch, tale: Tale) -> None:
    """Everything that one case leaves."""
    person, case, application = _person(batch, tale), batch.new_id(), batch.new_id()
    running = [
        *_asked(batch, tale, case, application),
        *order_rows.ordered(batch, tale, case, person, application),
    ]
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


def _asked(batch: Batch, tale: Tale, case: str, application: str) -> Iterator[datetime]:
    """From the first ask to the application."""
    recorded_at = tale.asked_at + HOUR
    request = batch.add(
        Request,
        case_id=case,
        force_id=tale.home.force.code,
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
        yield from _applied(batch, tale, case, application, decided_at)


def _applied(
    batch: Batch, tale: Tale, case: str, pk: str, begun_at: datetime
) -> Iterator[datetime]:
    by = tale.officer
    lodged_at = None if tale.stage is S.DRAFTING else tale.asked_at + 9 * DAY
    batch.add(
        Application,
        pk,
        case_id=case,
        force_id=tale.home.force.code,
        status=APPLIED.get(tale.stage, Application.Status.GRANTED).value,
        drafter_id=by.pk,
        duration="further_order" if lodged_at else "",
        court_id=tale.home.court.pk if lodged_at else None,
        lodged_on=local_date(lodged_at) if lodged_at else None,
        determined_on=_determined_on(tale),
        outcome_reason=OVER.get(tale.stage, ""),
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


def _determined_on(tale: Tale) -> date | None:
    """The day of the order, where the application was granted, or the day it was given up."""
    if tale.stage is S.WITHDRAWN:
        return local_date(tale.asked_at + 12 * DAY)
    granted = tale.order is not None and tale.stage not in APPLIED
    return local_date(tale.order.made_at) if tale.order and granted else None


def _listed(
    batch: Batch, tale: Tale, case: str, application: str, at: datetime, starts_at: datetime
) -> Iterator[datetime]:
    pk = batch.add(
        Hearing,
        case_id=case,
        force_id=tale.home.force.code,
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
