"""Reads pull no trigger, so the doors note each look here, and the middleware keeps them."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from audit.models import Entry


@dataclass(frozen=True)
class Look:
    """One record that was asked for: seen, or refused."""

    verb: str
    table: str
    row_id: str
    case_id: UUID | None = None
    reason: str = ""
    written: tuple[str, ...] = ()  # hashes of words that gave something away


_noted: ContextVar[list[Look] | None] = ContextVar("noted", default=None)


@contextmanager
def noting() -> Iterator[list[Look]]:
    """Collect the looks of one request."""
    noted: list[Look] = []
    token = _noted.set(noted)
    try:
        yield noted
    finally:
        _noted.reset(token)


def note(look: Look) -> None:
    """Say that somebody asked for a record. Outside a request there is nobody to note."""
    if (noted := _noted.get()) is not None:
        noted.append(look)


def save(noted: list[Look], *, actor: str, path: str, status: int) -> None:
    """Write a request's looks, in a transaction of their own: a refusal rolls the view's back."""
    if not noted:
        return
    with transaction.atomic():
        Entry.objects.bulk_create(
            Entry(
                kind=Entry.Kind.LOOK,
                at=timezone.now(),
                actor=actor,
                verb=look.verb,
                table=look.table,
                row_id=look.row_id,
                case_id=look.case_id,
                details={"path": path, "status": status, "reason": look.reason}
                | ({"written": list(look.written)} if look.written else {}),
                stream=0,
                seq=0,
                prev=b"",
                hash=b"",
            )
            for look in dict.fromkeys(noted)
        )
