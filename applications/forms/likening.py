"""Is another record with an order the subject's?"""

from collections.abc import Iterable
from typing import Any

from applications.elsewhere import Bound
from casework import forms
from law.periods import written


class OtherRecordForm(forms.Form):
    person = forms.ChoiceField(label="Which record?", named="the record")
    same = forms.YesNoField(
        label="Is it the subject of this case?",
        named="it is the subject of this case",
        yes="The same person",
        no="Somebody else",
    )
    reason = forms.CharField(
        label="How do you know?",
        named="how you know",
        hint="For example, the same address, or a photograph that custody holds",
        max_length=200,
    )

    def __init__(self, *args: Any, bound: Iterable[Bound], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = {one.person.pk: one for one in bound}
        field: Any = self.fields["person"]
        field.choices = [
            (
                str(pk),
                f"{one.person}, born {written(one.person.born_on) if one.person.born_on else ''}, "
                f"{one.force}",
            )
            for pk, one in people.items()
        ]
