"""Fields say in words what is wrong, keep what was typed, and come out as the official components."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.template import engines
from django.utils.datastructures import MultiValueDict

from casework import clock, forms
from casework.models import Party


class EveryField(forms.Form):
    text = forms.CharField(label="Police station", max_length=10)
    lines = forms.TextField(label="What happened", max_length=20)
    plain = forms.TextField(label="Anything else", max_length=None, required=False)
    email = forms.EmailField(label="Email address")
    number = forms.IntegerField(label="How many visits", min_value=1, max_value=9, suffix="visits")
    day = forms.DateField(label="Date of service", past=True)
    at = forms.TimeField(label="Time of attendance")
    moment = forms.MomentField(label="When was he served?", named="the time of service")
    one = forms.ChoiceField(
        label="Role",
        choices=Party.Role.choices,
        hints={"victim": "Of the acts"},
        reveals={"witness": "text"},
    )
    listed = forms.ChoiceField(label="Station", choices=[("a", "A")], widget=forms.Select)
    many = forms.ManyField(label="Fears", choices=[("a", "A"), ("b", "B")])
    yes = forms.YesNoField(label="Was it explained?", named="the order was explained")
    tick = forms.TickField(label="I gave him the copy", required=True)
    paper = forms.FileField(label="Certificate", required=False)


GOOD: dict[str, Any] = {
    "text": "Quay Road",
    "lines": "He\nsigned",
    "email": "duty@police.invalid",
    "number": 3,
    "day": date(2025, 11, 3),
    "at": datetime(2025, 11, 3, 9, 5).time(),  # noqa: DTZ001
    "moment": datetime(2025, 11, 3, 19, 42, tzinfo=UTC),
    "one": "victim",
    "listed": "a",
    "many": ["a", "b"],
    "yes": True,
    "tick": True,
}


def posted(**over: Any) -> MultiValueDict[str, Any]:
    data = forms.as_data(EveryField(), GOOD)
    for key, value in over.items():
        data[key] = value
    return data


def error_of(name: str, **over: Any) -> str:
    errors = EveryField(posted(**over)).errors.get(name, [""])
    return str(errors[0])


def drawn(form: forms.Form, name: str, **over: Any) -> str:
    env = engines["jinja2"].env
    return str(env.globals["govuk_field"](form[name], **over))


def summary(form: forms.Form) -> str:
    return str(engines["jinja2"].env.globals["govuk_error_summary"](form))


def test_python_values_survive_the_way_through_the_boxes() -> None:
    form = EveryField(forms.as_data(EveryField(), GOOD))
    assert form.is_valid(), form.errors
    assert {name: form.cleaned_data[name] for name in GOOD} == GOOD


@pytest.mark.parametrize(
    ("name", "typed", "error"),
    [
        ("text", {"text": ""}, "Enter police station"),
        ("text", {"text": "x" * 11}, "Police station must be 10 characters or fewer"),
        ("email", {"email": "duty"}, "Email address must be an email address, like"),
        ("number", {"number": "3.5"}, "How many visits must be a whole number"),
        ("number", {"number": "10"}, "How many visits must be 9 or fewer"),
        ("number", {"number": "9" * 400}, "How many visits must be 9 or fewer"),
        ("day", {"day_day": "", "day_month": "", "day_year": ""}, "Enter date of service"),
        ("day", {"day_month": ""}, "Date of service must include a month"),
        ("day", {"day_day": "", "day_year": ""}, "Date of service must include a day and year"),
        ("day", {"day_day": "31", "day_month": "2"}, "Date of service must be a real date"),
        ("day", {"day_day": "29", "day_month": "2"}, "Date of service must be a real date"),
        ("day", {"day_day": "32"}, "Date of service must be a real date"),
        ("day", {"day_day": "x"}, "Date of service must be a real date"),
        ("day", {"day_day": "٣"}, "Date of service must be a real date"),
        ("day", {"day_month": "Novembrrr1"}, "Date of service must be a real date"),
        ("day", {"day_year": "25"}, "Date of service must have a year of 4 numbers"),
        ("day", {"day_year": "0025"}, "Date of service must be a real date"),
        ("day", {"day_year": "2099"}, "Date of service must be today or in the past"),
        ("at", {"at_minute": ""}, "Time of attendance must include a minute"),
        ("at", {"at_hour": "24"}, "Time of attendance must be a time between 00:00 and 23:59"),
        ("at", {"at_hour": "-1"}, "Time of attendance must be a time between 00:00 and 23:59"),
        ("moment", {"moment_hour": ""}, "The time of service must include an hour"),
        ("moment", {"moment_day": "31", "moment_month": "2"}, "The time of service must be a real"),
        ("one", {"one": "judge"}, "Select one of the options"),
        ("one", {"one": ""}, "Select role"),
        ("yes", {"yes": ""}, "Select yes if the order was explained"),
        ("many", {"many": "c"}, "Select one of the options"),
    ],
)
def test_errors_name_the_field_and_the_remedy(name: str, typed: dict[str, str], error: str) -> None:
    assert error_of(name, **typed).startswith(error)


def test_a_box_that_must_be_ticked_says_so() -> None:
    data = posted()
    del data["tick"]
    assert EveryField(data).errors["tick"] == ["Confirm that I gave him the copy"]


@pytest.mark.parametrize("month", ["11", "Nov", "november", "NOVEMBER", "Novem"])
def test_months_by_name(month: str) -> None:
    form = EveryField(posted(day_month=month))
    form.is_valid()
    assert form.cleaned_data["day"] == date(2025, 11, 3)


def at(day: str, month: str, hour: str, which: str = "") -> Any:
    form = EveryField(
        posted(
            moment_day=day,
            moment_month=month,
            moment_year="2026",
            moment_hour=hour,
            moment_minute="30",
            moment_which=which,
        )
    )
    form.is_valid()
    return form, form.cleaned_data.get("moment")


BEFORE_IT, AFTER_IT = datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 12, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (BEFORE_IT, "time that there is: on 29 March 2026 the clocks go forward, and 01:30 does"),
        (AFTER_IT, "time that there was: on 29 March 2026 the clocks went forward, and 01:30 did"),
    ],
)
def test_a_time_that_the_clocks_skip_is_refused(now: datetime, said: str) -> None:
    with clock.at(now):
        form, moment = at("29", "3", "1")
    assert moment is None
    assert f"{said} not happen" in str(form.errors)
    assert at("29", "3", "2")[1] == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "twice", "said"),
    [
        (
            BEFORE_IT,
            "comes twice: on 25 October 2026 the clocks go back",
            "is before or after they go",
        ),
        (
            AFTER_IT,
            "came twice: on 25 October 2026 the clocks went back",
            "was before or after they went",
        ),
    ],
)
def test_a_time_that_comes_twice_asks_which_and_leads_there(
    now: datetime, twice: str, said: str
) -> None:
    with clock.at(now):
        form, moment = at("25", "10", "1")
    assert moment is None
    assert f"{twice}. Select whether 01:30 {said} back" in str(form.errors)
    assert 'href="#id_moment_which"' in summary(form)
    assert '<select class="govuk-select" id="id_moment_which" name="moment_which">' in drawn(
        form, "moment"
    )


@pytest.mark.parametrize(("which", "hour"), [("first", 0), ("second", 1)])
def test_the_answer_to_which_is_kept(which: str, hour: int) -> None:
    form, moment = at("25", "10", "1", which)
    assert moment == datetime(2026, 10, 25, hour, 30, tzinfo=UTC)
    assert f'value="{which}" selected' in drawn(form, "moment")
    again = forms.as_data(EveryField(), {"moment": moment})
    assert again["moment_which"] == which


def test_only_the_wrong_boxes_are_red_and_the_link_leads_to_the_first() -> None:
    form = EveryField(posted(day_month="", day_year="25"))
    assert not form.is_valid()
    html = drawn(form, "day")
    red = re.findall(r'govuk-input--error" id="(\w+)"', html)
    assert red == ["id_day_month"]
    assert 'href="#id_day_month"' in summary(form)


@pytest.mark.parametrize(
    ("character", "named"),
    [
        ("\0", "a NUL character"),
        ("\ud800", "lone surrogate"),
        ("\x1b", "U+001B"),
        ("\ufffd", "read"),
    ],
)
def test_what_cannot_be_kept_is_named(character: str, named: str) -> None:
    for name in ("text", "lines", "email"):
        assert named in error_of(name, **{name: f"a{character}b"})


def test_text_is_kept_as_people_read_it() -> None:
    form = EveryField(posted(text="  Tŷ\u00a0Ffug ", lines="y\r\nz", plain="w\u0302"))
    assert form.is_valid(), form.errors
    cleaned = form.cleaned_data
    assert (cleaned["text"], cleaned["lines"], cleaned["plain"]) == ("Tŷ Ffug", "y\nz", "ŵ")


COMPONENTS = {
    "text": "govuk-input",
    "lines": "govuk-js-character-count",
    "plain": "govuk-textarea",
    "email": "govuk-input",
    "number": "govuk-input__suffix",
    "day": "govuk-date-input",
    "at": "govuk-date-input",
    "moment": "govuk-date-input",
    "one": "govuk-radios",
    "listed": "govuk-select",
    "many": "govuk-checkboxes",
    "yes": "govuk-radios--inline",
    "tick": "govuk-checkboxes",
    "paper": "govuk-file-upload",
}


def test_every_field_has_a_row_here() -> None:
    assert set(COMPONENTS) == set(EveryField.base_fields)


@pytest.mark.parametrize("name", COMPONENTS)
def test_every_field_is_its_component_and_every_link_hits_an_id(name: str) -> None:
    form = EveryField(MultiValueDict())
    for field in form.fields.values():
        field.required = True
    html = drawn(form, name)
    assert COMPONENTS[name] in html
    assert form.errors[name][0] in html.replace("&#39;", "'")
    href = re.search(rf'href="#(id_{name}\w*)"', summary(form))
    assert href
    assert re.search(rf'<(input|select|textarea)[^>]* id="{href[1]}"', html)
    described = re.search(r'aria-describedby="([^"]+)"', html)
    assert described
    for reference in described[1].split():
        assert f'id="{reference}"' in html
    for label in re.findall(r'<label[^>]* for="([^"]+)"', html):
        assert f'id="{label}"' in html


def test_labels_and_values_are_escaped() -> None:
    class Bad(forms.Form):
        text = forms.CharField(label="<b>", hint="<i>", required=False)
        one = forms.ChoiceField(label="<b>", choices=[("<x>", "<script>")], hints={"<x>": "<u>"})

    form = Bad({"text": '"><script>', "one": "y"})
    html = drawn(form, "text") + drawn(form, "one") + summary(form)
    assert "<script>" not in html
    assert "<b>" not in html
    assert "<u>" not in html
    assert "<i>" not in html
    assert "&lt;script&gt;" in html


def test_nothing_is_selected_beforehand() -> None:
    form = EveryField()
    assert "checked" not in drawn(form, "one") + drawn(form, "yes") + drawn(form, "many")
    assert '<option value="" selected>' in drawn(form, "listed")


def test_a_revealed_field_stands_under_its_choice_only() -> None:
    form = EveryField()
    assert "text" not in [bound.name for bound in form.standing()]
    assert 'id="conditional-id_one-4"' in drawn(form, "one")
    assert 'name="text"' in drawn(form, "one")


def test_a_form_can_also_be_written_out_whole() -> None:
    html = str(EveryField(MultiValueDict()))
    assert html.count("govuk-form-group--error") >= 12
    assert "There is a problem" in html
