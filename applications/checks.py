"""What stands in the way of sending an application: parts not done, and what the law's checks block.

Composes the findings of `law`; every rule of the Act is there. What is here is the safety rule, that
no condition gives away where a protected person is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Self

from applications import earlier, elsewhere, library, safety
from applications.models import Application, ProposedCondition, StalkingAct
from applications.parts import PARTS
from applications.subject import subject_findings
from law import application as law_application
from law import conditions, content, drafting, duration, grounds, interim
from law.findings import PRACTICE, Finding, block, blocking, warn
from law.periods import written

FORCE_RULE = "force rule"
S = Application.Status
DETERMINED = frozenset({S.GRANTED, S.REFUSED, S.WITHDRAWN})


@dataclass(frozen=True)
class Obstacle:
    """One thing to do before the application can be sent, and the part in which to do it."""

    section: str
    message: str
    finding: Finding | None = None
    condition: ProposedCondition | None = None
    act: StalkingAct | None = None


def as_law(condition: ProposedCondition) -> content.ConditionContent:
    """The condition as the law's checks read it."""
    return content.ConditionContent(
        kind=content.ConditionKind(condition.kind),
        text=condition.text,
        limited_to_locality=bool(condition.locality),
        locality=condition.locality,
        own_period=condition.own_last_day is not None,
        own_last_day=condition.own_last_day,
        necessity=condition.necessity,
        avoidance=content.Avoidance(
            conflicts_with_religion=condition.conflicts_with_religion,
            interferes_with_work=condition.interferes_with_work,
            interferes_with_education=condition.interferes_with_education,
            note=condition.interference_note,
        ),
    )


@dataclass(frozen=True)
class Beside:
    """What every condition of an application is read beside."""

    confidential: tuple[str, ...]
    earlier: tuple[earlier.Earlier, ...]
    today: date

    @classmethod
    def of(cls, application: Application, *, today: date) -> Self:
        secrets = safety.confidential_of_case(application)
        return cls(secrets, tuple(earlier.before(application)), today)


def condition_findings(condition: ProposedCondition, beside: Beside) -> list[Finding]:
    """All there is to say about one condition, the blocking first."""
    as_content = as_law(condition)
    found = [
        *content.stated(as_content),
        *drafting.findings(condition.text, kind=as_content.kind, gaps=_gaps(condition)),
        *conditions.check(as_content),
        *_clash(condition, beside),
        *_own_period(condition, beside.today),
        *safety.findings(
            safety.words_of(condition),
            discloses_location=condition.discloses_location,
            confidential=beside.confidential,
        ),
        *safety.given_away_by_condition(condition, beside.confidential),
        *_monitoring(condition),
        *_label(condition),
    ]
    return [*blocking(found), *(f for f in found if f not in blocking(found))]


def _label(condition: ProposedCondition) -> list[Finding]:
    """The library's conditions have a name; one in own words is asked for it."""
    if condition.library_code or condition.short.strip():
        return []
    message = "Say it in a few plain words: lists show them, and the protected person’s advocate"
    return [warn(PRACTICE, "short", message)]


def _entry(condition: ProposedCondition) -> library.Entry:
    """The library's entry as this condition took it."""
    return library.entry(condition.library_code, condition.library_version)


def _gaps(condition: ProposedCondition) -> tuple[str, ...]:
    if not condition.library_code:
        return ()
    return library.gaps(_entry(condition), condition.slots)


def _clash(condition: ProposedCondition, beside: Beside) -> list[Finding]:
    """s2(7), by what the officer found: a judgment where an order binds already, and its answer."""
    if not condition.clash:
        kinds = [order.kind for order in beside.earlier]
        return conditions.earlier_findings(kinds, kind=condition.kind)
    if condition.clash == condition.NO_CLASH:
        return []
    other = conditions.OtherOrder(condition.clash)
    return conditions.clash_findings(conditions.Clash(other, condition.clash_note))


def _own_period(condition: ProposedCondition, today: date) -> list[Finding]:
    if condition.own_last_day is None:
        return []
    if condition.own_last_day < today:
        message = f"This condition would end on {written(condition.own_last_day)}, in the past"
        return [block("s3(3)", "own_last_day", message)]
    asked_until = condition.application.asked_until
    return conditions.period_findings(
        made_on=today,
        order_last_day=asked_until if asked_until and asked_until >= today else None,
        own_last_day=condition.own_last_day,
    )


def _monitoring(condition: ProposedCondition) -> Iterator[Finding]:
    if not condition.monitoring.strip():
        message = "Say how it will be checked, by whom and how often"
        yield warn(PRACTICE, "monitoring", message)
    if not condition.evidence.strip():
        yield warn(PRACTICE, "evidence", "Name the evidence for this condition")
    if not condition.library_code:
        message = "Bespoke: nobody has tried these words before a court"
        yield warn(FORCE_RULE, "text", message)
    elif _entry(condition).version != library.entry(condition.library_code).version:
        message = "The library has a newer wording. To take it, remove this and add it again"
        yield warn(FORCE_RULE, "text", message)


def application_findings(application: Application, *, today: date) -> list[Finding]:
    """What the law says about the application beside its conditions, while it can be mended."""
    if application.status in DETERMINED:
        return []
    return [
        *area_findings(application),
        *duration_findings(application, today=today),
        *act_findings(application, today=today),
        *subject_findings(application, applied_on=application.lodged_on or today),
        *interim_findings(application),
        *elsewhere.findings(application),
        *safety.names_said(application),
    ]


def interim_findings(application: Application) -> list[Finding]:
    """s5(1) to (3): may this force ask for an interim order, and does it say why?"""
    if not application.interim_sought:
        return []
    force = application.case.force_id
    found = interim.asking_findings(
        main_application_made=True,  # together with this, s5(2)(a), or before
        main_application_determined=application.status in DETERMINED,
        applicant_force=force,
        main_applicant_force=force,
        reason=application.interim_reason,
    )
    return [Finding(f.provision, f.weight, "interim_reason", f.message) for f in found]


def area_findings(application: Application) -> list[Finding]:
    """s1(3), with the limb that was chosen."""
    limb = application.area_limb
    return law_application.may_apply(
        force_kind=application.case.force.kind,
        resides=limb == Application.AreaLimb.RESIDES,
        believed_in=limb == Application.AreaLimb.BELIEVED_IN,
        intends_to_come=limb == Application.AreaLimb.INTENDS,
    )


def duration_findings(application: Application, *, today: date) -> list[Finding]:
    """s3(2), were the order made today: a later day can only ask for a later end."""
    until = application.asked_until
    if application.duration != Application.Duration.FIXED or until is None:
        return []
    if until < today:
        return [block("s3(2)", "asked_until", f"{written(until)} is in the past")]
    found = duration.findings(made_on=today, last_day=until)
    return [Finding(f.provision, f.weight, "asked_until", f.message) for f in found]


def act_findings(application: Application, *, today: date) -> list[Finding]:
    """s1(1)(a), on the acts as they are recorded."""
    acts = [
        grounds.Act(grounds.ActKind(act.kind), act.from_on)
        for act in application.acts.all()
        if act.from_on <= today
    ]
    return grounds.act_findings(acts, asked_on=today)


def obstacles(application: Application, *, today: date) -> list[Obstacle]:
    """All that is in the way of sending, in the order of the task list.

    What is determined is mended no more. It stands as it was lodged, with nothing in the way; one that
    was given up before lacks the parts that were not written.
    """
    over = application.status in DETERMINED
    if over and application.lodged_on is not None:
        return []
    found = [
        Obstacle(section, message)
        for section, missing in PARTS.items()
        for message in missing(application)
    ]
    return found if over else _blocked(application, found, today=today)


def _blocked(application: Application, found: list[Obstacle], *, today: date) -> list[Obstacle]:
    """What is missing, and what the law or the safety of a protected person forbids to send."""
    found += [
        Obstacle(SECTION_OF.get(f.field, "check"), f.message, f)
        for f in blocking(application_findings(application, today=today))
        if not any(o.section == SECTION_OF.get(f.field) for o in found)
    ]
    beside = Beside.of(application, today=today)
    found += given_away(application, beside.confidential)
    for condition in application.conditions.all():
        findings = condition_findings(condition, beside)
        found += [
            Obstacle("conditions", f"Condition {condition.position}: {f.message}", f, condition)
            for f in blocking(findings)
        ]
    return sorted(found, key=lambda o: [*PARTS].index(o.section))


def given_away(application: Application, confidential: tuple[str, ...]) -> Iterator[Obstacle]:
    """Where the parts and the acts would tell the subject what is kept confidential."""
    for section in safety.SECTIONS:
        for found in safety.given_away_by_section(application, section, confidential):
            yield Obstacle(section, found.message, found)
    for act in application.acts.all():
        for found in safety.given_away_by_act(act, confidential):
            message = f"The act of {written(act.from_on)}: {found.message}"
            yield Obstacle("acts", message, found, act=act)


def gives_away(application: Application) -> bool:
    """Whether any of its words tell what is kept confidential, by what the vault holds now."""
    confidential = safety.confidential_of_case(application)
    return any(given_away(application, confidential)) or any(
        safety.given_away_by_any(condition, confidential)
        for condition in application.conditions.all()
    )


SECTION_OF = {
    "area": "area",
    "asked_until": "duration",
    "interim_reason": "duration",
    "acts": "acts",
    "other_records": "other_records",
}
