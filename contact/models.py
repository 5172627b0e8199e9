"""What each protected person has to be told of her case, and each time that somebody told her."""

import uuid

from django.db import models
from django.db.models import Q

from accounts.models import User
from people.models import SafeContact


class Telling(models.Model):
    """One conversation with one protected person, or a try at one. A correction supersedes it.

    A message that nobody answered is no telling: it may have been read by him, or by nobody.
    """

    class Status(models.TextChoices):
        TOLD = "told", "Told"
        NOT_TOLD = "not_told", "Could not be told"

    class How(models.TextChoices):
        PHONE = "phone", "By phone, to the person"
        TEXT = "text", "By text message, which the person answered"
        EMAIL = "email", "By email, which the person answered"
        ADVOCATE = "advocate", "Through the advocate, who confirmed it"
        IN_PERSON = "in_person", "In person"
        IN_COURT = "in_court", "In person, at court"
        OTHER = "other", "In another way"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="tellings")
    force = models.ForeignKey("accounts.Force", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(  # None: the case names nobody
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    status = models.CharField(max_length=8, choices=Status)
    told_at = models.DateTimeField()  # or tried
    told_by_name = models.CharField(max_length=120)
    how = models.CharField(max_length=9, choices=How, blank=True)
    agreed = models.ForeignKey(  # the safe way that was agreed then
        SafeContact, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    other_way = models.CharField(max_length=300, blank=True)  # which, or why not the agreed one
    said = models.TextField(max_length=2000, blank=True)  # what she said or asked
    why_not = models.CharField(max_length=300, blank=True)
    try_again_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    superseded_at = models.DateTimeField(null=True, blank=True)
    superseded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    superseded_reason = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="told_somehow_or_why_not",
                condition=(Q(status="told", why_not="", try_again_at=None) & ~Q(how=""))
                | (Q(status="not_told", try_again_at__isnull=False) & ~Q(why_not="")),
            ),
            models.CheckConstraint(
                name="telling_superseded_at_by_and_why_together",
                condition=Q(superseded_at=None, superseded_by=None, superseded_reason="")
                | (
                    Q(superseded_at__isnull=False, superseded_by__isnull=False)
                    & ~Q(superseded_reason="")
                ),
            ),
        ]
        indexes = [models.Index(fields=["force", "-recorded_at", "id"], name="tellings_of_force")]

    def __str__(self) -> str:
        return f"{self.get_status_display()} {self.told_at:%d %b %Y %H:%M}"


class Matter(models.Model):
    """One thing that one protected person has to be told, until she was or a later one overtook it."""

    class Kind(models.TextChoices):
        """The rest of the sentence "Tell the protected person ..."."""

        DECLINED = "declined", "that the police decided not to apply"
        REOPENED = "reopened", "that the decision not to apply does not stand"
        LISTED = "listed", "when the court meets"
        VACATED = "vacated", "that the court does not meet on that day"
        ADJOURNED = "adjourned", "that the court put the hearing off"
        PUT_RIGHT = "put_right", "that a result was recorded wrongly"
        NO_INTERIM = "no_interim", "that the court did not make a temporary order"
        REFUSED = "refused", "that the court did not make an order"
        WITHDRAWN = "withdrawn", "that the application was withdrawn"
        MADE = "made", "that the court made an order"
        SERVED = "served", "that the order was served"
        SERVICE_PUT_RIGHT = "service", "that service was recorded wrongly"
        VARIED = "varied", "that the court changed the order"
        RENEWED = "renewed", "that the court renewed the order"
        NOT_CHANGED = "not_changed", "that the order stays as it was"
        CORRECTED = "corrected", "that the order was recorded wrongly"
        ENDING = "ending", "that the order is about to end"
        ENDED = "ended", "that the order has ended"
        BREACH = "breach", "of the reported breach, safely"
        ARRESTED = "arrested", "of the arrest"
        BREACH_DECIDED = "decided", "what was decided about the breach"

    class Status(models.TextChoices):
        WAITING = "waiting", "Waits to be told"
        TOLD = "told", "Told"
        OVERTAKEN = "overtaken", "Overtaken by what happened later"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("casework.Case", on_delete=models.PROTECT, related_name="matters")
    force = models.ForeignKey("accounts.Force", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(  # None: the case names nobody, and somebody must be told
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=11, choices=Kind)
    # The record that its kind is of: a hearing, decision, order or breach
    about_id = models.UUIDField()
    of_day = models.DateField(null=True, blank=True)  # of an end, which may come more than once
    # More than 1 where she was told that it is not so, and it is again
    nth = models.PositiveSmallIntegerField(default=1)
    code = models.CharField(max_length=10, blank=True)  # what was decided about a breach
    happened_at = models.DateTimeField()
    due_at = models.DateTimeField()  # exclusive, as its clock's
    whole_day = models.BooleanField()
    status = models.CharField(max_length=9, choices=Status, default=Status.WAITING)
    settled_at = models.DateTimeField(null=True, blank=True)
    telling = models.ForeignKey(
        Telling, on_delete=models.PROTECT, null=True, blank=True, related_name="matters"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person", "kind", "about_id", "of_day", "nth"],
                nulls_distinct=False,
                name="person_told_once_of_a_matter",
            ),
            models.CheckConstraint(
                name="matter_status_has_its_stamps",
                condition=Q(status="waiting", settled_at=None, telling=None)
                | Q(status="told", settled_at__isnull=False, telling__isnull=False)
                | Q(status="overtaken", settled_at__isnull=False, telling=None),
            ),
        ]
        indexes = [
            models.Index(fields=["force", "-happened_at", "id"], name="matters_of_force"),
            models.Index(fields=["about_id", "kind"], name="matters_about_a_record"),
        ]

    def __str__(self) -> str:
        return f"Tell the protected person {self.get_kind_display()}"
