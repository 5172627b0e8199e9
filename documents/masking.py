"""What was written in a case, as this reader may read it.

Officers write addresses where they should not: into a report, a request, an act. Whoever may not read
the vault must not read there what the vault holds, so that such a text is not shown to them at all.
`casework.masks` puts it on every page and every answer of the API.
"""

from collections import defaultdict
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.conf import settings

from accounts import policy
from accounts.models import Actor
from accounts.roles import Permission
from casework.guessing import Own, own_words
from casework.masks import KEPT, Words, values
from casework.models import Case, Party
from documents.asking import Asked
from documents.leaks import needles
from documents.spellings import Said, heard
from people.queries import confidential_of

__all__ = [
    "KEPT",
    "details_kept_from",
    "values_for",
    "words_of_each",
    "words_of_each_but",
    "words_without",
]


LABEL = 80  # letters; what is longer is hardly met twice


def words_of_each(user: Actor | None, cases: Collection[UUID]) -> dict[UUID, Words]:
    """How the texts of each case are shown to this reader: as they are, or KEPT in their place.

    Nothing is masked for whom the case's vault is open to, nor what the reader wrote there himself:
    a mask on that would tell him that he guessed right. Four queries at most.
    """
    return words_of_each_but(user, cases)


def words_of_each_but(
    user: Actor | None, cases: Collection[UUID], *, own: Collection[UUID] = ()
) -> dict[UUID, Words]:
    """The same, where these people's details are no secret to this reader."""
    if settings.KEEPER:
        return dict.fromkeys(cases, Asked(settings.KEEPER, cases, own))
    held = details_kept_from(user, cases, own=own)
    wrote = own_words(user, held)
    return {case: words_without(held.get(case, ()), but=wrote.get(case)) for case in cases}


def details_kept_from(
    user: Actor | None, cases: Collection[UUID], *, own: Collection[UUID] = ()
) -> dict[UUID, tuple[str, ...]]:
    """What the vault holds of everybody in each of the cases whose vault is closed to this reader.

    user  None: for a place that nobody's permission is asked for, such as the log
    own   people whose details are no secret to this reader: an advocate's client
    """
    opened = Case.objects.none() if user is None else Case.objects.filter(pk__in=cases)
    if user is not None:
        opened = policy.visible(user, opened, Permission.VIEW_CONFIDENTIAL)
    if not (closed := {*cases} - {*opened.values_list("pk", flat=True)}):
        return {}
    parties = Party.objects.filter(case__in=closed).exclude(person__in=own)
    people = parties.values_list("case_id", "person_id")
    held: dict[UUID, list[str]] = defaultdict(list)
    for person, text in confidential_of([p for _, p in people]).values_list("person_id", "text"):
        held[person].append(text)
    kept: dict[UUID, tuple[str, ...]] = defaultdict(tuple)
    for case, person in people:
        kept[case] += tuple(held.get(person, ()))
    return kept


def words_without(details: Collection[str], *, but: Own | None = None) -> Words:
    """The same for whom these details must not reach; each text is looked through once.

    but  whether a text is the reader's own
    """
    pieces = {piece for detail in details for piece in needles(detail)}
    known: dict[str, str] = {}

    def shown(text: str) -> str:
        if text not in known:
            said = heard(text) if len(text) <= LABEL else Said(text)
            tells = any(said.count(piece) for piece in pieces) and not (but and but(text))
            known[text] = KEPT if tells else text
        return known[text]

    return shown if pieces else str


def values_for(user: Actor, case: Case, told: Any) -> Any:
    """Each text in JSON values, at every depth; keys and all else stay as they are."""
    return values(words_of_each(user, [case.pk])[case.pk], told)
