"""What a program reads of a document: how it stands, never what it says."""

from rest_framework import serializers

from documents.models import Document


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
