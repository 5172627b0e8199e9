"""The application as a list of parts: what is done, what is in the way, and what comes next."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Any

from django.urls import reverse

from accounts import policy
from accounts.queries import names_of
from accounts.roles import Permission
from applications import checks, lifecycle, spans
from applications.alike import opens
from applications.content import check_value, content_of, hash_of
from applications.models import Application, Hearing, Request
from applications.parts import BEFORE, NAMES, WHY
from applications.queries import living_authority, papers
from applications.views.answers import PAGES, beside_pages, mended_at
from applications.views.requests import offered
from casework import clock, pages, ways
from casework.jinja import moment
from casework.models import Case
from law.findings import blocking

PARTS = len(WHY) + len(BEFORE) + 3  # subject, protected persons, conditions
DRAWN = 282  # the width of the drawing of acts, in its own units


class Overview(pages.CasePage):
    """The task list of the newest application, or the request while there is none."""

    template_name = "applications/overview.html"
    title = "Application"
    place = "applications:overview"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        applications = list(self.case.applications.prefetch_related("acts", "conditions"))
        application = max(applications, key=_newest, default=None)
        request = Request.objects.filter(case=self.case).first()
        facts = task_facts(application, user) if application else {"groups": [], "obstacles": []}
        return super().get_context_data(
            application=application,
            asked=request,
            same_as=request.same_as if request and _opens(user, request.same_as) else None,
            twice=[one for one in _recorded_twice(self.case) if _opens(user, one.case)],
            may_reach=policy.can(user, Permission.VIEW_CONFIDENTIAL, self.case),
            decisions=list(request.decisions.select_related("decided_by")) if request else [],
            acts_offered=offered(request, self.case, user) if _may_begin(application) else [],
            way=partial(ways.of, user),
            clocks=self.case.deadlines.filter(done_at=None).order_by("due_at")[:3],
            papers=papers(application) if application else [],
            **facts,
            **kwargs,
        )


def _recorded_twice(case: Case) -> Iterable[Request]:
    """Requests that were closed because they go on here."""
    return (
        Request.objects.filter(same_as=case).select_related("case", "same_by").order_by("same_at")
    )


def _opens(user: Any, case: Case | None) -> bool:
    return case is not None and opens(user, case)


def _newest(application: Application) -> tuple[bool, Any]:
    return (application.status in lifecycle.OPEN, application.saved_at)


def _may_begin(application: Application | None) -> bool:
    return application is None or application.status not in lifecycle.OPEN


def task_facts(application: Application, user: Any) -> dict[str, Any]:
    """Everything of the page that is about the application."""
    obstacles = checks.obstacles(application, today=clock.today())
    editable = lifecycle.EDIT.offered(application, user)
    last = application.authorities.first()
    by_section = defaultdict(list)
    for obstacle in obstacles:
        by_section[obstacle.section].append(obstacle)
    groups = [
        _people(application, by_section),
        _tasks(application, "Why an order is needed", WHY, by_section, editable),
        _conditions(application, editable),
        _tasks(application, "Before it goes", BEFORE, by_section, editable),
    ]
    authority = living_authority(application)
    return {
        "groups": [*groups, _next(application, obstacles, user)],
        "obstacles": [(o, mended_at(application, o) if editable else "") for o in obstacles],
        "done": PARTS - len({obstacle.section for obstacle in obstacles}),
        "parts": PARTS,
        "editable": editable,
        "may_withdraw": lifecycle.WITHDRAW.offered(application, user),
        "authority": authority,
        "last": last,
        "voider": names_of([last.voided_by]).get(last.voided_by) if last else None,
        # Of what was authorised, once it is: his new address does not change what the court was asked
        "check_value": check_value(
            authority.content_hash if authority else hash_of(content_of(application))
        ),
        "listed": Hearing.objects.filter(application=application, status="listed")
        .order_by("starts_at")
        .first(),
        "findings": beside_pages(
            application, checks.application_findings(application, today=clock.today()), user
        ),
        "pattern": pattern_of(application),
    }


def _task(title: str, href: str, missing: list[Any], hint: str = "") -> dict[str, Any]:
    """A part: completed, or what is missing in it."""
    if not missing:
        return {"title": title, "href": href, "hint": hint, "status": "Completed", "tag": None}
    blocks = [o.finding for o in missing if o.finding]
    words = "; ".join(o.message for o in missing if not o.finding)
    status, tag = ("To mend", "red") if blocks else ("Not started", "grey")
    return {
        "title": title,
        "href": href,
        "hint": words,
        "status": status,
        "tag": tag,
        "findings": blocks,
    }


def _people(application: Application, missing: dict[str, list[Any]]) -> dict[str, Any]:
    href = reverse("applications:people", kwargs={"case": application.case_id})
    names = [party.called or "not named" for party in application.case.parties.all()]
    return {
        "title": "People",
        "tasks": [
            _task("Subject", href, missing["subject"]),
            _task("Protected persons", href, missing["protected"], ", ".join(sorted(names))),
        ],
    }


def _tasks(
    application: Application,
    title: str,
    parts: dict[str, str],
    missing: dict[str, list[Any]],
    editable: bool,
) -> dict[str, Any]:
    hints = {"acts": _acts_hint(application)}
    return {
        "title": title,
        "tasks": [
            _task(
                words,
                reverse(f"applications:{PAGES.get(part, part)}", kwargs={"pk": application.pk})
                if editable
                else "",
                missing[part],
                hints.get(part, ""),
            )
            for part, words in parts.items()
        ],
    }


def _acts_hint(application: Application) -> str:
    acts = list(application.acts.all())
    if not acts:
        return ""
    online = sum(act.online for act in acts)
    many = "1 act" if len(acts) == 1 else f"{len(acts)} acts"
    return f"{many}, {spans.said_of(acts)}; {online} online"


def _conditions(application: Application, editable: bool) -> dict[str, Any]:
    over = application.status in checks.DETERMINED  # nothing of it is mended any more
    beside = checks.Beside.of(application, today=clock.today())
    tasks = []
    for condition in application.conditions.all():
        found = [] if over else checks.condition_findings(condition, beside)
        name = condition.short or "In your own words"
        status, tag = ("To mend", "red") if blocking(found) else ("Completed", None)
        tasks.append(
            {
                "title": f"{condition.position} {name} ({condition.library_code or 'bespoke'})",
                "href": reverse("applications:edit_condition", kwargs={"pk": condition.pk})
                if editable
                else "",
                "hint": "" if found or over else "No findings",
                "findings": found,
                "status": status,
                "tag": tag,
            }
        )
    return {"title": "Conditions", "tasks": tasks, "is_conditions": True}


def _next(application: Application, obstacles: list[Any], user: Any) -> dict[str, Any]:
    """What comes after the parts: sending, authority, lodging."""
    status = Application.Status(application.status)
    steps = list(Application.Status)
    reached = steps.index(status)
    given_up = status == Application.Status.WITHDRAWN and application.lodged_on is None
    tasks = []
    for words, page, step, target in NEXT:
        done = reached >= steps.index(target) and not given_up
        ready = step.offered(application, user) and not (page == "submit" and obstacles)
        tasks.append(
            {
                "title": words,
                "href": reverse(f"applications:{page}", kwargs={"pk": application.pk})
                if ready
                else "",
                "hint": f"After: {_after(obstacles)}" if page == "submit" and obstacles else "",
                "status": "Completed" if done else "Ready" if ready else _waits(application, page),
                "tag": "" if ready and not done else None,
            }
        )
    return {"title": "Authority and court", "tasks": tasks}


def _after(obstacles: list[Any]) -> str:
    """The parts that are not done, by the names that the task list gives them."""
    return "; ".join(dict.fromkeys(NAMES[o.section] for o in obstacles))


def _waits(application: Application, page: str) -> str:
    """Whose turn it is, where it is not the reader's."""
    if application.status == A.WITHDRAWN:
        return "Not done"
    if page == "authority" and application.status == A.SUBMITTED:
        due = application.case.deadlines.filter(kind="authorise", done_at=None).first()
        until = f" until {moment(due.due_at)}" if due else ""
        return f"With the superintendent{until}"
    if page == "lodge" and application.status == A.AUTHORISED:
        return "For the officer or force legal"
    return "Cannot start yet"


A = Application.Status
NEXT = (
    ("Check your answers and send for authority", "submit", lifecycle.SUBMIT, A.SUBMITTED),
    ("Authority of a superintendent", "authority", lifecycle.GIVE_AUTHORITY, A.AUTHORISED),
    ("Lodge the application at court", "lodge", lifecycle.LODGE, A.LODGED),
)


def pattern_of(application: Application) -> dict[str, Any] | None:
    """Where each act stands on a line of time, and the months along it; None without acts."""
    acts = list(application.acts.all())
    if not acts:
        return None
    first, last = spans.days_of(acts)
    last = max(last, clock.today())
    begins = first.replace(day=1)
    length = max((last - begins).days, 28)

    def along(day: date) -> int:
        return 6 + (day - begins).days * (DRAWN - 24) // length

    months = _months(begins, last)
    every = len(months) // 7 + 1
    return {
        "marks": [(along(act.from_on), act.online) for act in acts],
        "months": [(along(month), f"{month:%b}") for month in months[::every]],
        "title": f"{_acts_hint(application)}",
    }


def _months(first: date, last: date) -> list[date]:
    found = []
    while first <= last:
        found.append(first)
        first = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    return found
