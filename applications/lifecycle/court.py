"""To the court and back: lodging (ST19501), and giving an application up."""

from datetime import date

from accounts.models import User
from accounts.roles import Permission
from applications import content
from applications.checks import duration_findings
from applications.courts import court_findings, courts_used_by
from applications.documents import (
    ApplicationForCourt,
    DraftInterimOrderForCourt,
    DraftOrderForCourt,
)
from applications.lifecycle.clocks import await_listing, stop_sending
from applications.lifecycle.hearings import close
from applications.models import Application, Authority, Court
from applications.queries import living_authority
from casework import actions as casework
from casework import clock
from casework.errors import Refused, WrongState, refuse_all
from casework.lifecycle import Step
from documents import actions as documents
from law.findings import Finding, blocking
from law.offences import APPLY
from law.periods import local_date

S, P = Application.Status, Permission
LODGE = Step("lodge", frozenset({S.AUTHORISED}), S.LODGED, P.LODGE_APPLICATION, "lodge this")
WITHDRAW = Step(
    "withdraw_application",
    frozenset({S.DRAFT, S.SUBMITTED, S.AUTHORISED, S.LODGED}),
    S.WITHDRAWN,
    P.LODGE_APPLICATION,
    "withdraw this",
)
STEPS = (LODGE, WITHDRAW)


def lodge(
    application: Application,
    *,
    by: User,
    court: Court,
    lodged_on: date,
    court_reference: str = "",
    version: int | None = None,
) -> Application:
    """Lodge the complaint, ST19501: on the authority given for exactly this text, s1."""
    with LODGE.on(application, by=by, version=version, code=APPLY) as held:
        authority = _require_authority(held)
        if not local_date(authority.decided_at) <= lodged_on <= clock.today():
            message = "The day of lodging must be from the day of the authority until today"
            raise Refused("lodged_on", message, _wrong_court(held, court))
        refuse_all(
            [
                *_wrong_court(held, court),
                *_said(court_findings(held, court, applied_on=lodged_on)),
                *(
                    (None, message)
                    for _, message in _said(duration_findings(held, today=lodged_on))
                ),
            ]
        )
        held.court, held.lodged_on, held.court_reference = court, lodged_on, court_reference
        casework.stop_clock(held.case, "lodge", about=held.pk, by=by)
        await_listing(held.case, held)
        _ask_for_papers(held, by)
    return application


def _wrong_court(application: Application, court: Court) -> list[tuple[str, str]]:
    if courts_used_by(application.case.force_id).filter(pk=court.pk).exists():
        return []
    return [("court", "Select a court that is in use")]


def _said(findings: list[Finding]) -> list[tuple[str, str]]:
    """What the law forbids, at its fields."""
    return [(f.field, f"{f.message}, {f.provision}") for f in blocking(findings)]


def _require_authority(application: Application) -> Authority:
    authority = living_authority(application)
    if authority is None:
        raise WrongState("There is no authority for this application.")
    if authority.content_hash != content.hash_of(content.content_of(application)):
        message = "The application was changed after it was authorised. Send it for authority again"
        raise Refused(None, message)
    return authority


def _ask_for_papers(application: Application, by: User) -> None:
    papers: list[type[ApplicationForCourt | DraftOrderForCourt]] = [
        ApplicationForCourt,
        DraftOrderForCourt,
    ]
    if application.interim_sought:
        papers.append(DraftInterimOrderForCourt)
    for paper in papers:
        documents.request(application.case, paper.of(application), about_id=application.pk, by=by)


def withdraw_application(
    application: Application, *, by: User, reason: str, note: str = ""
) -> Application:
    """Give it up, before or after lodging. After lodging this determines it."""
    if reason not in Application.WithdrawalReason.values:
        raise Refused("reason", "Select why the application is withdrawn")
    with WITHDRAW.on(application, by=by, reason=reason) as held:
        held.outcome_reason, held.outcome_note = reason, note
        held.determined_on = clock.today()
        stop_sending(held, by=by)
        close(held, by=by)
    return application
