"""Reports that an order or a duty was breached, and what was done about each."""

import uuid

from django.db import models
from django.db.models import Q

from accounts.models import User


class Breach(models.Model):
    """One suspected breach, tied to the condition's wording in force at that moment."""

    class Status(models.TextChoices):
        REPORTED = "reported", "Reported, not acknowledged"
        ACKNOWLEDGED = "acknowledged", "Acknowledged"
        ASSIGNED = "assigned", "Officer assigned"
        DECIDED = "decided", "Decided"

    class Source(models.TextChoices):
        POLICE = "police", "Police"
        CONTROL_ROOM = "control_room", "Control room"
        ADVOCATE = "advocate", "Advocate"
        PROTECTED_PERSON = "protected_person", "Protected person"
        PROVIDER = "provider", "Programme provider"

    class Outcome(models.TextChoices):
        CHARGED = "charged", "Charged"
        NFA = "nfa", "No further action"
        OTHER = "other", "Dealt with in another way"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="breaches")
    force = models.ForeignKey("accounts.Force", on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="breaches")
    condition = models.ForeignKey(
        "orders.Condition", on_delete=models.PROTECT, null=True, blank=True, related_name="breaches"
    )  # None: not sure which
    offence_code = models.CharField(max_length=7, default="ST19001")
    status = models.CharField(max_length=12, choices=Status, default=Status.REPORTED)
    happened_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    what_happened = models.TextField(max_length=8000)
    source = models.CharField(max_length=16, choices=Source)
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    findings = models.JSONField(default=list, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    officer = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    victim_told_at = models.DateTimeField(null=True, blank=True)
    victim_told_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    outcome_reason = models.CharField(max_length=60, blank=True)
    outcome_note = models.TextField(max_length=4000, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="breach_acknowledged_at_and_by_together",
                condition=Q(acknowledged_at=None, acknowledged_by=None)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
            ),
            models.CheckConstraint(
                name="breach_decided_at_and_by_together",
                condition=Q(decided_at=None, decided_by=None, outcome="")
                | (Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="victim_told_at_and_by_together",
                condition=Q(victim_told_at=None, victim_told_by=None)
                | Q(victim_told_at__isnull=False, victim_told_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["force", "-reported_at", "id"], name="breaches_of_force"),
            models.Index(fields=["case", "-reported_at"], name="breaches_of_case"),
        ]

    def __str__(self) -> str:
        return f"{self.offence_code} {self.happened_at:%d %b %Y %H:%M}"


class Point(models.Model):
    """One point to prove, held or missing, with what was done about it."""

    class Key(models.TextChoices):
        ORDER_IN_FORCE = "order_in_force", "The order was in force"
        SERVED = "served", "It was made, served and known to him"
        CONDITION = "condition", "What the condition says"
        IDENTITY = "identity", "It was him"
        ACT = "act", "He did it"
        NO_EXCUSE = "no_excuse", "He had no reasonable excuse"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="points")
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=15, choices=Key)
    evidence = models.CharField(max_length=300, blank=True)  # empty: missing
    saved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["breach", "key"], name="one_point_of_a_kind")
        ]

    def __str__(self) -> str:
        return self.get_key_display()
