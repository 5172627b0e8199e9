"""What programs read of the notification duties. Every field is named: nothing leaks by default."""

from typing import ClassVar

from rest_framework import serializers

from notifications.models import Duty, SuspectedFailure


class DutyShape(serializers.ModelSerializer[Duty]):
    class Meta:
        model = Duty
        fields: ClassVar[tuple[str, ...]] = (
            "id",
            "case",
            "order",
            "kind",
            "status",
            "starts_on",
            "due_on",
            "provision",
            "reason",
            "findings",
            "version",
        )


class FailureShape(serializers.ModelSerializer[SuspectedFailure]):
    class Meta:
        model = SuspectedFailure
        fields: ClassVar[tuple[str, ...]] = (
            "id",
            "case",
            "duty",
            "offence_code",
            "status",
            "failed_from",
            "failed_until",
            "version",
        )
