"""Everything that was written, to be checked before it is sent."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from applications.checks import SECTION_OF, Obstacle
from applications.content import content_of
from applications.lifecycle import ADD_ADDRESS, CORRECT_SUBJECT, EDIT
from applications.models import Application, StalkingAct
from applications.views.told import told_of
from law.findings import Finding
from law.periods import written

PAGES = {  # where a part has another name
    "acts": "add_act",
    "conditions": "add_condition",
    "other_records": "answer_other_record",
}
OF_SUBJECT = {"born_on": CORRECT_SUBJECT, "subject_address": ADD_ADDRESS}


def answers_of(application: Application) -> list[dict[str, Any]]:
    """Sections of rows for `check.html`, each with the page on which it is changed."""
    return [
        _people(application),
        _section(
            application,
            "Why an order is needed",
            [
                ("The tie to this force's area", application.get_area_limb_display(), "area"),
                ("How it is known", application.area_reason, "area"),
                ("Risk", application.risk, "risk"),
                ("Tool and level", _risk_found(application), "risk"),
                ("Necessity", application.necessity, "necessity"),
                ("Other orders and bail", application.other_orders, "other_orders"),
                ("Criminal case", application.get_criminal_case_display(), "other_orders"),
                *_if_any("Its reference", application.criminal_reference, "other_orders"),
            ],
        ),
        _acts(application),
        *_conditions(application),
        _section(
            application,
            "Before it goes",
            [
                ("Consulted", application.get_consulted_display(), "consultation"),
                *_if_any("Why nobody was", application.not_consulted_reason, "consultation"),
                ("What the protected person says", application.victim_view, "consultation"),
                ("Length", length_of(application), "duration"),
                ("Why that long", application.duration_reason, "duration"),
                ("Interim order", interim_of(application), "duration"),
                *_if_any("Why an interim order", application.interim_reason, "duration"),
                *_if_any("Why without notice", application.no_notice_reason, "duration"),
            ],
        ),
    ]


def mended_at(application: Application, obstacle: Obstacle) -> str:
    """The page on which this is put right."""
    if obstacle.section in ("subject", "protected"):
        return reverse("applications:people", kwargs={"case": application.case_id})
    if obstacle.condition is not None:
        return reverse("applications:edit_condition", kwargs={"pk": obstacle.condition.pk})
    if obstacle.act is not None:
        return reverse("applications:edit_act", kwargs={"pk": obstacle.act.pk})
    page = PAGES.get(obstacle.section, obstacle.section)
    return reverse(f"applications:{page}", kwargs={"pk": application.pk})


def beside_pages(
    application: Application, findings: Iterable[Finding], user: Any
) -> list[tuple[Finding, str]]:
    """Each finding with the page on which this user can mend it; none where that is not the user's."""
    may_edit = EDIT.offered(application, user)
    case = application.case

    def page(finding: Finding) -> str:
        act = OF_SUBJECT.get(finding.field)
        if act and case.subject and act.offered(case, user):
            return reverse(f"applications:{act.name}", kwargs={"pk": case.pk})
        section = SECTION_OF.get(finding.field, "")
        known = may_edit and section
        return mended_at(application, Obstacle(section, finding.message)) if known else ""

    return [(finding, page(finding)) for finding in findings]


def asked_for(application: Application) -> list[tuple[str, str]]:
    """What the court is asked for, where and why so: as the authority covers it."""
    a = application
    rows = [
        ("Length", length_of(a)),
        ("Why that long", a.duration_reason),
        ("Interim order", interim_of(a)),
        ("Why an interim order", a.interim_reason),
        ("Why without notice", a.no_notice_reason),
        ("Area", f"{a.get_area_limb_display()}, s1(3)" if a.area_limb else ""),
        ("How it is known", a.area_reason),
    ]
    return [(key, str(value)) for key, value in rows if value]


def people_of(application: Application) -> list[tuple[str, str]]:
    """The subject and each other person, named as the papers name them."""
    facts = content_of(application)["facts"]
    subject = application.case.subject
    born = written(subject.born_on) if subject and subject.born_on else ""
    rows = [
        ("Subject", facts["subject"]),
        ("Also called", facts["subject_names"]),
        ("Born", born),
        ("Address", facts["subject_address"]),
    ]
    for party in application.case.parties.order_by("called", "pk"):
        called = party.called or "Not named in documents"
        related = f", to the subject: {party.relationship.lower()}" if party.relationship else ""
        rows.append((str(party.get_role_display()), f"{called}{related}"))
    return [(key, value) for key, value in rows if value]


def length_of(application: Application) -> str:
    if application.duration == Application.Duration.FIXED and application.asked_until:
        return f"Until the end of {written(application.asked_until)}"
    return str(application.get_duration_display())


def interim_of(application: Application) -> str:
    if application.interim_sought is None:
        return ""
    if not application.interim_sought:
        return "Not asked for"
    notice = ", without notice" if application.notice_given is False else ", with notice"
    return f"Asked for{notice}"


def _risk_found(application: Application) -> str:
    found = (application.risk_tool, str(application.get_risk_level_display()))
    return ", ".join(text for text in found if text)


def _section(
    application: Application, title: str, rows: list[tuple[str, Any, str]]
) -> dict[str, Any]:
    return {
        "title": title,
        "rows": [
            {
                "key": key,
                "value": str(value or ""),
                "change": reverse(f"applications:{page}", kwargs={"pk": application.pk}),
                "what": key.lower(),
            }
            for key, value, page in rows
        ],
    }


def _if_any(key: str, value: str, page: str) -> list[tuple[str, Any, str]]:
    """A row of what is asked for only sometimes: no "Not given" where nobody asked."""
    return [(key, value, page)] if value else []


def _people(application: Application) -> dict[str, Any]:
    change = reverse("applications:people", kwargs={"case": application.case_id})
    rows = people_of(application) or [("Subject", "")]
    return {
        "title": "People",
        "rows": [
            {"key": key, "value": value, "change": change, "what": key.lower()}
            for key, value in rows
        ],
    }


def _acts(application: Application) -> dict[str, Any]:
    return {
        "title": "Acts of stalking",
        "rows": [
            {
                "key": _when(act),
                "value": _told(act),
                "change": reverse("applications:edit_act", kwargs={"pk": act.pk}),
                "what": f"the act of {written(act.from_on)}",
            }
            for act in application.acts.all()
        ],
    }


def _when(act: StalkingAct) -> str:
    until = f" to {written(act.until_on)}" if act.until_on else ""
    at = f" at {act.time:%H:%M}" if act.time else ""
    return f"{written(act.from_on)}{until}{at}"


def _told(act: StalkingAct) -> str:
    """What, where, the words and the proof: as the court will read them."""
    where = f" ({act.where})" if act.where else ""
    proof = f" Proof: {act.exhibit}" if act.exhibit else ""
    return f"{act.get_kind_display()}{where}. {act.description}{proof}"


def _conditions(application: Application) -> list[dict[str, Any]]:
    """Each condition by itself, with all that is sent of it."""
    return [
        {
            "title": f"Condition {condition.position}",
            "rows": [
                {
                    "key": "The words",
                    "value": condition.text,
                    "change": reverse("applications:edit_condition", kwargs={"pk": condition.pk}),
                    "what": f"condition {condition.position}",
                },
                *({"key": key, "value": value} for key, value in told_of(condition)),
            ],
        }
        for condition in application.conditions.all()
    ]
