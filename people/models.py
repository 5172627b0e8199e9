"""Persons and how they are known. Each force holds its own: every chief constable is a controller."""

import uuid

from django.db import models
from django.db.models import Q


class Person(models.Model):
    """Anybody in a case. What they are in it, subject or protected, is the case's to say."""

    class Gender(models.TextChoices):
        MALE = "male", "Male"
        FEMALE = "female", "Female"
        OTHER = "other", "Neither"
        UNKNOWN = "unknown", "Not known"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    force = models.ForeignKey("accounts.Force", on_delete=models.PROTECT, related_name="+")
    given_names = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100)
    born_on = models.DateField(null=True, blank=True)
    gender = models.CharField(max_length=7, choices=Gender, default=Gender.UNKNOWN)
    language = models.CharField(max_length=40, blank=True)  # where not English
    interpreter_needed = models.BooleanField(default=False)
    description = models.TextField(blank=True, max_length=2000)
    warnings = models.CharField(max_length=300, blank=True)  # markers that keep officers safe
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["force", "family_name", "given_names"], name="person_by_name"),
            models.Index(fields=["born_on"], name="person_by_birth"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.given_names} {self.family_name}".strip()


FACTS = (  # of a person, which whoever may can correct
    "given_names",
    "family_name",
    "born_on",
    "gender",
    "language",
    "interpreter_needed",
    "description",
    "warnings",
)


class Name(models.Model):
    """Another name of a person: an alias, a nickname, a former name."""

    class Kind(models.TextChoices):
        ALIAS = "alias", "Also known as"
        NICKNAME = "nickname", "Nickname"
        FORMER = "former", "Former name"
        NOTIFIED = "notified", "Notified under s9"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="names")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.text


class Identifier(models.Model):
    """A phone, address, plate or account by which a subject is recognised. Never a protected person's."""

    class Kind(models.TextChoices):
        PHONE = "phone", "Phone"
        EMAIL = "email", "Email"
        ACCOUNT = "account", "Online account"
        PLATE = "plate", "Vehicle registration"
        PNC_ID = "pnc_id", "PNC ID"
        CUSTODY = "custody", "Custody reference"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.text


class Address(models.Model):
    """Where a subject lives or can be found. A protected person's address is in the vault."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="addresses")
    lines = models.CharField(max_length=300)
    postcode = models.CharField(max_length=10, blank=True)
    police_force = models.ForeignKey(
        "accounts.Force", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lived_from = models.DateField(null=True, blank=True)
    lived_until = models.DateField(null=True, blank=True)
    told_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="address_left_after_it_was_taken",
                condition=Q(lived_from=None)
                | Q(lived_until=None)
                | Q(lived_until__gte=models.F("lived_from")),
            )
        ]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.lines, self.postcode) if part)


class Correction(models.Model):
    """What a victim or protected person was called, or born, by our records until a moment, and why."""

    class Why(models.TextChoices):
        WRONG = "wrong", "It was recorded wrongly"
        CHANGED = "changed", "The name has changed since"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="corrections")
    given_names = models.CharField(max_length=100, blank=True)  # as they were until then
    family_name = models.CharField(max_length=100)
    born_on = models.DateField(null=True, blank=True)
    why = models.CharField(max_length=7, choices=Why)
    reason = models.CharField(max_length=200)
    corrected_at = models.DateTimeField()
    corrected_by = models.CharField(max_length=60)

    class Meta:
        ordering = ("-corrected_at",)

    def __str__(self) -> str:
        return f"{self.get_why_display()} of {self.person_id}"

    @property
    def full_name(self) -> str:
        return f"{self.given_names} {self.family_name}".strip()


class Token(models.Model):
    """One folded word or number to find a subject by: narrow, indexed, rebuilt from the facts."""

    class Kind(models.TextChoices):
        NAME = "name"
        SOUND = "sound"
        PHONE = "phone"
        POSTCODE = "postcode"
        ADDRESS = "address"
        PLATE = "plate"
        ACCOUNT = "account"

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    force = models.ForeignKey("accounts.Force", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "text"], name="token_once_of_person")
        ]
        indexes = [models.Index(fields=["kind", "text"], name="token_by_text")]

    def __str__(self) -> str:
        return f"{self.kind} {self.text}"


class Confidential(models.Model):
    """The vault: what no document may carry to a subject. A schema of its own, reached by key.

    Everything known of where a protected person is stands here and nowhere else; what is unknown
    about confidentiality is confidential.
    """

    class Kind(models.TextChoices):
        HOME = "home", "Home address"
        WORK = "work", "Place of work"
        SCHOOL = "school", "School or nursery"
        PHONE = "phone", "Phone"
        EMAIL = "email", "Email"
        VEHICLE = "vehicle", "Vehicle registration"
        OTHER = "other", "Another place or detail"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.CharField(max_length=300)

    class Meta:
        db_table = '"vault"."confidential"'

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.person_id}"


class SafeContact(models.Model):
    """How a protected person may be reached without telling him: the sender obeys it.

    The rule is in the person's own words. No log has it, and only they read it who may read the vault.
    """

    class Method(models.TextChoices):
        PHONE = "phone", "Phone call"
        TEXT = "text", "Text message"
        EMAIL = "email", "Email"
        ADVOCATE = "advocate", "Through the advocate"
        IN_PERSON = "in_person", "In person"
        NONE = "none", "No contact: ask the officer in the case"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="safe_contacts")
    method = models.CharField(max_length=10, choices=Method)
    rule = models.CharField(max_length=300, blank=True)  # when, and what never to say
    superseded_at = models.DateTimeField(null=True, blank=True)  # by a later agreement
    superseded_by = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(superseded_at=None),
                name="one_safe_contact_of_a_person",
            ),
            models.CheckConstraint(
                name="safe_contact_superseded_at_and_by_together",
                condition=Q(superseded_at=None, superseded_by="")
                | (Q(superseded_at__isnull=False) & ~Q(superseded_by="")),
            ),
        ]

    def __str__(self) -> str:
        return self.get_method_display()
