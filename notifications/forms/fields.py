"""What several forms of the notification requirements ask for."""

from typing import Any

from accounts.models import Force
from casework import forms
from people.models import Address, Name

ELSEWHERE = "elsewhere"
TERRITORIAL = Force.objects.filter(kind=Force.Kind.TERRITORIAL)


class AreaField(forms.ChoiceField):
    """A police area, asked and never guessed from an address. Gives the force; None: elsewhere."""

    def __init__(self, *, unasked: str = "Select a police area", **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Select)
        super().__init__(choices=lambda: [("", unasked), *areas()], **kwargs)

    def clean(self, value: Any) -> Force | None:
        code = super().clean(value)
        return None if code in ("", ELSEWHERE) else TERRITORIAL.get(pk=code)

    def prepare_value(self, value: Any) -> Any:
        return value.pk if isinstance(value, Force) else value


def areas() -> list[tuple[str, str]]:
    """Every police area of England and Wales, and everywhere else."""
    return [
        (ELSEWHERE, "Not in England or Wales, or nowhere"),
        *((force.pk, force.name) for force in TERRITORIAL.order_by("name")),
    ]


def reason() -> forms.TextField:
    """Why a record is corrected or taken back: it is kept beside what was wrong."""
    return forms.TextField(
        label="What was wrong with the record",
        named="what was wrong with the record",
        max_length=300,
        rows=2,
    )


class TakesOut(forms.Form):
    """What a record that is wrong told us: asked only where it, and nothing else, told us something."""

    names_out = forms.RecordsField(
        label="Which of these names are not his?",
        named="the names that are not his",
        hint="Only this record told us. An order check finds him by what you do not select",
        queryset=Name.objects.none(),
        required=False,
    )
    addresses_out = forms.RecordsField(
        label="Which of these addresses are not his?",
        named="the addresses that are not his",
        hint="Only this record told us. An order check finds him by what you do not select",
        queryset=Address.objects.none(),
        required=False,
    )

    def __init__(self, *args: Any, learnt: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, held in (("names_out", "names"), ("addresses_out", "addresses")):
            field: Any = self.fields[name]
            field.queryset = getattr(learnt, held, field.queryset)
            if not field.queryset.exists():
                del self.fields[name]
