"""Writing the application. Every edit is one act: it takes back what was sent, and voids authority."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import Grant, User
from accounts.roles import Permission
from applications import checks, earlier, safety
from applications.lifecycle.clocks import await_sending, await_sending_again
from applications.lifecycle.voiding import void_authority
from applications.models import Application, Request
from applications.queries import has_order, people_open_to
from casework import actions as casework
from casework import clock
from casework.errors import Refused, WrongState, refuse_all
from casework.guessing import note, require_patience
from casework.lifecycle import Opening, Step, validate, wrong_fields
from casework.models import PROTECTED_ROLES, Case, Party
from law.findings import Finding, blocking
from people import actions as people
from people.models import Person

S, P = Application.Status, Permission
NOT_THE_NAME = "Do not use the person’s own name: the subject reads the papers. Ms A, for example"
ORDERED = (
    "An order was made against the subject of this case. Record a request against anybody else"
)
PROTECTED = "An order that has effect protects this person: nobody it protects leaves its case"
OPEN = (S.DRAFT, S.SUBMITTED, S.AUTHORISED, S.LODGED)
START_DRAFT = Opening("start_draft", S.DRAFT, P.DRAFT_APPLICATION, "begin an application")
EDIT = Step(
    "edit",
    frozenset({S.DRAFT, S.SUBMITTED, S.AUTHORISED}),
    S.DRAFT,
    P.DRAFT_APPLICATION,
    "change this application",
)
STEPS = (START_DRAFT, EDIT)
SECTIONS: dict[str, tuple[str, ...]] = {
    "area": ("area_limb", "area_reason"),
    "risk": ("risk", "risk_tool", "risk_level"),
    "necessity": ("necessity",),
    "consultation": ("consulted", "victim_view", "not_consulted_reason"),
    "other_orders": ("other_orders", "criminal_case", "criminal_reference"),
    "duration": (
        "duration",
        "asked_until",
        "duration_reason",
        "interim_sought",
        "interim_reason",
        "notice_given",
        "no_notice_reason",
    ),
}


def start_draft(case: Case, *, by: User) -> Application:
    """Begin the application: the request was taken forward, and none is under way in the case.

    Who begins the work on a case that nobody has is its officer.
    """
    application = Application(case=case, force=case.force, drafter=by, saved_by=by)
    with START_DRAFT.of(case, by=by) as opened:
        request = Request.objects.filter(case=case).first()
        if request is not None and request.status != Request.Status.ACCEPTED:
            raise WrongState(f"The request is not taken forward: {request.get_status_display()}.")
        if case.applications.filter(status__in=OPEN).exists():
            raise WrongState("An application is already under way in this case.")
        if case.force.kind != case.force.Kind.TERRITORIAL:
            application.area_limb = Application.AreaLimb.NONE_NEEDED
        opened.save(application)
        casework.let_in(case.pk, by, basis=Grant.Basis.ASSIGNMENT, by=by)
        if not Case.objects.filter(pk=case.pk).exclude(officer=None).exists():
            casework.give_to(case, by)
        await_sending(case, begun_on=clock.today())
    return application


@contextmanager
def editing(
    application: Application, *, by: User, section: str, version: int | None = None
) -> Iterator[Application]:
    """One edit: afterwards it is a draft again, and what was authorised is authorised no more."""
    with EDIT.on(application, by=by, version=version, section=section) as held:
        if held.status != S.DRAFT:
            await_sending_again(held, by=by)
        void_authority(held, by=by, reason=f"Changed after it was given: {section}")
        yield held
        held.saved_by, held.saved_at = by, clock.now()


def take_back(application: Application, *, by: User, version: int | None = None) -> Application:
    """Make it a draft again without changing a word, to send it anew."""
    with editing(application, by=by, section="taken back", version=version):
        pass
    return application


def save_section(
    application: Application,
    *,
    by: User,
    section: str,
    version: int | None = None,
    **facts: Any,
) -> Application:
    """Write one section. What the law forbids to ask for is refused here; gaps may be filled later."""
    if unknown := facts.keys() - set(SECTIONS[section]):
        raise Refused(min(unknown), "This is not part of the section")
    with editing(application, by=by, section=section, version=version) as held:
        for name, value in facts.items():
            setattr(held, name, value)
        if held.duration == Application.Duration.FURTHER_ORDER:
            held.asked_until = None
        _require_lawful(held, section)
        require_patience(by)
        confidential = safety.confidential_of_case(held)
        require_silent(safety.given_away_by_section(held, section, confidential), held)
    return application


def _require_lawful(application: Application, section: str) -> None:
    found = []
    if section == "duration":
        found = checks.duration_findings(application, today=clock.today())
    if section == "area" and application.area_limb:
        found = checks.area_findings(application)
    refuse_all(
        ("area_limb" if f.field == "area" else f.field, f"{f.message}, {f.provision}")
        for f in blocking(found)
    )


@contextmanager
def facts_refused() -> Iterator[None]:
    """What the people's room finds wrong with a fact, as a refusal that names the field."""
    try:
        yield
    except ValidationError as error:
        refuse_all(wrong_fields(error))


def name_subject(
    application: Application,
    *,
    by: User,
    person: Person | None = None,
    version: int | None = None,
    **facts: Any,
) -> Person:
    """Say whom the order is sought against: somebody already known, or a new person by `facts`."""
    with (
        editing(application, by=by, section="subject", version=version) as held,
        facts_refused(),
    ):
        case = held.case
        if (person is None or person.pk != case.subject_id) and has_order(case):
            raise Refused("person", ORDERED)
        if person is None:
            person = _named_just_now(case, facts) or people.add_person(case.force, by=by, **facts)
        elif facts:
            person = people.correct_person(person, by=by, **facts)
        _require_own(person, case, by)
        require_born(person)
        if case.parties.filter(person=person).exists():
            raise Refused("person", "This person is a victim or protected person in the case")
        case.subject = person
        case.save(update_fields=["subject"])
    application.case.subject = person
    return person


def _named_just_now(case: Case, facts: dict[str, Any]) -> Person | None:
    """The subject, where the same new person was named while this submit waited for the case."""
    subject = case.subject
    if subject is None:
        return None
    who = ("given_names", "family_name", "born_on")
    same = all((facts.get(name) or "") == (getattr(subject, name) or "") for name in who)
    return subject if same else None


def add_protected_person(
    application: Application,
    *,
    by: User,
    role: str,
    called: str,
    relationship: str = "",
    person: Person | None = None,
    version: int | None = None,
    **facts: Any,
) -> Party:
    """Say who was stalked, who is to be protected, or both; `called` is the name in documents."""
    with (
        editing(application, by=by, section="protected", version=version) as held,
        facts_refused(),
    ):
        case = held.case
        if person is None:
            person = people.add_person(case.force, by=by, **facts)
        _require_own(person, case, by)
        if case.subject_id == person.pk:
            raise Refused("person", "The subject cannot be a protected person in the same case")
        if role in PROTECTED_ROLES and not called.strip():
            raise Refused("called", "Enter the name by which court papers call this person")
        if safety.tells_name(called, person):
            raise Refused("called", NOT_THE_NAME)
        if case.parties.filter(called=called).exclude(person=person).exclude(called="").exists():
            raise Refused("called", f"Somebody else in this case is called {called}")
        if role not in PROTECTED_ROLES:
            _require_unprotected(case.parties.filter(person=person).first(), "role")
        party = casework.add_party(
            case, person, role=role, called=called.strip(), relationship=relationship
        )
        validate(party)
    return party


def remove_protected_person(
    application: Application, *, by: User, party: Party, version: int | None = None
) -> None:
    """The person is not part of this case after all."""
    with editing(application, by=by, section="protected", version=version) as held:
        if party.case_id != held.case_id:
            raise Refused("party", "This person is not in the case")
        _require_unprotected(party, None)
        casework.remove_party(party)


def _require_unprotected(party: Party | None, field: str | None) -> None:
    """Papers, the vault and consents read who is in the case: what an order protects stays so."""
    if party is not None and party.role in PROTECTED_ROLES and earlier.protects(party):
        raise Refused(field, PROTECTED)


def _require_own(person: Person, case: Case, by: User) -> None:
    if not people_open_to(by, case.force).filter(pk=person.pk).exists():
        raise Refused("person", "Select a person whose record is open to you")


def require_born(person: Person) -> None:
    if person.born_on is not None and person.born_on > clock.today():
        raise Refused("born_on", "The date of birth must be in the past")


def require_silent(found: Iterable[Finding], application: Application) -> None:
    """The subject reads what the court is given: said now, before the paper itself is stopped."""
    told = [(finding.field, finding.message) for finding in found]
    if told:
        note(application)
    refuse_all(told)
