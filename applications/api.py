"""How the room's records are read by programs."""

from rest_framework import serializers

from applications.models import (
    Application,
    Authority,
    Hearing,
    ProposedCondition,
    Request,
    StalkingAct,
)


class RequestShape(serializers.ModelSerializer[Request]):
    class Meta:
        model = Request
        fields = (
            "id",
            "case",
            "status",
            "source",
            "asked_at",
            "subject_as_told",
            "concerns",
            "crime_reference",
            "recorded_at",
            "version",
        )


class ApplicationShape(serializers.ModelSerializer[Application]):
    class Meta:
        model = Application
        exclude = ("saved_by",)


class StalkingActShape(serializers.ModelSerializer[StalkingAct]):
    class Meta:
        model = StalkingAct
        fields = "__all__"


class ConditionShape(serializers.ModelSerializer[ProposedCondition]):
    class Meta:
        model = ProposedCondition
        fields = "__all__"


class AuthorityShape(serializers.ModelSerializer[Authority]):
    class Meta:
        model = Authority
        exclude = ("content",)


class HearingShape(serializers.ModelSerializer[Hearing]):
    class Meta:
        model = Hearing
        fields = "__all__"
