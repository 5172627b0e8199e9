"""What is asked where the record of an order as made was wrong."""

from typing import Any

from casework import forms
from orders.fields import RowsField
from orders.forms.making import MakeForm, settle_period
from orders.models import Correction, Order
from orders.queries import living_service

PAPER = {"yes": True, "no": False, "unknown": None}


class CorrectOrderForm(forms.Form):
    """The order as the court's paper has it, beside what is recorded."""

    kind = forms.ChoiceField(
        label="Whose mistake was it?",
        named="whose mistake it was",
        choices=Correction.Kind.choices,
        reveals={Correction.Kind.COURT: "corrected_on"},
    )
    corrected_on = forms.DateField(
        label="On which day did the court correct it?",
        named="the day on which the court corrected its order",
        required=False,
        past=True,
    )
    made_at = MakeForm.base_fields["made_at"]
    court = MakeForm.base_fields["court"]
    court_reference = MakeForm.base_fields["court_reference"]
    period = MakeForm.base_fields["period"]
    last_day = forms.DateField(
        label="Last day of the order",
        named="the last day of the order",
        hint="As it stands now: of an order that was renewed, the new last day",
        required=False,
    )
    subject_present = MakeForm.base_fields["subject_present"]
    conditions = RowsField(
        label="Conditions as the court made them",
        named="the conditions as the court made them",
        changes=True,
        required=False,
    )
    had_right_paper = forms.ChoiceField(
        label="Did the paper that he was given say what the court’s order says?",
        named="whether his paper was right",
        choices=[
            ("yes", "Yes, he was given it without the mistake"),
            ("no", "No, it had the mistake"),
            ("unknown", "It is not known"),
        ],
        hint="Where it did not, or it is not known, he must be given the right one",
    )
    reason = forms.TextField(
        label="What was wrong with the record",
        named="what was wrong with the record",
        max_length=300,
        rows=2,
    )

    def __init__(self, *args: Any, order: Order | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if order is not None and living_service(order) is None:
            del self.fields["had_right_paper"]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        settle_period(self, values, "last_day")
        if values.get("kind") != Correction.Kind.COURT:
            values["corrected_on"] = None
        elif not values.get("corrected_on") and "corrected_on" not in self.errors:
            self.add_error("corrected_on", "Enter the day on which the court corrected its order")
        values["had_right_paper"] = PAPER.get(values.get("had_right_paper", ""))
        return values
