"""A form's fields as an API's: JSON types are checked strictly, then the form judges the values.

The schema says what is required; at run time the form says it, in its own words.
"""

import re
from datetime import datetime
from typing import Any, cast

from django import forms as plain
from django.db.models import UUIDField
from django.utils.choices import CallableChoiceIterator
from rest_framework import serializers

from casework import forms
from law.periods import LONDON

# As the interface says it. Python reads much more, week dates too.
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile(
    DAY.pattern + r"T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?"
)
REFUSED_TYPE = "Must be {wanted}, not {found}."


def type_error(wanted: str, value: Any) -> serializers.ValidationError:
    found = {dict: "an object", list: "a list", bool: "true or false", str: "a text"}
    return serializers.ValidationError(
        REFUSED_TYPE.format(wanted=wanted, found=found.get(type(value), "a number"))
    )


class Text(serializers.CharField):
    """A text; the form's own cleaning follows."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            raise type_error("a text", data)
        return data

    def run_validation(self, data: Any = serializers.empty) -> Any:
        return serializers.Field.run_validation(self, data)


class Number(serializers.IntegerField):
    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int):
            raise type_error("a whole number", data)
        return data


class Truth(serializers.BooleanField):
    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            raise type_error("true or false", data)
        return data


class Day(serializers.DateField):
    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            raise type_error('a date like "2026-11-25"', data)
        if not DAY.fullmatch(data):
            self.fail("invalid", format="YYYY-MM-DD")
        return super().to_internal_value(data)


class Moment(serializers.DateTimeField):
    """An aware moment, kept to the minute as on the pages."""

    def to_internal_value(self, data: Any) -> Any:
        example = 'a moment with its offset, like "2026-11-25T14:05:00+00:00"'
        if not isinstance(data, str):
            raise type_error(example, data)
        try:
            if not MOMENT.fullmatch(data):
                raise ValueError
            found = datetime.fromisoformat(data)
            naive = found.tzinfo is None
            found = found if naive else found.astimezone(LONDON)
        except (ValueError, OverflowError) as error:
            raise serializers.ValidationError(f"Must be {example}.") from error
        if naive:
            raise serializers.ValidationError(f"Must have an offset: {example}.")
        return found


class Clock(serializers.TimeField):
    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            raise type_error('a time like "14:05"', data)
        return super().to_internal_value(data)


class Things(serializers.ListField):
    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, list):
            raise type_error("a list", data)
        return super().to_internal_value(data)


KINDS: tuple[tuple[type[plain.Field], type[serializers.Field[Any, Any, Any, Any]]], ...] = (
    (forms.MomentField, Moment),
    (forms.DateField, Day),
    (forms.TimeField, Clock),
    (forms.YesNoField, Truth),
    (plain.BooleanField, Truth),
    (plain.IntegerField, Number),
)


def field_for(field: plain.Field, *, required: bool) -> serializers.Field[Any, Any, Any, Any]:
    """The API's field for a form's field; `required` only in the schema."""
    about: dict[str, Any] = {
        "required": required,
        "allow_null": not required,
        "label": str(field.label or ""),
        "help_text": str(field.help_text or ""),
    }
    if own := getattr(field, "shape", None):  # a room's own field brings its own
        return cast("serializers.Field[Any, Any, Any, Any]", own(**about))
    for kind, shape in KINDS:
        if isinstance(field, kind):
            return shape(**about)
    if isinstance(field, plain.ModelChoiceField | plain.ChoiceField):
        return chosen_for(field, about, listed=required)
    longest = getattr(field, "max_length", None)
    return Text(**about, **({"max_length": longest} if longest and required else {}))


def chosen_for(
    field: Any, about: dict[str, Any], *, listed: bool
) -> serializers.Field[Any, Any, Any, Any]:
    """One or several of a list. Only the schema lists them: the form refuses what is not there."""
    if isinstance(field, plain.ModelMultipleChoiceField):
        return Things(child=key_of(field), **about)
    if isinstance(field, plain.ModelChoiceField):
        return key_of(field, **about)
    if isinstance(field, plain.MultipleChoiceField):
        return Things(child=Text(), **about)
    # A list that is asked for is in the database, which may still be empty when addresses are made;
    # a list that each record has of its own is empty here.
    if listed and field.choices and not isinstance(field.choices, CallableChoiceIterator):
        return serializers.ChoiceField(choices=field.choices, **about)
    return Text(**about)


def key_of(field: Any, **about: Any) -> serializers.Field[Any, Any, Any, Any]:
    """A record is named by its id."""
    of_uuid = field.queryset is None or isinstance(field.queryset.model._meta.pk, UUIDField)
    return serializers.UUIDField(**about) if of_uuid else Text(**about)


def readable(fields: dict[str, plain.Field]) -> dict[str, plain.Field]:
    """The fields that JSON can carry: all but files."""
    return {name: field for name, field in fields.items() if not isinstance(field, plain.FileField)}


def schema_of(name: str, form_class: type[Any]) -> type[serializers.Serializer[Any]] | None:
    """The act's body for the OpenAPI description; None for an act that asks nothing."""
    fields = {
        key: field_for(field, required=field.required)
        for key, field in readable(form_class.base_fields).items()
    }
    return type(name, (serializers.Serializer,), fields) if fields else None


def typed_values(form: plain.Form, body: dict[str, Any]) -> dict[str, Any]:
    """The body's values for a form's fields, each of the right JSON type. Raises ValidationError."""
    errors: dict[str, Any] = {}
    values: dict[str, Any] = {}
    fields = readable(form.fields)
    for name, value in body.items():
        if name not in fields:
            errors[name] = ["There is no such field."]
            continue
        shape = field_for(fields[name], required=False)
        try:
            values[name] = shape.run_validation(value)
        except serializers.ValidationError as error:
            errors[name] = error.detail
    if errors:
        raise serializers.ValidationError(errors)
    return values
