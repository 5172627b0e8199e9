"""What is asked about varying, renewing and discharging, and what the court decided."""

from collections.abc import Sequence
from typing import Any

from django import forms as plain

from accounts.models import Force
from casework import forms
from orders.fields import RowsField
from orders.forms.making import FIXED, FURTHER, settle_period
from orders.lifecycle.varying import original_force
from orders.models import Order, Variation

SUBJECT = "subject"


class AskForm(forms.Form):
    """What every application to vary, renew or discharge asks."""

    applicant = forms.ChoiceField(
        label="Who applies?",
        named="who applies",
        choices=Variation.Applicant.choices,
        reveals={Variation.Applicant.CHIEF_OFFICER: "applicant_force"},
    )
    applicant_force = forms.RecordField(
        label="The chief officer of",
        named="the force whose chief officer applies",
        queryset=Force.objects.all(),
        widget=forms.Select,
        required=False,
        empty_label="Select a force",
    )
    area = forms.ChoiceField(
        label="Which force’s area does he live in?",
        hint="Where it is not known, the consent of another chief officer may be needed",
        named="where he lives",
        choices=[
            ("ours", "This force’s area"),
            ("other", "Another force’s area"),
            ("outside", "Outside England and Wales"),
            ("unknown", "It is not known"),
        ],
        reveals={"other": "residence_force"},
    )
    residence_force = forms.RecordField(
        label="He lives in the area of",
        named="the force in whose area he lives",
        queryset=Force.objects.filter(kind=Force.Kind.TERRITORIAL),
        widget=forms.Select,
        required=False,
        empty_label="Select a force",
    )
    beliefs = forms.ManyField(
        label="The applying chief officer believes that he",
        choices=[("in", "is in that force’s area"), ("intends", "intends to come to it")],
        required=False,
    )
    grounds = forms.TextField(
        label="Why the court is asked", named="why the court is asked", max_length=8000, rows=6
    )
    applied_on = forms.DateField(
        label="Day of the application", named="the day of the application", past=True
    )
    hearing_on = forms.DateField(
        label="Day of the hearing", named="the day of the hearing", required=False
    )

    def __init__(self, *args: Any, order: Order | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order = order

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("applicant") == Variation.Applicant.SUBJECT:
            values["applicant_force"] = None
        elif values.get("applicant") and not values.get("applicant_force"):
            self.add_error("applicant_force", "Select the force whose chief officer applies")
        self._settle_area(values)
        return values

    def _settle_area(self, values: dict[str, Any]) -> None:
        area = values.pop("area", None)
        if area == "ours" and self.order is not None:
            values["residence_force"] = self.order.force
        elif area in ("outside", "unknown"):
            values["residence_force"] = None
        elif area == "other" and not values.get("residence_force"):
            self.add_error("residence_force", "Select the force in whose area he lives")
        values["lives_outside"] = area == "outside"
        beliefs = values.pop("beliefs", [])
        values["believed_in"], values["intends_to_come"] = "in" in beliefs, "intends" in beliefs


class VaryForm(AskForm):
    changes = RowsField(
        label="What should change", named="what should change", changes=True, required=False
    )


class RenewForm(AskForm):
    period = forms.ChoiceField(
        label="For how long?",
        named="for how long",
        choices=[(FIXED, "To a new last day"), (FURTHER, "Until a further order")],
        reveals={FIXED: "asked_until"},
    )
    asked_until = forms.DateField(label="New last day", named="the new last day", required=False)
    changes = RowsField(
        label="What else should change",
        named="what else should change",
        changes=True,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        settle_period(self, values, "asked_until")
        values.pop("period", None)
        return values


class DischargeForm(AskForm):
    consents = forms.ManyField(
        label="Who consents?",
        hint="Before 2 years are over a court cannot discharge a full order without consents, s4(4)",
        choices=[
            (SUBJECT, "The subject"),
            ("original", "The chief officer who applied for the order"),
            ("applying", "The chief officer who applies now"),
            ("residence", "The chief officer of the area that he lives in"),
        ],
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        applying, residence = values.get("applicant_force"), values.get("residence_force")
        given = {
            SUBJECT: SUBJECT,
            "original": original_force(self.order) if self.order else None,
            "applying": applying.code if applying else None,
            "residence": residence.code if residence else None,
        }
        said = values.get("consents") or []
        values["consents"] = sorted({code for who in said if (code := given[who])})
        return values


class LeaveForm(forms.Form):
    """The court is not asked to renew the order."""

    reason = forms.TextField(
        label="Why need the order not be renewed?",
        named="why the order need not be renewed",
        hint="What the risk is now, and what the protected person says to it",
        max_length=2000,
    )


def offer(form: forms.Form, name: str, choices: Sequence[tuple[str, str]]) -> None:
    """Let a field be answered with these choices, which depend on the record."""
    field = form.fields[name]
    if isinstance(field, plain.ChoiceField):
        field.choices = choices


class DecideForm(forms.Form):
    """What the court decided on an application to vary, renew or discharge."""

    outcome = forms.ChoiceField(
        label="What happened?",
        named="what the court decided",
        choices=[
            (Variation.Status.GRANTED, "The court granted it"),
            (Variation.Status.REFUSED, "The court refused it"),
            (Variation.Status.WITHDRAWN, "It was withdrawn"),
        ],
    )
    decided_at = forms.MomentField(label="When?", named="the moment of the decision", past=True)
    heard = forms.ManyField(
        label="Whom did the court hear?", choices=[(SUBJECT, "The subject")], required=False
    )
    consents = forms.ManyField(
        label="Who consented?", choices=[(SUBJECT, "The subject")], required=False
    )
    period = forms.ChoiceField(
        label="For how long is the order renewed?",
        named="for how long the order is renewed",
        choices=[(FIXED, "To a new last day"), (FURTHER, "Until a further order")],
        reveals={FIXED: "last_day"},
        required=False,
    )
    last_day = forms.DateField(label="New last day", named="the new last day", required=False)
    changes = RowsField(
        label="Conditions as the court decided",
        named="the conditions as the court decided",
        changes=True,
        required=False,
    )
    note = forms.TextField(label="Note", max_length=4000, rows=3, required=False)

    def __init__(self, *args: Any, variation: Variation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.variation = variation
        if variation is None:
            return
        offer(self, "heard", may_be_heard(variation))
        offer(self, "consents", may_consent(variation))
        for name in unasked(variation):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("outcome") == Variation.Status.GRANTED and "period" in self.fields:
            if not values.get("period"):
                self.add_error("period", "Select for how long the order is renewed")
            settle_period(self, values, "last_day")
        values.pop("period", None)
        return values


def may_be_heard(variation: Variation) -> list[tuple[str, str]]:
    """s4(2): the subject, and each chief officer who may want to be heard; ours in any case."""
    return _named(variation.order.force, variation.applicant_force, variation.residence_force)


def may_consent(variation: Variation) -> list[tuple[str, str]]:
    """s4(4)(b): where a court made the order of its own motion nobody applied who could consent."""
    order = variation.order
    original = order.force if original_force(order) else None
    return _named(original, variation.applicant_force, variation.residence_force)


def _named(*forces: Force | None) -> list[tuple[str, str]]:
    named = {force.code: f"The chief officer of {force}" for force in forces if force}
    return [(SUBJECT, "The subject"), *sorted(named.items())]


def unasked(variation: Variation) -> tuple[str, ...]:
    """The questions that this kind of application does not have."""
    kinds = Variation.Kind
    return {
        kinds.VARY: ("consents", "period", "last_day"),
        kinds.RENEW: ("consents",),
        kinds.DISCHARGE: ("period", "last_day", "changes"),
    }[kinds(variation.kind)]
