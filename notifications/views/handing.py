"""The pages of the written acknowledgement: he was given it, or why not."""

from typing import Any

from django.urls import reverse

from casework import pages
from documents.queries import standing_about
from notifications import lifecycle
from notifications.forms import HandOverForm, LeaveUnhandedForm
from notifications.lifecycle import handing
from notifications.models import Attendance


class OfAcknowledgement(pages.StepView):
    """What became of the paper, on a page that leads to it."""

    model = Attendance
    template_name = "notifications/hand_over.html"
    place = "notifications:overview"

    def initial(self) -> dict[str, Any]:
        return {"handed_by_name": self.record.received_by_name}

    def get_success_url(self, result: Any = None) -> str:
        return reverse("notifications:duty", kwargs={"pk": self.record.duty_id})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        paper = standing_about(self.record).first()
        return super().get_context_data(attendance=self.record, paper=paper, **kwargs)


class HandOver(OfAcknowledgement):
    step = handing.HAND_OVER
    act = lifecycle.hand_over
    form_class = HandOverForm
    title = "Hand over the acknowledgement"
    button = "Record that he was given it"
    done = "It is recorded that he was given the acknowledgement"


class LeaveUnhanded(OfAcknowledgement):
    step = handing.LEAVE_UNHANDED
    act = lifecycle.leave_unhanded
    form_class = LeaveUnhandedForm
    title = "He was not given the acknowledgement"
    button = "Record the reason"
    done = "The reason is recorded"


ACTS = (HandOver, LeaveUnhanded)
