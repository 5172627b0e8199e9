"""The pages of varying, renewing and discharging: what is asked, and what the court decided."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from casework import clock, pages
from orders import lifecycle, queries
from orders.forms import DecideForm, DischargeForm, LeaveForm, RenewForm, VaryForm
from orders.lifecycle import deciding, guarding, varying
from orders.models import Condition, Order, Variation
from orders.terms import Act, Change, Term


class AskView(pages.OpeningView):
    """What applying to vary, to renew and to discharge have in common."""

    model = Order
    template_name = "orders/ask.html"
    success = "orders:overview"
    place = "orders:overview"
    button = "Record the application"
    done = "The application is recorded"

    def form_options(self) -> dict[str, Any]:
        return {"order": self.record}

    def initial(self) -> dict[str, Any]:
        return {
            "applied_on": clock.today(),
            "applicant_force": self.record.force_id,
            "changes": self.held,
        }

    @cached_property
    def held(self) -> tuple[Condition, ...]:
        return tuple(last_words(self.record))

    def arguments(self, form: Any) -> dict[str, Any]:
        values = dict(form.cleaned_data)
        for name in ("changes", "consents"):
            if name in values:
                values[name] = tuple(values[name])
        return {"asked": lifecycle.Asked(**values)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = words_of(self.held)
        return super().get_context_data(order=self.record, words_now=words, **kwargs)


class Vary(AskView):
    step = varying.APPLY_TO_VARY
    act = lifecycle.apply_to_vary
    form_class = VaryForm
    title = "Apply to vary the order"
    url_name = "vary"


class Renew(AskView):
    step = varying.APPLY_TO_RENEW
    act = lifecycle.apply_to_renew
    form_class = RenewForm
    title = "Apply to renew the order"
    url_name = "renew"


class Discharge(AskView):
    step = varying.APPLY_TO_DISCHARGE
    act = lifecycle.apply_to_discharge
    form_class = DischargeForm
    title = "Apply to discharge the order"
    url_name = "discharge"


class Leave(pages.StepView):
    """Decide that the court is not asked to renew the order."""

    model = Order
    step = guarding.LEAVE_TO_END
    act = lifecycle.leave_to_end
    form_class = LeaveForm
    template_name = "orders/leave.html"
    title = "Decide not to renew the order"
    button = "Let the order end"
    warning = True
    done = "It is decided: the order is not renewed, and its clock has stopped"
    success = "orders:overview"
    place = "orders:overview"


class Decide(pages.StepView):
    """What the court decided on an application to vary, renew or discharge."""

    model = Variation
    step = deciding.GRANT
    act = lifecycle.decide_variation
    form_class = DecideForm
    template_name = "orders/decide.html"
    title = "Record what the court decided"
    button = "Record the decision"
    done = "The court’s decision is recorded"
    success = "orders:overview"
    url_name = "decide_variation"
    place = "orders:overview"

    def form_options(self) -> dict[str, Any]:
        return {"variation": self.record}

    def initial(self) -> dict[str, Any]:
        return {
            "last_day": self.record.asked_until,
            "changes": rows_of_decision(self.record, self.held),
        }

    @cached_property
    def held(self) -> tuple[Condition, ...]:
        return tuple(last_words(self.record.order))

    def arguments(self, form: Any) -> dict[str, Any]:
        values = dict(form.cleaned_data)
        for name in ("heard", "consents", "changes"):
            values[name] = tuple(values.get(name) or ())
        return {"decision": lifecycle.Decision(**values)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            variation=self.record,
            order=self.record.order,
            words_now=words_of(self.held),
            asked_for=words_asked(self.record),
            **kwargs,
        )


def rows_of_decision(variation: Variation, held: Iterable[Condition]) -> tuple[Any, ...]:
    """The order's conditions now, with what was asked for each, then what was asked to be added."""
    asked = variation.asked_changes
    changed = {change.number: change for change in asked if change.act is not Act.ADD}
    rows: list[Any] = [with_words(changed.get(condition.number), condition) for condition in held]
    return (*rows, *(change for change in asked if change.act is Act.ADD))


def words_of(held: Iterable[Condition]) -> dict[int, str]:
    """What each number of the order says, before anything that is asked or typed."""
    return {condition.number: condition.text for condition in held}


def words_asked(variation: Variation) -> dict[int, str]:
    """What is asked for in the place of the words of a number; empty: that it be removed."""
    asked = variation.asked_changes
    return {one.number: one.term.text if one.term else "" for one in asked if one.number}


def last_words(order: Order) -> QuerySet[Condition]:
    """Its conditions now; of an order that ended before the court's paper came, as it ended."""
    return queries.as_at(order, queries.last_moment(order, clock.now()))


def with_words(change: Change | None, condition: Any) -> Any:
    """A change that removes still shows which words it removes."""
    if change is None or change.act is Act.AMEND:
        return change or condition
    term = Term(kind=condition.kind, text=condition.text, short=condition.short)
    return Change(change.act, change.number, term)
