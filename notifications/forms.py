"""What is asked about notification: the facts of ss9 and 10, and nothing that the Act does not ask."""

from typing import Any

from accounts.models import Force
from casework import forms
from notifications.models import Attendance, Duty, Station, SuspectedFailure

CONSTABLE, AUTHORISED = "constable", "authorised"
ELSEWHERE = "elsewhere"
TERRITORIAL = Force.objects.filter(kind=Force.Kind.TERRITORIAL)


class AreaField(forms.ChoiceField):
    """A police area, asked and never guessed from an address. Gives the force; None: elsewhere."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Select)
        super().__init__(choices=areas, **kwargs)

    def clean(self, value: Any) -> Force | None:
        code = super().clean(value)
        return None if code in ("", ELSEWHERE) else TERRITORIAL.get(pk=code)

    def prepare_value(self, value: Any) -> Any:
        return value.pk if isinstance(value, Force) else value


def areas() -> list[tuple[str, str]]:
    """Every police area of England and Wales, and everywhere else."""
    return [
        (ELSEWHERE, "Not in England or Wales, or nowhere"),
        *((force.pk, force.name) for force in TERRITORIAL.order_by("name")),
    ]


def reason() -> forms.TextField:
    """Why a record is corrected or taken back: it is kept beside what was wrong."""
    return forms.TextField(
        label="What was wrong with the record",
        named="what was wrong with the record",
        max_length=300,
        rows=2,
    )


class WrongForm(forms.Form):
    """The record of an attendance that is wrong: asked only where there are several."""

    wrong = forms.RecordField(
        label="Which record is wrong?",
        named="the record that is wrong",
        queryset=Attendance.objects.none(),
        required=False,
    )
    reason = reason()

    def __init__(self, *args: Any, standing: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["wrong"]
        field.queryset = Attendance.objects.none() if standing is None else standing
        field.required = field.queryset.count() > 1
        if not field.required:
            del self.fields["wrong"]


class TakeBackForm(forms.Form):
    """What was recorded never was."""

    reason = reason()


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


class ChangeForm(forms.Form):
    """He uses a new name, or lives somewhere else."""

    kind = forms.ChoiceField(
        label="What changed?",
        named="what changed",
        choices=[(Duty.Kind.NAME, "He uses a new name"), (Duty.Kind.ADDRESS, "He moves home")],
    )
    happened_on = forms.DateField(
        label="From which day?",
        named="the day of the change",
        hint="The day he first uses the name, or moves. It may be to come",
    )
    told = forms.CharField(
        label="The new name, or the new address",
        named="the new name or the new address",
        max_length=300,
    )
    told_by = forms.CharField(label="Who told us?", max_length=120, required=False)
    left_force = AreaField(
        label="Police area that he moves from", hint="Only where he moves", required=False
    )
    home_force = AreaField(
        label="Police area that he moves to", hint="Only where he moves", required=False
    )


class CorrectChangeForm(ChangeForm):
    """The change as it was in truth."""

    reason = reason()


class SoaForm(forms.Form):
    """The notification duty of Part 2 of the Sexual Offences Act 2003."""

    soa_from = forms.DateField(label="First day of that duty", named="the first day of that duty")
    soa_until = forms.DateField(
        label="Its final day",
        named="the final day of that duty",
        hint="Leave empty while it continues",
        required=False,
    )


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
