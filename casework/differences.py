"""A stale form beside what is saved now, field by field, as a person reads it."""

from typing import Any


def differences(form: Any, saved: dict[str, Any]) -> list[dict[str, str]]:
    """Field by field, what is saved now beside what was typed; only where they differ."""
    typed = form.cleaned_data if hasattr(form, "cleaned_data") else {}
    return [
        {
            "label": str(bound.label),
            "saved": said(bound, saved.get(bound.name)),
            "typed": said(bound, typed.get(bound.name, bound.value())),
        }
        for bound in form
        if saved.get(bound.name) != typed.get(bound.name)
    ]


def said(bound: Any, value: Any) -> str:
    """A value as a person reads it."""
    if value is None or value == "" or value == []:
        return "Nothing"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    named = dict(getattr(bound.field, "choices", ()) or ())
    if isinstance(value, list | tuple):
        return ", ".join(str(named.get(v, v)) for v in value if str(v))
    return str(named.get(value, value))
