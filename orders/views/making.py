"""The pages of an order's making, and of what force legal says to it."""

from typing import Any

from applications.models import Hearing, ProposedCondition
from casework import pages
from orders import lifecycle
from orders.forms import AnswerForm, MakeForm
from orders.lifecycle import advising, making
from orders.models import Order


class Make(pages.OpeningView):
    """The order from the court's paper, beside what was applied for."""

    model = Hearing
    step = making.MAKE_ORDER
    act = lifecycle.make_order
    form_class = MakeForm
    template_name = "orders/make.html"
    title = "Record the order that the court made"
    button = "Record the order"
    done = "The order is recorded. It binds him from the moment at which it was made: serve it."
    success = "orders:overview"
    url_name = "make"
    place = "orders:overview"

    def asked(self) -> list[ProposedCondition]:
        application = self.record.application
        return list(application.conditions.all()) if application else []

    def initial(self) -> dict[str, Any]:
        application = self.record.application
        return {
            "court": self.record.court_id,
            "court_reference": application.court_reference if application else "",
            "conditions": tuple(as_asked(condition) for condition in self.asked()),
        }

    def arguments(self, form: Any) -> dict[str, Any]:
        values = dict(form.cleaned_data)
        values["terms"] = values.pop("conditions")
        del values["period"]
        return values

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        applied_for = {str(condition.pk): condition for condition in self.asked()}
        return super().get_context_data(hearing=self.record, applied_for=applied_for, **kwargs)


def as_asked(condition: ProposedCondition) -> dict[str, Any]:
    """The row of a condition that the court made as it was applied for."""
    facts = ("kind", "text", "short", "locality", "own_last_day", "necessity")
    row = {name: getattr(condition, name) for name in facts}
    return row | {"proposed": condition.pk, "act": "keep"}


class Answer(pages.StepView):
    """Force legal says what is to be done about a finding."""

    model = Order
    step = advising.ANSWER_QUERY
    act = lifecycle.answer_legal_query
    form_class = AnswerForm
    template_name = "orders/legal.html"
    title = "What the law says to what the court did"
    button = "Record the answer"
    done = "The answer is recorded"
    url_name = "legal"
    place = "orders:overview"

    def require(self) -> None:
        super().require()
        user: Any = self.request.user
        advising.require_question(self.record, user)

    def initial(self) -> dict[str, Any]:
        return {}
