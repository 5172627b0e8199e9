"""From the first request for an order to the court's decision on the application."""

import uuid

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from law.grounds import ActKind


class Court(models.Model):
    """A court house. The force maintains the table; a starter list ships."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120, unique=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Request(models.Model):
    """Somebody asked for an order. The clock starts at the first ask, by anybody."""

    class Status(models.TextChoices):
        RECEIVED = "received", "Waits for a decision"
        ACCEPTED = "accepted", "Taken forward"
        DECLINED = "declined", "Declined, waits for a second look"
        CONFIRMED = "confirmed", "Declined, second look agrees"

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
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="somebody_asked",
                condition=Q(asked_by__isnull=False)
                | Q(organisation__isnull=False)
                | ~Q(asker_name=""),
            )
        ]

    def __str__(self) -> str:
        return f"Request in {self.case_id}"


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
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_decline_has_a_code",
                condition=(Q(outcome="decline") & ~Q(decline_reason=""))
                | Q(outcome="proceed", decline_reason=""),
            ),
            models.UniqueConstraint(fields=["request", "look"], name="decided_once_each_look"),
        ]
        ordering = ("look",)

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} on {self.decided_at:%d %b %Y}"

    @property
    def is_second_look(self) -> bool:
        return self.look % 2 == 0


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
        ADVOCATE = "advocate", "Her advocate"
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
    submitted_at = models.DateTimeField(null=True, blank=True)
    court = models.ForeignKey(
        Court, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lodged_on = models.DateField(null=True, blank=True)
    court_reference = models.CharField(max_length=40, blank=True)
    determined_on = models.DateField(null=True, blank=True)
    outcome_reason = models.CharField(max_length=40, blank=True)
    outcome_note = models.TextField(max_length=4000, blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(auto_now=True)
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
        ]

    def __str__(self) -> str:
        return f"Application in {self.case_id}"


class StalkingAct(models.Model):
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
    def status(self) -> str:
        """The application's: a part of it is changed while it can be."""
        return self.application.status

    def get_status_display(self) -> str:
        return self.application.get_status_display()


class ProposedCondition(models.Model):
    """A prohibition or requirement that we ask for: the sentence, and why it is necessary."""

    class Kind(models.TextChoices):
        PROHIBITION = "prohibition", "Prohibition"
        REQUIREMENT = "requirement", "Requirement"

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
    checked_religion = models.BooleanField(default=False)
    checked_work = models.BooleanField(default=False)
    checked_education = models.BooleanField(default=False)
    checks_note = models.TextField(max_length=1000, blank=True)
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
            )
        ]

    def __str__(self) -> str:
        return self.short or self.text[:80]

    @property
    def status(self) -> str:
        """The application's: a part of it is changed while it can be."""
        return self.application.status

    def get_status_display(self) -> str:
        return self.application.get_status_display()


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
        FULL_ORDER = "full_order", "Full order made"
        REFUSED = "refused", "Application refused"
        WITHDRAWN = "withdrawn", "Application withdrawn"
        VARIATION_DECIDED = "variation_decided", "Variation, renewal or discharge decided"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="hearings")
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
                | (~Q(status="resulted") & Q(outcome="", resulted_at=None, resulted_by=None)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.starts_at:%d %b %Y %H:%M}"
