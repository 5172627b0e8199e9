"""What he must notify, by when, and where that may be done (s9, s10(1))."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from accounts.models import User
from law.periods import end_instant, written


class Station(models.Model):
    """A police station at which notification may be given (s10(1)). The force maintains the table."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    force = models.ForeignKey("accounts.Force", on_delete=models.PROTECT, related_name="stations")
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(
                "force",
                Lower("name"),
                name="station_once_in_force",
                violation_error_message="Your force has a station of this name",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Duty(models.Model):
    """One thing that he must notify. Derived from the facts of the order, and derived again."""

    class Kind(models.TextChoices):
        INITIAL = "initial", "Name and home address, s9(1)"
        NAME = "name", "A new name, s9(3)"
        ADDRESS = "address", "A new home address, s9(4)"

    class Status(models.TextChoices):
        WAITING = "waiting", "Not served yet"
        OPEN = "open", "Must notify"
        MET = "met", "Notified in time"
        LATE = "late", "Notified late"
        NOT_OWED = "not_owed", "Nothing to notify"
        TAKEN_BACK = "taken_back", "Recorded by mistake"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="duties")
    force = models.ForeignKey("accounts.Force", on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="duties")
    kind = models.CharField(max_length=7, choices=Kind)
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    starts_on = models.DateField(null=True, blank=True)  # day one
    due_on = models.DateField(null=True, blank=True)  # last day, inclusive
    provision = models.CharField(max_length=20)
    reason = models.CharField(max_length=300)
    findings = models.JSONField(default=list, blank=True)
    told = models.CharField(max_length=300, blank=True)  # the new name or address, as we heard it
    told_by = models.CharField(max_length=120, blank=True)  # who told us
    # The police area that he moved from and the one he moved to, s10(3); None: not in E and W
    left_force = models.ForeignKey(
        "accounts.Force", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    home_force = models.ForeignKey(
        "accounts.Force", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    soa_from = models.DateField(null=True, blank=True)  # under the Sexual Offences Act 2003 duty
    soa_until = models.DateField(null=True, blank=True)
    soa_note = models.CharField(max_length=300, blank=True)  # why what was recorded was taken back
    superseded_at = models.DateTimeField(null=True, blank=True)  # a change: never happened so
    superseded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    superseded_reason = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "duties"
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(kind="initial"), name="one_initial_duty_of_an_order"
            ),
            models.UniqueConstraint(
                fields=["order", "kind", "starts_on", "told"],
                condition=~Q(kind="initial") & ~Q(status="taken_back"),
                name="a_change_is_recorded_once",
                violation_error_message="This change is recorded already",
            ),
            models.CheckConstraint(
                name="soa_duty_ends_after_it_begins",
                condition=Q(soa_until=None) | Q(soa_from__lte=models.F("soa_until")),
            ),
            models.CheckConstraint(
                name="a_duty_has_its_days_where_one_is_owed",
                condition=Q(
                    status__in=["open", "met", "late"],
                    starts_on__isnull=False,
                    due_on__isnull=False,
                    due_on__gte=models.F("starts_on"),
                )
                | Q(status__in=["waiting", "not_owed", "taken_back"], due_on=None),
            ),
            models.CheckConstraint(
                name="a_change_taken_back_has_who_when_and_why",
                condition=(
                    ~Q(status="taken_back")
                    & Q(superseded_at=None, superseded_by=None, superseded_reason="")
                )
                | (
                    Q(status="taken_back", kind__in=["name", "address"])
                    & Q(superseded_at__isnull=False, superseded_by__isnull=False)
                    & ~Q(superseded_reason="")
                ),
            ),
        ]
        indexes = [
            models.Index(
                fields=["force", "due_on", "id"],
                condition=Q(status="open"),
                name="open_duties_of_force",
            ),
            models.Index(fields=["force", "due_on", "id"], name="duties_of_force"),
        ]

    def __str__(self) -> str:
        by = f" by {written(self.due_on)}" if self.due_on else ""
        return f"{self.get_kind_display()}{by}"

    @property
    def ends_at(self) -> datetime | None:
        """The first moment at which it is late."""
        return end_instant(self.due_on) if self.due_on else None
