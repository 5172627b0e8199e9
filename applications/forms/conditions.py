"""The condition editor: slots of the library's entry, or words of one's own."""

from typing import Any

from django.forms import Field
from markupsafe import Markup

from applications import library
from applications.library.slots import WEEKDAYS, Slot, SlotKind
from applications.models import ProposedCondition
from casework import forms
from casework.models import PROTECTED_ROLES

OWN = "own"


def sentence_of(entry: library.Entry) -> Markup:
    """What an entry means as a sentence, with the words marked that are chosen afterwards."""
    slot = Markup('<span class="app-slot">{}</span>')
    return Markup("").join(
        slot.format(piece.text) if piece.slot else piece.text for piece in library.in_general(entry)
    )


class ChooseConditionForm(forms.Form):
    library_code = forms.ChoiceField(
        label="Which condition do you need?",
        named="a condition",
        choices=[
            *[(e.code, f"{e.title} ({e.code})") for e in library.ENTRIES.values()],
            (OWN, "Write one that is not in the library"),
        ],
        hints={e.code: sentence_of(e) for e in library.ENTRIES.values()}
        | {OWN: "Bespoke: nobody has tried these words before a court"},
    )


class MoveConditionForm(forms.Form):
    position = forms.IntegerField(
        label="New number", named="the new number", min_value=1, max_value=99
    )


class ConditionForm(forms.Form):
    """Slots first (added for the entry), then what every condition needs."""

    kind = forms.ChoiceField(
        label="What is it?",
        named="what it is",
        choices=ProposedCondition.Kind.choices,
        inline=True,
        required=False,
    )
    short = forms.CharField(
        label="In a few words",
        hint="So that they stand alone, like “No contact with Ms A”: lists show them, and the advocate",
        max_length=120,
        required=False,
    )
    text = forms.TextField(
        label="The condition, as the court will read it",
        hint="To the subject: “You must not ...” or “You must ...”",
        max_length=2000,
        rows=5,
        required=False,
    )
    locality = forms.CharField(
        label="Limited to a place?",
        hint="Empty: all parts of the United Kingdom, s2(4)",
        required=False,
    )
    own_last_day = forms.DateField(
        label="A last day of its own?",
        named="its own last day",
        hint="Empty: as long as the order",
        required=False,
    )
    discloses_location = forms.YesNoField(
        label="Could these words tell anybody where a protected person is?",
        named="these words could tell where a protected person is",
        required=False,
    )
    necessity = forms.TextField(
        label="Why is this condition necessary to protect from stalking?",
        hint="The court finds necessity for each condition by itself, s2(2)",
        rows=3,
        required=False,
    )
    evidence = forms.CharField(label="Evidence for it", hint="Exhibits PM/4, PM/5", required=False)
    monitoring = forms.TextField(
        label="How will it be checked, by whom, how often?",
        max_length=2000,
        rows=2,
        required=False,
    )
    conflicts_with_religion = forms.YesNoField(
        label="Does it conflict with his religious beliefs?",
        named="it conflicts with his religious beliefs",
        yes="Yes, it does",
        required=False,
    )
    interferes_with_work = forms.YesNoField(
        label="Does it interfere with the times at which he normally works?",
        named="it interferes with the times at which he normally works",
        yes="Yes, it does",
        required=False,
    )
    interferes_with_education = forms.YesNoField(
        label="Does it interfere with the times at which he attends education?",
        named="it interferes with the times at which he attends education",
        yes="Yes, it does",
        required=False,
    )
    interference_note = forms.TextField(
        label="If it does: how is it limited, or why is it needed all the same?",
        hint="The court reads this, and he gets a copy",
        max_length=1000,
        rows=2,
        required=False,
    )
    checks_note = forms.TextField(
        label="What you looked at",
        hint="For the police alone: it is on no paper",
        max_length=1000,
        rows=2,
        required=False,
    )
    clash = forms.ChoiceField(
        label="Beside which order in force could it not stand?",
        hint="An order of this kind that binds him already must have nothing against it, s2(7)",
        named="beside which order it could not stand",
        choices=ProposedCondition.CLASHES,
        required=False,
    )
    clash_note = forms.TextField(label="Why not?", max_length=1000, rows=2, required=False)

    def __init__(self, *args: Any, condition: ProposedCondition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.slots: tuple[Slot, ...] = ()
        if condition.library_code:
            self.slots = library.entry(condition.library_code, condition.library_version).slots
            for name in ("kind", "short", "text"):
                del self.fields[name]
            own = {slot.name: slot_field(slot, condition) for slot in self.slots}
            self.fields = own | self.fields

    def words(self) -> dict[str, Any]:
        """The act's arguments: the slots apart, by their own names."""
        values = dict(self.cleaned_data)
        slots = {slot.name: values.pop(slot.name) for slot in self.slots}
        return values | ({"slots": slots} if self.slots else {})


def slot_field(slot: Slot, condition: ProposedCondition) -> Field:
    """The question for one slot. What fits into it, the library says."""
    asked: dict[str, Any] = {"label": slot.label, "hint": slot.hint, "required": False}
    if slot.kind is SlotKind.PERSON:
        called = condition.case.parties.filter(role__in=PROTECTED_ROLES).exclude(called="")
        names = called.order_by("called").values_list("called", flat=True)
        return forms.ChoiceField(choices=[(name, name) for name in names], **asked)
    if slot.kind is SlotKind.DAYS:
        return forms.ManyField(choices=[(day, day) for day in WEEKDAYS], **asked)
    if slot.choices:
        return forms.ManyField(choices=[(text, text) for text in slot.choices], **asked)
    if slot.kind is SlotKind.DATE:
        return forms.DateField(named=slot.label.lower(), **asked)
    if slot.kind is SlotKind.STREETS:
        return forms.TextField(max_length=400, rows=2, **asked)
    classes = "govuk-input--width-5" if slot.kind in (SlotKind.DISTANCE, SlotKind.NUMBER) else ""
    return forms.CharField(max_length=400, classes=classes, **asked)
