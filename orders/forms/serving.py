"""What is asked about service: each answer is one that a court may ask for."""

from casework import forms
from orders.models import Service


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
