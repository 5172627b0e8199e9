"""The list of what must be notified, a duty drawn as days, and the acts on it."""

from collections.abc import Callable
from functools import cache
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from accounts import policy
from accounts.models import Unit
from accounts.roles import Permission
from casework import clock, pages
from casework.models import Case, Deadline
from documents.queries import papers_of, standing_about
from law.offences import FALSE_NOTIFICATION, OFFENCES
from notifications import areas, lifecycle, queries
from notifications.drawing import days_of
from notifications.forms import (
    AttendForm,
    ChangeForm,
    DecideFailureForm,
    SoaForm,
    SuspectFalseForm,
)
from notifications.lifecycle import Given, attending, changing, correcting, failing, handing
from notifications.models import Attendance, Duty, SuspectedFailure
from orders.models import Order
from orders.queries import current_order


class Due(pages.ListView):
    """The offender managers' list: every duty, soonest end first, with its clock and what was done."""

    template_name = "notifications/list.html"
    title = "Notifications due"
    place = "notifications:due"
    model = Duty
    order = "due_on"

    def rows(self) -> QuerySet[Duty]:
        asked = self.filters()
        return queries.listed(
            state=asked.get("state", "open"), unit=asked.get("unit", ""), today=clock.today()
        )

    def filters(self) -> dict[str, Any]:
        asked: dict[str, Any] = {}
        if (state := self.request.GET.get("state", "")) in queries.STATES:
            asked["state"] = state
        unit = self.request.GET.get("unit", "")
        if any(str(known.pk) == unit for known in self.units()):
            asked["unit"] = unit
        return asked

    def units(self) -> QuerySet[Unit]:
        user: Any = self.request.user
        return Unit.objects.filter(force_id=user.force_id).order_by("name")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            units=self.units(),
            states=queries.STATES,
            doubted=queries.doubted,
            now=clock.now(),
            **kwargs,
        )


class Overview(pages.CasePage):
    """The duties of one case: what he must notify, by when, and what he did."""

    template_name = "notifications/overview.html"
    title = "Notification requirements"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        order = current_order(self.case, clock.now())
        can_change = order is not None and changing.RECORD_CHANGE.offered(self.case, user)
        duties = queries.of_case(self.case)
        clocks, may = queries.clocks_on(duties), answers(user, self.case)
        return super().get_context_data(
            duties=[shown(duty, user, clocks.get(duty.pk), may) for duty in duties],
            order=order,
            can_change=can_change,
            **kwargs,
        )


class DutyPage(pages.Page):
    """One duty, drawn as days: why then, what he did, what may be done now."""

    template_name = "notifications/duty.html"
    title = "Notification requirements"
    place = "notifications:overview"
    duty: Duty

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        self.duty = policy.open_or_404(request.user, queries.whole(), pk)  # type: ignore[arg-type]
        return self.show()

    def case_of_page(self) -> Case:
        return self.duty.case

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        clocks = queries.clocks_on([self.duty])
        facts = shown(self.duty, user, clocks.get(self.duty.pk), answers(user, self.duty.case))
        return super().get_context_data(duty=self.duty, shown=facts, **kwargs)


def answers(user: Any, case: Case) -> Callable[[Permission], bool]:
    """What this user may do in this case, each permission asked once."""
    return cache(lambda permission: policy.can(user, permission, case))


def shown(
    duty: Duty, user: Any, deadline: Deadline | None, may: Callable[[Permission], bool]
) -> dict[str, Any]:
    """A duty as the pages show it."""
    came = duty.attendances.all()
    soa = duty.kind == Duty.Kind.INITIAL and changing.RECORD_SOA_DUTY.offered(duty, user, may=may)
    return {
        "duty": duty,
        "days": days_of(duty, clock.today()),
        "why": queries.why(duty),
        "told": list(queries.who_is_told(duty, deadline)),
        "attendances": [one for one in came if one.superseded_at is None],
        "taken_back": [one for one in came if one.superseded_at is not None],
        "failures": [
            (
                failure,
                OFFENCES[failure.offence_code],
                failing.INVESTIGATE.offered(failure, user, may=may),
            )
            for failure in duty.failures.all()
        ],
        "papers": papers_of(duty.attendances.all()),
        "can_hand": may(handing.NEEDS),
        "can_attend": attending.RECORD_ATTENDANCE.offered(duty, user, may=may),
        "can_suspect": failing.SUSPECT_FALSE.offered(duty, user, may=may)
        and not any(_suspected(failure) for failure in duty.failures.all()),
        "can_record_soa": soa,
        "can_take_back_soa": soa and duty.soa_from is not None,
        "can_correct": correcting.CORRECT_ATTENDANCE.offered(duty, user, may=may),
        "can_correct_change": duty.kind != Duty.Kind.INITIAL
        and correcting.CORRECT_CHANGE.offered(duty, user, may=may),
        "doubted": queries.doubted(duty),
        "today": clock.today(),
    }


def _suspected(failure: SuspectedFailure) -> bool:
    """Is it suspected, or was it, that what he notified was false? Not where that was cleared."""
    is_false = failure.offence_code == FALSE_NOTIFICATION
    return is_false and failure.status != SuspectedFailure.Status.CLEARED


class Attend(pages.StepView):
    """Record that he came, and print what he must leave with."""

    model = Duty
    step = attending.RECORD_ATTENDANCE
    act: ClassVar[Callable[..., Any]] = lifecycle.record_attendance
    form_class = AttendForm
    template_name = "notifications/attend.html"
    title = "Record his attendance"
    button = "Record and print the acknowledgement"
    done = (
        "His attendance is recorded. The acknowledgement is being made: print it and give it to him"
    )
    place = "notifications:overview"
    url_name = "attend"

    def form_options(self) -> dict[str, Any]:
        return {"stations": areas.stations(self.record)}

    def initial(self) -> dict[str, Any]:
        names = [self.record.order.subject.full_name]
        names += [name.text for name in self.record.order.subject.names.all()]
        user: Any = self.request.user
        who = " ".join(filter(None, (user.title, user.collar_number, user.name)))
        return {"names_given": "\n".join(dict.fromkeys(names)), "received_by_name": who}

    def arguments(self, form: Any) -> dict[str, Any]:
        return {"given": Given(**form.cleaned_data)}

    def get_success_url(self, result: Any = None) -> str:
        """He waits for the acknowledgement: its page, once he came and it was asked for."""
        paper = standing_about(result).first() if result else None
        if paper:
            return reverse("documents:detail", kwargs={"pk": paper.pk})
        return reverse("notifications:duty", kwargs={"pk": self.record.pk})

    def shape(self, record: Any) -> dict[str, Any]:
        if not isinstance(record, Attendance):
            return super().shape(record)
        return {
            "id": str(record.pk),
            "case": str(record.case_id),
            "status": record.duty.status,
            "in_time": record.in_time,
            "findings": record.findings,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            duty=self.record,
            days=days_of(self.record, clock.today()),
            today=clock.today(),
            area=areas.area_name(self.record),
            **kwargs,
        )


class Change(pages.OpeningView):
    """A new name or a new home starts its own 3 days."""

    model = Order
    step = changing.RECORD_CHANGE
    act = lifecycle.record_change
    form_class = ChangeForm
    title = "Record a change of name or address"
    button = "Record the change"
    done = "The change is recorded"
    place = "notifications:overview"
    success = "notifications:overview"
    url_name = "change"


class RecordSoaDuty(pages.StepView):
    """While he is under the other duty, s9 asks for nothing."""

    model = Duty
    step = changing.RECORD_SOA_DUTY
    act = lifecycle.record_soa_duty
    form_class = SoaForm
    title = "Record the sexual offences duty"
    button = "Record it"
    done = "The sexual offences duty is recorded"
    place = "notifications:overview"
    success = "notifications:overview"


class SuspectFalse(pages.StepView):
    """He notified something that he knew to be false, as it seems."""

    model = Duty
    step = failing.SUSPECT_FALSE
    act = lifecycle.suspect_false
    form_class = SuspectFalseForm
    title = "Record a suspected false notification"
    button = "Record the suspicion"
    done = "The suspicion is recorded. Somebody must decide on it."
    place = "notifications:overview"

    def get_success_url(self, result: Any = None) -> str:
        return reverse("notifications:duty", kwargs={"pk": self.record.pk})


class DecideFailure(pages.StepView):
    """A person decides what the clock opened."""

    model = SuspectedFailure
    step = failing.INVESTIGATE
    act = lifecycle.decide_failure
    form_class = DecideFailureForm
    template_name = "notifications/decide_failure.html"
    title = "Decide on the suspected failure"
    button = "Record the decision"
    done = "The decision is recorded"
    place = "notifications:overview"
    url_name = "decide-failure"

    def initial(self) -> dict[str, Any]:
        return {}

    def get_success_url(self, result: Any = None) -> str:
        return reverse("notifications:duty", kwargs={"pk": self.record.duty_id})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            failure=self.record,
            offence=OFFENCES[self.record.offence_code],
            attendances=self.record.duty.attendances.filter(superseded_at=None),
            **kwargs,
        )


ACTS = (Attend, Change, RecordSoaDuty, SuspectFalse, DecideFailure)
