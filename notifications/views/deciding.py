"""The pages on which a person decides: whether he failed, and whether that he came counts."""

from typing import Any

from django.urls import reverse

from casework import clock, pages
from law.offences import OFFENCES
from notifications import lifecycle, queries
from notifications.forms import DecideAttendanceForm, DecideFailureForm, SuspectFalseForm
from notifications.lifecycle import doubting, failing
from notifications.models import Attendance, Duty, SuspectedFailure


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


class DecideAttendance(pages.StepView):
    """Force legal decides whether it counts that he notified there, or to that person."""

    model = Attendance
    step = doubting.ACCEPT
    act = lifecycle.decide_attendance
    form_class = DecideAttendanceForm
    template_name = "notifications/decide_attendance.html"
    title = "Does his attendance count?"
    button = "Record the decision"
    done = "The decision is recorded"
    place = "notifications:overview"
    url_name = "decide-attendance"

    def require(self) -> None:
        super().require()
        doubting.require_doubt(self.record)

    def initial(self) -> dict[str, Any]:
        return {}

    def said_when_done(self, result: Any) -> str:
        if result.decision == Attendance.Decision.ACCEPTED:
            return (
                "The decision is recorded. His attendance counts, and nothing about it is in doubt."
            )
        return (
            "The decision is recorded. The requirement runs again to the last day that it always "
            "had, and the officer in the case and the offender managers are told."
        )

    def shape(self, record: Any) -> dict[str, Any]:
        return super().shape(record) | {"decision": record.decision}

    def get_success_url(self, result: Any = None) -> str:
        return reverse("notifications:duty", kwargs={"pk": self.record.duty_id})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        duty = self.record.duty
        return super().get_context_data(
            attendance=self.record,
            duty=duty,
            doubts=queries.doubts(self.record),
            today=clock.today(),
            **kwargs,
        )


ACTS = (SuspectFalse, DecideFailure, DecideAttendance)
