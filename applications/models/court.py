"""Who authorised it, and the days in court."""

import uuid

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from applications.models.drafts import Application, Court


class Authority(models.Model):
    """A superintendent's decision on exactly one text, known by its hash. A later edit voids it."""

    class Decision(models.TextChoices):
        GIVEN = "given", "Authority given"
        RETURNED = "returned", "Returned, to be mended"
        REFUSED = "refused", "Authority refused"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="authorities"
    )
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="+")
    force = models.ForeignKey("accounts.Force", on_delete=models.PROTECT, related_name="+")
    drafter = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    decision = models.CharField(max_length=8, choices=Decision)
    acts_met = models.BooleanField(null=True, blank=True)
    acts_reason = models.TextField(max_length=4000, blank=True)
    risk_met = models.BooleanField(null=True, blank=True)
    risk_reason = models.TextField(max_length=4000, blank=True)
    necessity_met = models.BooleanField(null=True, blank=True)
    necessity_reason = models.TextField(max_length=4000, blank=True)
    note = models.TextField(max_length=4000, blank=True)
    content = models.JSONField()  # what was seen, so that the next look can say what changed
    content_hash = models.CharField(max_length=64)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.CharField(max_length=60, blank=True)
    void_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-decided_at",)
        verbose_name_plural = "authorities"
        constraints = [
            models.CheckConstraint(
                name="the_authoriser_is_not_the_drafter",
                condition=~Q(decided_by=F("drafter")),
            ),
            models.CheckConstraint(
                name="authority_needs_all_three_grounds",
                condition=~Q(decision="given")
                | Q(
                    acts_met=True,
                    acts_met__isnull=False,
                    risk_met=True,
                    risk_met__isnull=False,
                    necessity_met=True,
                    necessity_met__isnull=False,
                ),
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(decision="given", voided_at=None),
                name="one_living_authority",
            ),
            models.CheckConstraint(
                name="voided_at_and_by_together",
                condition=Q(voided_at=None, voided_by="")
                | (Q(voided_at__isnull=False) & ~Q(voided_by="")),
            ),
        ]
        indexes = [models.Index(fields=["force", "-decided_at", "id"], name="authorities_of_force")]

    def __str__(self) -> str:
        return f"{self.get_decision_display()} {self.decided_at:%d %b %Y}"


class Hearing(models.Model):
    """A day in court on an application, or on an order that is to be varied."""

    class Status(models.TextChoices):
        LISTED = "listed", "Listed"
        RESULTED = "resulted", "Resulted"
        VACATED = "vacated", "Vacated"

    class Purpose(models.TextChoices):
        INTERIM = "interim", "Interim order"
        FULL = "full", "Full order"
        MENTION = "mention", "Mention"
        VARIATION = "variation", "Variation, renewal or discharge"

    class Outcome(models.TextChoices):
        ADJOURNED = "adjourned", "Adjourned"
        INTERIM_ORDER = "interim_order", "Interim order made"
        INTERIM_REFUSED = "interim_refused", "Interim order refused, the application goes on"
        FULL_ORDER = "full_order", "Full order made"
        REFUSED = "refused", "Application refused"
        WITHDRAWN = "withdrawn", "Application withdrawn"
        VARIATION_DECIDED = "variation_decided", "Variation, renewal or discharge decided"

    class InterimRefusal(models.TextChoices):
        """Why there is no interim order: it is made where the court finds it appropriate, s5(3)."""

        BAIL = "bail_thought_enough", "Bail was thought to be enough"
        OTHER_ORDER = "other_order_thought_enough", "Another order was thought to be enough"
        CHARGE = "criminal_charge_preferred", "A criminal charge was preferred"
        NOT_APPROPRIATE = "not_appropriate", "It was not found appropriate before the full hearing"
        OTHER = "other", "Another reason"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="hearings")
    force = models.ForeignKey("accounts.Force", on_delete=models.PROTECT, related_name="+")
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, blank=True, related_name="hearings"
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.LISTED)
    court = models.ForeignKey(Court, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    room = models.CharField(max_length=40, blank=True)
    purpose = models.CharField(max_length=10, choices=Purpose)
    notice_given = models.BooleanField(null=True, blank=True)
    no_notice_reason = models.TextField(max_length=2000, blank=True)
    special_measures = models.CharField(max_length=200, blank=True)
    interpreter = models.CharField(max_length=60, blank=True)
    follows = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="next"
    )
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    outcome_reason = models.CharField(max_length=40, blank=True)
    outcome_note = models.TextField(max_length=4000, blank=True)
    resulted_at = models.DateTimeField(null=True, blank=True)
    resulted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("starts_at",)
        constraints = [
            models.CheckConstraint(
                name="a_resulted_hearing_has_its_outcome",
                condition=(
                    Q(status="resulted")
                    & ~Q(outcome="")
                    & Q(resulted_at__isnull=False, resulted_by__isnull=False)
                )
                | (
                    Q(status__in=["listed", "vacated"])
                    & Q(outcome="", resulted_at=None, resulted_by=None)
                ),
            ),
            models.CheckConstraint(
                name="an_interim_is_refused_where_it_was_asked_for",
                condition=~Q(outcome="interim_refused")
                | (Q(purpose="interim", application__isnull=False) & ~Q(outcome_reason="")),
            ),
        ]
        indexes = [models.Index(fields=["force", "starts_at", "id"], name="hearings_of_force")]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.starts_at:%d %b %Y %H:%M}"

    @property
    def reason_said(self) -> str:
        """Why the court decided so, in the words of whichever list it is from."""
        lists = {
            self.Outcome.INTERIM_REFUSED: self.InterimRefusal,
            self.Outcome.REFUSED: Application.RefusalReason,
            self.Outcome.WITHDRAWN: Application.WithdrawalReason,
        }
        reasons = lists.get(self.Outcome(self.outcome)) if self.outcome_reason else None
        return str(reasons(self.outcome_reason).label) if reasons else ""


class WrongResult(models.Model):
    """A result that was recorded wrongly, as it was recorded, with who put it right and why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="wrong_results")
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()  # of the hearing, as it was thought
    outcome = models.CharField(max_length=20, choices=Hearing.Outcome)
    outcome_reason = models.CharField(max_length=40, blank=True)
    outcome_note = models.TextField(max_length=4000, blank=True)
    next_starts_at = models.DateTimeField(null=True, blank=True)  # of the hearing that followed
    resulted_at = models.DateTimeField()
    resulted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    superseded_at = models.DateTimeField()
    superseded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    superseded_reason = models.TextField(max_length=1000)

    class Meta:
        ordering = ("superseded_at",)

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}, until {self.superseded_at:%d %b %Y %H:%M}"
