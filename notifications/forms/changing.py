"""What is asked about a change: a new name, a new home, the sexual offences duty."""

from casework import forms
from notifications.forms.fields import AreaField, TakesOut, reason
from notifications.models import Duty


class TakeBackForm(forms.Form):
    """What was recorded never was."""

    reason = reason()


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
        label="Police area that he moves from",
        hint="Only where he moves. Do not guess it from the postcode",
        unasked="Not known yet, or he does not move",
        required=False,
    )
    home_force = AreaField(
        label="Police area that he moves to",
        hint="Only where he moves. Do not guess it from the postcode: ask him when he comes",
        unasked="Not known yet, or he does not move",
        required=False,
    )


class TakeBackChangeForm(TakesOut):
    """There was no such change."""

    reason = reason()
    field_order = ("reason",)


class CorrectChangeForm(ChangeForm, TakesOut):
    """The change as it was in truth."""

    reason = reason()
    field_order = ("reason", *ChangeForm.base_fields)


class SoaForm(forms.Form):
    """The notification duty of Part 2 of the Sexual Offences Act 2003."""

    soa_from = forms.DateField(label="First day of that duty", named="the first day of that duty")
    soa_until = forms.DateField(
        label="Its final day",
        named="the final day of that duty",
        hint="Leave empty while it continues",
        required=False,
    )
