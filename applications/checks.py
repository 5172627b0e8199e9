"""What stands in the way of sending an application: parts not done, and what the law's checks block.

Composes the findings of `law`; every rule of the Act is there. What is here is the safety rule, that
no condition gives away where a protected person is, and which parts are asked for at all.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from applications import safety
from applications.models import Application, Hearing, ProposedCondition
from law import application as law_application
from law import conditions, content, drafting, duration, grounds
from law.findings import PRACTICE, Finding, block, blocking, warn
from law.periods import local_date, written

FORCE_RULE = "force rule"


@dataclass(frozen=True)
class Obstacle:
    """One thing to do before the application can be sent, and the part in which to do it."""

    section: str
    message: str
    finding: Finding | None = None
    condition: ProposedCondition | None = None


def as_law(condition: ProposedCondition) -> content.ConditionContent:
    """The condition as the law's checks read it. A box that is not ticked: nobody has looked."""
    return content.ConditionContent(
        kind=content.ConditionKind(condition.kind),
        text=condition.text,
        limited_to_locality=bool(condition.locality),
        locality=condition.locality,
        own_period=condition.own_last_day is not None,
        own_last_day=condition.own_last_day,
        necessity=condition.necessity,
        avoidance=content.Avoidance(
            conflicts_with_religion=False if condition.checked_religion else None,
            interferes_with_work=False if condition.checked_work else None,
            interferes_with_education=False if condition.checked_education else None,
            note=condition.checks_note,
        ),
    )


def condition_findings(
    condition: ProposedCondition, *, confidential: Collection[str], today: date
) -> list[Finding]:
    """All there is to say about one condition, the blocking first."""
    as_content = as_law(condition)
    found = [
        *_stated(as_content),
        *drafting.findings(condition.text, kind=as_content.kind),
        *conditions.check(as_content),
        *_own_period(condition, today),
        *safety.findings(
            " . ".join([condition.text, condition.locality, condition.short]),
            discloses_location=condition.discloses_location,
            confidential=confidential,
        ),
        *_monitoring(condition),
    ]
    return [*blocking(found), *(f for f in found if f not in blocking(found))]


def _stated(condition: content.ConditionContent) -> Iterator[Finding]:
    if not condition.text.strip():
        yield block("s6(c)", "text", f"State what this {condition.kind} is")


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


def application_findings(application: Application, *, today: date) -> list[Finding]:
    """What the law says about the application beside its conditions."""
    return [
        *area_findings(application),
        *duration_findings(application, today=today),
        *act_findings(application, today=today),
        *youth_findings(application, applied_on=application.lodged_on or today),
    ]


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


def youth_findings(application: Application, *, applied_on: date) -> list[Finding]:
    """s14(1): which court, by the age at the application."""
    subject = application.case.subject
    if subject is None or subject.born_on is None:
        message = "Without a date of birth nobody can say whether this goes to the youth court"
        return [warn("s14(1)", "born_on", message)]
    if subject.born_on > applied_on:
        return []
    court = law_application.court_for(born_on=subject.born_on, applied_on=applied_on)
    if court is law_application.Court.MAGISTRATES:
        return []
    return [warn("s14(1)", "court", "The subject is under 18: apply to the youth court")]


def hearing_findings(hearing: Hearing) -> list[Finding]:
    """What a hearing's day means for the application: age, and a period that has become too short."""
    application = hearing.application
    if application is None or application.lodged_on is None:
        return []
    heard_on = local_date(hearing.starts_at)
    subject = application.case.subject
    found = []
    if subject and subject.born_on and subject.born_on <= application.lodged_on <= heard_on:
        found += law_application.age_findings(
            born_on=subject.born_on, applied_on=application.lodged_on, heard_on=heard_on
        )
    if application.asked_until is not None and application.asked_until >= heard_on:
        too_short = duration.findings(made_on=heard_on, last_day=application.asked_until)
        found += [warn(f.provision, "asked_until", f.message) for f in too_short]
    return found


def obstacles(application: Application, *, today: date) -> list[Obstacle]:
    """All that is in the way of sending, in the order of the task list."""
    found = [
        Obstacle(section, message)
        for section, missing in PARTS.items()
        for message in missing(application)
    ]
    found += [
        Obstacle(SECTION_OF.get(f.field, "check"), f.message, f)
        for f in blocking(application_findings(application, today=today))
        if not any(o.section == SECTION_OF.get(f.field) for o in found)
    ]
    secrets = safety.confidential_of_case(application)
    for condition in application.conditions.select_related("application"):
        findings = condition_findings(condition, confidential=secrets, today=today)
        found += [
            Obstacle("conditions", f"Condition {condition.position}: {f.message}", f, condition)
            for f in blocking(findings)
        ]
    return sorted(found, key=lambda o: [*PARTS].index(o.section))


SECTION_OF = {"area": "area", "asked_until": "duration", "acts": "acts"}


def _subject(a: Application) -> Iterator[str]:
    if a.case.subject_id is None:
        yield "Say who the subject is"


def _area(a: Application) -> Iterator[str]:
    if not a.area_limb:
        yield "Say what ties the subject to this force's area, s1(3)"


def _protected(a: Application) -> Iterator[str]:
    if not a.case.parties.filter(role__in=("protected", "both")).exists():
        yield "Say whom the order is to protect"


def _acts(a: Application) -> Iterator[str]:
    if not a.acts.exists():
        yield "Record the acts associated with stalking, s1(1)(a)"


def _risk(a: Application) -> Iterator[str]:
    if not a.risk.strip():
        yield "Say what the risk is, s1(1)(b)"


def _necessity(a: Application) -> Iterator[str]:
    if not a.necessity.strip():
        yield "Say why an order is necessary, s1(1)(c)"


def _other_orders(a: Application) -> Iterator[str]:
    if not a.criminal_case:
        yield "Say whether there is a criminal case"
    if not a.other_orders.strip():
        yield "Say which other orders or bail there are, or that there are none"


def _conditions(a: Application) -> Iterator[str]:
    if not a.conditions.exists():
        yield "Ask for at least one condition"


def _consultation(a: Application) -> Iterator[str]:
    if not a.consulted:
        yield "Consult the protected person or their advocate, or say why not"
    elif a.consulted == a.Consulted.NOT_ASKED and not a.not_consulted_reason.strip():
        yield "Say why nobody was consulted"


def _duration(a: Application) -> Iterator[str]:
    if not a.duration:
        yield "Say how long the order should last, s3(1)"
    elif a.duration == a.Duration.FIXED and a.asked_until is None:
        yield "Say until when the order should last"
    if a.interim_sought is None:
        yield "Say whether you ask for an interim order"
    if a.notice_given is False and not a.no_notice_reason.strip():
        yield "Say why the subject should have no notice"


PARTS = {
    "subject": _subject,
    "area": _area,
    "protected": _protected,
    "acts": _acts,
    "risk": _risk,
    "necessity": _necessity,
    "other_orders": _other_orders,
    "conditions": _conditions,
    "consultation": _consultation,
    "duration": _duration,
}
