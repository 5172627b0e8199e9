"""What an administrator is asked about accounts and places."""

from typing import Any

from accounts.models import Force, Rank, Unit, User
from accounts.roles import TAKE_TWO, Role
from applications.models import Court
from casework import forms

ROLES = sorted((r.value, r.replace("_", " ").capitalize()) for r in Role if r is not Role.CLOCK)
NONE = ("", "None")
BY_ONE = sorted(r.replace("_", " ") for r in Role if r not in {Role.CLOCK, *TAKE_TWO})
HINT = f"A second person confirms every role but {', '.join(BY_ONE)}"


class AccountForm(forms.Form):
    """An account as it is now."""

    name = forms.CharField(label="Name", named="the name", max_length=120)
    title = forms.CharField(
        label="Title", hint="As it is said: DC, DI, Supt", max_length=20, required=False
    )
    role = forms.ChoiceField(
        label="Role",
        named="the role",
        hint=HINT,
        choices=[("", "Select a role"), *ROLES],
        widget=forms.Select,
    )
    rank = forms.ChoiceField(
        label="Rank", choices=[NONE, *Rank.choices], widget=forms.Select, required=False
    )
    unit = forms.RecordField(
        label="Unit",
        hint="An officer sees the cases of that unit",
        queryset=Unit.objects.none(),
        widget=forms.Select,
        empty_label="None",
        required=False,
    )
    line_manager = forms.RecordField(
        label="Line manager",
        hint="Is told when an alert is not answered",
        queryset=User.objects.none(),
        widget=forms.Select,
        empty_label="None",
        required=False,
    )
    collar_number = forms.CharField(label="Collar number", max_length=12, required=False)
    email = forms.EmailField(label="Email", named="the email address", required=False)
    phone = forms.CharField(label="Telephone", max_length=30, required=False)
    organisation = forms.CharField(
        label="Organisation",
        hint="For an advocate alone, who has no force and no unit",
        max_length=120,
        required=False,
    )

    def __init__(self, *args: Any, units: Any = None, managers: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("unit", units), ("line_manager", managers)):
            field: Any = self.fields[name]
            if rows is not None:
                field.queryset = rows


class AddAccountForm(AccountForm):
    """The same, with the name that the log will know."""

    username = forms.CharField(
        label="User name",
        named="the user name",
        hint="Stands in the log, and cannot be changed. For example p.mockley",
        max_length=60,
    )
    field_order = ("username",)


class UnitForm(forms.Form):
    """A unit, and how it is reached by whoever reads an order or stands by a client."""

    name = forms.CharField(label="Name", named="the name", max_length=100)
    phone = forms.CharField(
        label="Telephone of the unit",
        hint="Answered by whoever is on duty. Advocates read it, and every force in order check",
        max_length=30,
        required=False,
    )
    hours = forms.CharField(
        label="When is it answered?",
        hint="For example, day and night; or Monday to Friday, 08:00 to 18:00",
        max_length=60,
        required=False,
    )


class InboxForm(forms.Form):
    """Where a force's alerts are read day and night."""

    duty_inbox = forms.EmailField(
        label="Address of the duty inbox",
        hint="Leave it empty where nobody reads one any more: pages then say that there is none",
        required=False,
    )


class PlaceForm(forms.Form):
    """A station or a unit."""

    name = forms.CharField(label="Name", named="the name", max_length=120)


def area_of_court(*, required: bool = True) -> forms.RecordField:
    """The police area that a court lies in: British Transport Police, for one, have none."""
    return forms.RecordField(
        label="Which police area does it lie in?",
        named="the police area that it lies in",
        hint="Somebody with no home in England or Wales notifies the police of that area, s10(2)",
        queryset=Force.objects.filter(kind=Force.Kind.TERRITORIAL).order_by("name"),
        widget=forms.Select,
        required=required,
        empty_label="Select one" if required else "Not known",
    )


class CourtForm(PlaceForm):
    """A court. A youth court has a name of its own, also where it sits in the same house."""

    kind = forms.ChoiceField(
        label="What kind of court is it?",
        named="what kind of court it is",
        hint="An application against somebody under 18 is made to a youth court, s14(1)",
        choices=Court.Kind.choices,
    )
    area = area_of_court(required=False)


class AreaForm(forms.Form):
    """Where a court lies."""

    area = area_of_court()
