"""How any record moves from one status to the next: once, for web, API and clock.

A `Step` moves a record that exists, an `Opening` makes one. Both check the policy, hold the lock,
run the body, write the event and tell the rooms above, in one transaction: all of it or none.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import BaseConstraint, Model, TextField

from accounts import policy
from accounts.models import Actor
from accounts.roles import Permission
from audit import events
from audit.actor import acting_as
from casework import masks
from casework.announce import announce
from casework.errors import Refused, Stale, WrongState, refuse_all

R = TypeVar("R", bound=Model)


def case_id_of(record: Any) -> UUID:
    """The case that a record belongs to, or is."""
    found: UUID = getattr(record, "case_id", record.pk)
    return found


def validate(record: Model) -> None:
    """The fields' own rules, as a refusal that names the field. Asks the database nothing.

    What compares rows (uniqueness, foreign keys, checks) the database refuses itself when the row is
    written; `refusing` says it in the constraint's words.
    """
    keys = [field.name for field in record._meta.concrete_fields if field.is_relation]
    wrong: list[tuple[str | None, str]] = []
    for field in record._meta.concrete_fields:
        longest = field.max_length if isinstance(field, TextField) else None
        if longest is not None and len(getattr(record, field.attname) or "") > longest:
            wrong.append((field.name, f"Use {longest:,} characters or fewer"))
    try:
        record.full_clean(exclude=keys, validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        wrong += wrong_fields(error)
    refuse_all(wrong)


def wrong_fields(error: ValidationError) -> list[tuple[str | None, str]]:
    """What Django finds wrong with a record: a message for each field, none of them alone."""
    return [
        (None if name == "__all__" else name, messages[0])
        for name, messages in error.message_dict.items()
    ]


@contextmanager
def refusing() -> Iterator[None]:
    """What a constraint of the database forbids, as a refusal. Anything else it says is a fault."""
    try:
        yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
        constraint = _constraint(name)
        if constraint is None:
            raise
        said = str(constraint.violation_error_message)
        own = said != str(BaseConstraint.default_violation_error_message)
        raise Refused(None, said if own else name.replace("_", " ").capitalize()) from error


def _constraint(name: str) -> BaseConstraint | None:
    return next(
        (c for model in apps.get_models() for c in model._meta.constraints if c.name == name), None
    )


@dataclass(frozen=True)
class Step:
    """One legal move, as data: it is printed as a diagram, offered as a button and tested.

    bars  why this record does not allow it though its status may, or more than the status says;
          empty: nothing bars it
    """

    name: str
    sources: frozenset[str]
    target: str | None  # None: an act that leaves the status as it is
    needs: Permission
    label: str = ""
    bars: Callable[[Any], str] | None = None

    def offered(
        self, record: Any, user: Actor, *, may: Callable[[Permission], bool] | None = None
    ) -> bool:
        """Should this user be shown this step's button?

        may  the policy's answers for this user and case, where a page asks them of many records
        """
        if record.status not in self.sources or (self.bars and self.bars(record)):
            return False
        return may(self.needs) if may else policy.can(user, self.needs, record)

    def require(self, record: Any, by: Actor) -> None:
        """Raise Denied or WrongState where the act may not begin."""
        policy.check(by, self.needs, record)
        if self.bars and (why := self.bars(record)):
            raise WrongState(why)
        if record.status not in self.sources:
            stands = record.get_status_display().lower()
            verb = "" if stands.startswith("waits ") else "is "
            raise WrongState(f"You cannot {self.phrase} now. It {verb}{stands}.")

    @property
    def phrase(self) -> str:
        return self.label or self.name.replace("_", " ")

    @contextmanager
    def on(
        self, record: R, *, by: Actor, version: int | None = None, **details: Any
    ) -> Iterator[R]:
        """Lock, require, run the body, validate, save, record, announce.

        `version` is the one the user saw; another one raises Stale. `details` go into the event.
        """
        with refusing(), transaction.atomic(), acting_as(by.username):
            lock(case_id_of(record))
            locked: Any = held(record)
            self.require(locked, by)
            if version is not None and version != locked.version:
                raise Stale("Somebody saved this since you opened it.")
            yield locked
            before, locked.status = locked.status, self.target or locked.status
            if hasattr(locked, "version"):
                locked.version += 1
            validate(locked)
            locked.save()
            events.record(
                self.name,
                locked,
                by=by.username,
                case_id=case_id_of(locked),
                before=before,
                after=locked.status,
                **masks.for_the_log(case_id_of(locked), details),
            )
            announce(f"{locked._meta.app_label}.{self.name}", locked, by=by)
        record.__dict__.update(
            {f.attname: getattr(locked, f.attname) for f in locked._meta.concrete_fields}
        )


@dataclass(frozen=True)
class Opening:
    """An act that makes a record: there is nothing to lock but the case, if there is one.

    model  what is written, where that has no status (`target` ""): the printed document says it
    """

    name: str
    target: str
    needs: Permission
    label: str = ""
    model: str = ""

    @property
    def phrase(self) -> str:
        return self.label or self.name.replace("_", " ")

    def offered(self, case: Any, user: Actor) -> bool:
        """Should this user be shown this act's button on this case?"""
        return policy.can(user, self.needs, case)

    @contextmanager
    def of(self, case: Any, *, by: Actor, **details: Any) -> Iterator["Opened"]:
        """Lock the case (None where there is none yet), check as it is now, write what the body opened."""
        with refusing(), transaction.atomic(), acting_as(by.username):
            if case is None:
                policy.check_role(by, self.needs)
            else:
                lock(case.pk)
                policy.check(by, self.needs, type(case)._default_manager.get(pk=case.pk))
            opened = Opened()
            yield opened
            record = opened.record
            if record is None:
                raise AssertionError(f"{self.name} opened nothing")
            events.record(
                self.name,
                record,
                by=by.username,
                case_id=case_id_of(record),
                after=self.target,
                **masks.for_the_log(case_id_of(record), details),
            )
            announce(f"{record._meta.app_label}.{self.name}", record, by=by)


class Opened:
    """Where the body of an `Opening` puts the record that it made."""

    record: Any = None

    def save(self, record: R) -> R:
        """Validate and insert the record, and remember it as the act's own."""
        validate(record)
        record.save(force_insert=True)
        self.record = record
        return record


def held(record: R) -> R:
    """The record as it is now, under its lock. Raises WrongState where somebody removed it."""
    rows = type(record)._default_manager.select_for_update(no_key=True, of=("self",))
    if any(field.name == "case" for field in record._meta.concrete_fields):
        rows = rows.select_related("case")  # the policy asks for it next
    try:
        return rows.get(pk=record.pk)
    except ObjectDoesNotExist as error:
        raise WrongState("Somebody removed this since you opened it.") from error


def lock(case_id: UUID) -> None:
    """Hold the case's row until the end of the transaction, so that acts on it queue up.

    Always before the record's own row: two acts on one case then wait, and never deadlock.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM casework_case WHERE id = %s FOR NO KEY UPDATE", [case_id])
