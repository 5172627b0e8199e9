"""That a duty was not met, as it seems: for a person to decide (s11)."""

import uuid

from django.db import models
from django.db.models import Q

from accounts.models import User
from law.offences import REFUSED_IDENTITY_CHECK
from law.periods import written
from notifications.models.attendance import Attendance
from notifications.models.duty import Duty


class SuspectedFailure(models.Model):
    """A duty was not met: a suspected offence under s11 for a person to decide.

    attendance  at which he refused to be identified, s10(5): each refusal is its own. What fails
                under s9 fails once for its duty, s11(5), and has none.
    """

    class Status(models.TextChoices):
        OPEN = "open", "Waits for a decision"
        INVESTIGATED = "investigated", "Investigated as an offence"
        EXCUSED = "excused", "Reasonable excuse accepted"
        NO_ACTION = "no_action", "No further action"
        CLEARED = "cleared", "No failure: the facts were corrected"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="failures")
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="+")
    attendance = models.ForeignKey(
        Attendance, on_delete=models.PROTECT, null=True, blank=True, related_name="refusals"
    )
    offence_code = models.CharField(max_length=7)  # ST19002 to ST19006
    status = models.CharField(max_length=12, choices=Status, default=Status.OPEN)
    failed_from = models.DateField()  # the first day of the failure, s11(3)
    failed_until = models.DateField(null=True, blank=True)  # the day he notified
    suspicion = models.TextField(max_length=4000, blank=True)  # what was false, and how we know
    reason = models.TextField(max_length=4000, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "failures"
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "offence_code"],
                condition=Q(attendance=None),
                name="one_failure_of_a_duty",
            ),
            models.UniqueConstraint(
                fields=["attendance", "offence_code"],
                condition=Q(attendance__isnull=False),
                name="one_refusal_at_an_attendance",
            ),
            models.CheckConstraint(
                name="a_refusal_names_its_attendance",
                condition=Q(offence_code=REFUSED_IDENTITY_CHECK, attendance__isnull=False)
                | (~Q(offence_code=REFUSED_IDENTITY_CHECK) & Q(attendance=None)),
            ),
            models.CheckConstraint(
                name="a_decided_failure_has_who_when_and_why",
                condition=Q(status__in=["open", "cleared"], decided_at=None, decided_by=None)
                | (
                    Q(
                        status__in=["investigated", "excused", "no_action"],
                        decided_at__isnull=False,
                        decided_by__isnull=False,
                    )
                    & ~Q(reason="")
                ),
            ),
            models.CheckConstraint(
                name="a_failure_ends_after_it_begins",
                condition=Q(failed_until=None) | Q(failed_until__gte=models.F("failed_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offence_code} from {written(self.failed_from)}"
