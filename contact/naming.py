"""Which of several the record is that a matter is about: said by the room that keeps it.

That room stands above this one, so it says in its `AppConfig.ready` whom to ask:

    naming.told_by(named)       named(case, records) -> "breach 2, Mon 30 Nov 2026", by the record
"""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from casework.tellers import Tellers
from contact.models import Matter

Names = Mapping[UUID, str]
_tellers = Tellers[[UUID, Collection[UUID]], Names]()
told_by = _tellers.add


def names_of(matters: Iterable[Matter]) -> dict[UUID, str]:
    """By the matter; of matters of one case. None of what is the only one of its sort there."""
    asked = list(matters)
    if not asked:
        return {}
    records = {one.about_id for one in asked}
    found = {k: v for said in _tellers.ask(asked[0].case_id, records) for k, v in said.items()}
    return {one.pk: found[one.about_id] for one in asked if one.about_id in found}
