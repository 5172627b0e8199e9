"""What was written in a case, as this reader may read it.

Officers write addresses where they should not: into a report, a request, an act. Whoever may not read
the vault must not read there what the vault holds, so that such a text is not shown to them at all.
"""

from collections.abc import Callable
from typing import Any

from accounts import policy
from accounts.models import Actor
from accounts.roles import Permission
from casework.models import Case
from documents.leaks import gives_away
from people.queries import confidential_texts

KEPT = "Part of this is kept confidential: ask the officer in the case"


def words_for(user: Actor, case: Case) -> Callable[[str], str]:
    """How each text of the case is shown to this reader: as it is, or KEPT in its place."""
    if policy.can(user, Permission.VIEW_CONFIDENTIAL, case):
        return str
    details = confidential_texts([*case.parties.values_list("person_id", flat=True)])

    def shown(text: str) -> str:
        return KEPT if text and gives_away(text, details) else text

    return shown


def values_for(user: Actor, case: Case, values: Any) -> Any:
    """The same for each text in JSON values, at every depth; keys and all else stay as they are."""
    return _each(values, words_for(user, case))


def _each(value: Any, shown: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, dict):
        return {name: _each(one, shown) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_each(one, shown) for one in value]
    return value
