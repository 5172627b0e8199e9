"""What is asked about telling a protected person: enough to show later that it was done, safely."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from casework import forms
from contact.models import Matter, Telling
from contact.naming import names_of


class ToldForm(forms.Form):
    """The conversation, or the try."""

    outcome = forms.ChoiceField(
        label="Was the person told?",
        named="whether the person was told",
        choices=Telling.Status.choices,
        hints={
            Telling.Status.NOT_TOLD: "Also where a message, a letter or a voicemail was not answered"
        },
        reveals={Telling.Status.TOLD: "how", Telling.Status.NOT_TOLD: "why_not"},
    )
    told_at = forms.MomentField(
        label="When was the person told, or tried?", named="the time of telling", past=True
    )
    told_by_name = forms.CharField(
        label="Who told the person, or tried?", named="who told the person", max_length=120
    )
    how = forms.ChoiceField(
        label="How?",
        named="how the person was told",
        choices=Telling.How.choices,
        required=False,
    )
    why_not = forms.CharField(
        label="Why not?", named="why the person could not be told", max_length=300, required=False
    )
    try_again_at = forms.MomentField(
        label="Not told: when will you try again?",
        named="when to try again",
        hint="Leave empty where the person was told",
        required=False,
    )
    other_way = forms.CharField(
        label="Not by the way that was agreed: how, and why?",
        named="how the person was told, and why so",
        hint="Leave empty where it was the agreed way, or none is agreed",
        max_length=300,
        required=False,
    )
    said = forms.TextField(
        label="What did the person say or ask?",
        named="what the person said or asked",
        hint="Do not write where the person lives, works or goes",
        max_length=2000,
        rows=3,
        required=False,
    )


class TellForm(ToldForm):
    """With what else was said in the same conversation."""

    also = forms.RecordsField(
        label="What else was the person told in the same conversation?",
        named="what else the person was told",
        queryset=Matter.objects.none(),
        required=False,
    )
    field_order = ("outcome", "also")

    def __init__(self, *args: Any, also: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "also", also)


class CorrectForm(ToldForm):
    """The right record in the place of a wrong one."""

    matters = forms.RecordsField(
        label="What was the person told in truth?",
        named="what the person was told",
        queryset=Matter.objects.none(),
        required=False,
    )
    reason = forms.CharField(
        label="What was wrong with the record?",
        named="what was wrong with the record",
        max_length=300,
    )
    field_order = ("outcome", "matters")

    def __init__(self, *args: Any, matters: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "matters", matters)


def _offer(form: forms.Form, name: str, rows: Any) -> None:
    """The matters to choose from, as "That the court made an order"; no question without any."""
    box: Any = form.fields[name]
    names: dict[UUID, str] = {}
    if rows is not None:
        box.queryset, names = rows, names_of(rows)
    box.label_from_instance = lambda one: sentence(one, names.get(one.pk, ""))
    if rows is not None and not rows.exists():
        del form.fields[name]


def sentence(matter: Matter, name: str = "") -> str:
    """That the court made an order; Of the arrest: breach 2, Mon 30 Nov 2026"""
    said = matter.get_kind_display()
    return f"{said[:1].upper()}{said[1:]}{': ' if name else ''}{name}"


def chosen(cleaned: dict[str, Any], name: str) -> Sequence[Matter]:
    return list(cleaned.get(name) or ())
