"""From a Django form to the official GOV.UK macros: the only place that knows both.

Templates call `govuk_field(form["served_at"])`, `govuk_error_summary(form)` and, for everything else,
`component("button", {...})`. What a macro takes is in the Design System's own pages.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from jinja2 import Environment
from markupsafe import Markup

from casework import masks
from casework.widgets import Parts

Params = dict[str, Any]
LABELS = {"day": "Day", "month": "Month", "year": "Year", "hour": "Hour", "minute": "Minute"}
WHICH = (
    ("", "Select which"),
    ("first", "Summer time, before the clocks go back"),
    ("second", "Winter time, after the clocks go back"),
)


class Components:
    """The macros of one Jinja environment, each looked up once."""

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self.macros: dict[str, Callable[[Params], str]] = {}

    def component(self, name: str, params: Params) -> Markup:
        """One component: `component("tag", {"text": "Served", "classes": "govuk-tag--green"})`."""
        if name not in self.macros:
            module = self.environment.get_template(
                f"govuk_frontend_jinja/components/{name}/macro.html"
            ).module
            self.macros[name] = getattr(module, "govuk" + name.title().replace("-", ""))
        return Markup(self.macros[name](masks.inside(params)))  # noqa: S704  the macro has escaped its parameters

    def field(self, bound: BoundField, **over: Any) -> Markup:
        """One form field as its component; `over` goes to the macro (`classes="..."`, `label=...`)."""
        if bound.is_hidden:
            return Markup(bound.as_hidden())  # noqa: S704
        for kind, draw in DRAWN_AS:
            if isinstance(bound.field.widget, kind):
                return draw(self, bound, over)
        return draw_input(self, bound, over)

    def error_summary(self, form: forms.BaseForm | None) -> Markup:
        """What is wrong, each line leading to its box; nothing where nothing is wrong."""
        if form is None or not form.errors:
            return Markup("")
        items: list[Params] = [{"text": str(error)} for error in form.non_field_errors()]
        for bound in form:
            items += [{"text": str(e), "href": f"#{first_wrong(bound)}"} for e in bound.errors]
        return self.component(
            "error-summary", {"titleText": "There is a problem", "errorList": items}
        )


def common(bound: BoundField) -> Params:
    """Name, id, hint and error, as every component takes them."""
    params: Params = {"id": bound.auto_id, "name": bound.html_name}
    if bound.help_text:
        params["hint"] = {"text": str(bound.help_text)}
    if bound.errors:
        params["errorMessage"] = {"text": str(bound.errors[0])}
    return params


def wrong_parts(bound: BoundField) -> tuple[str, ...]:
    """The boxes of a date or time that the error is about; all where it is about the whole."""
    names = bound.field.widget.names
    if not bound.errors:
        return ()
    error = bound.form.errors.as_data()[bound.name][0]
    return tuple((error.params or {}).get("parts") or names)


def first_wrong(bound: BoundField) -> str:
    """The id that an error's link must lead to."""
    if isinstance(bound.field.widget, Parts):
        return f"{bound.auto_id}_{wrong_parts(bound)[0]}"
    return str(bound.auto_id)


def legend(bound: BoundField, over: Params) -> Params:
    classes = over.pop("legend_classes", "govuk-fieldset__legend--s")
    return {"fieldset": {"legend": {"text": str(bound.label), "classes": classes}}}


def label(bound: BoundField, over: Params) -> Params:
    classes = over.pop("label_classes", "govuk-label--s")
    return {"label": {"text": str(bound.label), "classes": classes}}


def draw_parts(components: Components, bound: BoundField, over: Params) -> Markup:
    """A date, a time or both: the date-input component with the boxes that it needs."""
    widget, wrong = bound.field.widget, wrong_parts(bound)
    typed = dict(zip(widget.names, widget.typed(bound.value()), strict=True))
    params = common(bound) | legend(bound, over)
    del params["name"]
    params["items"] = [
        {
            "id": f"{bound.auto_id}_{part}",
            "name": f"{bound.html_name}_{part}",
            "label": LABELS[part],
            "value": typed[part],
            "classes": f"govuk-input--width-{4 if part == 'year' else 2}"
            + (" govuk-input--error" if part in wrong else ""),
        }
        for part in widget.names
        if part != "which"
    ]
    if typed.get("which") or "which" in wrong and len(wrong) == 1:
        params["formGroup"] = {"afterInputs": {"html": which(components, bound, typed["which"])}}
    return components.component("date-input", params | over)


def which(components: Components, bound: BoundField, chosen: str) -> Markup:
    """On the night the clocks go back: which of the two times."""
    return components.component(
        "select",
        {
            "id": f"{bound.auto_id}_which",
            "name": f"{bound.html_name}_which",
            "label": {"text": "Which of the two"},
            "formGroup": {"classes": "app-which"},
            "items": [{"value": v, "text": t, "selected": v == chosen} for v, t in WHICH],
        },
    )


def chosen(bound: BoundField) -> set[str]:
    """The values that are selected now, as text."""
    value = bound.value()
    if isinstance(value, list | tuple | set):
        return {str(item) for item in value}
    return set() if value is None else {str(value)}


def options(components: Components, bound: BoundField, mark: str) -> list[Params]:
    """Radios' and checkboxes' items, with their hints and what they reveal."""
    field: Any = bound.field
    held, items = chosen(bound), list[Params]()
    hints, reveals = getattr(field, "hints", {}), getattr(field, "reveals", {})
    for value, text in field.choices:
        key = str(value)
        if key == "":
            continue
        item: Params = {"value": key, "text": str(text), mark: key in held}
        if key in hints:
            said = hints[key]
            item["hint"] = {"html": said} if isinstance(said, Markup) else {"text": str(said)}
        if key in reveals:
            item["conditional"] = {"html": components.field(bound.form[reveals[key]])}
        items.append(item)
    return items


def draw_options(components: Components, bound: BoundField, over: Params) -> Markup:
    many = isinstance(bound.field.widget, forms.CheckboxSelectMultiple)
    params = common(bound) | legend(bound, over)
    params["idPrefix"] = bound.auto_id
    params["items"] = options(components, bound, "checked")
    kind = "checkboxes" if many else "radios"
    small = [f"govuk-{kind}--small"]
    if getattr(bound.field, "inline", False):
        small.append(f"govuk-{kind}--inline")
    params["classes"] = " ".join(small)
    return components.component(kind, params | over)


def draw_tick(components: Components, bound: BoundField, over: Params) -> Markup:
    params = common(bound)
    item: Params = {"value": "on", "text": str(bound.label), "checked": bool(bound.value())}
    if "hint" in params:
        item["hint"] = params.pop("hint")
    params |= {"idPrefix": bound.auto_id, "items": [item], "classes": "govuk-checkboxes--small"}
    return components.component("checkboxes", params | over)


def draw_select(components: Components, bound: BoundField, over: Params) -> Markup:
    field: Any = bound.field
    held = chosen(bound)
    params = common(bound) | label(bound, over)
    params["items"] = [
        {"value": str(value), "text": str(text), "selected": str(value) in held}
        for value, text in field.choices
    ]
    if not any(item["value"] == "" for item in params["items"]):  # nothing is selected beforehand
        params["items"].insert(0, {"value": "", "text": "Select", "selected": not held})
    return components.component("select", params | over)


def draw_file(components: Components, bound: BoundField, over: Params) -> Markup:
    params = common(bound) | label(bound, over) | {"javascript": True}
    return components.component("file-upload", params | over)


def draw_text(components: Components, bound: BoundField, over: Params) -> Markup:
    longest = getattr(bound.field, "max_length", None)
    params = common(bound) | label(bound, over) | {"value": text_of(bound)}
    params["rows"] = getattr(bound.field, "rows", 4)
    if longest:
        params |= {"maxlength": longest, "threshold": 75}
    return components.component("character-count" if longest else "textarea", params | over)


def draw_password(components: Components, bound: BoundField, over: Params) -> Markup:
    params = common(bound) | label(bound, over) | {"autocomplete": "current-password"}
    return components.component("password-input", params | over)


def draw_input(components: Components, bound: BoundField, over: Params) -> Markup:
    params = common(bound) | label(bound, over) | {"value": text_of(bound)}
    if classes := getattr(bound.field, "classes", ""):
        params["classes"] = classes
    if suffix := getattr(bound.field, "suffix", ""):
        params["suffix"] = {"text": suffix}
    widget = bound.field.widget
    if isinstance(widget, forms.EmailInput):
        params |= {"type": "email", "spellcheck": False, "autocomplete": "off"}
    elif isinstance(widget, forms.NumberInput):
        params |= {"inputmode": "numeric", "spellcheck": False}
        params.setdefault("classes", "govuk-input--width-4")
    if autocomplete := widget.attrs.get("autocomplete"):
        params["autocomplete"] = autocomplete
    return components.component("input", params | over)


def text_of(bound: BoundField) -> str:
    value = bound.value()
    return "" if value is None else as_typed(bound, str(value))


def as_typed(bound: BoundField, text: str) -> str:
    """What the reader typed stands in its box again as it was, whatever is kept from others' words."""
    return masks.as_it_is(text) if bound.form.is_bound else text


Draw = Callable[[Components, BoundField, Params], Markup]
DRAWN_AS: tuple[tuple[type | tuple[type, ...], Draw], ...] = (
    (Parts, draw_parts),
    ((forms.RadioSelect, forms.CheckboxSelectMultiple), draw_options),
    (forms.CheckboxInput, draw_tick),
    (forms.Select, draw_select),
    (forms.FileInput, draw_file),
    (forms.Textarea, draw_text),
    (forms.PasswordInput, draw_password),
)
