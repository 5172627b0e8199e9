"""The case's story in words: one line for each legal act, written in its transaction."""

from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils import timezone

from audit.models import Entry


def record(verb: str, row: Model, *, by: str, case_id: UUID | None, **details: Any) -> None:
    """Write that `by` did `verb` to `row`. `details` are JSON, and name no confidential place."""
    Entry.objects.bulk_create(
        [
            Entry(
                kind=Entry.Kind.EVENT,
                at=timezone.now(),
                actor=by,
                verb=verb,
                table=row._meta.label_lower,
                row_id=str(row.pk),
                case_id=case_id,
                details=details,
                stream=0,
                seq=0,
                prev=b"",
                hash=b"",
            )
        ]
    )
