"""Other records with an order that may be of the subject: shown as the order check would, and answered."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from applications import elsewhere, forms, lifecycle
from applications.elsewhere import Bound
from applications.models import Application
from audit import looks
from casework import frame, pages


class OtherRecords(pages.StepView):
    """Each is looked at for a reason, which is noted, as in the order check."""

    model = Application
    step = lifecycle.EDIT
    act = lifecycle.answer_other_record
    form_class = forms.OtherRecordForm
    template_name = "applications/other_records.html"
    title = "Other records of the subject"
    button = "Save the answer"
    done = "The answer is saved"
    success = "applications:overview"
    place = "applications:overview"
    url_name = "answer_other_record"

    def cases_shown(self) -> Collection[UUID]:
        return {*super().cases_shown(), *(one.case_id for one in self.bound())}

    def bound(self) -> list[Bound]:
        return elsewhere.bound(self.record)

    def form_options(self) -> dict[str, Any]:
        return {"bound": self.bound()}

    def initial(self) -> dict[str, Any]:
        answered = elsewhere.answers(self.record)
        waiting = [one for one in self.bound() if one.person.pk not in answered]
        return {"person": str(waiting[0].person.pk)} if len(waiting) == 1 else {}

    def arguments(self, form: Any) -> dict[str, Any]:
        values = dict(form.cleaned_data)
        found = {str(one.person.pk): one.person for one in self.bound()}
        return values | {"person": found.get(values["person"])}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        bound, answered = self.bound(), elsewhere.answers(self.record)
        for one in bound:
            looks.note(
                looks.Look(
                    "order_check",
                    "orders.order",
                    str(one.order_id),
                    case_id=one.case_id,
                    reason=f"Draft of an application, {self.record.case.reference}",
                )
            )
        return super().get_context_data(
            rows=[
                {
                    "bound": one,
                    "answer": answered.get(one.person.pk),
                    "card": frame.address("orders:card", pk=one.order_id),
                }
                for one in bound
            ],
            **kwargs,
        )


ACTS = (OtherRecords,)
