"""Who uses the system, for which force, in which role, and who was let into which case."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from accounts.changes import OF_CHANGES
from accounts.passing import CLOCK as CLOCK
from accounts.passing import Clock as Clock
from accounts.ranks import MAY_AUTHORISE as MAY_AUTHORISE
from accounts.ranks import Rank as Rank
from accounts.roles import GRANTS, Permission, Role


class Force(models.Model):
    """A police force, or a police body without an area that may apply under s14(1)."""

    class Kind(models.TextChoices):
        TERRITORIAL = "territorial", "Territorial force"
        BTP = "btp", "British Transport Police"
        MDP = "mdp", "Ministry of Defence Police"

    code = models.CharField(max_length=9, primary_key=True)  # GSS code, "BTP" or "MDP"
    name = models.CharField(max_length=100, unique=True)
    prefix = models.CharField(max_length=3, unique=True)  # of the references: TS-26-0147
    kind = models.CharField(max_length=11, choices=Kind, default=Kind.TERRITORIAL)
    region = models.CharField(max_length=20, blank=True)
    duty_inbox = models.EmailField(blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A team inside a force. Officers see their own unit's cases."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(max_length=100)
    phone = models.CharField(max_length=30, blank=True)  # of the unit, whoever is on duty
    hours = models.CharField(max_length=60, blank=True)  # when it answers, as people say it

    class Meta:
        constraints = [
            models.UniqueConstraint("force", Lower("name"), name="unit_once_in_force"),
            models.CheckConstraint(
                name="a_units_number_says_when_it_answers",
                condition=Q(phone="", hours="") | (~Q(phone="") & ~Q(hours="")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A body outside the police that asks for orders and stands by clients."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120, unique=True)

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Makes accounts; a user name is also the name in the audit log."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.full_clean()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in. Never deleted: `is_active` ends an account and its sessions."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(
        max_length=60, unique=True, error_messages={"unique": "This user name is taken"}
    )
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=20, blank=True)  # as it is said: DC, DI, Supt
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    collar_number = models.CharField(max_length=12, blank=True)
    role = models.CharField(max_length=30, choices=[(r.value, r.replace("_", " ")) for r in Role])
    rank = models.CharField(max_length=20, choices=Rank, blank=True)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, null=True, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True)
    line_manager = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reports"
    )
    keeping_force = models.ForeignKey(  # of an advocate: whose administrator keeps the account
        Force, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    invitations = models.PositiveSmallIntegerField(default=0)  # links made to choose a password
    is_active = models.BooleanField(default=True)
    is_demonstration = models.BooleanField(default=False)
    date_joined = models.DateTimeField(auto_now_add=True)
    is_staff = False  # nobody's: there is no other site behind this one
    last_login = None  # sign-ins are events in the log; nothing is written here

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="police_have_a_force_and_advocates_an_organisation",
                condition=Q(role=Role.CLOCK)
                | Q(role=Role.ADVOCATE, organisation__isnull=False, force=None)
                | (~Q(role__in=[Role.ADVOCATE, Role.CLOCK]) & Q(force__isnull=False)),
            ),
            models.CheckConstraint(
                name="authorising_officers_are_superintendents_or_above",
                condition=~Q(role=Role.AUTHORISING_OFFICER) | Q(rank__in=MAY_AUTHORISE),
            ),
            models.CheckConstraint(
                name="only_advocates_are_kept_by_a_force_that_is_not_theirs",
                condition=Q(role=Role.ADVOCATE) | Q(keeping_force=None),
            ),
        ]
        indexes = [models.Index(fields=["force", "role"], name="user_of_force_by_role")]

    def __str__(self) -> str:
        return f"{self.title} {self.name}".strip()

    @property
    def is_advocate(self) -> bool:
        return self.role == Role.ADVOCATE

    def may(self, permission: Permission) -> bool:
        """Whether the role holds the permission at all; a case needs `policy.can`."""
        return permission in GRANTS[Role(self.role)]


class AccountChange(models.Model):
    """What an administrator asks a second to confirm, or did alone where others have to see it."""

    class Kind(models.TextChoices):
        ROLE = "role", "Have another role"
        OPEN = "open", "Be opened"
        LINK = "link", "Have a link made to choose its password"
        EMAIL = "email", "Have another email address"
        UNIT = "unit", "Be moved to another unit"

    class Status(models.TextChoices):
        DONE = "done", "Done by one person, who needs no second"
        WAITING = "waiting", "Waits for a second person"
        CONFIRMED = "confirmed", "Confirmed"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(User, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=5, choices=Kind)
    role = models.CharField(max_length=30, choices=[(r.value, r.replace("_", " ")) for r in Role])
    email = models.EmailField(blank=True)  # the other one that is asked for; empty: none any more
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField(max_length=9, choices=Status, default=Status.WAITING)
    asked_at = models.DateTimeField(auto_now_add=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    used_at = models.DateTimeField(null=True)  # when the confirmed link was made

    class Meta:
        verbose_name_plural = "account changes"
        constraints = OF_CHANGES
        indexes = [models.Index(fields=["force", "-asked_at"], name="account_change_of_force")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.account_id}: {self.status}"


class Grant(models.Model):
    """Access to one case that the role alone does not give: the policy needs no join upwards."""

    class Basis(models.TextChoices):
        """Why. A requester may hear the answer to what they asked, and opens no case by it."""

        ASSIGNMENT = "assignment", "Works on the case"
        CONSENT = "consent", "The client consented"
        NAMED = "named", "Named on a restricted case"
        REQUESTER = "requester", "Asked for the order"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case_id = models.UUIDField()
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    basis = models.CharField(max_length=10, choices=Basis)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case_id", "user", "basis"],
                condition=Q(revoked_at=None),
                name="one_live_grant_of_a_basis",
            ),
            models.CheckConstraint(
                name="grant_ends_after_it_begins",
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")),
            ),
            models.CheckConstraint(  # a consent that has run out is ended by the clock, who is nobody
                name="grant_revoked_at_and_by_together",
                condition=Q(revoked_at=None, revoked_by=None)
                | (
                    Q(revoked_at__isnull=False) & (Q(revoked_by__isnull=False) | Q(basis="consent"))
                ),
            ),
        ]
        indexes = [models.Index(fields=["user", "case_id"], name="grant_of_user")]

    def __str__(self) -> str:
        return f"{self.user} on {self.case_id}: {self.get_basis_display()}"


class ApiToken(models.Model):
    """A key with which a program acts as a user. Only its hash is kept; it ends by itself."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="api_tokens")
    label = models.CharField(max_length=60)
    key_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.CharField(max_length=60)
    valid_until = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="token_revoked_at_and_by_together",
                condition=Q(revoked_at=None, revoked_by="")
                | (Q(revoked_at__isnull=False) & ~Q(revoked_by="")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} of {self.user_id}"


Actor = User | Clock
