"""May this document leave? Its every word is held against what the force keeps confidential.

All audiences are scanned but those that may carry such a detail. The answer names nothing: an officer
who may not read the vault must not learn from an error what is in it. What a paper only says back to
whoever said it (`readers_own`) gives nothing away, where it stands no more often than he said it.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from casework.errors import WrongState
from casework.models import Case, Party
from documents.audiences import PAPERS, Paper
from documents.inspection import texts_of_html, texts_of_pdf
from documents.leaks import far_needles, needles
from documents.models import Document
from documents.queries import confidential_audiences
from documents.snapshots import to_snapshot
from documents.spellings import Piece, Said
from people.models import Confidential

LEAKS = (
    "Something in it matches a detail that is kept confidential. Look at the conditions, the acts and "
    "the reasons, say it another way, and make the document again."
)


HELD_BACK = (
    "This copy is held back. Since it was made something was kept confidential that it may tell. Change the "
    "words and make it again."
)


class Leak(Exception):
    """The document would tell something that is kept confidential. It is not kept, nor sent."""


class Vault:
    """What must not stand in the papers of one case: its people's details, and the force's."""

    def __init__(self, case: Case) -> None:
        self.case = case

    @cached_property
    def near(self) -> frozenset[Piece]:
        """Any one of these is a leak: the details of everybody in the case but its subject."""
        people = Party.objects.filter(case=self.case).values_list("person_id", flat=True)
        details = Confidential.objects.filter(person_id__in=[*people])
        return frozenset(n for text in _texts(details) for n in needles(text))

    @cached_property
    def far(self) -> frozenset[tuple[Piece, ...]]:
        """All pieces of one of these together are a leak: everybody else whom the force protects.

        Also of cases against somebody else, by name: one man may be recorded twice. Who would find out
        by it where somebody lives has to know the door and the postcode first, and each paper that is
        stopped is told to those who watch.
        """
        details = Confidential.objects.filter(person__force_id=self.case.force_id)
        return frozenset(found for text in _texts(details) if (found := far_needles(text)))

    def given_away_by(self, texts: Iterable[str], *, but: Iterable[str] = ()) -> bool:
        """Whether these texts, together or apart, give a detail away.

        but  what the reader said himself, as often as it may stand in each of the texts
        """
        said = [Said(text) for text in texts]
        own = [Said(text) for text in but]

        def told(piece: Piece) -> bool:
            known = sum(words.count(piece) for words in own)
            return any(text.count(piece) > known for text in said)

        if any(told(needle) for needle in self.near):
            return True
        return any(all(told(piece) for piece in pieces) for pieces in self.far)


def _texts(details: object) -> Iterable[str]:
    return details.values_list("text", flat=True)  # type: ignore[attr-defined,no-any-return]


def require_silent(data: Paper, case: Case, html: str, pdf: bytes) -> None:
    """Raises Leak, or Unfit where the PDF holds what cannot be searched."""
    texts = [*texts_of_html(html), *texts_of_pdf(pdf)]  # read in any case: it may be unfit
    own = readers_own(to_snapshot(data))
    if not data.confidential and Vault(case).given_away_by(texts, but=own):
        raise Leak(LEAKS)


def readers_own(snapshot: dict[str, Any]) -> list[str]:
    """What the reader of this paper said himself, as the paper repeats it to him."""
    paper = PAPERS.get(snapshot["type"])
    values = [snapshot["data"].get(name) or "" for name in paper.readers_own] if paper else []
    return ["\n".join([value] if isinstance(value, str) else value) for value in values]


def gives_away_now(document: Document) -> bool:
    """Whether a document that was silent when it was made would tell what is confidential by now."""
    if document.audience in confidential_audiences():
        return False
    own = readers_own(document.snapshot)
    return Vault(document.case).given_away_by(texts_of_html(document.html), but=own)


def require_leaving(document: Document) -> None:
    """Raises WrongState where there is no copy, or where one would tell now what it did not when it was made.

    Asked as each copy leaves, and not when the vault grows: what was made confidential a minute ago must
    not leave now, and nobody can search every paper of a force before an act that adds an address ends. It
    takes the service's role, so that only the police's site hands copies out.
    """
    if document.status != Document.Status.MADE:
        raise WrongState(f"There is no copy. The document: {document.get_status_display()}.")
    if gives_away_now(document):
        raise WrongState(HELD_BACK)
