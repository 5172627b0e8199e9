"""The page on which the record of an order as made is put right."""

from typing import Any

from casework import pages
from orders import lifecycle, queries
from orders.forms import CorrectOrderForm
from orders.forms.making import FIXED, FURTHER
from orders.lifecycle import correcting
from orders.models import Order
from orders.views.varying import words_of

ABOUT = ("reason", "kind", "corrected_on", "had_right_paper")  # the correction, not the order


class CorrectOrder(pages.StepView):
    """What the court's paper says in the place of what was typed."""

    model = Order
    keeps_omitted = True
    step = correcting.CORRECT_ORDER
    act = lifecycle.correct_order
    form_class = CorrectOrderForm
    template_name = "orders/correct.html"
    title = "Correct the record of the order"
    button = "Put it right"
    done = "The record of the order is corrected. What it said before is kept."
    success = "orders:overview"
    place = "orders:overview"

    def form_options(self) -> dict[str, Any]:
        return {"order": self.record}

    def initial(self) -> dict[str, Any]:
        facts = ("made_at", "court_reference", "last_day", "subject_present")
        return {name: getattr(self.record, name) for name in facts} | {
            "court": self.record.court_id,
            "period": FIXED if self.record.last_day else FURTHER,
            "conditions": tuple(queries.as_made(self.record)),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = words_of(queries.as_made(self.record))
        return super().get_context_data(words_now=words, **kwargs)

    def arguments(self, form: Any) -> dict[str, Any]:
        values = dict(form.cleaned_data)
        del values["period"]
        about = {name: values.pop(name) for name in ABOUT}
        values["conditions"] = tuple(values["conditions"] or ())
        return {"right": lifecycle.Right(**values), **about}
