"""Whoever writes what he may not read guesses at it: no answer says whether he was right, each hit is
noted, many in an hour alarm somebody, and more are not taken.

A page masks what gives a confidential detail away, so that a text which comes back masked would tell its
writer that the detail is in it. His own words are shown to him as he typed them. What they are is kept
with the look that counts them, as a keyed hash: the log that never forgets has no confidential word.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.crypto import salted_hmac

from accounts.models import Actor, User
from accounts.roles import GRANTS, Permission, Role
from audit import looks
from audit.models import Entry
from casework import clock
from casework.errors import Refused
from casework.masks import Undecided, Words
from casework.models import Case

NOTED = "given_away"
WITHIN = timedelta(hours=1)
MOST = 15  # hits of one person; whoever means well has one or two
TOO_MANY = (
    "Too many of your words were refused within an hour. Ask your stalking lead to look at them with "
    "you, or wait an hour"
)
LATER = (
    "You cannot write more here now. Ask your stalking lead to write it with you, or wait an hour"
)
NEVER_WAITS = frozenset(  # what happened to somebody, and what a court did, is taken at any time
    {
        *(Permission.REPORT_BREACH, Permission.REPORT_INCIDENT, Permission.ASK_FOR_ORDER),
        *(Permission.MAKE_ORDER, Permission.RESULT_HEARING),
    }
)
FEW = 3
SHORT = 120  # as much of a condition stands for it in a list
Own = Callable[[str], bool]


def note(record: Model, written: Collection[str] = ()) -> None:
    """These words give something away: a look of whoever wrote them, which no refusal undoes.

    written  their hashes, where their writer may not read the vault
    """
    case = record.pk if isinstance(record, Case) else getattr(record, "case_id", None)
    table = record._meta.label_lower
    looks.note(looks.Look(NOTED, table, str(record.pk), case, written=tuple(sorted(written))))


def require_patience(by: Actor, message: str = TOO_MANY) -> None:
    """Raises Refused for whoever had too many hits, whatever the words are this time."""
    mine = Entry.objects.filter(actor=by.username, kind=Entry.Kind.LOOK, verb=NOTED)
    if mine.filter(at__gt=clock.database_now() - WITHIN).count() >= MOST:
        raise Refused(None, message)


def require_patience_of_reader(by: Actor, needs: Permission) -> None:
    """The same for whoever may read no vault, before any act but one that never waits."""
    if Permission.VIEW_CONFIDENTIAL not in GRANTS[Role(by.role)] and needs not in NEVER_WAITS:
        require_patience(by, LATER)


def note_written(by: User, about: Any, sent: Any, words_for: Callable[[set[UUID]], Words]) -> None:
    """Note it where somebody sent what he could not read, in the case that it was written in.

    words_for  how the writer reads the texts of a case
    """
    case = about.pk if isinstance(about, Case) else getattr(about, "case_id", None)
    if case is None or (words := words_for({case})) is str:
        return
    texts = {text for name in sent for text in sent.getlist(name)}
    try:
        hits = [text for text in texts if words(text) != text]
    except Undecided:
        return  # what somebody reports is taken all the same
    if hits:
        note(about, {_hash(by, case, part) for text in hits for part in _shown_as(text)})


class CountsGuesses:
    """The page of an act, which notes what its writer could not have read."""

    def done_with(self, form: Any, sent: Any, *, version: int | None) -> Any:
        """Do the act with what was sent; gives its result."""
        page: Any = self
        user = page.request.user
        require_patience_of_reader(user, page.step.needs)
        result = page.perform(form, version=version)
        about = result if isinstance(result, Model) else page.record
        note_written(user, about, sent, page.words_for)
        return result


def own_words(reader: Actor | None, cases: Collection[UUID]) -> dict[UUID, Own]:
    """For each case whether a text is one that this reader wrote there, word by word.

    None of an advocate's: her site does not read what the log knows of them, and shows no report of hers.
    """
    if reader is None or not cases or reader.role == Role.ADVOCATE:
        return {}
    rows = Entry.objects.filter(kind=Entry.Kind.LOOK, verb=NOTED, actor=reader.username)
    known: dict[UUID, set[str]] = defaultdict(set)
    for case, details in rows.filter(case_id__in=[*cases]).values_list("case_id", "details"):
        if case is not None:
            known[case] |= {*details.get("written", ())}
    return {case: _among(reader, case, hashes) for case, hashes in known.items() if hashes}


def _among(reader: Actor, case: UUID, hashes: set[str]) -> Own:
    return lambda text: _hash(reader, case, text) in hashes


def _shown_as(text: str) -> Iterator[str]:
    """A text as a page may show it: whole, its beginning, and each of a few lines, as of names.

    Not of many: each would be a guess at what somebody else wrote, and one text a list of them.
    """
    bare = text.strip()
    yield bare
    yield bare[:SHORT]
    if len(lines := bare.splitlines()) <= FEW:
        yield from lines


def _hash(by: Actor, case: UUID, text: str) -> str:
    said = f"{by.username} {case} {' '.join(text.split())}"
    return salted_hmac("casework.guessing", said, algorithm="sha256").hexdigest()
