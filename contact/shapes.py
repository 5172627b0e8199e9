"""What programs read of telling. Every field is named: nothing leaks by default."""

from typing import ClassVar

from rest_framework import serializers

from contact.models import Matter, Telling


class MatterShape(serializers.ModelSerializer[Matter]):
    class Meta:
        model = Matter
        fields: ClassVar[tuple[str, ...]] = (
            "id",
            "case",
            "person",
            "kind",
            "about_id",
            "of_day",
            "happened_at",
            "due_at",
            "status",
            "settled_at",
            "telling",
            "version",
        )


class TellingShape(serializers.ModelSerializer[Telling]):
    class Meta:
        model = Telling
        fields: ClassVar[tuple[str, ...]] = (
            "id",
            "case",
            "person",
            "status",
            "told_at",
            "told_by_name",
            "how",
            "other_way",
            "said",
            "why_not",
            "try_again_at",
            "recorded_at",
            "superseded_at",
            "superseded_reason",
            "version",
        )
