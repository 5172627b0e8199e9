"""Reports that an order or a duty was breached, and what was done about each."""

import uuid

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from law.breach import Point as PointToProve


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

    class NfaReason(models.TextChoices):
        """Why breaches have ended without a conviction, as the Home Office review found."""

        SERVICE_UNPROVABLE = "service_unprovable", "Service cannot be proved"
        UNAWARE = "unaware", "He did not know of the order"
        EXCUSE = "reasonable_excuse", "He had a reasonable excuse"
        NO_EVIDENCE = "no_other_evidence", "The victim declined, and there is no other evidence"
        EVIDENTIAL_TEST = "evidential_test", "The evidential test is not met"
        OTHER_OFFENCE = (
            "other_offence",
            "Another offence is dealt with, so not in the public interest",
        )
        NOT_A_BREACH = "not_a_breach", "It was not a breach of this order"

    repeated = False  # of an answer to the same report sent again; nothing is stored

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="breaches")
    force = models.ForeignKey("accounts.Force", on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="breaches")
    condition = models.ForeignKey(
        "orders.Condition", on_delete=models.PROTECT, null=True, blank=True, related_name="breaches"
    )  # None: not sure which
    offence_code = models.CharField(max_length=7, default="ST19001")
    status = models.CharField(max_length=12, choices=Status, default=Status.REPORTED)
    number = models.PositiveSmallIntegerField(default=1)  # in the case: Breach 2
    happened_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    what_happened = models.TextField(max_length=8000)
    source = models.CharField(max_length=16, choices=Source)
    log_reference = models.CharField(max_length=40, blank=True)  # of the incident or crime
    same_as = models.ForeignKey(  # an earlier report of what may be the same incident
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="told_again"
    )
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
    assigned_at = models.DateTimeField(null=True, blank=True)
    assigned_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    arrested_at = models.DateTimeField(null=True, blank=True)
    arrested_by_name = models.CharField(max_length=120, blank=True)
    custody_reference = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    outcome_reason = models.CharField(max_length=60, choices=NfaReason, blank=True)
    outcome_note = models.TextField(max_length=4000, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "breaches"
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="breach_number_once_in_case"),
            models.CheckConstraint(
                name="a_breach_happened_before_it_was_reported",
                condition=Q(happened_at__lte=F("reported_at")),
            ),
            models.CheckConstraint(
                name="breach_assigned_to_at_and_by_together",
                condition=Q(officer=None, assigned_at=None, assigned_by=None)
                | Q(officer__isnull=False, assigned_at__isnull=False, assigned_by__isnull=False),
            ),
            models.CheckConstraint(
                name="no_further_action_has_a_coded_reason",
                condition=(Q(outcome="nfa") & ~Q(outcome_reason=""))
                | (~Q(outcome="nfa") & Q(outcome_reason="")),
            ),
            models.CheckConstraint(
                name="breach_acknowledged_at_and_by_together",
                condition=Q(acknowledged_at=None, acknowledged_by=None)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
            ),
            models.CheckConstraint(
                name="a_breach_happened_before_the_arrest",
                condition=Q(arrested_at=None) | Q(arrested_at__gte=F("happened_at")),
            ),
            models.CheckConstraint(
                name="breach_arrested_at_and_by_together",
                condition=Q(arrested_at=None, arrested_by_name="", custody_reference="")
                | (Q(arrested_at__isnull=False) & ~Q(arrested_by_name="")),
            ),
            models.CheckConstraint(
                name="breach_decided_at_and_by_together",
                condition=Q(decided_at=None, decided_by=None, outcome="")
                | (Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="breach_status_has_its_stamps",
                condition=Q(status="reported", acknowledged_at=None, officer=None, decided_at=None)
                | Q(
                    status="acknowledged",
                    acknowledged_at__isnull=False,
                    officer=None,
                    decided_at=None,
                )
                | Q(
                    status="assigned",
                    acknowledged_at__isnull=False,
                    officer__isnull=False,
                    decided_at=None,
                )
                | Q(status="decided", acknowledged_at__isnull=False, decided_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["force", "-reported_at", "id"], name="breaches_of_force"),
            models.Index(fields=["case", "-reported_at"], name="breaches_of_case"),
        ]

    def __str__(self) -> str:
        return f"{self.offence_code} {self.happened_at:%d %b %Y %H:%M}"

    @property
    def taken(self) -> str:
        """Who took the report; empty where nobody has."""
        return str(self.acknowledged_by or "")

    @property
    def stands(self) -> str:
        """Where it stands, in plain words."""
        if self.outcome:
            return f"Decided: {self.get_outcome_display().lower()}"
        if self.officer:
            return f"{self.officer} answers it"
        return f"{self.taken} took it, nobody is assigned" if self.taken else "Nobody has taken it"


class Point(models.Model):
    """One point to prove, held or missing, with what was done about it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="points")
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=15, choices=[(p.value, p.label) for p in PointToProve])
    held = models.BooleanField(default=False)
    evidence = models.CharField(max_length=300, blank=True)
    asked = models.CharField(max_length=120, blank=True)  # where missing: what was done about it
    saved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["breach", "key"], name="one_point_of_a_kind"),
            models.CheckConstraint(
                name="a_point_that_is_held_has_its_evidence",
                condition=Q(held=False) | ~Q(evidence=""),
            ),
        ]

    def __str__(self) -> str:
        return self.get_key_display()
