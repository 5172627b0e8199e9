"""What was recorded of an order as made was wrong: what it said before, what it says since, and why."""

import uuid

from django.db import models
from django.db.models import Q

from accounts.models import User
from law.periods import local_date, written
from orders.models.order import Order


class Correction(models.Model):
    """The record of an order was put right. The order keeps its identity; what it said is kept here.

    before, after  the order as recorded, as `orders.queries.recorded` writes it
    """

    class Kind(models.TextChoices):
        RECORD = "record", "We recorded it wrongly"
        COURT = "court", "The court corrected its order"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="corrections")
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=Kind)
    corrected_on = models.DateField(null=True, blank=True)  # by the court
    reason = models.CharField(max_length=300)
    before = models.JSONField()
    after = models.JSONField()
    give_again = models.BooleanField(default=False)  # he was served a paper with the mistake
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("recorded_at",)
        constraints = [
            models.CheckConstraint(
                name="the_day_of_a_court_s_own_correction",
                condition=Q(kind="court", corrected_on__isnull=False)
                | Q(kind="record", corrected_on=None),
            ),
            models.CheckConstraint(name="a_correction_has_its_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"Corrected {written(local_date(self.recorded_at))}"
