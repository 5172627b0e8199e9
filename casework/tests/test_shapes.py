"""Every field of a form has a JSON type, and goes from JSON through the form to the same value."""

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

import pytest
from rest_framework.serializers import ValidationError

from casework import forms
from casework.models import Case
from casework.shapes import schema_of, typed_values
from casework.tests import factories

pytestmark = pytest.mark.django_db


class Everything(forms.Form):
    text = forms.CharField(label="Text")
    lines = forms.TextField(label="Lines", required=False)
    number = forms.IntegerField(label="Number")
    day = forms.DateField(label="Day")
    at = forms.TimeField(label="At")
    moment = forms.MomentField(label="Moment")
    one = forms.ChoiceField(label="One", choices=[("a", "A"), ("b", "B")])
    many = forms.ManyField(label="Many", choices=[("a", "A"), ("b", "B")])
    yes = forms.YesNoField(label="Yes")
    tick = forms.TickField(label="Tick")
    record = forms.RecordField(label="Record", queryset=Case.objects.all())
    records = forms.RecordsField(label="Records", queryset=Case.objects.all(), required=False)
    paper = forms.FileField(label="Paper", required=False)


JSON: dict[str, Any] = {
    "text": "Quay Road",
    "lines": "a\nb",
    "number": 3,
    "day": "2026-11-03",
    "at": "14:05",
    "moment": "2026-11-23T19:42:31.5+01:00",
    "one": "a",
    "many": ["b"],
    "yes": False,
    "tick": True,
}


def cleaned(body: dict[str, Any]) -> dict[str, Any]:
    form = Everything(forms.as_data(Everything(), typed_values(Everything(), body)))
    assert form.is_valid(), form.errors
    return form.cleaned_data


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("day", "2026-W01-1"),
        ("day", "20261103"),
        ("day", "2026-11-03T00:00:00"),
        ("moment", "2026-W01-1T00:00:00Z"),
        ("moment", "20261123T194231Z"),
        ("moment", "2026-11-23 19:42:31Z"),
        ("moment", "2026-11-23"),
    ],
)
def test_a_day_and_a_moment_have_the_form_that_is_documented(field: str, said: str) -> None:
    with pytest.raises(ValidationError) as no:
        typed_values(Everything(), JSON | {field: said})
    assert field in str(no.value.detail)


def test_json_becomes_what_the_page_would_give() -> None:
    case, other = factories.case(), factories.case()
    body = JSON | {"record": str(case.pk), "records": [str(other.pk), str(case.pk)]}
    found = cleaned(body)
    assert found.pop("record") == case
    assert set(found.pop("records")) == {case, other}
    assert found.pop("paper") is None
    assert found == {
        "text": "Quay Road",
        "lines": "a\nb",
        "number": 3,
        "day": date(2026, 11, 3),
        "at": time(14, 5),
        "moment": datetime(2026, 11, 23, 18, 42, tzinfo=UTC),
        "one": "a",
        "many": ["b"],
        "yes": False,
        "tick": True,
    }


@pytest.mark.parametrize("name", [*JSON, "record", "records"])
@pytest.mark.parametrize("wrong", [{}, {"a": 1}, [[1]], 2**70, -0.5, True, "x"], ids=str)
def test_the_wrong_json_type_is_an_error_of_its_field(name: str, wrong: Any) -> None:
    """Whatever is sent: either the type is refused, or the form judges it. Never an exception."""
    try:
        values = typed_values(Everything(), {name: wrong})
    except ValidationError as refused:
        assert set(refused.detail) == {name}  # noqa: PT017  the other branch is a good answer too
        return
    form = Everything(forms.as_data(Everything(), values))
    form.is_valid()
    if name not in form.errors:
        assert isinstance(form.cleaned_data[name], str | bool | int)


def test_null_is_nothing() -> None:
    values = typed_values(Everything(), dict.fromkeys([*JSON, "record", "records"]))
    form = Everything(forms.as_data(Everything(), values))
    assert not form.is_valid()
    assert set(form.errors) == set(JSON) - {"lines", "tick"} | {"record"}


def test_a_record_that_is_not_offered_is_refused() -> None:
    body = JSON | {"record": str(UUID(int=0))}
    form = Everything(forms.as_data(Everything(), typed_values(Everything(), body)))
    assert form.errors["record"] == ["Select one of the options"]


def test_the_schema_says_what_is_required_and_leaves_files_out() -> None:
    shape = schema_of("EverythingBody", Everything)
    assert shape
    fields = shape().fields
    assert {name for name, field in fields.items() if not field.required} == {
        "lines",
        "tick",
        "records",
    }
    assert "paper" not in fields
    assert schema_of("Nothing", forms.Form) is None
