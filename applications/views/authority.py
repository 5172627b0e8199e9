"""Check your answers and send; a superintendent decides on exactly that."""

from typing import Any

from django.urls import reverse

from applications import checks, forms, lifecycle, spans
from applications.content import check_value, content_of, differences, hash_of
from applications.models import Application
from applications.queries import papers, stopped_papers
from applications.views.answers import (
    answers_of,
    asked_for,
    beside_pages,
    mended_at,
    people_of,
)
from applications.views.told import told_of
from casework import clock, pages
from law.findings import Weight
from law.grounds import Ground


class Submit(pages.StepView):
    model = Application
    step = lifecycle.SUBMIT
    act = lifecycle.submit_for_authority
    template_name = "applications/submit.html"
    title = "Check your answers and send for authority"
    button = "Send for authority"
    done = "Sent. A superintendent has 24 hours, by force policy"
    success = "applications:overview"
    place = "applications:overview"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today, user = clock.today(), self.request.user
        found = checks.application_findings(self.record, today=today)
        beside = checks.Beside.of(self.record, today=today)
        of_conditions = [
            (finding, reverse("applications:edit_condition", kwargs={"pk": condition.pk}))
            for condition in self.record.conditions.select_related("application")
            for finding in checks.condition_findings(condition, beside)
        ]
        return super().get_context_data(
            sections=answers_of(self.record),
            obstacles=[
                (o, mended_at(self.record, o)) for o in checks.obstacles(self.record, today=today)
            ],
            warnings=[
                (finding, page)
                for finding, page in [*beside_pages(self.record, found, user), *of_conditions]
                if finding.weight == Weight.WARN
            ],
            **kwargs,
        )


class TakeBack(pages.StepView):
    model = Application
    step = lifecycle.EDIT
    act = lifecycle.take_back
    template_name = "applications/take_back.html"
    title = "Take the application back"
    button = "Take it back"
    done = "It is a draft again"
    success = "applications:overview"
    place = "applications:overview"
    url_name = "take_back"


class Decide(pages.StepView):
    """One page and one decision: what changed first, then the grounds, then the conditions."""

    model = Application
    step = lifecycle.GIVE_AUTHORITY
    act = lifecycle.decide_authority
    form_class = forms.AuthorityForm
    template_name = "applications/authority.html"
    title = "Should the force apply for this order?"
    button = "Record your decision"
    done = "Your decision is recorded"
    success = "applications:overview"
    place = "applications:overview"
    url_name = "authority"

    def initial(self) -> dict[str, Any]:
        return {}

    @property
    def stopped(self) -> bool:
        """A text that tells what is confidential can be returned or refused, not authorised."""
        return checks.gives_away(self.record) or stopped_papers(self.record).exists()

    def form_options(self) -> dict[str, Any]:
        return {"stopped": self.stopped}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        application, form = self.record, kwargs.get("form")
        content = content_of(application)
        now = hash_of(content)
        kept = form is not None and form.is_bound and not kwargs.get("stale")
        last = application.authorities.first()
        return super().get_context_data(
            application=application,
            seen_hash=form.data.get("seen_hash", now) if form and kept else now,
            check_value=check_value(now),
            last=last,
            changes=differences(last.content, content) if last else [],
            asked_for=asked_for(application),
            people=people_of(application),
            papers=papers(application),
            stopped=self.stopped,
            due=application.case.deadlines.filter(kind="authorise", done_at=None).first(),
            **facts_for_decision(application),
            findings=beside_pages(
                application,
                checks.application_findings(application, today=clock.today()),
                self.request.user,
            ),
            **kwargs,
        )


def facts_for_decision(application: Application) -> dict[str, Any]:
    """What stands beside each ground, and the conditions with their findings."""
    today = clock.today()
    beside = checks.Beside.of(application, today=today)
    conditions = application.conditions.select_related("application")
    acts = list(application.acts.all())
    kinds = [str(act.get_kind_display()) for act in acts]
    return {
        "grounds": [(letter, ground) for letter, ground in zip("abc", Ground, strict=True)],
        "acts": acts,
        "acts_span": spans.said_of(acts),
        "kinds": [(kind, kinds.count(kind)) for kind in dict.fromkeys(kinds)],
        "conditions": [
            (condition, told_of(condition), checks.condition_findings(condition, beside))
            for condition in conditions
        ],
    }


ACTS = (Submit, TakeBack, Decide)
