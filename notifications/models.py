"""The notification requirements of ss9 to 11: what he must tell the police, by when, and whether he did."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from accounts.models import User
from law.offences import REFUSED_IDENTITY_CHECK
from law.periods import end_instant, local_date, written


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


class Attendance(models.Model):
    """He attended a station and notified orally; the written acknowledgement follows from it (s10)."""

    class Status(models.TextChoices):
        """Of the written acknowledgement, s10(4)(a): it is due for what was said aloud."""

        NOTHING = "nothing", "No acknowledgement is due"
        TO_HAND = "to_hand", "Acknowledgement not handed over yet"
        HANDED = "handed", "Acknowledgement handed over"
        NOT_HANDED = "not_handed", "Acknowledgement not handed over, for a reason"

    class Answer(models.TextChoices):
        NOT_ASKED = "not_asked", "Not asked for"
        TAKEN = "taken", "Taken"
        REFUSED = "refused", "Refused"

    class AddressLimb(models.TextChoices):
        HOME = "home", "His sole or main residence in the UK"
        FOUND = "found", "A place in the UK where he can regularly be found"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="attendances")
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="+")
    attended_at = models.DateTimeField()
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="+")
    received_by_name = models.CharField(max_length=120)
    heard_by_constable = models.BooleanField(default=True)
    authorised_by_name = models.CharField(max_length=120, blank=True)  # where not a constable
    names_given = models.TextField(max_length=1000)  # every name, one on a line
    address_limb = models.CharField(max_length=5, choices=AddressLimb)
    address_given = models.CharField(max_length=300)
    home_force = models.ForeignKey(  # the police area of that address; None: not in E and W
        "accounts.Force", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    identity_check = models.CharField(max_length=200, blank=True)
    fingerprints = models.CharField(max_length=9, choices=Answer)
    photograph = models.CharField(max_length=9, choices=Answer)
    excuse = models.TextField(max_length=2000, blank=True)  # offered for lateness or refusal
    oral_statement = models.BooleanField()  # without it, nothing was notified, s10(1)
    status = models.CharField(max_length=10, choices=Status, default=Status.NOTHING)
    handed_at = models.DateTimeField(null=True, blank=True)
    handed_by_name = models.CharField(max_length=120, blank=True)
    not_handed_reason = models.CharField(max_length=300, blank=True)
    handing_recorded_at = models.DateTimeField(null=True, blank=True)
    handing_recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    in_time = models.BooleanField()
    findings = models.JSONField(default=list, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    superseded_at = models.DateTimeField(
        null=True, blank=True
    )  # recorded wrongly: kept, and counts for nothing
    superseded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    superseded_reason = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-attended_at",)
        constraints = [
            models.CheckConstraint(
                name="attendance_superseded_at_by_and_why_together",
                condition=Q(superseded_at=None, superseded_by=None, superseded_reason="")
                | (
                    Q(superseded_at__isnull=False, superseded_by__isnull=False)
                    & ~Q(superseded_reason="")
                ),
            ),
            models.CheckConstraint(
                name="an_acknowledgement_has_its_moment_or_its_reason",
                condition=Q(status__in=["nothing", "to_hand"], handed_at=None, not_handed_reason="")
                | (Q(status="handed", handed_at__isnull=False) & ~Q(handed_by_name=""))
                | (Q(status="not_handed", handed_at=None) & ~Q(not_handed_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"Attended {written(local_date(self.attended_at))}"


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
