"""What is asked of the court after the order, and what it decided."""

import uuid

from django.db import models
from django.db.models import Q

from accounts.models import User
from law.periods import written
from orders.models.order import Order
from orders.terms import Change


class Variation(models.Model):
    """An application to vary, renew or discharge an order: s4 for full orders, s5(7) for interim."""

    class Kind(models.TextChoices):
        VARY = "vary", "Vary"
        RENEW = "renew", "Renew"
        DISCHARGE = "discharge", "Discharge"

    class Status(models.TextChoices):
        APPLIED = "applied", "Applied for"
        GRANTED = "granted", "Granted"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Applicant(models.TextChoices):
        SUBJECT = "subject", "The subject"
        CHIEF_OFFICER = "chief_officer", "A chief officer"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="variations")
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=9, choices=Kind)
    status = models.CharField(max_length=9, choices=Status, default=Status.APPLIED)
    code = models.CharField(max_length=7)  # ST19502 to ST19507
    applicant = models.CharField(max_length=13, choices=Applicant)
    applicant_force = models.ForeignKey(
        "accounts.Force", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    residence_force = models.ForeignKey(
        "accounts.Force", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lives_outside = models.BooleanField(default=False)  # England and Wales; else None: not known
    grounds = models.TextField(max_length=8000)
    consents = models.JSONField(default=list, blank=True)  # of "subject" and forces' codes
    asked_until = models.DateField(null=True, blank=True)
    changes = models.JSONField(default=list, blank=True)  # conditions added, removed, amended
    applied_on = models.DateField()
    hearing_on = models.DateField(null=True, blank=True)
    heard = models.JSONField(default=list, blank=True)  # who was heard, s4(2)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(  # who wrote down what the court decided
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_changes = models.JSONField(default=list, blank=True)
    decided_until = models.DateField(null=True, blank=True)
    decision_note = models.TextField(max_length=4000, blank=True)
    findings = models.JSONField(default=list, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-applied_on",)
        constraints = [
            models.UniqueConstraint(
                fields=["order", "kind"],
                condition=Q(status="applied"),
                name="one_pending_variation_of_a_kind",
            ),
            models.CheckConstraint(
                name="who_lives_outside_lives_in_no_force_s_area",
                condition=Q(lives_outside=False) | Q(residence_force=None),
            ),
            models.CheckConstraint(
                name="a_decided_variation_has_its_moment",
                condition=Q(status="applied", decided_at=None, decided_by=None)
                | Q(
                    status__in=["granted", "refused", "withdrawn"],
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {written(self.applied_on)}"

    @property
    def asked_changes(self) -> list[Change]:
        """What is asked of its conditions."""
        return [Change.read(change) for change in self.changes]
