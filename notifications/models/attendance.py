"""That he came to a police station, what he said there, and whether it counts (s10)."""

import uuid

from django.db import models
from django.db.models import Q

from accounts.models import User
from law.periods import local_date, written
from notifications.models.duty import Duty, Station


class Attendance(models.Model):
    """He attended a station and notified orally; the written acknowledgement follows from it (s10)."""

    class Status(models.TextChoices):
        """Of the written acknowledgement, s10(4)(a): it is due for what was said aloud."""

        NOTHING = "nothing", "Recorded with nothing to acknowledge"
        TO_HAND = "to_hand", "Waiting for its acknowledgement to be handed over"
        HANDED = "handed", "Acknowledged: the paper was handed over"
        NOT_HANDED = "not_handed", "Recorded with the reason why the paper was not handed over"

    class Decision(models.TextChoices):
        """Of force legal, where s10(1) may not accept the place or the person that he told."""

        ACCEPTED = "accepted", "It counts"
        AGAIN = "again", "It does not count: he must attend again"

    class Picked(models.TextChoices):
        """s14(1): which of several places is his home address is for him to say."""

        ONE = "one", "There is only this one"
        HE = "he", "There are several, and he chose this one"
        NOT_HE = "not_he", "There are several, and he did not choose"

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
    picked = models.CharField(max_length=6, choices=Picked, blank=True)  # where it is no residence
    identity_check = models.CharField(max_length=200, blank=True)
    fingerprints = models.CharField(max_length=9, choices=Answer)
    photograph = models.CharField(max_length=9, choices=Answer)
    also_taken = models.CharField(max_length=100, blank=True)  # which s10(5) does not provide for
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
    decision = models.CharField(max_length=8, choices=Decision, blank=True)  # does it count?
    decision_reason = models.TextField(max_length=2000, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
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
                name="whether_it_counts_is_decided_by_somebody_with_reasons",
                condition=Q(decision="", decided_at=None, decided_by=None, decision_reason="")
                | (
                    Q(
                        decision__in=["accepted", "again"],
                        oral_statement=True,
                        decided_at__isnull=False,
                        decided_by__isnull=False,
                    )
                    & ~Q(decision_reason="")
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

    @property
    def counts(self) -> bool:
        """Said aloud, recorded rightly, and not decided against: he notified (`queries.counting`)."""
        said = self.oral_statement and self.superseded_at is None
        return said and self.decision != self.Decision.AGAIN
