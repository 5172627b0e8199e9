"""The pages on which a wrong record is corrected or taken back. What was wrong is kept, with the reason."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from casework import pages
from notifications import lifecycle
from notifications.forms import (
    AUTHORISED,
    CONSTABLE,
    CorrectAttendanceForm,
    CorrectChangeForm,
    TakeBackChangeForm,
    TakeBackForm,
    WrongForm,
)
from notifications.lifecycle import Given, changing, correcting, learning
from notifications.models import Attendance, Duty
from notifications.views.attending import MADE, SILENT, Attend


class _OnDuty(pages.StepView):
    model = Duty
    place = "notifications:overview"

    def initial(self) -> dict[str, Any]:
        return {}

    def get_success_url(self, result: Any = None) -> str:
        return reverse("notifications:duty", kwargs={"pk": self.record.pk})

    def standing(self) -> QuerySet[Attendance]:
        """The records that can be wrong."""
        found: QuerySet[Attendance] = self.record.attendances.filter(superseded_at=None)
        return found

    def options_of_wrong(self) -> dict[str, Any]:
        """The records to select from, and what only they told us."""
        standing = [*self.standing()]
        learnt = learning.learnt_only_from(*standing) if standing else None
        return {"standing": self.standing(), "learnt": learnt}


class CorrectAttendance(_OnDuty, Attend):
    """The right record of an attendance in the place of a wrong one, filled in as it was."""

    keeps_omitted = True
    step = correcting.CORRECT_ATTENDANCE
    act = lifecycle.correct_attendance
    form_class = CorrectAttendanceForm
    template_name = "notifications/correct_attendance.html"
    title = "Correct the record of his attendance"
    button = "Put it right"
    done = "The record of his attendance is corrected. The earlier one is kept."

    url_name = "correct-attendance"

    def require(self) -> None:
        pages.StepView.require(self)

    def said_when_done(self, result: Any) -> str:
        return f"{self.done} {MADE if result.oral_statement else SILENT}"

    def form_options(self) -> dict[str, Any]:
        duties = Duty.objects.filter(case_id=self.record.case_id, status__in=changing.LIVING)
        return super().form_options() | self.options_of_wrong() | {"duties": duties}

    def wrong(self) -> Attendance | None:
        """The record that the link named, or the latest."""
        named = self.request.GET.get("attendance", "")
        standing = [*self.standing()]
        first = standing[0] if standing else None
        return next((one for one in standing if str(one.pk) == named), first)

    def initial(self) -> dict[str, Any]:
        wrong = self.wrong()
        if wrong is None:
            return {}
        heard_by = CONSTABLE if wrong.heard_by_constable else AUTHORISED
        right = {"heard_by": heard_by, "wrong": wrong.pk, "right": wrong.duty_id}
        return vars(Given.of(wrong)) | right | {"station": wrong.station_id}

    def arguments(self, form: Any) -> dict[str, Any]:
        values = dict(form.cleaned_data)
        own = {name: values.pop(name, None) for name in ("reason", "wrong", "right")}
        own |= {name: values.pop(name, ()) for name in ("names_out", "addresses_out")}
        return own | {"given": Given(**values)}

    def get_success_url(self, result: Any = None) -> str:
        about = result.duty_id if isinstance(result, Attendance) else self.record.pk
        return reverse("notifications:duty", kwargs={"pk": about})


class TakeBackAttendance(_OnDuty):
    """He did not come, or it belongs to another case."""

    step = correcting.TAKE_BACK_ATTENDANCE
    act = lifecycle.take_back_attendance
    form_class = WrongForm
    title = "Take back the record of his attendance"
    button = "Take it back"
    done = "The record is taken back, and kept. The requirement is judged without it."
    warning = True

    def form_options(self) -> dict[str, Any]:
        return self.options_of_wrong()


class CorrectChange(_OnDuty):
    """The change of name or address as it was in truth."""

    keeps_omitted = True
    step = correcting.CORRECT_CHANGE
    act = lifecycle.correct_change
    form_class = CorrectChangeForm
    title = "Correct the record of this change"
    button = "Put it right"
    done = "The change is corrected. The earlier record is kept."

    def form_options(self) -> dict[str, Any]:
        return {"learnt": learning.learnt_only_from(self.record)}

    def initial(self) -> dict[str, Any]:
        names = ("kind", "told", "told_by", "left_force", "home_force")
        held = {name: getattr(self.record, name) for name in names}
        return held | {"happened_on": self.record.starts_on}

    def get_success_url(self, result: Any = None) -> str:
        about = result.pk if isinstance(result, Duty) else self.record.pk
        return reverse("notifications:duty", kwargs={"pk": about})


class TakeBackChange(_OnDuty):
    """There was no such change."""

    step = correcting.TAKE_BACK_CHANGE
    act = lifecycle.take_back_change
    form_class = TakeBackChangeForm
    title = "Take back the record of this change"
    button = "Take it back"
    done = "The change is taken back, and its record kept"
    warning = True

    def form_options(self) -> dict[str, Any]:
        return {"learnt": learning.learnt_only_from(self.record)}


class TakeBackSoaDuty(_OnDuty):
    """He was never under the other duty."""

    step = changing.TAKE_BACK_SOA_DUTY
    act = lifecycle.take_back_soa_duty
    form_class = TakeBackForm
    title = "Take back the sexual offences duty"
    button = "Take it back"
    done = "The sexual offences duty is taken back. Every requirement is judged without it."
    warning = True


ACTS = (CorrectAttendance, TakeBackAttendance, CorrectChange, TakeBackChange, TakeBackSoaDuty)
