"""What several forms of the notification requirements ask for."""

from typing import Any

from accounts.models import Force
from casework import forms

ELSEWHERE = "elsewhere"
TERRITORIAL = Force.objects.filter(kind=Force.Kind.TERRITORIAL)


class AreaField(forms.ChoiceField):
    """A police area, asked and never guessed from an address. Gives the force; None: elsewhere."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Select)
        super().__init__(choices=areas, **kwargs)

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
