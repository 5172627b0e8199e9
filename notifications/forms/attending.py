"""What is asked about an attendance: the facts of ss9 and 10, and nothing that the Act does not ask."""

from typing import Any

from casework import forms
from notifications.forms.fields import AreaField, TakesOut, reason
from notifications.models import Attendance, Duty, Station

CONSTABLE, AUTHORISED = "constable", "authorised"


class WrongForm(TakesOut):
    """The record of an attendance that is wrong: asked only where there are several."""

    wrong = forms.RecordField(
        label="Which record is wrong?",
        named="the record that is wrong",
        queryset=Attendance.objects.none(),
        required=False,
    )
    reason = reason()
    field_order = ("wrong", "reason")

    def __init__(self, *args: Any, standing: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["wrong"]
        field.queryset = Attendance.objects.none() if standing is None else standing
        field.required = field.queryset.count() > 1
        if not field.required:
            del self.fields["wrong"]


class AttendForm(forms.Form):
    """He came to a station. Never DNA: the Act allows fingerprints and photographs alone."""

    attended_at = forms.MomentField(
        label="When he attended",
        named="the time of the attendance",
        hint="London time, 24 hours",
        past=True,
    )
    station = forms.RecordField(
        label="Police station",
        named="the police station",
        queryset=Station.objects.select_related("force"),
        widget=forms.Select,
    )
    heard_by = forms.ChoiceField(
        label="Who heard him",
        named="who heard him",
        choices=[
            (CONSTABLE, "A constable"),
            (AUTHORISED, "A person whom the officer in charge authorised"),
        ],
        reveals={AUTHORISED: "authorised_by_name"},
    )
    authorised_by_name = forms.CharField(
        label="Who authorised that person",
        named="who authorised the person who heard him",
        hint="The officer in charge of the station",
        max_length=120,
        required=False,
    )
    received_by_name = forms.CharField(
        label="Name and collar number",
        named="the name and collar number of the person who heard him",
        max_length=120,
    )
    names_given = forms.TextField(
        label="Every name he uses",
        named="every name he uses",
        hint="One on each line",
        max_length=1000,
        rows=3,
    )
    address_limb = forms.ChoiceField(
        label="What address he gave",
        named="what address he gave",
        choices=Attendance.AddressLimb.choices,
        hint="The second only where he has no residence in the UK, s14(1)",
        reveals={Attendance.AddressLimb.FOUND: "picked"},
    )
    picked = forms.ChoiceField(
        label="Are there several such places?",
        named="whether there are several such places",
        hint="Which of them counts as his home address is for him to choose, s14(1)",
        choices=Attendance.Picked.choices,
        required=False,
    )
    address_given = forms.TextField(
        label="The address, or the place",
        named="his home address, or a place where he can regularly be found",
        max_length=300,
        rows=2,
    )
    home_force = AreaField(
        label="Police area of that address",
        named="the police area of that address",
        hint="As it is. Do not guess it from the postcode",
    )
    identity_check = forms.CharField(
        label="How his identity was checked",
        hint="Leave empty if it was not",
        required=False,
    )
    fingerprints = forms.ChoiceField(
        label="Fingerprints",
        named="what happened about fingerprints",
        choices=Attendance.Answer.choices,
        inline=True,
    )
    photograph = forms.ChoiceField(
        label="Photograph",
        named="what happened about a photograph",
        hint="To verify identity only, s10(5). Never DNA: the Act does not allow it",
        choices=Attendance.Answer.choices,
        inline=True,
    )
    also_taken = forms.CharField(
        label="Anything else that was taken from him to check who he is",
        hint="Leave empty if nothing was. It is recorded with what the law says to it",
        max_length=100,
        required=False,
    )
    excuse = forms.TextField(
        label="What he said about being late, or about refusing",
        hint="In his own words. A person decides later whether it is a reasonable excuse",
        max_length=2000,
        rows=3,
        required=False,
    )
    oral_statement = forms.TickField(
        label="He said it aloud to the person above",
        hint="Without this nothing is notified: it is recorded that he came",
    )

    def __init__(self, *args: Any, stations: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["station"]
        if stations is not None:
            field.queryset = stations
        field.label_from_instance = lambda station: f"{station.name}, {station.force.name}"

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        heard_by = values.pop("heard_by", "")
        values["heard_by_constable"] = heard_by != AUTHORISED
        if heard_by == CONSTABLE:
            values["authorised_by_name"] = ""
        if values.get("address_limb") != Attendance.AddressLimb.FOUND:
            values["picked"] = ""
        elif not values.get("picked"):
            self.add_error("picked", "Select whether there are several such places")
        return values


class CorrectAttendanceForm(AttendForm, WrongForm):
    """The right record of an attendance in the place of a wrong one."""

    right = forms.RecordField(
        label="What did he come about?",
        named="what he came about",
        queryset=Duty.objects.none(),
    )

    def __init__(self, *args: Any, duties: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["right"]
        if duties is not None:
            field.queryset = duties
