"""What a program reads of a document: how it stands, never what it says; and the shape of a record
whose words may hold what is kept confidential."""

from typing import Any, TypeVar

from django.db.models import Model
from rest_framework import serializers

from accounts.roles import Permission
from documents.masking import words_for
from documents.models import Document

M = TypeVar("M", bound=Model)


class MaskedShape(serializers.ModelSerializer[M]):
    """A record of a case: its free texts are masked for whoever may not read the vault."""

    def to_representation(self, instance: Any) -> dict[str, Any]:
        shown = super().to_representation(instance)
        user = self.context["request"].user
        if user.may(Permission.VIEW_CONFIDENTIAL):
            return shown  # the record is open to this reader, and so is its vault
        words = words_for(user, instance.case)
        texts = {n for n, field in self.fields.items() if isinstance(field, serializers.CharField)}
        return {n: words(v) if n in texts and v else v for n, v in shown.items()}


class DocumentShape(serializers.ModelSerializer[Document]):
    class Meta:
        model = Document
        fields = (
            "id",
            "case",
            "about_id",
            "kind",
            "audience",
            "title",
            "status",
            "sha256",
            "pages",
            "template_version",
            "problem",
            "asked_at",
            "made_at",
            "superseded_at",
        )
