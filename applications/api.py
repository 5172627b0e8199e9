"""How the room's records are read by programs, and exactly what an authority is given on."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request as ApiRequest
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import policy
from applications import checks, content
from applications.models import (
    Application,
    Authority,
    Hearing,
    Request,
)
from casework import clock
from casework.api import problems
from documents.masking import values_for


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
            "same_as",
            "same_at",
            "same_reason",
            "version",
        )


class ApplicationShape(serializers.ModelSerializer[Application]):
    class Meta:
        model = Application
        fields = (
            "id",
            "case",
            "status",
            "drafter",
            "area_limb",
            "area_reason",
            "risk",
            "risk_tool",
            "risk_level",
            "necessity",
            "victim_view",
            "consulted",
            "not_consulted_reason",
            "other_orders",
            "criminal_case",
            "criminal_reference",
            "duration",
            "asked_until",
            "duration_reason",
            "interim_sought",
            "interim_reason",
            "notice_given",
            "no_notice_reason",
            "submitted_at",
            "court",
            "lodged_on",
            "court_reference",
            "determined_on",
            "outcome_reason",
            "outcome_note",
            "version",
            "saved_at",
        )


class AuthorityShape(serializers.ModelSerializer[Authority]):
    class Meta:
        model = Authority
        fields = (
            "id",
            "application",
            "case",
            "drafter",
            "decided_by",
            "decided_at",
            "decision",
            "acts_met",
            "acts_reason",
            "risk_met",
            "risk_reason",
            "necessity_met",
            "necessity_reason",
            "note",
            "content_hash",
            "voided_at",
            "voided_by",
            "void_reason",
        )


class HearingShape(serializers.ModelSerializer[Hearing]):
    class Meta:
        model = Hearing
        fields = (
            "id",
            "case",
            "application",
            "status",
            "court",
            "starts_at",
            "room",
            "purpose",
            "notice_given",
            "no_notice_reason",
            "special_measures",
            "interpreter",
            "follows",
            "outcome",
            "outcome_reason",
            "outcome_note",
            "resulted_at",
            "resulted_by",
            "version",
        )


class FindingShape(serializers.Serializer[Any]):
    provision = serializers.CharField()
    weight = serializers.CharField()
    field = serializers.CharField()
    message = serializers.CharField()


class ObstacleShape(serializers.Serializer[Any]):
    section = serializers.CharField()
    message = serializers.CharField()


class ContentShape(serializers.Serializer[Any]):
    """The text, its hash (which a decision must name), and what the checks say to it."""

    version = serializers.IntegerField()
    content = serializers.JSONField()
    hash = serializers.CharField()
    check_value = serializers.CharField()
    findings = FindingShape(many=True)
    obstacles = ObstacleShape(many=True)


class ContentApi(APIView):
    """`GET /api/applications/<id>/content/`: the acts and conditions by id, as they stand now."""

    @extend_schema(
        operation_id="applications_content",
        responses={200: ContentShape, **problems(400, 403, 404)},
    )
    def get(self, request: ApiRequest, pk: UUID) -> Response:
        rows = Application.objects.select_related("case__subject", "case__force")
        application = policy.open_or_404(request.user, rows, pk)  # type: ignore[arg-type]
        text = content.content_of(application)
        facts = {
            "version": application.version,
            "content": values_for(request.user, application.case, text),  # type: ignore[arg-type]
            "hash": (content_hash := content.hash_of(text)),
            "check_value": content.check_value(content_hash),
            "findings": checks.application_findings(application, today=clock.today()),
            "obstacles": checks.obstacles(application, today=clock.today()),
        }
        return Response(ContentShape(facts).data)
