"""How an order reached him, and how it was tried: the proof, taken at the time."""

import uuid

from django.db import models
from django.db.models import Q

from accounts.models import User
from law.periods import local_date, written
from orders.models.order import Order


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
    correction = models.ForeignKey(  # the words as it put them right; None: those of the variation
        "orders.Correction",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="services",
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
                fields=["order", "variation", "correction"],
                condition=Q(superseded_at=None),
                nulls_distinct=False,
                name="one_living_service_of_each_wording",
                violation_error_message="Service of these words is recorded already",
            ),
            models.CheckConstraint(
                name="service_is_of_one_wording",
                condition=Q(variation=None) | Q(correction=None),
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

    @property
    def about(self) -> uuid.UUID:
        """Whose words he was given: those of a correction, of a change, or of the order as made."""
        return self.correction_id or self.variation_id or self.order_id

    @property
    def on_himself(self) -> bool:
        """Whether he was given it, and nobody in his place: only then it shows that he knew of it."""
        return self.method in (self.Method.IN_COURT, self.Method.IN_PERSON)
