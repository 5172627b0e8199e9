"""Orders as the court made them, their conditions by version, their service, and what became of them."""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast

from accounts.models import User
from law.content import ConditionKind
from law.periods import local_date, written
from orders.terms import spoken

# The London day on which it was made, whatever the zone of the session
MADE_ON = Cast(
    Func(
        Value("Europe/London"),
        F("made_at"),
        function="timezone",
        output_field=models.DateTimeField(),
    ),
    models.DateField(),
)


class Order(models.Model):
    """A stalking protection order or an interim one. Whether it has effect is computed, not stored."""

    class Kind(models.TextChoices):
        INTERIM = "interim", "Interim order"
        FULL = "full", "Full order"

    class Origin(models.TextChoices):
        APPLICATION = "s1_application", "On a chief officer's application, s1"
        CONVICTION = "court_conviction", "The court's own motion on conviction"
        ACQUITTAL = "court_acquittal", "The court's own motion on acquittal"

    class Status(models.TextChoices):
        """Clerical: what we have done with it. Service is never a gate to anything legal."""

        MADE = "made", "Made, not served"
        SERVED = "served", "Served"
        ENDED = "ended", "Ended"

    class EndReason(models.TextChoices):
        EXPIRED = "expired", "Its period ran out"
        DISCHARGED = "discharged", "Discharged"
        DETERMINED = "determined", "The main application was determined"
        REPLACED = "replaced", "Replaced by the full order"
        APPEAL = "appeal", "Quashed on appeal"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="orders")
    force = models.ForeignKey("accounts.Force", on_delete=models.PROTECT, related_name="+")
    subject = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="orders")
    application = models.ForeignKey(
        "applications.Application",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="orders",
    )
    hearing = models.ForeignKey(
        "applications.Hearing",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="orders",
    )
    kind = models.CharField(max_length=7, choices=Kind)
    origin = models.CharField(max_length=16, choices=Origin, default=Origin.APPLICATION)
    status = models.CharField(max_length=6, choices=Status, default=Status.MADE)
    court = models.ForeignKey("applications.Court", on_delete=models.PROTECT, related_name="+")
    court_reference = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField()
    last_day = models.DateField(null=True, blank=True)  # inclusive; None: until further order
    ended_at = models.DateTimeField(null=True, blank=True)  # first moment without effect
    end_reason = models.CharField(max_length=10, choices=EndReason, blank=True)
    replaces_interim = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    subject_present = models.BooleanField(null=True, blank=True)
    findings = models.JSONField(default=list, blank=True)  # what the law says to what the court did
    legal_answer = models.TextField(max_length=4000, blank=True)  # of force legal, to a finding
    legal_answered_at = models.DateTimeField(null=True, blank=True)
    legal_answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="ended_after_made_and_with_a_reason",
                condition=Q(ended_at=None, end_reason="")
                | (Q(ended_at__gte=F("made_at")) & ~Q(end_reason="")),
            ),
            models.CheckConstraint(
                name="an_order_is_ended_when_it_has_its_end",
                condition=Q(status="ended", ended_at__isnull=False)
                | (~Q(status="ended") & Q(ended_at=None)),
            ),
            models.CheckConstraint(
                name="an_interim_order_has_its_application",
                condition=~Q(kind="interim") | Q(application__isnull=False),
                violation_error_message="An interim order is made only on an application, s5(1)",
            ),
            models.CheckConstraint(
                name="last_day_not_before_the_day_it_was_made",
                condition=Q(last_day=None) | Q(last_day__gte=MADE_ON),
            ),
            models.UniqueConstraint(
                fields=["hearing", "kind"],
                condition=Q(hearing__isnull=False),
                name="one_order_of_a_kind_from_a_hearing",
                violation_error_message="An order of this kind is recorded from this hearing",
            ),
            models.UniqueConstraint(
                fields=["replaces_interim"],
                condition=Q(replaces_interim__isnull=False),
                name="one_order_replaces_an_interim",
            ),
            models.CheckConstraint(
                name="only_a_full_order_replaces_an_interim",
                condition=Q(replaces_interim=None) | Q(kind="full"),
            ),
            models.CheckConstraint(
                name="legal_answered_at_by_and_words_together",
                condition=Q(legal_answered_at=None, legal_answered_by=None, legal_answer="")
                | (
                    Q(legal_answered_at__isnull=False, legal_answered_by__isnull=False)
                    & ~Q(legal_answer="")
                ),
            ),
        ]
        indexes = [
            models.Index(
                fields=["force", "last_day"], condition=Q(ended_at=None), name="order_open_of_force"
            ),
            models.Index(fields=["subject", "-made_at"], name="order_of_subject"),
            models.Index(fields=["case", "-made_at"], name="order_of_case"),
            models.Index(
                fields=["last_day"],
                condition=Q(status__in=["made", "served"]),
                name="order_to_expire",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {written(local_date(self.made_at))}"


class Condition(models.Model):
    """One condition in one wording, in force for a range of time. Two wordings never overlap."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="conditions")
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()  # as the order numbers it
    wording = models.PositiveSmallIntegerField(default=1)  # 1 as made, 2 as varied ...
    kind = models.CharField(max_length=11)  # prohibition or requirement
    text = models.TextField(max_length=2000)
    short = models.CharField(max_length=120)
    locality = models.CharField(max_length=200, blank=True)
    own_last_day = models.DateField(null=True, blank=True)  # s3(3), s6(e)
    necessity = models.TextField(max_length=4000, blank=True)  # s2(2), as asked for or as found
    in_force = DateTimeRangeField()  # [from, until)
    proposed = models.ForeignKey(
        "applications.ProposedCondition",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        ordering = ("number", "wording")
        constraints = [
            ExclusionConstraint(
                name="one_wording_of_a_condition_at_a_time",
                expressions=[
                    ("order", RangeOperators.EQUAL),
                    ("number", RangeOperators.EQUAL),
                    ("in_force", RangeOperators.OVERLAPS),
                ],
            ),
            models.UniqueConstraint(
                fields=["order", "number", "wording"], name="wording_once_of_a_condition"
            ),
            models.CheckConstraint(
                name="a_condition_forbids_or_requires",
                condition=Q(kind__in=[kind.value for kind in ConditionKind]),
                violation_error_message="A condition is a prohibition or a requirement",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.short}"

    @property
    def spoken(self) -> tuple[str, str]:
        return spoken(self.text)


class ServiceAttempt(models.Model):
    """He was looked for and not found, or would not take it: proof that we tried."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="attempts")
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="+")
    tried_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    what_happened = models.TextField(max_length=2000)
    footage_reference = models.CharField(max_length=60, blank=True)
    tried_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("tried_at",)

    def __str__(self) -> str:
        return f"Attempt of {written(local_date(self.tried_at))}"


class Service(models.Model):
    """The order was given to him in the words it then had, with the proof taken at the time.

    A correction supersedes it. The first service of the order, in whatever words, starts s9(1);
    service of varied words starts nothing and is proof alone (R4.7).
    """

    class Method(models.TextChoices):
        IN_COURT = "in_court", "In court"
        IN_PERSON = "in_person", "In person"
        LAST_ADDRESS = "last_address", "At the last known address, by leave of the court"
        SOLICITOR = "solicitor", "To his solicitor"

    class Acknowledgement(models.TextChoices):
        SIGNED = "signed", "He signed for it"
        REFUSED = "refused", "He would not sign"
        NOT_ASKED = "not_asked", "He was not asked to sign"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="services")
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="+")
    variation = models.ForeignKey(  # the words as it left them; None: the order as made
        "orders.Variation", on_delete=models.PROTECT, null=True, blank=True, related_name="services"
    )
    served_at = models.DateTimeField()
    method = models.CharField(max_length=12, choices=Method)
    place = models.CharField(max_length=200)
    served_by_name = models.CharField(max_length=120)
    collar_number = models.CharField(max_length=12, blank=True)
    pages_served = models.PositiveSmallIntegerField()
    explained = models.BooleanField()
    notification_explained = models.BooleanField()
    understood = models.BooleanField(null=True, blank=True)
    interpreter = models.CharField(max_length=60, blank=True)
    reaction = models.TextField(max_length=2000, blank=True)
    acknowledgement = models.CharField(max_length=10, choices=Acknowledgement)
    footage_reference = models.CharField(max_length=60, blank=True)
    findings = models.JSONField(default=list, blank=True)  # what the law says to this service
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    superseded_at = models.DateTimeField(null=True, blank=True)
    superseded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    superseded_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-recorded_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["order", "variation"],
                condition=Q(superseded_at=None),
                nulls_distinct=False,
                name="one_living_service_of_each_wording",
                violation_error_message="Service of these words is recorded already",
            ),
            models.CheckConstraint(
                name="service_superseded_at_by_and_why_together",
                condition=Q(superseded_at=None, superseded_by=None, superseded_reason="")
                | (
                    Q(superseded_at__isnull=False, superseded_by__isnull=False)
                    & ~Q(superseded_reason="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Served {written(local_date(self.served_at))}"


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
                name="a_decided_variation_has_its_moment",
                condition=Q(status="applied", decided_at=None, decided_by=None)
                | (~Q(status="applied") & Q(decided_at__isnull=False, decided_by__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {written(self.applied_on)}"
