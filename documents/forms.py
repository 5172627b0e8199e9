"""Asking for a document."""

from typing import Any

from casework import forms
from casework.models import Case
from documents.queries import possible


class RequestForm(forms.Form):
    which = forms.ChoiceField(
        label="Which document?",
        named="a document",
        choices=(),
    )

    def __init__(self, *args: Any, case: Case | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if case is not None:
            which: Any = self.fields["which"]
            which.choices = [(one.key, one.label) for one in possible(case)]
