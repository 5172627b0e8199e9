"""What is asked about service: each answer is one that a court may ask for."""

from collections.abc import Sequence
from typing import Any

from casework import forms
from casework.jinja import moment
from law.periods import local_date, written
from orders.models import Service
from orders.queries import Wording


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
    """Service, with each proof that a court may ask for.

    `words` are the wordings that it may be of: which one is asked where there are several.
    """

    wording = forms.ChoiceField(
        label="In which words was he given the order?",
        named="in which words he was given the order",
        choices=[],
        required=False,
    )
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

    def __init__(self, *args: Any, words: Sequence[Wording] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["wording"]
        field.choices = [(wording.key, said(wording)) for wording in words]
        field.required = len(words) > 1
        if not field.required:
            del self.fields["wording"]


def said(wording: Wording) -> str:
    """As changed on 15 June 2026"""
    return f"{wording.name.capitalize()} on {written(local_date(wording.since))}"


def record(service: Service) -> str:
    """Thu 7 May 2026 at 14:05, in person"""
    how = service.get_method_display()
    return f"{moment(service.served_at)}, {how[:1].lower()}{how[1:]}"


class CorrectForm(ServeForm):
    """The right record of service in the place of a wrong one."""

    wrong = forms.RecordField(
        label="Which record is wrong?",
        named="the record that is wrong",
        queryset=Service.objects.none(),
        required=False,
    )
    reason = forms.TextField(
        label="What was wrong with the record",
        named="what was wrong with the record",
        max_length=300,
        rows=2,
    )

    def __init__(self, *args: Any, words: Sequence[Wording] = (), **kwargs: Any) -> None:
        super().__init__(*args, words=words, **kwargs)
        field: Any = self.fields["wrong"]
        living = [wording.service.pk for wording in words if wording.service]
        field.queryset = Service.objects.filter(pk__in=living).order_by("served_at")
        field.label_from_instance = record
        field.required = len(living) > 1
        if not field.required:
            del self.fields["wrong"]
