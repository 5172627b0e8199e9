"""What is asked about an order that a court made, and about an order at a moment."""

from typing import Any

from applications.models import Court
from casework import forms
from orders.fields import RowsField
from orders.models import Order

FIXED, FURTHER = "fixed", "further_order"


class MakeForm(forms.Form):
    """The order from the court's paper, with the conditions as the court made them."""

    kind = forms.ChoiceField(
        label="Which order did the court make?",
        named="which order the court made",
        choices=Order.Kind.choices,
    )
    made_at = forms.MomentField(
        label="When was it made?",
        named="the moment at which the order was made",
        hint="As the court’s paper says. It binds him from this moment.",
        past=True,
    )
    court = forms.RecordField(
        label="Which court made it?",
        named="the court",
        queryset=Court.objects.all(),  # also one that the force uses no more
        widget=forms.Select,
    )
    court_reference = forms.CharField(
        label="The court’s reference",
        max_length=40,
        required=False,
        classes="govuk-input--width-10",
    )
    period = forms.ChoiceField(
        label="How long does it last?",
        named="how long the order lasts",
        choices=[(FIXED, "A fixed period"), (FURTHER, "Until a further order")],
        reveals={FIXED: "last_day"},
    )
    last_day = forms.DateField(
        label="Last day of the order",
        named="the last day of the order",
        hint="The order has effect to the end of this day",
        required=False,
    )
    subject_present = forms.YesNoField(
        label="Was he in court?", named="he was in court", required=False
    )
    conditions = RowsField(
        label="Conditions as the court made them", named="the conditions as the court made them"
    )
    note = forms.TextField(label="Note of the hearing", max_length=4000, rows=3, required=False)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        settle_period(self, values, "last_day")
        return values


def settle_period(form: forms.Form, values: dict[str, Any], name: str) -> None:
    """A fixed period has a last day; "until a further order" has none, whatever was typed."""
    if values.get("period") == FURTHER:
        values[name] = None
    elif values.get("period") == FIXED and not values.get(name) and name not in form.errors:
        form.add_error(name, form.fields[name].error_messages["required"])


class AnswerForm(forms.Form):
    answer = forms.TextField(
        label="What force legal advises", named="what force legal advises", max_length=4000
    )


class AsAtForm(forms.Form):
    moment = forms.MomentField(label="As at", named="the moment")
