"""Somebody asks for an order, and the police decide."""

import uuid
from itertools import takewhile

from django.db import models
from django.db.models import F, Q

from accounts.models import User


class Request(models.Model):
    """Somebody asked for an order. The clock starts at the first ask, by anybody."""

    class Status(models.TextChoices):
        RECEIVED = "received", "Waits for a decision"
        ACCEPTED = "accepted", "Taken forward"
        DECLINED = "declined", "Declined, waits for a second look"
        CONFIRMED = "confirmed", "Declined, second look agrees"
        TWICE = "twice", "Recorded twice, closed"

    class Source(models.TextChoices):
        OFFICER = "officer", "A police officer"
        ADVOCATE = "advocate", "An advocate"
        PARTNER = "partner", "A partner organisation"
        VICTIM = "victim", "The victim"

    class DeclineReason(models.TextChoices):
        NO_ACTS = "no_acts", "No acts associated with stalking are shown, s1(1)(a)"
        NO_RISK = "no_risk", "No risk associated with stalking is shown, s1(1)(b)"
        NOT_NECESSARY = "not_necessary", "An order is not necessary, s1(1)(c)"
        NO_AREA = "no_area", "This force may not apply, s1(3)"
        NOT_IDENTIFIED = "not_identified", "The subject cannot be identified"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.OneToOneField("casework.Case", on_delete=models.PROTECT, related_name="request")
    force = models.ForeignKey("accounts.Force", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status, default=Status.RECEIVED)
    source = models.CharField(max_length=10, choices=Source)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # where the asker has an account
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asker_name = models.CharField(max_length=120, blank=True)  # where the asker has none
    crime_reference = models.CharField(max_length=40, blank=True)
    subject_as_told = models.CharField(max_length=200)
    concerns = models.TextField(max_length=8000)
    client_as_told = models.CharField(max_length=120, blank=True)  # name or initials, as she chose
    safe_contact = models.CharField(max_length=300, blank=True)  # in no log, as in people
    client_agrees = models.BooleanField(null=True, blank=True)  # to the ask; null: nobody was asked
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    same_as = models.ForeignKey(  # the case in which the same request goes on; of the same force
        "casework.Case",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="recorded_twice",
    )
    same_at = models.DateTimeField(null=True, blank=True)
    same_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    same_reason = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="somebody_asked",
                condition=Q(asked_by__isnull=False)
                | Q(organisation__isnull=False)
                | ~Q(asker_name=""),
            ),
            models.CheckConstraint(
                name="request_status_is_known",
                condition=Q(status__in=["received", "accepted", "declined", "confirmed", "twice"]),
            ),
            models.CheckConstraint(
                name="recorded_twice_says_what_goes_on_and_why",
                condition=(
                    Q(status="twice", same_as__isnull=False)
                    & Q(same_at__isnull=False, same_by__isnull=False)
                    & ~Q(same_reason="")
                    & ~Q(same_as=F("case"))
                )
                | (
                    ~Q(status="twice") & Q(same_as=None, same_at=None, same_by=None, same_reason="")
                ),
            ),
        ]
        indexes = [models.Index(fields=["force", "-asked_at", "id"], name="requests_of_force")]

    def __str__(self) -> str:
        return f"Request in {self.case_id}"

    @property
    def answered(self) -> "Request":
        """The request on which is decided: this one, or the one that goes on in its place."""
        return self.same_as.request if self.same_as else self

    @property
    def told(self) -> "list[ThresholdDecision]":
        """The decisions whose words are for whoever asked here."""
        since = self.same_at
        decisions = self.answered.decisions.all()
        return [d for d in decisions if d.told_requester and (not since or d.decided_at >= since)]


class ThresholdDecision(models.Model):
    """The three grounds of s1(1), limb by limb with reasons. Every look at them is kept."""

    class Outcome(models.TextChoices):
        PROCEED = "proceed", "Take it forward"
        DECLINE = "decline", "Decline"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="decisions")
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="+")
    look = models.PositiveSmallIntegerField(default=1)  # 2: the stalking lead's look at a decline
    acts_shown = models.BooleanField()
    acts_reason = models.TextField(max_length=4000)
    risk_shown = models.BooleanField()
    risk_reason = models.TextField(max_length=4000)
    necessary = models.BooleanField()
    necessary_reason = models.TextField(max_length=4000)
    outcome = models.CharField(max_length=8, choices=Outcome)
    decline_reason = models.CharField(max_length=15, choices=Request.DeclineReason, blank=True)
    told_requester = models.TextField(max_length=2000, blank=True)  # what the requester reads
    look_again_on = models.DateField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)  # a requester without an account
    told_how = models.CharField(max_length=200, blank=True)
    told_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_decline_has_a_code",
                condition=(Q(outcome="decline") & ~Q(decline_reason=""))
                | Q(outcome="proceed", decline_reason=""),
            ),
            models.CheckConstraint(
                name="taken_forward_on_all_three_grounds",
                condition=~Q(outcome="proceed")
                | Q(acts_shown=True, risk_shown=True, necessary=True),
            ),
            models.UniqueConstraint(fields=["request", "look"], name="decided_once_each_look"),
            models.CheckConstraint(
                name="requester_told_at_by_and_how_together",
                condition=Q(told_at=None, told_by=None, told_how="")
                | (Q(told_at__isnull=False, told_by__isnull=False) & ~Q(told_how="")),
            ),
        ]
        ordering = ("look",)

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} on {self.decided_at:%d %b %Y}"

    @property
    def is_second_look(self) -> bool:
        """Each decline is looked at once more; what follows anything else is a first look."""
        looks = self.request.decisions.filter(look__lt=self.look).order_by("-look")
        before = looks.values_list("outcome", flat=True)
        return len([*takewhile(self.Outcome.DECLINE.__eq__, before)]) % 2 == 1
