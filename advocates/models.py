"""A client's consent, which is all that lets an advocate see where her protection stands."""

import uuid

from django.db import models
from django.db.models import F, Q

from accounts.models import User


class Consent(models.Model):
    """A protected person consents that an advocate sees the status of one case, for a time."""

    class Status(models.TextChoices):
        GIVEN = "given", "Given"
        WITHDRAWN = "withdrawn", "Withdrawn"
        RUN_OUT = "run_out", "Run out"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="consents")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    advocate = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status, default=Status.GIVEN)
    given_on = models.DateField()
    valid_until = models.DateField()  # inclusive
    how = models.CharField(max_length=200)  # in writing, by phone to whom
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="consent_ends_after_it_begins", condition=Q(valid_until__gte=F("given_on"))
            ),
            models.CheckConstraint(
                name="a_withdrawn_consent_has_when_and_by_whom",
                condition=Q(
                    status="withdrawn", withdrawn_at__isnull=False, withdrawn_by__isnull=False
                )
                | Q(status__in=["given", "run_out"], withdrawn_at=None, withdrawn_by=None),
            ),
            models.UniqueConstraint(
                fields=["case", "person", "advocate"],
                condition=Q(status="given"),
                name="one_living_consent",
            ),
        ]

    def __str__(self) -> str:
        return f"Consent for {self.advocate_id} until {self.valid_until}"
