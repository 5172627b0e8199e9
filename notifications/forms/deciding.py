"""What is asked where a person decides, and about the paper that he is given."""

from casework import forms
from notifications.models import Attendance, SuspectedFailure


class SuspectFalseForm(forms.Form):
    """What he notified was not true."""

    suspicion = forms.TextField(
        label="What was false, and how do we know?",
        named="what was false, and how we know",
        hint="A name, or an address. Whether he knew it is decided later, s11(1)(b)",
        max_length=4000,
        rows=5,
    )


class DecideFailureForm(forms.Form):
    """What the suspected failure was. One prosecution for one failure, s11(5)."""

    outcome = forms.ChoiceField(
        label="What do you decide?",
        named="what you decide",
        choices=[
            (SuspectedFailure.Status.INVESTIGATED, "Investigate it as an offence"),
            (SuspectedFailure.Status.EXCUSED, "He had a reasonable excuse"),
            (SuspectedFailure.Status.NO_ACTION, "No further action"),
        ],
    )
    reason = forms.TextField(
        label="Your reasons",
        named="your reasons",
        hint="Custody, hospital or absence abroad are no exception in s9, but may be an excuse",
        max_length=4000,
        rows=5,
    )


class HandOverForm(forms.Form):
    """He was given the written acknowledgement."""

    handed_at = forms.MomentField(
        label="When he was given it",
        named="the time at which he was given it",
        hint="London time, 24 hours",
        past=True,
    )
    handed_by_name = forms.CharField(
        label="Who gave it to him",
        named="the name and collar number of the person who gave it to him",
        hint="Name and collar number",
        max_length=120,
    )


class LeaveUnhandedForm(forms.Form):
    """He left without it."""

    reason = forms.TextField(
        label="Why he was not given it",
        named="why he was not given it",
        hint="And what is done so that he gets it. He can be given it later",
        max_length=300,
        rows=3,
    )


class DecideAttendanceForm(forms.Form):
    """Force legal says whether it counts that he notified there, or to that person."""

    outcome = forms.ChoiceField(
        label="Does his attendance count?",
        named="whether his attendance counts",
        choices=Attendance.Decision.choices,
    )
    reason = forms.TextField(
        label="Your reasons",
        named="your reasons",
        hint="They are shown to everybody who reads the case",
        max_length=2000,
        rows=5,
    )
