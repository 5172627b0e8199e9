"""The order check's one box and one reason."""

from casework import forms
from orders.queries import REASONS


class CheckForm(forms.Form):
    """One box, one reason."""

    text = forms.CharField(
        label="Name, nickname, date of birth, phone, address, plate or account",
        named="a name, date of birth, phone, address, plate or account",
        max_length=200,
    )
    reason = forms.ChoiceField(
        label="Why you look",
        named="why you look",
        choices=[("", "Select"), *REASONS.items()],
        widget=forms.Select,
    )
    beyond = forms.CharField(
        label="Why you need more checks now",
        named="why you need more checks now",
        hint="Professional standards are told, and read this. Do not write names here",
        max_length=200,
        required=False,
    )
