"""Lodging, hearings and their results."""

from typing import Any

from applications.models import Application, Court, Hearing
from casework import forms

O = Hearing.Outcome  # noqa: E741


def offer(form: forms.Form, courts: Any) -> None:
    """Let the court be one of these; where nobody says which, any."""
    field: Any = form.fields["court"]
    if courts is not None:
        field.queryset = courts


class LodgeForm(forms.Form):
    court = forms.RecordField(
        label="At which court?",
        named="the court",
        queryset=Court.objects.all(),
        widget=forms.Select,
    )
    lodged_on = forms.DateField(label="When was it lodged?", named="the day of lodging", past=True)
    court_reference = forms.CharField(label="The court's reference", max_length=40, required=False)

    def __init__(self, *args: Any, courts: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, courts)


class WithdrawForm(forms.Form):
    reason = forms.ChoiceField(
        label="Why is it withdrawn?",
        named="why the application is withdrawn",
        choices=Application.WithdrawalReason.choices,
    )
    note = forms.TextField(label="Note", required=False)


class HearingForm(forms.Form):
    purpose = forms.ChoiceField(
        label="What is the hearing about?",
        named="what the hearing is about",
        choices=Hearing.Purpose.choices,
    )
    court = forms.RecordField(
        label="At which court?",
        named="the court",
        queryset=Court.objects.all(),
        widget=forms.Select,
    )
    starts_at = forms.MomentField(label="When does it start?", named="the start of the hearing")
    room = forms.CharField(label="Court room", max_length=40, required=False)
    notice_given = forms.YesNoField(
        label="Has the subject had notice?",
        named="the subject has had notice",
        reveals={"no": "no_notice_reason"},
        inline=False,
        required=False,
    )
    no_notice_reason = forms.TextField(label="Why not?", max_length=2000, rows=2, required=False)
    special_measures = forms.CharField(
        label="Special measures", hint="Screen, live link", required=False
    )
    interpreter = forms.CharField(label="Interpreter", max_length=60, required=False)
    late_reason = forms.CharField(
        label="If it has already begun: why is it recorded only now?", required=False
    )

    def __init__(
        self,
        *args: Any,
        lodged: bool = True,
        no_order: str = "",
        courts: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, courts)
        self.no_order = no_order
        variation = Hearing.Purpose.VARIATION.value
        purpose: Any = self.fields["purpose"]
        purpose.choices = [
            (value, label)
            for value, label in purpose.choices
            if (not no_order if value == variation else lodged)
        ]

    def clean(self) -> dict[str, Any]:
        """Who asks for what is not offered without an order is told why."""
        values = super().clean() or {}
        about_order = self.data.get("purpose") == Hearing.Purpose.VARIATION
        if self.no_order and about_order and self.errors.pop("purpose", None):
            self.add_error("purpose", self.no_order)
        return values


class ResultForm(forms.Form):
    """What the court decided, where it made no order. An order is recorded from its paper."""

    outcome = forms.ChoiceField(
        label="What did the court decide?",
        named="what the court decided",
        choices=[
            (O.ADJOURNED, O.ADJOURNED.label),
            (O.INTERIM_REFUSED, O.INTERIM_REFUSED.label),
            (O.REFUSED, O.REFUSED.label),
            (O.WITHDRAWN, O.WITHDRAWN.label),
            (O.VARIATION_DECIDED, O.VARIATION_DECIDED.label),
        ],
        reveals={
            O.ADJOURNED: "next_starts_at",
            O.INTERIM_REFUSED: "interim_refusal_reason",
            O.REFUSED: "refusal_reason",
            O.WITHDRAWN: "withdrawal_reason",
        },
    )
    next_starts_at = forms.MomentField(
        label="When does the hearing go on?",
        named="the next hearing",
        hint="Leave this open if the court gave no day yet: force legal asks for one",
        required=False,
    )
    interim_refusal_reason = forms.ChoiceField(
        label="Why was the interim order refused?",
        named="why the interim order was refused",
        choices=Hearing.InterimRefusal.choices,
        required=False,
    )
    refusal_reason = forms.ChoiceField(
        label="Why was it refused?",
        named="why it was refused",
        choices=Application.RefusalReason.choices,
        required=False,
    )
    withdrawal_reason = forms.ChoiceField(
        label="Why was it withdrawn?",
        named="why it was withdrawn",
        choices=Application.WithdrawalReason.choices,
        required=False,
    )
    next_room = forms.CharField(label="Next court room", max_length=40, required=False)
    note = forms.TextField(
        label="What the court said",
        hint="The reasons it gave. An adjournment needs why",
        required=False,
    )

    def __init__(
        self, *args: Any, about_order: bool = False, about_interim: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        mine = {O.VARIATION_DECIDED, O.ADJOURNED} if about_order else {*O} - {O.VARIATION_DECIDED}
        if not about_interim:
            mine.discard(O.INTERIM_REFUSED)
        field: Any = self.fields["outcome"]
        field.choices = [choice for choice in field.choices if choice[0] in mine]


class CorrectResultForm(ResultForm):
    """The result as it was in truth, beginning with what is recorded."""

    starts_at = forms.MomentField(
        label="When was the hearing?", named="the time of the hearing", past=True
    )
    why = forms.TextField(
        label="What was wrong with the record?",
        named="what was wrong with the record",
        hint="The wrong record is kept with this",
        max_length=1000,
        rows=2,
    )


class TakeBackResultForm(forms.Form):
    why = forms.TextField(
        label="What was wrong with the record?",
        named="what was wrong with the record",
        hint="The wrong record is kept with this. The result is awaited again",
        max_length=1000,
    )


class VacateForm(forms.Form):
    note = forms.TextField(
        label="Why does it not take place?", named="why it does not take place", max_length=1000
    )
