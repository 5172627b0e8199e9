"""An order as the court made it, and its conditions in each of their wordings."""

import uuid
from datetime import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast

from accounts.models import User
from law.content import ConditionKind
from law.periods import local_date, written
from orders.terms import said, spoken

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
    earlier_legal_answers = models.JSONField(default=list, blank=True)  # before it was asked again
    not_renewed_reason = models.TextField(max_length=2000, blank=True)  # why it is let end
    not_renewed_at = models.DateTimeField(null=True, blank=True)
    not_renewed_by = models.ForeignKey(
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
                | Q(status__in=["made", "served"], ended_at=None),
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
            models.CheckConstraint(
                name="not_renewed_at_by_and_reason_together",
                condition=Q(not_renewed_at=None, not_renewed_by=None, not_renewed_reason="")
                | (
                    Q(not_renewed_at__isnull=False, not_renewed_by__isnull=False)
                    & ~Q(not_renewed_reason="")
                ),
            ),
        ]
        indexes = [
            models.Index(
                fields=["force", "last_day"], condition=Q(ended_at=None), name="order_open_of_force"
            ),
            models.Index(fields=["force", "-made_at", "id"], name="orders_of_force"),
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

    @property
    def answered_before(self) -> list[tuple[str, str, datetime]]:
        """What force legal said before it was asked again, by whom and when: the newest first."""
        before = reversed(self.earlier_legal_answers)
        return [(one["answer"], one["by"], datetime.fromisoformat(one["at"])) for one in before]


class Condition(models.Model):
    """One condition in one wording, in force for a range of time. Two wordings never overlap."""

    TAKEN_BACK = 10_000  # wordings from here on were never in the order; others have their numbers

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
        return f"{self.number}. {self.said}"

    @property
    def said(self) -> str:
        """In a few words that say whether they forbid or require."""
        return said(self.kind, self.text, self.short)

    @property
    def spoken(self) -> tuple[str, str]:
        return spoken(self.text)
