"""What programs read of breaches. Every field is named: nothing leaks by default."""

from typing import ClassVar

from rest_framework import serializers

from breaches.models import Breach


class BreachShape(serializers.ModelSerializer[Breach]):
    victim_told_at = serializers.DateTimeField(read_only=True)  # when the last of them was

    class Meta:
        model = Breach
        fields: ClassVar[tuple[str, ...]] = (
            "id",
            "case",
            "order",
            "condition",
            "number",
            "offence_code",
            "status",
            "happened_at",
            "reported_at",
            "source",
            "log_reference",
            "same_as",
            "acknowledged_at",
            "assigned_at",
            "victim_told_at",
            "arrested_at",
            "custody_reference",
            "outcome",
            "outcome_reason",
            "decided_at",
            "findings",
            "version",
        )
