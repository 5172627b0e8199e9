"""Documents as they were made: written for an audience, rendered once, hashed, never rebuilt."""

import uuid

from django.db import models
from django.db.models import Q


class Document(models.Model):
    """One document of a case. The snapshot is all that the renderer ever gets."""

    class Status(models.TextChoices):
        WAITING = "waiting", "Being made"
        MADE = "made", "Made"
        BLOCKED = "blocked", "Stopped: it may tell where a protected person is"
        FAILED = "failed", "Could not be made"

    class Stage(models.TextChoices):
        """How far a waiting document has come: the worker that prints cannot read the vault, and the
        one that searches the print against it is another."""

        ASKED = "asked", "Asked for"
        PRINTED = "printed", "Printed, to be searched"
        SPOILT = "spoilt", "Cannot be printed, to be told"

    class Audience(models.TextChoices):
        SUBJECT = "subject", "The subject"
        COURT = "court", "The court (the subject gets a copy)"
        COURT_CONFIDENTIAL = "court_confidential", "The court alone"
        PROSECUTOR = "prosecutor", "The prosecutor"
        POLICE = "police", "Police"
        PROTECTED_PERSON = "protected_person", "The protected person"
        ADVOCATE = "advocate", "The advocate"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="documents")
    force = models.ForeignKey("accounts.Force", on_delete=models.PROTECT, related_name="+")
    about_id = models.UUIDField()  # the application, order or duty that it is of
    kind = models.CharField(max_length=40)  # application, draft_order, order, acknowledgement
    audience = models.CharField(max_length=20, choices=Audience)
    title = models.CharField(max_length=120)
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    stage = models.CharField(max_length=7, choices=Stage, default=Stage.ASKED)
    snapshot = models.JSONField()
    template_version = models.CharField(max_length=64)
    html = models.TextField(blank=True)
    proof = models.BinaryField(null=True)  # the PDF, from its printing until it was searched
    file = models.CharField(max_length=200, blank=True)  # the key in the storage
    sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveSmallIntegerField(null=True)
    problem = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.CharField(max_length=60)
    due_at = models.DateTimeField(auto_now_add=True)  # when a worker may take it (again)
    attempts = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(null=True, blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_made_document_has_its_file_and_hash",
                condition=~Q(status="made")
                | (~Q(file="") & ~Q(sha256="") & Q(made_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_proof_is_kept_until_it_was_searched",
                condition=Q(proof=None) | Q(status="waiting", stage="printed"),
            ),
            models.CheckConstraint(
                name="what_was_stopped_keeps_nothing",
                condition=~Q(status__in=["blocked", "failed"]) | Q(html="", file=""),
            ),
            models.CheckConstraint(
                name="document_status_is_known",
                condition=Q(status__in=["waiting", "made", "blocked", "failed"]),
            ),
            models.UniqueConstraint(
                fields=["about_id", "kind", "audience"],
                condition=Q(superseded_at=None),
                name="one_living_document_of_a_kind",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-asked_at"], name="documents_of_case"),
            models.Index(fields=["force", "-asked_at", "id"], name="documents_of_force"),
            models.Index(fields=["due_at"], condition=Q(status="waiting"), name="document_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.get_audience_display()})"
