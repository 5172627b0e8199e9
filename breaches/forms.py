"""What is asked about a breach. The report is short: it must fit into two minutes on a phone."""

from typing import Any

from django.db.models import Q
from django.forms import HiddenInput

from accounts.models import User
from accounts.roles import GRANTS, Permission, Role
from breaches.models import Breach, Point
from casework import forms
from casework.masks import Words
from orders.models import Condition, Order

UNSURE = "unsure"
ANSWERING = [role.value for role in Role if Permission.ANSWER_BREACH in GRANTS[role]]


class ReportForm(forms.Form):
    """What happened. Not sure which condition? It is taken all the same."""

    happened_at = forms.MomentField(
        label="When did it happen?",
        named="the time it happened",
        hint="London time, 24 hours. About is enough: the hour and minute nearest to it",
        past=True,
    )
    condition = forms.ChoiceField(
        label="Which condition?",
        named="which condition, or that you are not sure",
        choices=[(UNSURE, "Not sure which")],
    )
    what_happened = forms.TextField(
        label="What happened?",
        named="what happened",
        hint="Do not write where the protected person lives, works or goes",
        max_length=8000,
        rows=5,
    )
    place = forms.CharField(
        label="Where?",
        hint="“At the home” is enough. Leave empty for online or by phone",
        required=False,
    )
    source = forms.ChoiceField(
        label="Who reported it?", named="who reported it", choices=Breach.Source.choices
    )
    log_reference = forms.CharField(
        label="Log or crime reference",
        max_length=40,
        required=False,
        classes="govuk-input--width-20",
    )

    def __init__(
        self,
        *args: Any,
        order: Order | None = None,
        by: Any = None,
        words: Words = str,
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        if order is not None:
            field: Any = self.fields["condition"]
            field.choices = [*conditions_of(order, words), (UNSURE, "Not sure which")]
        if by is not None and by.role == Role.CONTROL_ROOM:
            del self.fields["source"]

    def clean_condition(self) -> int | None:
        chosen = self.cleaned_data["condition"]
        return None if chosen == UNSURE else int(chosen)


def conditions_of(order: Order, words: Words = str) -> list[tuple[str, str]]:
    """Each condition of the order by its number, in its latest wording, as this reader may read it."""
    latest = {c.number: c for c in order.conditions.order_by("number", "wording")}
    return [(str(number), f"{number}. {_read(c, words)}") for number, c in latest.items()]


def _read(condition: Condition, words: Words) -> str:
    """What it forbids or requires, in short; all of it hidden where a part of its words is."""
    text = words(condition.text)
    return words(condition.said) if text == condition.text else text


class AssignForm(forms.Form):
    """Who deals with it."""

    officer = forms.RecordField(
        label="Which officer?",
        named="the officer",
        queryset=User.objects.filter(is_active=True, role__in=ANSWERING),
        widget=forms.Select,
    )

    def __init__(self, *args: Any, breach: Breach | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if breach is not None:
            field: Any = self.fields["officer"]
            field.queryset = field.queryset.filter(Q(force_id=breach.force_id)).order_by("name")


class PointForm(forms.Form):
    """One point to prove."""

    key = forms.ChoiceField(
        label="Point", choices=Point._meta.get_field("key").choices, widget=HiddenInput
    )
    evidence = forms.CharField(
        label="What proves it, and where is it kept?",
        named="what proves it, and where it is kept",
        max_length=300,
        required=False,
    )
    held = forms.YesNoField(label="Do we hold it?", named="we hold it")
    asked = forms.CharField(
        label="If not: what was done to get it?", max_length=120, required=False
    )


class ArrestForm(forms.Form):
    """When, and by whom."""

    arrested_at = forms.MomentField(
        label="When was the arrest?",
        named="the time of the arrest",
        hint="London time, 24 hours",
        past=True,
    )
    arrested_by_name = forms.CharField(
        label="Who made the arrest?", named="who made the arrest", max_length=120
    )
    custody_reference = forms.CharField(
        label="Custody record reference",
        hint="Leave empty where there is none yet",
        max_length=40,
        required=False,
        classes="govuk-input--width-20",
    )


class DecideForm(forms.Form):
    """What became of it."""

    outcome = forms.ChoiceField(
        label="What was decided?",
        named="what was decided",
        choices=Breach.Outcome.choices,
        reveals={Breach.Outcome.NFA: "reason"},
    )
    reason = forms.ChoiceField(
        label="Why no further action?",
        named="why there is no further action",
        choices=Breach.NfaReason.choices,
        required=False,
    )
    note = forms.TextField(
        label="Reasons, and what happens next",
        named="the reasons for the decision",
        max_length=4000,
        rows=5,
    )
