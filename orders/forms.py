"""What is asked about orders. Rules that need another row are in the acts."""

from typing import Any

from accounts.models import Force
from applications.models import Court
from casework import forms
from casework.models import Case
from orders.fields import RowsField
from orders.models import Order, Service, Variation
from orders.queries import REASONS

FIXED, FURTHER = "fixed", "further_order"
SUBJECT = "subject"


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
        queryset=Court.objects.filter(is_active=True),
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


class AttemptForm(forms.Form):
    """He was looked for."""

    tried_at = forms.MomentField(
        label="When was he looked for?", named="the time of the attempt", past=True
    )
    place = forms.CharField(label="Where?", named="where he was looked for")
    what_happened = forms.TextField(
        label="What happened", named="what happened", max_length=2000, rows=4
    )
    footage_reference = forms.CharField(
        label="Body-worn video reference",
        max_length=60,
        required=False,
        classes="govuk-input--width-10",
    )


class ServeForm(forms.Form):
    """Service, with each proof that a court may ask for."""

    served_at = forms.MomentField(
        label="When was he served?",
        named="the time of service",
        hint="The 3 days in which he must notify the police begin with this day",
        past=True,
    )
    method = forms.ChoiceField(
        label="How was it served?", named="how it was served", choices=Service.Method.choices
    )
    place = forms.CharField(label="Where was he served?", named="where he was served")
    served_by_name = forms.CharField(
        label="Who served it?", named="who served it", hint="Rank and name", max_length=120
    )
    collar_number = forms.CharField(
        label="Collar number", max_length=12, required=False, classes="govuk-input--width-5"
    )
    pages_served = forms.IntegerField(
        label="How many pages was he given?",
        named="how many pages he was given",
        min_value=1,
        max_value=999,
        classes="govuk-input--width-3",
    )
    explained = forms.YesNoField(
        label="Was the order explained to him?", named="the order was explained to him"
    )
    notification_explained = forms.YesNoField(
        label="Was he told that he must notify the police within 3 days?",
        named="he was told that he must notify the police",
    )
    understood = forms.ChoiceField(
        label="Did he understand?",
        named="whether he understood",
        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "It is not known")],
        inline=True,
    )
    interpreter = forms.CharField(
        label="Interpreter",
        hint="The language, where one was there",
        max_length=60,
        required=False,
        classes="govuk-input--width-20",
    )
    reaction = forms.TextField(
        label="What he said and did",
        hint="In his own words where you have them",
        max_length=2000,
        rows=3,
        required=False,
    )
    acknowledgement = forms.ChoiceField(
        label="Did he sign for it?",
        named="whether he signed for it",
        choices=Service.Acknowledgement.choices,
    )
    footage_reference = forms.CharField(
        label="Body-worn video reference",
        max_length=60,
        required=False,
        classes="govuk-input--width-10",
    )


class CorrectForm(ServeForm):
    """The right record of service in the place of a wrong one."""

    reason = forms.TextField(
        label="What was wrong with the record",
        named="what was wrong with the record",
        max_length=300,
        rows=2,
    )


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
        named="where he lives",
        choices=[
            ("ours", "This force’s area"),
            ("other", "Another force’s area"),
            ("none", "Outside England and Wales, or it is not known"),
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

    def __init__(self, *args: Any, case: Case | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case

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
        if area == "ours" and self.case is not None:
            values["residence_force"] = self.case.force
        elif area == "none":
            values["residence_force"] = None
        elif area == "other" and not values.get("residence_force"):
            self.add_error("residence_force", "Select the force in whose area he lives")
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
        hint="Before 2 years are over a court cannot discharge a full order without these consents",
        choices=[(SUBJECT, "The subject")],
        required=False,
    )

    def __init__(self, *args: Any, consenting: tuple[tuple[str, str], ...] = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["consents"].choices = consenting or parties()


def parties() -> list[tuple[str, str]]:
    """Everybody who may consent or be heard: the subject, and each chief officer."""
    return [
        (SUBJECT, "The subject"),
        *((force.code, f"The chief officer of {force}") for force in Force.objects.all()),
    ]


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
        choices = concerned(variation)
        self.fields["heard"].choices = self.fields["consents"].choices = choices
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


def concerned(variation: Variation) -> list[tuple[str, str]]:
    """Who can be heard or consent: the subject, and the chief officers whom s4 names."""
    forces = (variation.order.force, variation.applicant_force, variation.residence_force)
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


class AnswerForm(forms.Form):
    answer = forms.TextField(
        label="What force legal advises", named="what force legal advises", max_length=4000
    )


class AsAtForm(forms.Form):
    moment = forms.MomentField(label="As at", named="the moment")


class CheckForm(forms.Form):
    """One box, one reason."""

    text = forms.CharField(
        label="Name, nickname, date of birth, phone, address, plate or account",
        named="a name, date of birth, phone, postcode, plate or account",
        max_length=200,
    )
    reason = forms.ChoiceField(
        label="Why you look",
        named="why you look",
        choices=[("", "Select"), *REASONS.items()],
        widget=forms.Select,
    )
