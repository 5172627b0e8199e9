"""What somebody must know, each attempt to tell one person, and the loops' signs of life."""

import uuid

from django.db import models
from django.db.models import Q

from accounts.models import User
from casework.models import Case, Deadline


class Alert(models.Model):
    """One rung of a ladder that has fired: who must be told what, and whether somebody took it.

    Rungs that tell the same news about the same thing share a `thread`: one acknowledgement answers
    them all. `due_at` is the moment at which the rung should have fired, `created_at` when it did.
    """

    WAITING, ANSWERED = "waiting", "answered"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=200, db_collation="C")  # the same again is the same alert
    thread = models.CharField(max_length=120, db_collation="C")
    force = models.ForeignKey("accounts.Force", on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="alerts")
    deadline = models.ForeignKey(
        Deadline, on_delete=models.PROTECT, null=True, related_name="alerts", db_index=False
    )
    clock_at = models.DateTimeField(null=True)  # the deadline's end when the rung fired
    kind = models.CharField(max_length=40)
    rung = models.PositiveSmallIntegerField(default=0)
    recipients = models.CharField(max_length=200)  # words of `alerts.addressing`
    title = models.CharField(max_length=160)  # for signed-in pages; messages never carry it
    path = models.CharField(max_length=200, blank=True)
    needs_acknowledgement = models.BooleanField(default=False)
    late = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    addressed_at = models.DateTimeField(null=True)
    nobody = models.BooleanField(default=False)  # nobody on this rung could be reached
    missing = models.CharField(max_length=200, blank=True)  # words to which nobody such answered
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], name="alert_once"),
            models.CheckConstraint(
                name="alert_acknowledged_at_and_by_together",
                condition=Q(acknowledged_at=None, acknowledged_by=None)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
            ),
            models.CheckConstraint(
                name="alert_without_a_case_is_of_an_account",
                condition=Q(case__isnull=False)
                ^ Q(
                    kind__in=[
                        *("account_change", "own_account_change"),
                        *("account_opened", "many_checks"),
                    ]
                ),
            ),
            models.CheckConstraint(
                name="alert_of_a_deadline_knows_its_end",
                condition=Q(deadline=None, clock_at=None)
                | Q(deadline__isnull=False, clock_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["deadline", "clock_at", "rung"], name="alert_of_deadline"),
            models.Index(fields=["thread"], name="alert_of_thread"),
            models.Index(fields=["case", "-created_at"], name="alerts_of_case"),
            models.Index(
                fields=["created_at"], condition=Q(addressed_at=None), name="alert_unaddressed"
            ),
            models.Index(
                fields=["kind", "due_at"],
                condition=Q(needs_acknowledgement=True, rung=0, acknowledged_at=None),
                name="alert_that_may_climb",
            ),
            models.Index(
                fields=["force", "due_at", "id"],
                condition=Q(needs_acknowledgement=True, acknowledged_at=None),
                name="alert_unacknowledged",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.rung} of {self.case_id}"

    @property
    def status(self) -> str:
        return self.ANSWERED if self.acknowledged_at else self.WAITING

    @property
    def is_over(self) -> bool:
        """Was its clock stopped, or moved to another end, since it was raised? It asks nothing then."""
        clock = self.deadline
        return clock is not None and (clock.done_at is not None or clock.due_at != self.clock_at)


class Message(models.Model):
    """One alert to one person by one channel. The row is the message: unsent until proven sent.

    `key` is also the reference that the provider is given, so that it can be asked afterwards.
    `due_at` is when to try (again); while SENDING it is the end of the sender's lease.
    """

    class Channel(models.TextChoices):
        EMAIL = "email", "email"
        NOTIFY = "notify", "text message"
        IN_APP = "in_app", "inbox"

    class State(models.TextChoices):
        QUEUED = "queued", "Waits to be sent"
        SENDING = "sending", "Being sent"
        SENT = "sent", "Sent"
        AMBIGUOUS = "ambiguous", "May have been sent; the provider did not answer"
        FAILED = "failed", "Could not be sent"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=260, db_collation="C")
    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="messages")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=6, choices=Channel)
    address = models.CharField(max_length=254, blank=True)  # none in the app
    state = models.CharField(max_length=9, choices=State, default=State.QUEUED)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    possibly_twice = models.BooleanField(default=False)  # sent again after no answer
    sent_at = models.DateTimeField(null=True)
    provider_ref = models.CharField(max_length=120, blank=True)
    error = models.CharField(max_length=300, blank=True)  # of the last attempt

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], name="message_once"),
            models.CheckConstraint(
                name="message_is_sent_when_it_has_a_moment",
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at=None)),
            ),
            models.CheckConstraint(
                name="message_state_is_known",
                condition=Q(state__in=["queued", "sending", "sent", "ambiguous", "failed"]),
            ),
            models.CheckConstraint(
                name="message_failed_says_why", condition=~Q(state="failed") | ~Q(error="")
            ),
            models.CheckConstraint(
                name="message_tried_before_sending",
                condition=~Q(state="sending") | Q(attempts__gt=0),
            ),
            models.CheckConstraint(
                name="message_leaves_with_an_address",
                condition=Q(channel="in_app", state="sent", user__isnull=False)
                | (~Q(channel="in_app") & ~Q(address="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["channel", "due_at"],
                condition=Q(state__in=["queued", "sending", "ambiguous"]),
                name="message_unsent",
            ),
            models.Index(
                fields=["user", "-created_at", "-id"],
                condition=Q(channel="in_app"),
                name="message_in_inbox",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.state} {self.pk}"


UNSENT = (Message.State.QUEUED, Message.State.SENDING, Message.State.AMBIGUOUS)


class Heartbeat(models.Model):
    """When a loop last finished a turn. Silence is an alarm."""

    loop = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.loop} at {self.at:%H:%M:%S}"
