"""The case: who is in it, who works on it, what it waits for. One list of clocks for every room."""

import uuid

from django.db import models
from django.db.models import Q

from casework import clock

OVER = ("declined", "ended")  # statuses of a case on which nothing is left to do


class Case(models.Model):
    """From the first request for an order to the end of the last one, for one subject."""

    class Status(models.TextChoices):
        REQUEST = "request", "Request"
        DECLINED = "declined", "Declined"
        DRAFTING = "drafting", "Drafting"
        COURT = "court", "Before the court"
        ORDER = "order", "Order made"
        ENDED = "ended", "Ended"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    force = models.ForeignKey("accounts.Force", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        "accounts.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reference = models.CharField(max_length=16)  # TS-26-0147
    status = models.CharField(max_length=10, choices=Status, default=Status.REQUEST)
    restricted = models.BooleanField(default=False)
    restricted_reason = models.CharField(max_length=200, blank=True)
    subject = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="cases"
    )
    officer = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    domestic_abuse = models.BooleanField(default=False)
    online_acts = models.BooleanField(default=False)
    asked_at = models.DateTimeField()  # the first ask by anybody: the request's clock starts here
    opened_at = models.DateTimeField(auto_now_add=True)
    next_due_at = models.DateTimeField(null=True, blank=True)  # the soonest open deadline
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["force", "reference"], name="reference_once_in_force"),
            models.CheckConstraint(
                name="case_status_is_known",
                condition=Q(
                    status__in=["request", "declined", "drafting", "court", "order", "ended"]
                ),
            ),
            models.CheckConstraint(
                name="a_restricted_case_says_why",
                condition=Q(restricted=False) | ~Q(restricted_reason=""),
            ),
        ]
        indexes = [
            models.Index(  # with what the policy asks, so that a count reads the index alone
                fields=["force", "next_due_at", "id"],
                include=["restricted", "unit"],
                name="case_by_next_clock",
            ),
            models.Index(fields=["force", "-asked_at", "id"], name="case_newest_first"),
            models.Index(fields=["force", "officer", "next_due_at"], name="case_of_officer"),
            models.Index(fields=["subject"], name="case_of_subject"),
            models.Index(
                fields=["force", "officer"],
                include=["next_due_at", "restricted", "unit"],
                condition=~Q(status__in=OVER),
                name="open_cases_by_officer",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Party(models.Model):
    """A person in a case beside its subject. Victim and protected person need not be one."""

    class Role(models.TextChoices):
        VICTIM = "victim", "Victim of the acts"
        PROTECTED = "protected", "Protected person"
        BOTH = "both", "Victim and protected person"
        WITNESS = "witness", "Witness"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parties")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=Role)
    called = models.CharField(max_length=60, blank=True)  # in documents: "Ms A"
    relationship = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "person"], name="person_once_in_case")
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} in {self.case_id}"


PROTECTED_ROLES = (Party.Role.PROTECTED, Party.Role.BOTH)


class Deadline(models.Model):
    """A clock on a case: when it ends, why, and whose it is. Every room's clocks are here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deadlines")
    force = models.ForeignKey("accounts.Force", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)  # decide_request, serve_order, notify_initial ...
    about_id = models.UUIDField()  # the record that the clock is about
    title = models.CharField(max_length=120)  # what to do, verb first
    path = models.CharField(max_length=200, blank=True)  # the page where it is done
    owner_role = models.CharField(max_length=30)
    officer = models.ForeignKey(  # whose it is where that is not the officer in the case
        "accounts.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    due_at = models.DateTimeField()  # exclusive: the first moment at which it is late
    whole_day = models.BooleanField(default=True)  # shown as "end of Wed 25 Nov"
    provision = models.CharField(max_length=40)  # s9(1), or "force policy"
    reason = models.CharField(max_length=200)
    set_at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "about_id"],
                condition=Q(done_at=None),
                name="one_open_clock_of_a_kind",
            ),
            models.CheckConstraint(
                name="done_at_and_by_together",
                condition=Q(done_at=None, done_by="") | (Q(done_at__isnull=False) & ~Q(done_by="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["force", "due_at", "id"],
                condition=Q(done_at=None),
                name="open_clocks_of_force",
            ),
            models.Index(
                fields=["kind", "due_at"], condition=Q(done_at=None), name="open_clocks_by_kind"
            ),
            models.Index(fields=["case", "due_at"], name="clocks_of_case"),
            models.Index(
                fields=["officer"],
                condition=Q(done_at=None, officer__isnull=False),
                name="open_clocks_of_one_officer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} by {self.due_at:%d %b %Y %H:%M}"


class Counter(models.Model):
    """The last number given in a force and year: references without gaps or races."""

    force = models.ForeignKey("accounts.Force", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["force", "year"], name="one_counter_a_year")]

    def __str__(self) -> str:
        return f"{self.force_id} {self.year}: {self.last}"


class Submission(models.Model):
    """One submit of a form or one Idempotency-Key: the same again gives the same answer, once."""

    key = models.CharField(max_length=80)
    username = models.CharField(max_length=60)
    route = models.CharField(max_length=200)
    body_hash = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)
    status = models.PositiveSmallIntegerField(null=True)
    location = models.CharField(max_length=300, blank=True)
    body = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["username", "key"], name="one_submission_of_a_key")
        ]
        indexes = [models.Index(fields=["at"], name="submission_by_age")]

    def __str__(self) -> str:
        return f"{self.username} {self.route}"
