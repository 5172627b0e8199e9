"""Writes that belong to the case and have no status of their own: clocks, parties, people on it."""

from datetime import datetime
from uuid import UUID

from django.db.models import Min, UUIDField, Value
from django.db.models.functions import Coalesce

from accounts.models import Actor, Force, Grant, User
from accounts.roles import Role
from casework import clock
from casework.models import Case, Counter, Deadline, Party
from law.periods import local_date
from people.models import Person


def next_reference(force: Force, at: datetime) -> str:
    """TS-26-0147: the force's prefix, the London year, the next number. Never given twice."""
    year = local_date(at).year
    Counter.objects.bulk_create([Counter(force=force, year=year)], ignore_conflicts=True)
    counter = Counter.objects.select_for_update(no_key=True).get(force=force, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{force.prefix}-{year % 100:02d}-{counter.last:04d}"


def start_clock(
    case: Case,
    kind: str,
    *,
    about: UUID,
    title: str,
    owner_role: str,
    due_at: datetime,
    provision: str,
    reason: str,
    path: str = "",
    at_moment: str = "",
) -> Deadline:
    """Set the one open clock of this kind about this record, or move it to its new end.

    `due_at` is exclusive: for a day, `law.periods.end_instant(day)`. `at_moment` non-empty says that
    the end is a time of day and is shown as one.
    """
    deadline, _ = Deadline.objects.update_or_create(
        case=case,
        kind=kind,
        about_id=about,
        done_at=None,
        defaults={
            "force_id": case.force_id,
            "title": title,
            "owner_role": owner_role,
            "due_at": due_at,
            "provision": provision,
            "reason": reason,
            "path": path,
            "whole_day": not at_moment,
        },
    )
    refresh_next_due(case)
    return deadline


def stop_clock(case: Case, kind: str, *, about: UUID, by: Actor) -> None:
    """The thing is done (or no longer asked for): its clock stops. Nothing happens without one."""
    open_one = Deadline.objects.filter(case=case, kind=kind, about_id=about, done_at=None)
    if open_one.update(done_at=clock.now(), done_by=by.username):
        refresh_next_due(case)


def refresh_next_due(case: Case) -> None:
    """Keep the case's place in the caseload equal to its soonest open clock."""
    running = Deadline.objects.filter(case=case, done_at=None)
    soonest = running.aggregate(soonest=Min("due_at"))["soonest"]
    Case.objects.filter(pk=case.pk).exclude(next_due_at=soonest).update(next_due_at=soonest)
    case.next_due_at = soonest


def waits(case: Case, kind: str, *, about: UUID) -> bool:
    """Whether a clock of this kind about this record is open."""
    return Deadline.objects.filter(case=case, kind=kind, about_id=about, done_at=None).exists()


def hand_over(case: Case, kind: str, *, owner_role: str) -> None:
    """The open clocks of this kind are now this role's."""
    Deadline.objects.filter(case=case, kind=kind, done_at=None).update(owner_role=owner_role)


def hand_to(case: Case, officer: User | None, *, about: UUID) -> bool:
    """The open clocks about this record that are an officer's are this one's, whoever has the case.

    None: they are the officer's in the case again. Whether any of them was not before.
    """
    clocks = Deadline.objects.filter(
        case=case, about_id=about, owner_role=Role.OFFICER, done_at=None
    )
    return bool(clocks.exclude(officer=officer).update(officer=officer))


def move_to(case: Case, status: str) -> None:
    """Write where the case stands: only `casework.standing` knows."""
    Case.objects.filter(pk=case.pk).exclude(status=status).update(status=status)
    case.status = status


def asked_first(case: Case, at: datetime) -> None:
    """The first ask by anybody was earlier than was known."""
    Case.objects.filter(pk=case.pk).update(asked_at=at)
    case.asked_at = at


def give_to(case: Case, officer: User) -> None:
    """The officer in the case is this one; a case without a unit comes to the officer's."""
    unit = Coalesce("unit_id", Value(officer.unit_id, UUIDField()))
    Case.objects.filter(pk=case.pk).update(officer=officer, unit=unit)
    case.refresh_from_db(fields=["officer", "unit"])


def add_party(
    case: Case, person: Person, *, role: str, called: str = "", relationship: str = ""
) -> Party:
    """Put a person into the case, or say again what they are in it."""
    party, _ = Party.objects.update_or_create(
        case=case,
        person=person,
        defaults={"role": role, "called": called, "relationship": relationship},
    )
    return party


def let_in(
    case_id: UUID,
    user: User,
    *,
    basis: str,
    by: Actor,
    valid_until: datetime | None = None,
) -> Grant:
    """Give a person access to a case on a named basis; asking twice gives one grant."""
    grant, _ = Grant.objects.get_or_create(
        case_id=case_id,
        user=user,
        basis=basis,
        revoked_at=None,
        defaults={"valid_from": clock.now(), "valid_until": valid_until, "granted_by_id": by.pk},
    )
    return grant


def put_out(case_id: UUID, user: User, *, basis: str, by: Actor) -> None:
    """End a person's access on that basis, from the next request on."""
    Grant.objects.filter(case_id=case_id, user=user, basis=basis, revoked_at=None).update(
        revoked_at=clock.now(), revoked_by_id=by.pk
    )


def let_in_to(case_id: UUID, basis: str) -> list[User]:
    """Everybody who was given access to the case on that basis, and has it still."""
    held = Grant.objects.filter(case_id=case_id, basis=basis, revoked_at=None)
    return [grant.user for grant in held.select_related("user")]


def remove_party(party: Party) -> None:
    """Take a person out of the case: they are not part of it after all. The log keeps that they were."""
    party.delete()
