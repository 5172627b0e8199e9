"""The fields that rooms declare their pages with. `from casework import forms` is all that they need.

Every field says in `named` what it asks for ("the date of service"; without it, the label), and builds
its errors from that: what is missing, and what to do. `required=False` makes it optional. Values that
leave a form are typed: dates, aware moments, booleans, text without control characters.

    class ServeForm(forms.Form):
        served_at = forms.MomentField(label="When was he served?", named="the time of service", past=True)
        method = forms.ChoiceField(label="How was it served?", choices=Service.Method.choices)
        note = forms.TextField(label="What happened", max_length=2000, required=False)
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms import FileField, Select
from django.forms.boundfield import BoundField
from django.forms.renderers import Jinja2, TemplatesSetting
from django.template import TemplateDoesNotExist
from django.utils.datastructures import MultiValueDict

from casework.fields import (
    CharField,
    ChoiceField,
    EmailField,
    IntegerField,
    ManyField,
    Named,
    RecordField,
    RecordsField,
    TextField,
    TickField,
    YesNoField,
)
from casework.moments import DateField, MomentField, TimeField
from casework.widgets import Parts

__all__ = [
    "CharField",
    "ChoiceField",
    "DateField",
    "EmailField",
    "FileField",
    "Form",
    "GovukRenderer",
    "IntegerField",
    "ManyField",
    "MomentField",
    "RecordField",
    "RecordsField",
    "Select",
    "TextField",
    "TickField",
    "TimeField",
    "YesNoField",
    "as_data",
]


class GovukRenderer(TemplatesSetting):
    """`{{ form }}` and `{{ form.name }}` come out as GOV.UK components too."""

    form_template_name = "govuk/form.html"
    field_template_name = "govuk/field.html"

    def get_template(self, template_name: str) -> Any:
        try:
            return super().get_template(template_name)
        except TemplateDoesNotExist:
            return Jinja2().get_template(template_name)


class Form(forms.Form):
    """The base of every form: no colon after labels, and fields revealed by a choice stand under it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, Named) and not field.named:
                field.named = name.replace("_", " ")
                field.say()

    def standing(self) -> Iterator[BoundField]:
        """The fields in order, without those that another field's choice reveals."""
        hidden = {
            name
            for field in self.fields.values()
            for name in getattr(field, "reveals", {}).values()
        }
        return (bound for bound in self if bound.name not in hidden)

    def typed(self) -> dict[str, list[str]]:
        """What was posted for this form's own fields, for showing it again beside what is saved."""
        return {
            key: self.data.getlist(key) if hasattr(self.data, "getlist") else [self.data[key]]
            for key in self.data
        }


def as_data(form: forms.Form, values: Mapping[str, Any]) -> MultiValueDict[str, Any]:
    """What a browser would post for these Python values: for the API, and for tests."""
    data: MultiValueDict[str, Any] = MultiValueDict()
    for name, value in values.items():
        field, key = form.fields[name], form.add_prefix(name)
        value = field.prepare_value(value)
        if isinstance(field.widget, Parts):
            for part, text in field.widget.as_data(key, value).items():
                data[part] = text
        elif isinstance(value, list | tuple):
            data.setlist(key, [str(item) for item in value])
        elif isinstance(field, forms.BooleanField):
            if value:
                data[key] = "on"
        elif value is not None:
            data[key] = value if isinstance(value, str) else str(value)
    return data
