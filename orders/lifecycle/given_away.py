"""A court wrote into an order where a protected person is: it is recorded, and people are told at once.

What the court made is a fact, and the subject may have it already. So it is never refused: those who
can ask the court to vary it, and those who can make her safe, hear of it before it is served.
"""

from collections.abc import Iterable, Iterator, Sequence

from django.urls import reverse

from accounts.models import User
from accounts.roles import Permission
from alerts import ladders
from alerts.actions import raise_alert
from applications.safety import GIVEN_AWAY, SAFETY, gives_away
from casework.errors import refuse_all
from casework.guessing import note, require_patience
from casework.models import Case
from law.findings import Finding, block
from orders.models import Correction, Order, Variation
from orders.terms import Change, Term
from people.queries import confidential_texts

URGENT = "Plan for safety, ask the court to vary: the order’s words give a confidential place away"


def made_findings(case: Case, terms: Sequence[Term]) -> Iterator[Finding]:
    """What the words of an order as made give away."""
    words = ((f"condition {n + 1}", f"conditions.{n}.text", term) for n, term in enumerate(terms))
    return _findings(case, words)


def changed_findings(case: Case, changes: Sequence[Change]) -> Iterator[Finding]:
    """The same for the words that the court put in another's place, or added."""
    words = (
        (f"condition {change.number}" if change.number else "an added condition", "changes", term)
        for change in changes
        if (term := change.term) is not None
    )
    return _findings(case, words)


def _findings(case: Case, words: Iterable[tuple[str, str, Term]]) -> Iterator[Finding]:
    details = confidential_texts([*case.parties.values_list("person_id", flat=True)])
    for called, field, term in words:
        if gives_away(" . ".join([term.text, term.locality, term.short]), details):
            message = f"The words of {called} match a detail that is kept confidential"
            yield block(
                SAFETY, field, f"{message}. Plan for safety, and ask the court to vary them"
            )


def require_silent(case: Case, changes: Sequence[Change], grounds: str, *, by: User) -> None:
    """What we ask of the court the subject reads: its words give nothing away. Raises Refused.

    Whoever may not read what is kept confidential gets no answer here, which would be one to a guess:
    the papers are stopped all the same.
    """
    if not by.may(Permission.VIEW_CONFIDENTIAL):
        return
    require_patience(by)
    found = [("changes", GIVEN_AWAY)] if [*changed_findings(case, changes)] else []
    details = confidential_texts([*case.parties.values_list("person_id", flat=True)])
    if gives_away(grounds, details):
        found.append(("grounds", GIVEN_AWAY))
    if found:
        note(case)
    refuse_all(found)


def tells_where(record: Order | Variation) -> bool:
    """Whether a finding says so of what this court did."""
    return any(finding["provision"] == SAFETY for finding in record.findings)


def raise_alarm(record: Order | Variation, *, by: User, since: Correction | None = None) -> None:
    """Force legal and the stalking lead hear of it now; it climbs until somebody takes it.

    since  the correction of the order that found other words
    """
    if tells_where(record):
        raise_alert(
            ladders.GIVEN_AWAY,
            case=record.case,
            key=f"{ladders.GIVEN_AWAY}:{(since or record).pk}",
            path=reverse("orders:overview", kwargs={"case": record.case_id}),
            text=URGENT,
            by=by,
        )
