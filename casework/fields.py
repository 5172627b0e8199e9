"""Text, numbers and choices that say in plain words what they want. Offered by `casework.forms`."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, validate_email


class Named:
    """Gives a field its name in errors: "Enter the date of service"."""

    verb = "Enter"
    label: Any
    error_messages: Any

    def __init__(
        self, *, named: str = "", hint: str = "", classes: str = "", **kwargs: Any
    ) -> None:
        self.classes = classes
        kwargs.setdefault("help_text", hint)
        self._own_required = "required" in (kwargs.get("error_messages") or {})
        super().__init__(**kwargs)
        self.named = named or lowered(str(self.label or "").rstrip("?"))
        self.say()

    def say(self) -> None:
        """Write the errors that every field has."""
        if not self._own_required:
            self.error_messages["required"] = (
                f"{self.verb} {self.named}" if self.named else "Enter this"
            )

    @property
    def subject(self) -> str:
        """The name as the beginning of a sentence."""
        return self.named[:1].upper() + self.named[1:]


def lowered(label: str) -> str:
    """A label inside a sentence: "Date of service" -> "date of service", "PNC ID" stays."""
    first = label.split(" ", 1)[0]
    initials = first == "I" or (len(first) > 1 and first.isupper())
    return label if initials else label[:1].lower() + label[1:]


class TextCleaned(Named):
    """Text as people type it; what no keyboard makes is refused and named, never dropped."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and (bad := unkeepable(value)):
            raise ValidationError(
                f"{self.subject} must not contain {bad}. Delete it and type that part again",
                code="characters",
            )
        text = super().to_python(value)  # type: ignore[misc]
        return unicodedata.normalize("NFC", text) if isinstance(text, str) else text

    def say(self) -> None:
        super().say()
        longest = getattr(self, "max_length", None)
        own = getattr(self, "validators", ())
        reword(own, "max_length", f"{self.subject} must be {longest} characters or fewer")


def reword(validators: Iterable[Any], code: str, message: str) -> None:
    """Say a limit in the field's own words. Only for validators that belong to one field."""
    for validator in validators:
        if getattr(validator, "code", "") == code:
            validator.message = message


def unkeepable(text: str) -> str:
    """The name of the first character that cannot be stored or shown; empty where all can."""
    for character in text:
        if character == "\0":
            return "a NUL character"
        if "\ud800" <= character <= "\udfff":
            return "half a character (a lone surrogate)"
        if character == "\ufffd":
            return "a character that could not be read (�)"
        if unicodedata.category(character) == "Cc" and character not in "\t\r\n":
            return f"a control character (U+{ord(character):04X})"
    return ""


class CharField(TextCleaned, forms.CharField):
    """One line of text, at most 200 characters unless said otherwise."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 200)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return " ".join(text.split()) if isinstance(text, str) else text


class TextField(TextCleaned, forms.CharField):
    """Several lines, with a count of the characters left."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 4000)
        self.rows = rows
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if isinstance(text, str) else text


class EmailField(TextCleaned, forms.EmailField):
    def say(self) -> None:
        super().say()
        example = f"{self.subject} must be an email address, like name@example.com"
        self.validators = [
            EmailValidator(example) if v is validate_email else v for v in self.validators
        ]


class IntegerField(Named, forms.IntegerField):
    """A whole number; say `min_value` and `max_value`."""

    def __init__(self, *, suffix: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("max_value", 1_000_000)
        kwargs.setdefault("min_value", 0)
        self.suffix = suffix
        super().__init__(**kwargs)

    def say(self) -> None:
        super().say()
        self.error_messages["invalid"] = f"{self.subject} must be a whole number"
        reword(self.validators, "max_value", f"{self.subject} must be {self.max_value} or fewer")
        reword(self.validators, "min_value", f"{self.subject} must be {self.min_value} or more")


class Choosing(Named):
    """Choices; `hints` stand under an option, `reveals` names the field that an option opens.

    A hint may be `Markup`: words of our own in which some are marked, never what somebody typed.
    """

    verb = "Select"

    def __init__(
        self,
        *,
        hints: Mapping[str, str] | None = None,
        reveals: Mapping[str, str] | None = None,
        inline: bool = False,
        **kwargs: Any,
    ) -> None:
        self.hints = hints or {}
        self.reveals = reveals or {}
        self.inline = inline
        super().__init__(**kwargs)

    def say(self) -> None:
        super().say()
        for code in ("invalid_choice", "invalid_list", "invalid_pk_value"):
            if code in self.error_messages:
                self.error_messages[code] = "Select one of the options"


class ChoiceField(Choosing, forms.ChoiceField):
    """One of a few: radios. `widget=forms.Select` for many."""

    widget = forms.RadioSelect


class ManyField(Choosing, forms.MultipleChoiceField):
    """Any of a few: checkboxes. Gives a list."""

    widget = forms.CheckboxSelectMultiple


class RecordField(Choosing, forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of some records. Give `queryset`, and narrow it in the form's `__init__`."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", None)
        super().__init__(**kwargs)


class RecordsField(Choosing, forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Any of some records."""

    widget = forms.CheckboxSelectMultiple


class YesNoField(Choosing, forms.TypedChoiceField):
    """Yes or no, with nothing selected beforehand. Gives True or False (None if optional and empty)."""

    widget = forms.RadioSelect

    def __init__(self, *, yes: str = "Yes", no: str = "No", **kwargs: Any) -> None:
        kwargs.setdefault("inline", True)
        self.named_yes = f"yes if {kwargs['named']}" if kwargs.get("named") else ""
        super().__init__(
            choices=[("yes", yes), ("no", no)],
            coerce=lambda text: text == "yes",
            empty_value=None,
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value

    def say(self) -> None:
        super().say()
        if self.named_yes and not self._own_required:
            self.error_messages["required"] = f"Select {self.named_yes}"


class TickField(Named, forms.BooleanField):
    """One box to tick. Optional unless `required=True`: then it must be ticked."""

    verb = "Confirm that"

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)
