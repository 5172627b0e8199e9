"""The application that we draft: its acts and its conditions."""

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from accounts.models import User
from casework import clock
from law.conditions import OTHER_ORDER_LABELS
from law.grounds import ActKind


class Court(models.Model):
    """A court, one table for every force; a starter list ships. Each force says which it uses."""

    class Kind(models.TextChoices):
        MAGISTRATES = "magistrates", "Magistrates’ court"
        YOUTH = "youth", "Youth court"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=11, choices=Kind, default=Kind.MAGISTRATES)  # s14(1)
    area = models.ForeignKey(  # the police area that it lies in, s10(2); None: nobody has said
        "accounts.Force", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="court_once",
                violation_error_message="This court is in the list",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ClosedCourt(models.Model):
    """A court that one force uses no more. What was heard there stays, and other forces may go on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    court = models.ForeignKey(Court, on_delete=models.PROTECT, related_name="closings")
    force = models.ForeignKey("accounts.Force", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["court", "force"], name="court_closed_once_by_a_force")
        ]

    def __str__(self) -> str:
        return f"{self.court_id} by {self.force_id}"


class Application(models.Model):
    """The application that we draft, get authority for and lodge (ST19501)."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Waits for authority"
        AUTHORISED = "authorised", "Authorised"
        LODGED = "lodged", "Lodged"
        GRANTED = "granted", "Granted"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Duration(models.TextChoices):
        FIXED = "fixed", "A fixed period"
        FURTHER_ORDER = "further_order", "Until further order"

    class AreaLimb(models.TextChoices):
        RESIDES = "resides", "He lives in this force's area"
        BELIEVED_IN = "believed_in", "He is believed to be in this force's area"
        INTENDS = "intends", "He is believed to intend to come to this force's area"
        NONE_NEEDED = "none_needed", "This force has no area (BTP, MDP)"

    class CaseStage(models.TextChoices):
        NONE = "none", "No criminal case"
        INVESTIGATION = "investigation", "Under investigation"
        CHARGED = "charged", "Charged"
        CONCLUDED = "concluded", "Concluded"

    class Consulted(models.TextChoices):
        VICTIM = "victim", "The protected person"
        ADVOCATE = "advocate", "Their advocate"
        BOTH = "both", "Both"
        NOT_ASKED = "not_asked", "Nobody"

    class RiskLevel(models.TextChoices):
        STANDARD = "standard", "Standard or low"
        MEDIUM = "medium", "Medium or moderate"
        HIGH = "high", "High"

    class RefusalReason(models.TextChoices):
        BAIL = "bail_thought_enough", "Bail was thought to be enough"
        OTHER_ORDER = "other_order_thought_enough", "Another order was thought to be enough"
        CHARGE = "criminal_charge_preferred", "A criminal charge was preferred"
        NOT_PROVED = "not_proved", "Acts or risk were not proved"
        NOT_NECESSARY = "not_necessary", "An order was not found necessary"
        OTHER = "other", "Another reason"

    class WithdrawalReason(models.TextChoices):
        NOT_NEEDED = "not_needed", "An order is no longer necessary"
        EVIDENCE = "evidence", "The evidence no longer supports it"
        CHARGE = "criminal_charge_preferred", "A criminal charge protects instead"
        NEW_APPLICATION = "new_application", "A new application takes its place"
        OTHER = "other", "Another reason"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="applications")
    force = models.ForeignKey("accounts.Force", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    drafter = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    area_limb = models.CharField(max_length=12, choices=AreaLimb, blank=True)
    area_reason = models.TextField(max_length=2000, blank=True)
    risk = models.TextField(max_length=10000, blank=True)
    risk_tool = models.CharField(max_length=40, blank=True)
    risk_level = models.CharField(max_length=10, choices=RiskLevel, blank=True)
    necessity = models.TextField(max_length=10000, blank=True)
    victim_view = models.TextField(max_length=4000, blank=True)
    consulted = models.CharField(max_length=20, choices=Consulted, blank=True)
    not_consulted_reason = models.TextField(max_length=2000, blank=True)
    other_orders = models.TextField(max_length=2000, blank=True)
    criminal_case = models.CharField(max_length=15, choices=CaseStage, blank=True)
    criminal_reference = models.CharField(max_length=40, blank=True)
    duration = models.CharField(max_length=15, choices=Duration, blank=True)
    asked_until = models.DateField(null=True, blank=True)  # inclusive last day asked for
    duration_reason = models.TextField(max_length=2000, blank=True)
    interim_sought = models.BooleanField(null=True, blank=True)
    interim_reason = models.TextField(max_length=2000, blank=True)
    notice_given = models.BooleanField(null=True, blank=True)
    no_notice_reason = models.TextField(max_length=2000, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)  # to authority, the last time
    submitted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    court = models.ForeignKey(
        Court, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lodged_on = models.DateField(null=True, blank=True)
    court_reference = models.CharField(max_length=40, blank=True)
    determined_on = models.DateField(null=True, blank=True)
    outcome_reason = models.CharField(max_length=40, blank=True)
    outcome_note = models.TextField(max_length=4000, blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(default=clock.now)  # its words, by `saved_by`: no decision
    saved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(status__in=["draft", "submitted", "authorised", "lodged"]),
                name="one_application_under_way_in_a_case",
            ),
            models.CheckConstraint(
                name="a_lodged_application_has_court_and_day",
                condition=~Q(status__in=["lodged", "granted", "refused"])
                | Q(court__isnull=False, lodged_on__isnull=False),
            ),
            models.CheckConstraint(
                name="a_fixed_period_has_its_last_day",
                condition=~Q(status__in=["submitted", "authorised", "lodged", "granted", "refused"])
                | Q(duration="fixed", asked_until__isnull=False)
                | Q(duration="further_order", asked_until=None),
            ),
            models.CheckConstraint(
                name="a_determined_application_has_its_day_and_its_reason",
                condition=Q(
                    status__in=["draft", "submitted", "authorised", "lodged"],
                    determined_on=None,
                )
                | Q(status="granted", determined_on__isnull=False)
                | (
                    Q(status__in=["refused", "withdrawn"], determined_on__isnull=False)
                    & ~Q(outcome_reason="")
                ),
            ),
        ]
        indexes = [models.Index(fields=["force", "-saved_at", "id"], name="applications_of_force")]

    def __str__(self) -> str:
        return f"Application in {self.case_id}"


class PartOfApplication:
    """It is changed while the application can be."""

    application: Any

    @property
    def status(self) -> str:
        status: str = self.application.status
        return status

    def get_status_display(self) -> str:
        shown: str = self.application.get_status_display()
        return shown


class StalkingAct(PartOfApplication, models.Model):
    """One act associated with stalking: what he did, when, where, and the proof."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="acts")
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=[(k.value, k.label) for k in ActKind])
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    time = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    description = models.TextField(max_length=4000)
    exhibit = models.CharField(max_length=60, blank=True)
    online = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("from_on", "time", "id")
        constraints = [
            models.CheckConstraint(
                name="act_ends_after_it_begins",
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.from_on}"

    @property
    def where(self) -> str:
        """Online, the place, or both."""
        return ", ".join(part for part in ("online" if self.online else "", self.place) if part)


class ProposedCondition(PartOfApplication, models.Model):
    """A prohibition or requirement that we ask for: the sentence, and why it is necessary."""

    class Kind(models.TextChoices):
        PROHIBITION = "prohibition", "Prohibition"
        REQUIREMENT = "requirement", "Requirement"

    NO_CLASH = "none"
    CLASHES = (
        (NO_CLASH, "None: it can stand beside every order in force"),
        *((other.value, label.capitalize()) for other, label in OTHER_ORDER_LABELS.items()),
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="conditions"
    )
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=11, choices=Kind)
    library_code = models.CharField(max_length=8, blank=True)  # P01; empty: bespoke
    library_version = models.PositiveSmallIntegerField(null=True, blank=True)
    slots = models.JSONField(default=dict, blank=True)
    text = models.TextField(max_length=2000, blank=True)
    short = models.CharField(max_length=120, blank=True)  # the line in lists
    necessity = models.TextField(max_length=4000, blank=True)
    evidence = models.CharField(max_length=200, blank=True)
    monitoring = models.TextField(max_length=2000, blank=True)
    # s2(3); None: nobody has looked
    conflicts_with_religion = models.BooleanField(null=True, blank=True)
    interferes_with_work = models.BooleanField(null=True, blank=True)
    interferes_with_education = models.BooleanField(null=True, blank=True)
    interference_note = models.TextField(max_length=1000, blank=True)  # for the court
    checks_note = models.TextField(max_length=1000, blank=True)  # for the police alone
    clash = models.CharField(max_length=15, choices=CLASHES, blank=True)  # empty: nobody looked
    clash_note = models.TextField(max_length=1000, blank=True)
    discloses_location = models.BooleanField(null=True, blank=True)
    locality = models.CharField(max_length=200, blank=True)
    own_last_day = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(
                fields=["application", "position"],
                name="one_condition_at_a_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                name="a_clash_has_its_reason",
                condition=Q(clash__in=["", "none"], clash_note="")
                | (~Q(clash__in=["", "none"]) & ~Q(clash_note="")),
            ),
        ]

    def __str__(self) -> str:
        return self.short or self.text[:80]
