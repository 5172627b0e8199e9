"""The page on which it is recorded that he came."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.urls import reverse

from casework import clock, pages
from documents.queries import standing_about
from notifications import areas, lifecycle, queries
from notifications.drawing import days_of
from notifications.forms import AttendForm
from notifications.lifecycle import Given, attending
from notifications.models import Attendance, Duty
from notifications.where import where

MADE = "The acknowledgement is being made: print it and give it to him."
SILENT = "Nothing was said aloud, so that nothing is notified and no acknowledgement is made."
DOUBTED = "Whether it counts is in doubt: force legal is asked to decide."


class Attend(pages.StepView):
    """Record that he came, and print what he must leave with."""

    model = Duty
    step = attending.RECORD_ATTENDANCE
    act: ClassVar[Callable[..., Any]] = lifecycle.record_attendance
    form_class = AttendForm
    template_name = "notifications/attend.html"
    title = "Record his attendance"
    button = "Record his attendance"
    done = "His attendance is recorded."
    place = "notifications:overview"
    url_name = "attend"

    def require(self) -> None:
        super().require()
        attending.require_asked(self.record)

    def said_when_done(self, result: Any) -> str:
        if not result.oral_statement:
            stands = " The deadline stands." if self.record.due_on else ""
            return f"It is recorded that he came. {SILENT}{stands}"
        doubt = f" {DOUBTED}" if queries.in_doubt(result) else ""
        return f"{self.done} {MADE}{doubt}"

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
            "acknowledgement": record.status,
            "in_doubt": queries.in_doubt(record),
            "in_time": record.in_time,
            "findings": record.findings,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            duty=self.record,
            days=days_of(self.record, clock.today()),
            today=clock.today(),
            where=where(self.record),
            doubted=queries.doubted(self.record),
            **kwargs,
        )


ACTS = (Attend,)
