"""A superintendent decides on exactly one text. Whoever drafted or changed it last does not."""

from collections.abc import Iterator
from datetime import timedelta
from typing import NotRequired, TypedDict, Unpack

from accounts.models import MAY_AUTHORISE, User
from accounts.policy import Denied
from accounts.roles import Permission, Role
from alerts.actions import raise_alert
from applications import checks, content
from applications.documents import ApplicationForCourt
from applications.lifecycle.clocks import POLICY, await_sending, stop_sending
from applications.models import Application, Authority
from applications.queries import stopped_papers
from casework import actions as casework
from casework import clock
from casework.errors import Refused, Stale, refuse_all
from casework.lifecycle import Step, validate
from documents import actions as documents
from law.findings import blocking
from law.grounds import Ground, View, check

S, P = Application.Status, Permission
D = Authority.Decision
WAITING = frozenset({S.SUBMITTED})
SUBMIT = Step("submit", frozenset({S.DRAFT}), S.SUBMITTED, P.DRAFT_APPLICATION, "send this")
GIVE_AUTHORITY = Step(
    "give_authority", WAITING, S.AUTHORISED, P.AUTHORISE_APPLICATION, "decide on this"
)
RETURN_APPLICATION = Step(
    "return_application", WAITING, S.DRAFT, P.AUTHORISE_APPLICATION, "decide on this"
)
REFUSE_AUTHORITY = Step(
    "refuse_authority", WAITING, S.DRAFT, P.AUTHORISE_APPLICATION, "decide on this"
)
STEPS = (SUBMIT, GIVE_AUTHORITY, RETURN_APPLICATION, REFUSE_AUTHORITY)
STOPPED = (
    "It may tell where a protected person is, so no paper of it can be made. Return it, and say "
    "what must be written another way"
)
AUTHORISE_WITHIN = timedelta(hours=24)
LODGE_WITHIN = timedelta(hours=48)
LIMBS = {
    Ground.ACTS: ("acts_met", "acts_reason"),
    Ground.RISK: ("risk_met", "risk_reason"),
    Ground.NECESSITY: ("necessity_met", "necessity_reason"),
}


def submit_for_authority(
    application: Application, *, by: User, version: int | None = None
) -> Application:
    """Send the whole application to a superintendent. What is missing or blocked is refused."""
    with SUBMIT.on(application, by=by, version=version) as held:
        refuse_all(_in_the_way(held))
        held.submitted_at, held.submitted_by = clock.now(), by
        stop_sending(held, by=by)
        casework.start_clock(
            held.case,
            "authorise",
            about=held.pk,
            title="Decide whether to apply",
            owner_role=Role.AUTHORISING_OFFICER,
            due_at=held.submitted_at + AUTHORISE_WITHIN,
            provision=POLICY,
            reason="24 hours after it was sent",
            path=f"/applications/{held.pk}/authority/",
            at_moment="24 hours",
        )
        raise_alert(
            "authority_asked",
            case=held.case,
            key=f"authority_asked:{held.pk}:{held.version}",
            path=f"/applications/{held.pk}/authority/",
            text="Decide whether the force applies for an order",
            by=by,
            recipients=("role:authorising_officer",),
        )
        documents.request(held.case, ApplicationForCourt.of(held), about_id=held.pk, by=by)
    return application


def _in_the_way(application: Application) -> Iterator[tuple[str, str]]:
    for obstacle in checks.obstacles(application, today=clock.today()):
        provision = f", {obstacle.finding.provision}" if obstacle.finding else ""
        yield obstacle.section, f"{obstacle.message}{provision}"


class Views(TypedDict):
    """The three grounds of s1(1) as they appear to the authorising officer."""

    acts_met: bool | None
    acts_reason: str
    risk_met: bool | None
    risk_reason: str
    necessity_met: bool | None
    necessity_reason: str
    note: NotRequired[str]


def give_authority(
    application: Application, *, by: User, seen_hash: str, **views: Unpack[Views]
) -> Authority:
    """Authorise the text that was seen, and nothing else: all three grounds appear to be met.

    seen_hash  of the content on the page; Stale if the text is another one by now.
    """
    with GIVE_AUTHORITY.on(application, by=by, seen_hash=seen_hash) as held:
        _require_superintendent(held, by)
        _require_silent(held)
        _require_met(views)
        authority = _keep(held, by, D.GIVEN, seen_hash, views)
        casework.stop_clock(held.case, "authorise", about=held.pk, by=by)
        casework.start_clock(
            held.case,
            "lodge",
            about=held.pk,
            title="Lodge the application at court",
            owner_role=Role.OFFICER,
            due_at=authority.decided_at + LODGE_WITHIN,
            provision=POLICY,
            reason="48 hours after authority",
            path=f"/applications/{held.pk}/lodge/",
            at_moment="48 hours",
        )
        _tell_drafter(held, authority, "Lodge the application: authority is given", by)
    return authority


def return_application(
    application: Application, *, by: User, seen_hash: str, note: str
) -> Authority:
    """Send it back with what must be mended, and decide nothing yet."""
    if not note.strip():
        raise Refused("note", "Enter what must be mended")
    with RETURN_APPLICATION.on(application, by=by, seen_hash=seen_hash) as held:
        views = Views(
            acts_met=None,
            acts_reason="",
            risk_met=None,
            risk_reason="",
            necessity_met=None,
            necessity_reason="",
            note=note,
        )
        return _back_to_draft(held, by, D.RETURNED, seen_hash, views)


def refuse_authority(
    application: Application, *, by: User, seen_hash: str, **views: Unpack[Views]
) -> Authority:
    """The force does not apply on this text. At least one ground is not met, with its reason."""
    with REFUSE_AUTHORITY.on(application, by=by, seen_hash=seen_hash) as held:
        _require_looked_at(views)
        if all(views[met] for met, _ in LIMBS.values()):  # type: ignore[literal-required]
            message = "You say that all three grounds are met. Say which is not, or authorise it"
            raise Refused("necessity_met", message)
        return _back_to_draft(held, by, D.REFUSED, seen_hash, views)


def decide_authority(
    application: Application, *, by: User, decision: str, seen_hash: str, **views: Unpack[Views]
) -> Authority:
    """One page for the three decisions: authorise, return with what to mend, refuse."""
    if decision == D.GIVEN:
        return give_authority(application, by=by, seen_hash=seen_hash, **views)
    if decision == D.REFUSED:
        return refuse_authority(application, by=by, seen_hash=seen_hash, **views)
    if decision == D.RETURNED:
        note = views.get("note", "")
        return return_application(application, by=by, seen_hash=seen_hash, note=note)
    raise Refused("decision", "Select what you decide")


def _back_to_draft(
    application: Application, by: User, decision: D, seen_hash: str, views: Views
) -> Authority:
    _require_superintendent(application, by)
    authority = _keep(application, by, decision, seen_hash, views)
    casework.stop_clock(application.case, "authorise", about=application.pk, by=by)
    await_sending(application.case, begun_on=clock.today())
    words = "Read why the application came back from the superintendent"
    _tell_drafter(application, authority, words, by)
    return authority


def _keep(
    application: Application, by: User, decision: D, seen_hash: str, views: Views
) -> Authority:
    """The decision with the content that was decided on."""
    seen = content.content_of(application)
    if content.hash_of(seen) != seen_hash:
        raise Stale("The application is not the one that you looked at.")
    authority = Authority(
        application=application,
        case=application.case,
        force=application.case.force,
        drafter_id=application.drafter_id,
        decided_by=by,
        decided_at=clock.now(),
        decision=decision,
        content=seen,
        content_hash=seen_hash,
        **views,
    )
    validate(authority)
    authority.save(force_insert=True)
    return authority


def _require_superintendent(application: Application, by: User) -> None:
    if by.rank not in MAY_AUTHORISE:
        raise Denied("Only a superintendent or above can authorise an application")
    if by.pk == application.saved_by_id:
        raise Denied("The person who changed an application last cannot authorise it")


def _require_silent(application: Application) -> None:
    """A text whose papers are stopped, or would be, cannot go to court: there is nothing to allow."""
    if checks.gives_away(application) or stopped_papers(application).exists():
        raise Refused("decision", STOPPED)


def _require_met(views: Views) -> None:
    found = check(
        {
            ground: View(met=views[met], reasons=views[reason])  # type: ignore[literal-required]
            for ground, (met, reason) in LIMBS.items()
        }
    )
    refuse_all(
        [
            *((LIMBS[Ground(f.field)][0], f.message) for f in blocking(found)),
            *_without_reasons(views),
        ]
    )


def _require_looked_at(views: Views) -> None:
    """Each ground has its answer and its reasons, whatever they are."""
    refuse_all(
        [
            *(
                (met, f"Decide whether this is so: {ground.asks}")
                for ground, (met, _) in LIMBS.items()
                if views[met] is None  # type: ignore[literal-required]
            ),
            *_without_reasons(views),
        ]
    )


def _without_reasons(views: Views) -> Iterator[tuple[str, str]]:
    for _, reason in LIMBS.values():
        if not views[reason].strip():  # type: ignore[literal-required]
            yield reason, "Enter your reasons for this ground"


def _tell_drafter(application: Application, authority: Authority, text: str, by: User) -> None:
    raise_alert(
        "authority_decided",
        case=application.case,
        key=f"authority_decided:{authority.pk}",
        path=f"/applications/{application.case_id}/",
        text=text,
        by=by,
    )
