"""What happened, who did it, who looked: append-only, and chained by hash in streams."""

from django.db import models


class Entry(models.Model):
    """One line of the log. No foreign keys: the log outlives what it describes.

    `stream`, `seq`, `prev` and `hash` are written by the database (see `audit.triggers`).
    """

    class Kind(models.TextChoices):
        ROW = "row", "A row was written"
        EVENT = "event", "Something happened"
        LOOK = "look", "Somebody looked"

    kind = models.CharField(max_length=5, choices=Kind)
    at = models.DateTimeField()
    actor = models.TextField()
    verb = models.TextField()
    table = models.TextField()
    row_id = models.TextField(blank=True)
    case_id = models.UUIDField(null=True)
    details = models.JSONField(default=dict)
    stream = models.SmallIntegerField()
    seq = models.BigIntegerField()
    prev = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "seq"], name="entry_once_in_stream")
        ]
        indexes = [
            models.Index(
                fields=["case_id", "-at"],
                name="entry_events_of_case",
                condition=models.Q(kind="event"),
            ),
            models.Index(
                fields=["case_id", "-at"],
                name="entry_looks_at_case",
                condition=models.Q(kind="look"),
            ),
            models.Index(fields=["actor", "-at"], name="entry_of_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.verb} {self.table}"


class StreamHead(models.Model):
    """Where each stream ends, so that a cut tail is seen."""

    stream = models.SmallIntegerField(primary_key=True)
    seq = models.BigIntegerField(default=0)
    hash = models.BinaryField(default=bytes)

    def __str__(self) -> str:
        return f"stream {self.stream} at {self.seq}"
