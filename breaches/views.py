"""The pages of breaches: a case's breaches, one with its response, and the acts."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts import policy
from accounts.roles import Permission
from breaches import lifecycle, queries
from breaches.asks import asks_of
from breaches.forms import ArrestForm, AssignForm, DecideForm, PointForm, ReportForm
from breaches.lifecycle import Report, answering, arresting, deciding, reporting
from breaches.models import Breach
from breaches.reached import reached
from casework import clock, frame, openers, pages
from casework.jinja import clock_time
from casework.models import Case
from casework.moments import today_untimed
from contact import queries as contact
from contact.lifecycle.telling import TELL
from contact.models import Matter
from law.breach import Point
from orders.models import Order
from orders.queries import Reason, current_order, note

OFFERED = {
    "acknowledge": answering.ACKNOWLEDGE,
    "assign": answering.ASSIGN,
    "save_point": deciding.SAVE_POINT,
    "record_arrest": arresting.RECORD_ARREST,
    "decide": deciding.DECIDE,
}


class Overview(pages.CasePage):
    """The breaches of one case, and the way to report another."""

    template_name = "breaches/overview.html"
    title = "Breaches"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        order = (
            current_order(self.case, clock.now()) or self.case.orders.order_by("-made_at").first()
        )
        may_report = order is not None and reporting.REPORT.offered(self.case, user)
        return super().get_context_data(
            breaches=queries.of_case(self.case), order=order, may_report=may_report, **kwargs
        )


class Detail(pages.Page):
    """One breach: tell her first, the response clock, who was told, what to prove, what to ask."""

    template_name = "breaches/detail.html"
    place = "breaches:overview"
    breach: Breach

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        rows = Breach.objects.select_related(
            "case__subject", "order", "condition", "officer", "same_as"
        )
        self.breach = policy.open_or_404(request.user, rows, pk)  # type: ignore[arg-type]
        return self.show()

    def case_of_page(self) -> Case:
        return self.breach.case

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, breach = self.request.user, self.breach
        told_of = queries.told_of(breach)
        waiting = [one for one in told_of if one.status == Matter.Status.WAITING]
        to_reach = contact.reach_of(told_of, breach.case)
        people = {one.person.pk if one.person else None: one for one in to_reach}
        waiting.sort(key=lambda one: people[one.person_id].called)
        order = {point.value: rank for rank, point in enumerate(Point)}
        return super().get_context_data(
            title=f"Breach {breach.number}",
            breach=breach,
            now=clock.now(),
            stages=queries.response(breach, told_of),
            story=queries.told(breach),
            waiting=[(people[one.person_id], one) for one in waiting],
            were_told=[(people[one.person_id], one.telling) for one in told_of if one.telling],
            protected=[people[one.person_id] for one in waiting],
            may_tell=TELL.offered(waiting[0], user) if waiting else False,  # type: ignore[arg-type]
            may_agree=policy.can(user, Permission.EDIT_PEOPLE, breach.case),  # type: ignore[arg-type]
            may_see=policy.can(user, Permission.VIEW_CONFIDENTIAL, breach.case),  # type: ignore[arg-type]
            asks=list(asks_of(breach)),
            points=sorted(breach.points.all(), key=lambda point: order[point.key]),
            reads_now=queries.words_corrected(breach),
            told_again=breach.told_again.order_by("reported_at"),
            offered={name: step.offered(breach, user) for name, step in OFFERED.items()},  # type: ignore[arg-type]
            once=openers.token(user.pk),
            **kwargs,
        )


class Reported(pages.Page):
    """For a reporter who may not open the case: that it was taken, and nothing more than the card."""

    template_name = "breaches/reported.html"
    title = "The breach is reported"
    place = "orders:check"

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        user: Any = request.user
        breach = policy.open_or_404(user, queries.reported_by(user), pk, Permission.REPORT_BREACH)
        return self.show(
            breach=breach,
            reached=reached(breach),
            order_check=frame.address("orders:check") or "/",
        )


class ReportBreach(pages.OpeningView):
    """Report a breach, also from the order check's card of another force."""

    model = Order
    step = reporting.REPORT
    act = lifecycle.report
    door = Permission.REPORT_BREACH
    form_class = ReportForm
    template_name = "breaches/report.html"
    title = "Report a breach"
    button = "Report it now"
    done = "The breach is reported"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """To whom the case is closed it shows what the card shows, and asks why as the card does."""
        page: Any = super().get(request, *args, **kwargs)
        if page.status_code != 200 or self.opens() or page.context_data.get("given_back"):
            return page  # type: ignore[no-any-return]
        said = request.GET.get("reason", "")
        if said not in set(Reason):
            return redirect("orders:card", pk=self.record.pk)
        note(self.record, Reason(said))
        return page  # type: ignore[no-any-return]

    def rows(self) -> QuerySet[Order]:
        return Order.objects.select_related("case__subject", "force", "subject")

    def form_options(self) -> dict[str, Any]:
        words = self.words_for(self.cases_shown())
        return {"order": self.record, "by": self.request.user, "words": words}

    def cases_shown(self) -> Collection[UUID]:
        """The order's, also where the frame of its case is not shown."""
        return [self.record.case_id] if self.record is not None else []

    def initial(self) -> dict[str, Any]:
        return {"happened_at": today_untimed()}

    def arguments(self, form: Any) -> dict[str, Any]:
        return {"told": Report(**form.cleaned_data)}

    def opens(self) -> bool:
        """May the reporter open the case? If not, the frame of the case is not shown."""
        return policy.can(self.request.user, Permission.VIEW_CASE, self.record)  # type: ignore[arg-type]

    def case_of_page(self) -> Case | None:
        return self.record.case if self.record is not None and self.opens() else None

    def get_success_url(self, result: Any = None) -> str:
        if not isinstance(result, Breach):
            if self.record is not None and self.opens():
                return reverse("breaches:overview", kwargs={"case": self.record.case_id})
            return frame.address("orders:check") or "/"
        if result.repeated:
            text = f"You reported this already at {clock_time(result.reported_at)}"
            messages.success(self.request, f"{text}: it is breach {result.number}")
        else:
            messages.success(self.request, reached(result).sentence)
        page = "breaches:detail" if self.opens() else "breaches:reported"
        return reverse(page, kwargs={"pk": result.pk})

    def shape(self, record: Any) -> dict[str, Any]:
        return {
            "id": str(record.pk),
            "case": str(record.case_id),
            "status": record.status,
            "number": record.number,
        }


class BreachAct(pages.StepView):
    """What the acts on a breach have in common."""

    model = Breach
    place = "breaches:overview"

    def get_success_url(self, result: Any = None) -> str:
        return reverse("breaches:detail", kwargs={"pk": self.record.pk})

    def initial(self) -> dict[str, Any]:
        return {}


class Acknowledge(BreachAct):
    step = answering.ACKNOWLEDGE
    act = lifecycle.acknowledge
    title = "Acknowledge the breach report"
    button = "Acknowledge and take it"
    done = "You have acknowledged the report"


class Assign(BreachAct):
    step = answering.ASSIGN
    act = lifecycle.assign
    form_class = AssignForm
    title = "Assign an officer"
    button = "Assign the officer"
    done = "The officer is assigned and can open the case"

    def form_options(self) -> dict[str, Any]:
        return {"breach": self.record}


class SavePoint(BreachAct):
    step = deciding.SAVE_POINT
    act = lifecycle.save_point
    form_class = PointForm
    template_name = "breaches/point.html"
    title = "Evidence for a point to prove"
    button = "Save the evidence"
    done = "The evidence is saved"

    def point(self) -> Any:
        asked = self.request.POST.get("key") or self.request.GET.get("point", "")
        points = {point.key: point for point in self.record.points.all()}
        return points.get(asked) or points[Point.IN_FORCE]

    def initial(self) -> dict[str, Any]:
        point = self.point()
        return {
            "key": point.key,
            "evidence": point.evidence,
            "asked": point.asked,
            "held": point.held if point.saved_by_id or point.held else None,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(point=self.point(), **kwargs)


class RecordArrest(BreachAct):
    step = arresting.RECORD_ARREST
    act = lifecycle.record_arrest
    form_class = ArrestForm
    title = "Record an arrest"
    button = "Record the arrest"
    done = "The arrest is recorded. The protected person is to be told of it"

    def initial(self) -> dict[str, Any]:
        return {"arrested_at": today_untimed()}


class Decide(BreachAct):
    step = deciding.DECIDE
    act = lifecycle.decide
    form_class = DecideForm
    template_name = "breaches/decide.html"
    title = "Record what was decided"
    button = "Record the decision"
    done = "The decision is recorded"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        missing = [p for p in self.record.points.all() if not p.held]
        return super().get_context_data(missing=missing, **kwargs)


ACTS = (ReportBreach, Acknowledge, Assign, SavePoint, RecordArrest, Decide)
