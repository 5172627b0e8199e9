"""What is known better now of somebody in the case."""

from casework import forms
from people.models import Correction, Person


class CorrectForm(forms.Form):
    """What is known of the subject."""

    given_names = forms.CharField(label="Given names", max_length=100, required=False)
    family_name = forms.CharField(label="Family name", max_length=100)
    born_on = forms.DateField(
        label="Date of birth", named="the date of birth", past=True, required=False
    )
    gender = forms.ChoiceField(
        label="Gender",
        named="the gender, or that it is not known",
        choices=Person.Gender.choices,
        inline=True,
    )
    language = forms.CharField(label="Language, if not English", max_length=40, required=False)
    interpreter_needed = forms.TickField(label="An interpreter is needed")
    description = forms.TextField(label="Description", max_length=2000, rows=3, required=False)
    warnings = forms.CharField(
        label="Warning markers",
        hint="What keeps officers safe at the door",
        max_length=300,
        required=False,
    )


class CorrectPartyForm(forms.Form):
    """What a victim or protected person is really called, and born."""

    given_names = forms.CharField(label="Given names", max_length=100, required=False)
    family_name = forms.CharField(label="Family name", named="the family name", max_length=100)
    born_on = forms.DateField(
        label="Date of birth", named="the date of birth", past=True, required=False
    )
    why = forms.ChoiceField(
        label="Why is it different?",
        named="why it is different",
        choices=Correction.Why.choices,
        hint="A name that has changed is kept as a former name. One that was wrong is kept as history",
    )
    reason = forms.CharField(
        label="Who says so, or what shows it?",
        named="who says so, or what shows it",
        hint="For example, the birth certificate, or said by telephone on Monday",
        max_length=200,
    )
