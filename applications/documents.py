"""What the court is given: the complaint and the draft orders, as plain facts.

The court gives the subject a copy, so nothing here may say where a protected person is. Protected
persons appear by the name that the case uses in documents, never by what the vault holds.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Self

from applications.considering import considered
from applications.content import address_of, check_value, content_of, hash_of
from applications.models import Application, ProposedCondition, StalkingAct
from applications.queries import living_authority
from casework import clock
from casework.models import PROTECTED_ROLES, Case
from documents.audiences import ForCourt
from documents.words import chief_officer_of
from law.application import age_on, court_for
from law.grounds import ActKind
from law.offences import APPLY


@dataclass(frozen=True, kw_only=True)
class Act:
    """One act associated with stalking, s1(6)."""

    kind: str  # in words
    on: date
    until: date | None
    time: str  # 17:05, or empty
    place: str
    online: bool
    description: str
    exhibit: str


@dataclass(frozen=True, kw_only=True)
class AskedCondition:
    """A condition with what s2(2) and s2(3) ask of each one.

    Never how the police will check it, nor what they looked at for it: he gets a copy, and would know
    when nobody looks.
    """

    number: int
    heading: str
    kind: str  # prohibition or requirement
    text: str
    locality: str  # empty: all parts of the United Kingdom
    own_last_day: date | None
    necessity: str
    evidence: str
    considered: str  # religion, work, education: as it was answered, in sentences


@dataclass(frozen=True, kw_only=True)
class Authorisation:
    """Who authorised the complaint for the chief officer."""

    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ApplicationForCourt(ForCourt):
    """The complaint under s1, with s5 where an interim order is sought."""

    kind: ClassVar[str] = "application"
    name: ClassVar[str] = "Complaint for an order"
    about: ClassVar[str] = "applications.Application"

    check_value: str  # of the content: the same words have the same, on every page and paper
    code: str
    court: str  # empty until it is lodged
    youth_court: bool
    court_reference: str
    dated_on: date
    applicant: str
    defendant: str
    defendant_born_on: date | None
    defendant_age: int | None
    defendant_address: str
    area: str  # the limb of s1(3), as a sentence
    area_reason: str
    authorised: Authorisation | None
    protected: tuple[str, ...]
    asked_until: date | None  # None: until further order
    duration_reason: str
    interim_sought: bool
    interim_reason: str
    without_notice: bool
    no_notice_reason: str
    acts: tuple[Act, ...]
    risk: str
    risk_tool: str
    risk_level: str
    necessity: str
    consulted: str  # as a sentence
    other_orders: str
    criminal_case: str
    conditions: tuple[AskedCondition, ...]

    @classmethod
    def called(cls, record: Application) -> str:
        return f"{cls.name} ({record.get_status_display().lower()})"

    @classmethod
    def of(cls, record: Application) -> Self:
        """The complaint as the draft stands now."""
        subject, interim = record.case.subject, bool(record.interim_sought)
        born_on = subject.born_on if subject else None
        dated_on = record.lodged_on or clock.today()
        return cls(
            title=_complaint_title(interim=interim),
            reference=record.case.reference,
            check_value=check_value(hash_of(content_of(record))),
            code=APPLY,
            court=record.court.name if record.court else "",
            youth_court=born_on is not None
            and court_for(born_on=born_on, applied_on=dated_on) == "youth",
            court_reference=record.court_reference,
            dated_on=dated_on,
            applicant=chief_officer_of(record.case.force),
            defendant=subject.full_name if subject else "",
            defendant_born_on=born_on,
            defendant_age=age_on(born_on, dated_on) if born_on else None,
            defendant_address=address_of(record.case),
            area=AREA_SENTENCES.get(record.area_limb, ""),
            area_reason=record.area_reason,
            authorised=_authorisation(record),
            protected=protected_names(record.case),
            asked_until=record.asked_until,
            duration_reason=record.duration_reason,
            interim_sought=interim,
            interim_reason=record.interim_reason,
            without_notice=record.notice_given is False,
            no_notice_reason=record.no_notice_reason,
            acts=tuple(_act(act) for act in record.acts.all()),
            risk=record.risk,
            risk_tool=record.risk_tool,
            risk_level=record.risk_level,
            necessity=record.necessity,
            consulted=CONSULTED_SENTENCES.get(record.consulted, ""),
            other_orders=_said_to_the_court(record.other_orders),
            criminal_case=str(record.get_criminal_case_display()),
            conditions=_conditions(record),
        )


@dataclass(frozen=True, kw_only=True)
class DraftOrderForCourt(ForCourt):
    """The full order that the court is asked to make, ready for its own words."""

    kind: ClassVar[str] = "draft_order"
    name: ClassVar[str] = "Draft order"
    about: ClassVar[str] = "applications.Application"
    interim: ClassVar[bool] = False

    check_value: str  # of the content: the same words have the same, on every page and paper
    court: str
    court_reference: str
    applicant: str
    defendant: str
    defendant_born_on: date | None
    order_kind: str  # full or interim
    asked_until: date | None
    conditions: tuple[AskedCondition, ...]

    @classmethod
    def called(cls, record: Application) -> str:
        return f"{cls.name} ({record.get_status_display().lower()})"

    @classmethod
    def of(cls, record: Application) -> Self:
        """The order as the application asks for it now."""
        subject = record.case.subject
        return cls(
            title=f"Draft {'Interim ' if cls.interim else ''}Stalking Protection Order",
            reference=record.case.reference,
            check_value=check_value(hash_of(content_of(record))),
            court=record.court.name if record.court else "",
            court_reference=record.court_reference,
            applicant=chief_officer_of(record.case.force),
            defendant=subject.full_name if subject else "",
            defendant_born_on=subject.born_on if subject else None,
            order_kind="interim" if cls.interim else "full",
            asked_until=None if cls.interim else record.asked_until,
            conditions=_conditions(record),
        )


@dataclass(frozen=True, kw_only=True)
class DraftInterimOrderForCourt(DraftOrderForCourt):
    """The interim order that the court is asked to make meanwhile, s5."""

    kind: ClassVar[str] = "draft_interim_order"
    name: ClassVar[str] = "Draft interim order"
    interim: ClassVar[bool] = True

    @classmethod
    def exists_for(cls, record: Application) -> bool:
        return bool(record.interim_sought)


AREA_SENTENCES: dict[str, str] = {
    Application.AreaLimb.RESIDES: "The defendant resides in the applicant’s police area",
    Application.AreaLimb.BELIEVED_IN: (
        "The applicant believes that the defendant is in the applicant’s police area"
    ),
    Application.AreaLimb.INTENDS: (
        "The applicant believes that the defendant is intending to come to the applicant’s police area"
    ),
}
CONSULTED_SENTENCES: dict[str, str] = {
    "victim": "The person to be protected was consulted.",
    "advocate": "The person to be protected was consulted through an advocate.",
    "both": "The person to be protected was consulted, and so was an advocate on that person’s behalf.",
}


def _complaint_title(*, interim: bool) -> str:
    title = "Complaint for a Stalking Protection Order"
    return f"{title} and for an interim order" if interim else title


def protected_names(case: Case) -> tuple[str, ...]:
    """How documents name the protected persons. One without such a name is not named."""
    return tuple(
        party.called or "a person who is not named here"
        for party in case.parties.filter(role__in=PROTECTED_ROLES).order_by("called", "id")
    )


def _said_to_the_court(other_orders: str) -> str:
    """ "None" as a sentence that a court can read; everything else as it was written."""
    if other_orders.strip(" .\n").lower() in ("none", "no", "nil", "none known"):
        return "No other order, and no bail, is known to the applicant."
    return other_orders


def _authorisation(record: Application) -> Authorisation | None:
    given = living_authority(record)
    return Authorisation(by=str(given.decided_by), at=given.decided_at) if given else None


def act_name(kind: str) -> str:
    """The kind of s2A(3) in a word or two: "Watching or spying"."""
    return "Another act" if kind == ActKind.OTHER else kind.replace("_", " ").capitalize()


def _act(act: StalkingAct) -> Act:
    return Act(
        kind=act_name(act.kind),
        on=act.from_on,
        until=act.until_on,
        time=f"{act.time:%H:%M}" if act.time else "",
        place=act.place,
        online=act.online,
        description=act.description,
        exhibit=act.exhibit,
    )


def _conditions(record: Application) -> tuple[AskedCondition, ...]:
    return tuple(
        _condition(number, condition)
        for number, condition in enumerate(record.conditions.all(), start=1)
    )


def _condition(number: int, condition: ProposedCondition) -> AskedCondition:
    return AskedCondition(
        number=number,
        heading=condition.short,
        kind=condition.kind,
        text=condition.text,
        locality=condition.locality,
        own_last_day=condition.own_last_day,
        necessity=condition.necessity,
        evidence=condition.evidence,
        considered=considered(condition),
    )
